//! Work for others: what the session has its workers find out, read and keep.
//!
//! A question is one type in a file of its own: what is asked ([`Work`]), how a worker answers it, what the session does
//! with an answer, and what where the work fails. To ask, `Out::ask_for` or `Out::ask_while`; nothing
//! else has to know of a new question.
//!
//! Where only the newest question of a kind counts, the session holds a [`Ticket`] as long as it waits. A question whose
//! ticket is gone is not begun any more, stops where it is under way, and what it still answers is not heard.

pub mod align;
pub mod begin;
pub mod catch;
pub mod changes;
pub mod chart;
pub mod counterparts;
pub mod drafts;
pub mod elsewhere;
pub mod export;
pub mod first_pair;
pub mod hook;
pub mod keep;
pub mod led;
pub mod load;
pub mod meaning;
pub mod name;
pub mod notes;
pub mod notes_in_text;
pub mod own;
pub mod pair;
pub mod quotations;
pub mod recall;
pub mod reference;
pub mod remember;
pub mod rivals;
pub mod save_notes;
pub mod search;
pub mod sentences;
pub mod shelf;
pub mod silences;
pub mod strays;
pub mod study;
pub mod suggest;
pub mod synopsis;
pub mod text_on_topic;
pub(crate) mod ticket;
pub mod topics;
pub mod tour;
pub mod weave;

use std::any::{Any, type_name};
use std::fmt;
use std::marker::PhantomData;
use std::ops::ControlFlow;
use std::sync::Arc;

use self::ticket::Wanted;
use super::App;
use super::message::Msg;
use crate::library::Library;
use crate::text::clean::Clean;

/// Which workers do a piece of work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Crew {
    /// What the reader waits for after a key.
    Quick,
    /// The reading of texts and files.
    Reading,
    /// What takes long and gives way to everything else.
    Study,
    /// The disk: a single worker, so that what is made later is kept later, and what is read after it has it.
    Keeping,
}

/// A question to the workers.
pub trait Work: fmt::Debug + Send + Sized + 'static {
    /// What is answered, as often as there is something to say.
    type Answer: Send + 'static;
    /// Who does it.
    const CREW: Crew;

    /// As above, for this question.
    fn crew(&self) -> Crew {
        Self::CREW
    }

    /// Does the work, on a worker's thread.
    fn perform(self, library: &Library, reply: &Reply<'_, Self>);

    /// The session hears an answer.
    fn heard(app: &mut App, answer: Self::Answer);

    /// What the session does where the work fails by a mistake of this program, besides telling the reader why: nothing
    /// may wait for it any more.
    fn failed(&self) -> impl FnOnce(&mut App, &Clean) + Send + 'static {
        |_: &mut App, _: &Clean| {}
    }
}

/// A question of any kind, on its way to the workers.
pub struct Job {
    work: Box<dyn AnyWork>,
    wanted: Wanted,
}

impl Job {
    /// A question whose answer is dropped once it is no longer `wanted`.
    pub(super) fn new(work: impl Work, wanted: Wanted) -> Self {
        Self { work: Box::new(work), wanted }
    }

    /// Who does it.
    pub fn crew(&self) -> Crew {
        self.work.crew()
    }

    /// Does the work and answers, where it is wanted still.
    pub fn perform(self, library: &Library, desk: &Desk) {
        if self.wanted.is_wanted() {
            self.work.perform(&self.wanted, library, desk);
        }
    }

    /// What is to be told where the work fails.
    pub fn failure(&self) -> Failure {
        Failure { wanted: self.wanted.clone(), failed: self.work.failed() }
    }

    /// Whether it is still wanted.
    pub fn is_wanted(&self) -> bool {
        self.wanted.is_wanted()
    }

    /// The question, where it is of this kind.
    pub fn work<W: Work>(&self) -> Option<&W> {
        self.work.as_any().downcast_ref()
    }

    /// Another question that is wanted as long as this one.
    #[must_use]
    pub fn with(&self, work: impl Work) -> Self {
        Self::new(work, self.wanted.clone())
    }

    /// An answer to it; it has to be of this kind.
    pub fn answer<W: Work>(&self, answer: W::Answer) -> Msg {
        debug_assert!(self.work::<W>().is_some(), "{self:?} is no {}", type_name::<W>());
        heard::<W>(&self.wanted, answer)
    }
}

impl fmt::Debug for Job {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.work.fmt(f)
    }
}

/// What the session does where a piece of work fails, with the reason.
type Failed = Box<dyn FnOnce(&mut App, &Clean) + Send>;

/// What is to be told where a piece of work fails.
pub struct Failure {
    wanted: Wanted,
    failed: Failed,
}

impl Failure {
    /// It has failed, and this is why.
    pub fn because(self, why: Clean) -> Msg {
        let Self { wanted, failed } = self;
        let hear = move |app: &mut App| {
            app.out.notice = Some(why.clone().into());
            failed(app, &why);
        };
        Msg::Answer(Answer { wanted, hear: Box::new(hear) })
    }
}

/// An answer of a worker, of any kind.
pub struct Answer {
    wanted: Wanted,
    hear: Box<dyn FnOnce(&mut App) + Send>,
}

impl Answer {
    /// Gives the answer to the session, unless nobody is waiting for it any more.
    pub(super) fn hear(self, app: &mut App) {
        if self.wanted.is_wanted() {
            (self.hear)(app);
        }
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Answer").field("wanted", &self.wanted).finish_non_exhaustive()
    }
}

/// The answer to a question that has no ticket.
pub fn answer<W: Work>(answer: W::Answer) -> Msg {
    heard::<W>(&Wanted::always(), answer)
}

fn heard<W: Work>(wanted: &Wanted, answer: W::Answer) -> Msg {
    Msg::Answer(Answer { wanted: wanted.clone(), hear: Box::new(move |app| W::heard(app, answer)) })
}

/// Where the workers hand in their answers.
#[derive(Clone)]
pub struct Desk {
    tell: Arc<dyn Fn(Msg) + Send + Sync>,
    rest: Arc<dyn Fn() + Send + Sync>,
}

impl Desk {
    /// Answers are told by `tell`; long work calls `rest` between two steps, so that the reader goes first.
    pub fn new(tell: impl Fn(Msg) + Send + Sync + 'static, rest: impl Fn() + Send + Sync + 'static) -> Self {
        Self { tell: Arc::new(tell), rest: Arc::new(rest) }
    }

    /// Tells the session something.
    pub fn tell(&self, message: Msg) {
        (self.tell)(message);
    }
}

/// How a piece of work answers.
pub struct Reply<'a, W> {
    desk: &'a Desk,
    wanted: &'a Wanted,
    of: PhantomData<fn(W)>,
}

impl<W: Work> Reply<'_, W> {
    /// Says something.
    pub fn say(&self, answer: W::Answer) {
        self.desk.tell(heard::<W>(self.wanted, answer));
    }

    /// Tells the reader something.
    pub fn notice(&self, line: Clean) {
        self.desk.tell(Msg::Notice(line));
    }

    /// Whether the answer is still waited for.
    pub fn is_wanted(&self) -> bool {
        self.wanted.is_wanted()
    }

    /// Lets a long piece of work continue only while somebody is waiting for it.
    pub fn go_on(&self) -> ControlFlow<()> {
        if self.is_wanted() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    }

    /// The same for work that lets the reader go first.
    pub fn rest(&self) -> ControlFlow<()> {
        (self.desk.rest)();
        self.go_on()
    }
}

/// A [`Work`] whose kind is not known.
trait AnyWork: fmt::Debug + Send {
    fn crew(&self) -> Crew;
    fn perform(self: Box<Self>, wanted: &Wanted, library: &Library, desk: &Desk);
    fn failed(&self) -> Failed;
    fn as_any(&self) -> &dyn Any;
}

impl<W: Work> AnyWork for W {
    fn crew(&self) -> Crew {
        Work::crew(self)
    }

    fn perform(self: Box<Self>, wanted: &Wanted, library: &Library, desk: &Desk) {
        Work::perform(*self, library, &Reply { desk, wanted, of: PhantomData });
    }

    fn failed(&self) -> Failed {
        Box::new(Work::failed(self))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}
