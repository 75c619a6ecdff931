//! One connection of a session's socket: input that is no whole line yet, and output still to be read by the other
//! end.
//!
//! Of what is shown only the newest is ever given: who is slow misses what was between, and catches up whole.

use std::collections::VecDeque;
use std::io::{self, Read as _, Write as _};
use std::os::unix::net::UnixStream;
use std::sync::Arc;
use std::time::{Duration, Instant};

use super::message::{Answer, Asking, LONGEST_REQUEST, line_of, read};

/// Answers that may wait to be taken; with more of them no further request is read.
const MOST_ANSWERS: usize = 16;
/// Who has asked something and takes no answer for so long is gone. Who only wants to know what is shown may come back from
/// wherever it was stopped: all that is kept for it is the newest.
const PATIENCE: Duration = Duration::from_secs(10);

/// A number that the sessions's connections are told apart by.
pub(super) type Who = u64;

/// What is shown, as lines: without the leader's remarks, and with them.
#[derive(Debug, Clone)]
pub(super) struct Lines {
    /// Counts what was ever shown.
    pub number: u64,
    /// Without remarks.
    pub plain: Arc<[u8]>,
    /// With remarks.
    pub remarks: Arc<[u8]>,
}

/// A connection.
#[derive(Debug)]
pub(super) struct Connection {
    /// Its number.
    pub who: Who,
    /// The stream, which never waits.
    pub stream: UnixStream,
    /// Whether it subscribed to what is shown, and whether with remarks.
    pub subscribed: Option<bool>,
    /// Requests that the session has not answered yet.
    pub open: usize,
    inbox: Vec<u8>,
    outbox: VecDeque<Arc<[u8]>>,
    /// How much of the first in the outbox has been taken.
    taken: usize,
    /// Since when nothing was taken.
    stuck: Option<Instant>,
    /// The number of what was shown to it last.
    shown: u64,
    /// Whether it is to be closed as soon as the outbox is empty.
    closing: bool,
    /// Whether the other end says nothing more; it may still wait for answers, as `echo … | socat` does.
    ended: bool,
}

impl Connection {
    pub(super) fn new(who: Who, stream: UnixStream) -> io::Result<Self> {
        stream.set_nonblocking(true)?;
        Ok(Self {
            who,
            stream,
            subscribed: None,
            open: 0,
            inbox: Vec::new(),
            outbox: VecDeque::new(),
            taken: 0,
            stuck: None,
            shown: 0,
            closing: false,
            ended: false,
        })
    }

    /// Whether requests are read now.
    pub(super) fn reads(&self) -> bool {
        !self.closing && !self.ended && self.open + self.outbox.len() < MOST_ANSWERS
    }

    /// Whether something is still to be taken.
    pub(super) fn writes(&self) -> bool {
        !self.outbox.is_empty()
    }

    /// When it is given up, as it stands.
    pub(super) fn deadline(&self) -> Option<Instant> {
        self.stuck.filter(|_| self.subscribed.is_none()).map(|since| since + PATIENCE)
    }

    /// Since when it has read nothing, if that is long enough to drop it in favour of another.
    pub(super) fn hangs_since(&self) -> Option<Instant> {
        self.stuck.filter(|since| since.elapsed() >= PATIENCE)
    }

    /// Reads what there is. Answers with the requests; `None` where the other end is gone. That it says nothing more is not
    /// that: who is wholly gone is told of by the poll.
    pub(super) fn hear(&mut self) -> Option<Vec<Asking>> {
        let mut bytes = [0; 1 << 14];
        match (&self.stream).read(&mut bytes) {
            Ok(0) => {
                self.ended = true;
                return Some(Vec::new());
            }
            Ok(count) => self.inbox.extend_from_slice(&bytes[..count]),
            Err(e) if is_for_later(&e) => return Some(Vec::new()),
            Err(_) => return None,
        }
        let mut requests = Vec::new();
        while let Some(end) = self.inbox.iter().position(|byte| *byte == b'\n').filter(|end| *end < LONGEST_REQUEST) {
            let line: Vec<u8> = self.inbox.drain(..=end).collect();
            match read::<Asking>(&line) {
                Ok(asking) => requests.push(asking),
                Err(why) => self.answer(&Answer::Refused { why }),
            }
        }
        // With its line feed.
        if self.inbox.len() >= LONGEST_REQUEST {
            self.refuse(&format!("a request is at most {LONGEST_REQUEST} bytes"));
        }
        Some(requests)
    }

    /// Says why nothing more is heard, and closes then.
    pub(super) fn refuse(&mut self, why: &str) {
        self.inbox = Vec::new();
        self.answer(&Answer::refused(why));
        self.closing = true;
    }

    /// Sends an answer.
    pub(super) fn answer(&mut self, answer: &Answer) {
        self.outbox.push_back(line_of(answer).into());
    }

    /// Gives as much as is taken. `false` where the other end is gone, or has taken nothing for too long.
    pub(super) fn give(&mut self, latest: Option<&Lines>) -> bool {
        loop {
            if self.outbox.is_empty()
                && let (Some(remarks), Some(latest)) = (self.subscribed, latest)
                && latest.number > self.shown
            {
                self.shown = latest.number;
                self.outbox.push_back(Arc::clone(if remarks { &latest.remarks } else { &latest.plain }));
            }
            let Some(first) = self.outbox.front() else {
                self.stuck = None;
                let is_answered = self.ended && self.open == 0 && self.subscribed.is_none();
                return !self.closing && !is_answered;
            };
            match (&self.stream).write(&first[self.taken..]) {
                Ok(0) => return false,
                Ok(count) => {
                    self.stuck = None;
                    self.taken += count;
                    if self.taken == first.len() {
                        self.taken = 0;
                        self.outbox.pop_front();
                    }
                }
                Err(e) if is_for_later(&e) => {
                    let since = *self.stuck.get_or_insert_with(Instant::now);
                    return self.subscribed.is_some() || since.elapsed() < PATIENCE;
                }
                Err(_) => return false,
            }
        }
    }
}

fn is_for_later(e: &io::Error) -> bool {
    matches!(e.kind(), io::ErrorKind::WouldBlock | io::ErrorKind::Interrupted)
}

#[cfg(test)]
mod tests {
    use std::net::Shutdown;

    use super::*;
    use crate::wire::message::Request;

    #[test]
    fn who_says_nothing_more_is_answered_and_closed_then() {
        let (session, mut other) = UnixStream::pair().unwrap();
        let mut connection = Connection::new(1, session).unwrap();
        other.write_all(b"{\"v\":1,\"do\":\"next\"}\n").unwrap();
        other.shutdown(Shutdown::Write).unwrap();
        assert_eq!(connection.hear(), Some(vec![Asking::whenever(Request::Next)]));
        connection.open += 1;
        assert_eq!(connection.hear(), Some(Vec::new()));
        assert!(!connection.reads(), "there is nothing more to read");
        assert!(connection.give(None), "the session has not answered yet");
        connection.open -= 1;
        connection.answer(&Answer::Done);
        assert!(!connection.give(None), "everything is answered");
        drop(connection);
        let mut said = String::new();
        other.read_to_string(&mut said).unwrap();
        assert_eq!(said, "{\"v\":1,\"answer\":\"done\"}\n");
    }

    #[test]
    fn a_request_is_as_long_as_it_may_be_and_no_longer() {
        for (blanks, taken) in [(0, true), (1, false), (8 << 10, false)] {
            let (session, mut other) = UnixStream::pair().unwrap();
            let mut connection = Connection::new(1, session).unwrap();
            let request = b"{\"v\":1,\"do\":\"next\"}";
            let mut line = request.to_vec();
            line.resize(LONGEST_REQUEST - 1 + blanks, b' ');
            line.push(b'\n');
            let writes = std::thread::spawn(move || other.write_all(&line).map(|()| other));
            let mut heard = Vec::new();
            while heard.is_empty() && !connection.writes() {
                heard = connection.hear().unwrap();
            }
            assert_eq!(!heard.is_empty(), taken, "{blanks} more");
            drop(connection);
            let _ = writes.join();
        }
    }

    #[test]
    fn who_wants_to_know_what_is_shown_may_say_nothing_more() {
        let (session, other) = UnixStream::pair().unwrap();
        let mut connection = Connection::new(1, session).unwrap();
        connection.subscribed = Some(false);
        other.shutdown(Shutdown::Write).unwrap();
        assert_eq!(connection.hear(), Some(Vec::new()));
        assert!(connection.give(None));
    }
}
