//! The session's place in a room: it listens for other programs and says what is shown, or follows another session.
//!
//! All of it is done by other threads; the loop hands over what there is, and never waits for them.

use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use super::wake::Waker;
use crate::app::App;
use crate::app::message::Msg;
use crate::app::room::Heard;
use crate::text::clean::Clean;
use crate::wire::client::{Client, WireError};
use crate::wire::folder::SocketFolder;
use crate::wire::listen::{Listening, TOO_LATE};
use crate::wire::message::{Answer, Request, Shown};

/// Who has asked and was not answered for so long waits no more.
const OVERDUE: Duration = Duration::from_secs(5);

/// What other programs are told, and what they ask.
#[derive(Debug, Default)]
pub(super) struct Spoken {
    listening: Option<Listening>,
    /// What was said to be shown last, but for the time, whether that was said, and how many had ever asked for it by then.
    said: Option<(u64, bool, Shown)>,
}

impl Spoken {
    /// Listens, where it is wanted.
    pub(super) fn listen(state: Option<&Path>, is_wanted: bool, waker: Waker) -> Self {
        let folder = SocketFolder::here(state);
        let begin = || Listening::begin(folder, move || waker.wake()).ok();
        Self { listening: if is_wanted { begin() } else { None }, said: None }
    }

    /// What was asked meanwhile. Who has asked too long ago is told so here.
    pub(super) fn asked(&self) -> impl Iterator<Item = Msg> + '_ {
        let asked = self.listening.iter().flat_map(Listening::asked);
        asked.filter_map(|asked| {
            if asked.at.elapsed() < OVERDUE && !asked.asking.is_late() {
                return Some(Msg::Asked { who: asked.who, request: asked.asking.request });
            }
            // Unanswered, it would count against its connection for ever.
            self.answer(asked.who, Answer::refused(TOO_LATE));
            None
        })
    }

    /// Answers one who has asked.
    pub(super) fn answer(&self, who: u64, answer: Answer) {
        let Some(listening) = &self.listening else { return };
        listening.answer(
            who,
            match answer {
                Answer::Shown(shown) => Answer::Shown(Box::new(named(*shown))),
                other => other,
            },
        );
    }

    /// Says what is shown, where somebody wants to know and has not been told.
    pub(super) fn show(&mut self, app: &App) {
        let Some(listening) = &mut self.listening else { return };
        let (now, ever) = listening.subscribers();
        if now == 0 {
            self.said = None;
            return;
        }
        let mut shown = named(app.shown());
        // The time alone goes on by itself at the other end.
        let times = shown.present.as_mut().map(|present| (present.taken.take(), present.taken_here.take()));
        let is_timed = times.is_some_and(|(taken, _)| taken.is_some());
        if self.said.as_ref().is_some_and(|said| (said.0, said.1) == (ever, is_timed) && said.2 == shown) {
            return;
        }
        self.said = Some((ever, is_timed, shown.clone()));
        if let (Some(present), Some((taken, taken_here))) = (&mut shown.present, times) {
            (present.taken, present.taken_here) = (taken, taken_here);
        }
        listening.show(shown);
    }
}

/// With the number of this process.
fn named(shown: Shown) -> Shown {
    Shown { session: std::process::id(), ..shown }
}

/// The session that this one follows.
#[derive(Debug)]
pub(super) struct Leader {
    /// What is to be asked there.
    asks: Sender<Request>,
    /// What was heard, of what is shown only the newest.
    heard: Arc<Mutex<Mailbox>>,
}

#[derive(Debug, Default)]
struct Mailbox {
    shown: Option<Arc<Shown>>,
    said: Vec<Heard>,
}

impl Leader {
    /// Follows a session from now on.
    pub(super) fn follow(mut client: Client, remarks: bool, waker: Waker) -> Result<Self, WireError> {
        let speaker = client.speaker()?;
        let (asks, asked): (_, Receiver<Request>) = channel();
        let heard = Arc::<Mutex<Mailbox>>::default();
        let mailbox = Arc::clone(&heard);
        let tell = move |change: &dyn Fn(&mut Mailbox)| {
            change(&mut mailbox.lock().unwrap_or_else(PoisonError::into_inner));
            waker.wake();
        };
        let _ = thread::Builder::new().name("diptych-leader".to_owned()).spawn(move || {
            let begun = client.say(&Request::Subscribe { remarks });
            let mut heard = begun.and_then(|()| client.hear(None));
            loop {
                match heard {
                    Ok(Answer::Shown(mut shown)) => {
                        shown.clip();
                        let shown = Arc::new(*shown);
                        tell(&|mailbox| mailbox.shown = Some(Arc::clone(&shown)));
                    }
                    Ok(Answer::Refused { why }) => {
                        let why = Clean::line(&why);
                        tell(&|mailbox| mailbox.said.push(Heard::Refused(why.clone())));
                    }
                    Ok(Answer::Done) => {}
                    Err(error) => {
                        let why = gone(&error);
                        return tell(&|mailbox| mailbox.said.push(Heard::Gone(why.clone())));
                    }
                }
                heard = client.hear(None);
            }
        });
        let _ = thread::Builder::new().name("diptych-asks".to_owned()).spawn(move || {
            // What cannot be said any more is heard of by the other thread.
            while asked.recv().is_ok_and(|request| speaker.say(&request).is_ok()) {}
        });
        Ok(Self { asks, heard })
    }

    /// Asks for something.
    pub(super) fn ask(&self, request: Request) {
        let _ = self.asks.send(request);
    }

    /// What was heard meanwhile.
    pub(super) fn heard(&self) -> Vec<Msg> {
        let mut mailbox = self.heard.lock().unwrap_or_else(PoisonError::into_inner);
        let shown = mailbox.shown.take().map(Heard::Shown);
        shown.into_iter().chain(mailbox.said.drain(..)).map(Msg::Led).collect()
    }
}

fn gone(error: &WireError) -> Clean {
    match error {
        WireError::Gone(_) => Clean::line("the leader has gone; what was shown last stays here"),
        other => Clean::line(&format!("the leader is no longer heard: {other}")),
    }
}
