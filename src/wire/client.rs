//! The client: a program that speaks to a session.
//!
//! What answers there may be anything: an answer that is too long, no message, or late is an error, and never more.

use std::io::{self, Read as _, Write as _};
use std::os::unix::fs::FileTypeExt as _;
use std::os::unix::net::UnixStream;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use super::listen::{is_same_user, listens};
use super::message::{Answer, Asking, LONGEST_ANSWER, Request, line_of, read};
use crate::text::clean::Clean;

/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(5);

/// A connection to a session.
#[derive(Debug)]
pub(crate) struct Client {
    stream: UnixStream,
    path: PathBuf,
    inbox: Vec<u8>,
    /// Bytes of the inbox that have no line feed.
    looked: usize,
    /// Whether the session runs on this machine, and so has the same clock.
    is_near: bool,
}

/// Why a session cannot be spoken to.
#[derive(Debug, thiserror::Error)]
pub(crate) enum WireError {
    /// There is no such socket.
    #[error("{0}: there is no such socket; `diptych remote list` names those there are")]
    Missing(Clean),
    /// There is something else of this name.
    #[error("{0}: this is {1}, and no socket; `diptych remote list` names those there are")]
    NoSocket(Clean, &'static str),
    /// Nobody listens any more.
    #[error("{0}: the session that listened there has ended; `diptych remote list` names those there are")]
    Ended(Clean),
    /// The socket is another user's.
    #[error("{0}: this socket belongs to another user")]
    Stranger(Clean),
    /// The system says no.
    #[error("{0}: {1}")]
    Io(Clean, io::Error),
    /// There is no answer.
    #[error("{0}: the session does not answer; it may be stopped, or busy with another program")]
    Silent(Clean),
    /// The other end has closed.
    #[error("{0}: the session has gone")]
    Gone(Clean),
    /// The answer is not to be read.
    #[error("{0}: what answers there is not a session of Diptych ({1})")]
    Nonsense(Clean, Clean),
}

impl Client {
    /// Connects to a session.
    pub(crate) fn connect(path: &Path) -> Result<Self, WireError> {
        let name = || Clean::line(&path.display().to_string());
        if let Some(what) = what_else(path) {
            return Err(WireError::NoSocket(name(), what));
        }
        let stream = UnixStream::connect(path).map_err(|e| match e.kind() {
            io::ErrorKind::NotFound => WireError::Missing(name()),
            io::ErrorKind::ConnectionRefused => WireError::Ended(name()),
            io::ErrorKind::PermissionDenied => WireError::Stranger(name()),
            _ => WireError::Io(name(), e),
        })?;
        if !is_same_user(&stream) {
            return Err(WireError::Stranger(name()));
        }
        stream.set_write_timeout(Some(PATIENCE)).map_err(|e| WireError::Io(name(), e))?;
        // What ssh has brought here is listened to by ssh.
        let session = path.file_stem().and_then(|stem| stem.to_str()?.parse().ok());
        let is_near = session.is_some_and(|session| listens(session, &stream));
        Ok(Self { stream, path: path.to_owned(), inbox: Vec::new(), looked: 0, is_near })
    }

    /// Says something, and answers nothing. What is not done soon is not to be done any more.
    pub(crate) fn say(&self, request: &Request) -> Result<(), WireError> {
        // Who wants to know what is shown waits as long as it takes.
        let waits = matches!(request, Request::Subscribe { .. });
        let asking = if self.is_near && !waits {
            Asking::within(request.clone(), PATIENCE)
        } else {
            Asking::whenever(request.clone())
        };
        (&self.stream).write_all(&line_of(&asking)).map_err(|e| self.failed(e))
    }

    /// Asks something, and waits for the answer for a while.
    pub(crate) fn ask(&mut self, request: &Request) -> Result<Answer, WireError> {
        self.say(request)?;
        self.hear(Some(Instant::now() + PATIENCE))
    }

    /// The next answer; without a time, however long it takes.
    pub(crate) fn hear(&mut self, until: Option<Instant>) -> Result<Answer, WireError> {
        loop {
            let end = self.inbox[self.looked..].iter().position(|byte| *byte == b'\n');
            if let Some(end) = end.filter(|end| self.looked + end < LONGEST_ANSWER) {
                let line: Vec<u8> = self.inbox.drain(..=self.looked + end).collect();
                self.looked = 0;
                return read(&line).map_err(|why| WireError::Nonsense(self.name(), Clean::line(&why)));
            }
            self.looked = self.inbox.len();
            if self.looked >= LONGEST_ANSWER {
                let why = format!("its answer is longer than {LONGEST_ANSWER} bytes");
                return Err(WireError::Nonsense(self.name(), Clean::line(&why)));
            }
            let left = until.map(|until| until.saturating_duration_since(Instant::now()));
            if left.is_some_and(|left| left.is_zero()) {
                return Err(WireError::Silent(self.name()));
            }
            self.stream.set_read_timeout(left).map_err(|e| self.failed(e))?;
            let mut bytes = [0; 1 << 14];
            match (&self.stream).read(&mut bytes) {
                Ok(0) => return Err(WireError::Gone(self.name())),
                Ok(count) => self.inbox.extend_from_slice(&bytes[..count]),
                Err(e) if e.kind() == io::ErrorKind::Interrupted => {}
                Err(e) => return Err(self.failed(e)),
            }
        }
    }

    /// A second handle on the connection, to write to while another thread reads.
    pub(crate) fn speaker(&self) -> Result<Self, WireError> {
        let stream = self.stream.try_clone().map_err(|e| self.failed(e))?;
        Ok(Self { stream, path: self.path.clone(), inbox: Vec::new(), looked: 0, is_near: self.is_near })
    }

    fn name(&self) -> Clean {
        Clean::line(&self.path.display().to_string())
    }

    fn failed(&self, e: io::Error) -> WireError {
        match e.kind() {
            io::ErrorKind::WouldBlock | io::ErrorKind::TimedOut => WireError::Silent(self.name()),
            io::ErrorKind::BrokenPipe | io::ErrorKind::ConnectionReset => WireError::Gone(self.name()),
            _ => WireError::Io(self.name(), e),
        }
    }
}

/// What is there in place of a socket, where something is; systems answer to that as to a socket nobody listens at.
fn what_else(path: &Path) -> Option<&'static str> {
    let kind = std::fs::metadata(path).ok()?.file_type();
    let other = if kind.is_dir() { "a folder" } else { "a file" };
    (!kind.is_socket()).then_some(other)
}
