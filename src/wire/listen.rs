//! The session's end of the wire: one thread that receives requests and sends answers.
//!
//! It never waits for anybody, and nobody waits for it: requests are handed to the session as they come, what the session
//! answers or shows is left here for it, and a connection that hangs, dies or is slow holds up no other. What the other
//! end of a connection is not the same user is not listened to.

use std::io::{self, PipeReader, PipeWriter, Read as _, Write as _};
use std::os::unix::net::{UnixListener, UnixStream};
use std::path::PathBuf;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Instant;

use rustix::event::{PollFd, PollFlags, Timespec, poll};

use super::connection::{Connection, Lines, Who};
use super::folder::SocketFolder;
use super::message::{Answer, Asking, Request, Shown, line_of};

/// So many may be connected at once.
const MOST: usize = 64;

/// What is said of a request whose time is over.
pub(crate) const TOO_LATE: &str = "the session was stopped or busy, and the time for this is over; ask again";

/// A request, and who is to be answered.
#[derive(Debug)]
pub(crate) struct Asked {
    /// The connection it came by.
    pub who: Who,
    /// What is asked, and until when it may be done.
    pub asking: Asking,
    /// When it came.
    pub at: Instant,
}

/// A session that listens; it does not any more when this is dropped.
#[derive(Debug)]
pub(crate) struct Listening {
    orders: Sender<Order>,
    wake: PipeWriter,
    asked: Receiver<Asked>,
    common: Arc<Common>,
    /// Counts what was shown.
    number: u64,
}

/// What both threads know.
#[derive(Debug, Default)]
struct Common {
    /// How many connections want to know what is shown.
    subscribers: AtomicUsize,
    /// How many ever wanted to.
    ever: AtomicU64,
    /// The socket, once there is one.
    path: Mutex<Option<PathBuf>>,
}

#[derive(Debug)]
enum Order {
    Answer(Who, Answer),
    /// With its number.
    Shown(u64, Box<Shown>),
}

impl Listening {
    /// Listens from now on. Everything that takes time is done by the thread: whether there is a socket shows later, and a
    /// session that can have none goes on without. `ring` is called when there is a request.
    pub(crate) fn begin(folder: SocketFolder, ring: impl Fn() + Send + 'static) -> io::Result<Self> {
        let (waked, wake) = io::pipe()?;
        rustix::io::ioctl_fionbio(&wake, true)?;
        let (orders, ordered) = channel();
        let (ask, asked) = channel();
        let common = Arc::<Common>::default();
        let known = Arc::clone(&common);
        thread::Builder::new().name("diptych-wire".to_owned()).spawn(move || {
            let Ok((listener, path)) = folder.listen(std::process::id()) else { return };
            *known.path.lock().unwrap_or_else(PoisonError::into_inner) = Some(path);
            let mut exchange = Exchange {
                listener,
                waked,
                ordered,
                ask,
                ring: Box::new(ring),
                common: known,
                connections: Vec::new(),
                latest: None,
                last: 0,
            };
            while exchange.turn() {}
        })?;
        Ok(Self { orders, wake, asked, common, number: 0 })
    }

    /// What was asked since this was called last.
    pub(crate) fn asked(&self) -> impl Iterator<Item = Asked> + '_ {
        self.asked.try_iter()
    }

    /// Answers one who has asked.
    pub(crate) fn answer(&self, who: Who, answer: Answer) {
        self.order(Order::Answer(who, answer));
    }

    /// How many want to know what is shown, and how many ever did.
    pub(crate) fn subscribers(&self) -> (usize, u64) {
        (self.common.subscribers.load(Ordering::Acquire), self.common.ever.load(Ordering::Acquire))
    }

    /// Says what is shown to all who want to know.
    pub(crate) fn show(&mut self, shown: Shown) {
        self.number += 1;
        self.order(Order::Shown(self.number, Box::new(shown)));
    }

    fn order(&self, order: Order) {
        // Where the thread has ended nobody listens.
        if self.orders.send(order).is_ok() {
            let _ = (&self.wake).write(&[1]);
        }
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        // The thread ends when it finds that nobody gives it orders; the name is taken away now, for the process may end first.
        if let Some(path) = self.common.path.lock().unwrap_or_else(PoisonError::into_inner).take() {
            let _ = std::fs::remove_file(path);
        }
    }
}

/// What the thread has.
struct Exchange {
    listener: UnixListener,
    waked: PipeReader,
    ordered: Receiver<Order>,
    ask: Sender<Asked>,
    ring: Box<dyn Fn() + Send>,
    common: Arc<Common>,
    connections: Vec<Connection>,
    latest: Option<Lines>,
    last: Who,
}

impl Exchange {
    /// Sleeps until something is to be done, and does it. `false` when the session has ended.
    fn turn(&mut self) -> bool {
        let deadline = self.connections.iter().filter_map(Connection::deadline).min();
        let time = deadline.map(|at| at.saturating_duration_since(Instant::now()));
        let time = time.map(|t| Timespec { tv_sec: t.as_secs() as i64, tv_nsec: i64::from(t.subsec_nanos()) });
        let mut fds = vec![PollFd::new(&self.waked, PollFlags::IN), PollFd::new(&self.listener, PollFlags::IN)];
        for connection in &self.connections {
            let mut flags = PollFlags::empty();
            flags.set(PollFlags::IN, connection.reads());
            flags.set(PollFlags::OUT, connection.writes());
            fds.push(PollFd::new(&connection.stream, flags));
        }
        match poll(&mut fds, time.as_ref()) {
            Ok(_) => {}
            Err(rustix::io::Errno::INTR) => return true,
            Err(_) => return false,
        }
        let happened: Vec<PollFlags> = fds.iter().map(PollFd::revents).collect();
        drop(fds);
        // The other end of the pipe is the session's.
        if happened[0].intersects(PollFlags::IN | PollFlags::HUP) && !matches!(self.waked.read(&mut [0; 512]), Ok(1..))
        {
            return false;
        }
        self.follow_orders();
        let mut gone = Vec::new();
        for (at, flags) in happened[2..].iter().enumerate() {
            if flags.contains(PollFlags::IN) {
                if !self.hear(at) {
                    gone.push(self.connections[at].who);
                }
            } else if flags.intersects(PollFlags::HUP | PollFlags::ERR | PollFlags::NVAL) {
                gone.push(self.connections[at].who);
            }
        }
        self.connections.retain(|connection| !gone.contains(&connection.who));
        if happened[1].contains(PollFlags::IN) {
            self.welcome();
        }
        let latest = self.latest.as_ref();
        self.connections.retain_mut(|connection| connection.give(latest));
        let subscribers = self.connections.iter().filter(|c| c.subscribed.is_some()).count();
        self.common.subscribers.store(subscribers, Ordering::Release);
        true
    }

    fn follow_orders(&mut self) {
        let mut newest = None;
        for order in self.ordered.try_iter() {
            match order {
                Order::Answer(who, answer) => {
                    if let Some(connection) = self.connections.iter_mut().find(|c| c.who == who) {
                        connection.open = connection.open.saturating_sub(1);
                        connection.answer(&answer);
                    }
                }
                Order::Shown(number, shown) => newest = Some((number, shown)),
            }
        }
        if let Some((number, mut shown)) = newest {
            let remarks = line_of(&Answer::Shown(shown.clone())).into();
            if let Some(tour) = &mut shown.tour {
                tour.remark = None;
            }
            let plain = line_of(&Answer::Shown(shown)).into();
            self.latest = Some(Lines { number, plain, remarks });
        }
    }

    /// `false` where the other end is gone.
    fn hear(&mut self, at: usize) -> bool {
        let Some(requests) = self.connections[at].hear() else { return false };
        for asking in requests {
            let connection = &mut self.connections[at];
            if asking.is_late() {
                // The whole process was stopped, or had to wait for the processor.
                connection.answer(&Answer::refused(TOO_LATE));
                continue;
            }
            if let Request::Subscribe { remarks } = asking.request {
                connection.subscribed = Some(remarks);
                self.common.subscribers.fetch_add(1, Ordering::AcqRel);
                self.common.ever.fetch_add(1, Ordering::AcqRel);
                // What is kept here may have been shown to others long ago; the session says it anew.
                self.latest = None;
            } else {
                connection.open += 1;
                if self.ask.send(Asked { who: connection.who, asking, at: Instant::now() }).is_err() {
                    return false;
                }
            }
            (self.ring)();
        }
        true
    }

    fn welcome(&mut self) {
        while let Ok((stream, _)) = self.listener.accept() {
            if !is_same_user(&stream) {
                continue;
            }
            self.last += 1;
            let Ok(mut connection) = Connection::new(self.last, stream) else { continue };
            if self.connections.len() >= MOST
                && let Some(hangs) =
                    self.connections.iter().filter(|c| c.hangs_since().is_some()).min_by_key(|c| c.hangs_since())
            {
                let hangs = hangs.who;
                self.connections.retain(|connection| connection.who != hangs);
            }
            if self.connections.len() >= MOST {
                connection.refuse(&format!("{MOST} are connected already"));
                connection.give(None);
                continue;
            }
            self.connections.push(connection);
        }
    }
}

/// Whether the other end of a socket is the same user's. Where the system does not say, the folder has kept others out.
pub(super) fn is_same_user(stream: &UnixStream) -> bool {
    #[cfg(target_os = "linux")]
    {
        rustix::net::sockopt::socket_peercred(stream).is_ok_and(|other| other.uid == rustix::process::geteuid())
    }
    #[cfg(not(target_os = "linux"))]
    {
        let _ = stream;
        true
    }
}

/// Whether the process of this number is the one that listens there. Where the system does not say, it is taken to be.
pub(super) fn listens(process: u32, stream: &UnixStream) -> bool {
    #[cfg(target_os = "linux")]
    {
        let other = rustix::net::sockopt::socket_peercred(stream).map(|other| other.pid.as_raw_nonzero().get());
        other.is_ok_and(|other| u32::try_from(other) == Ok(process))
    }
    #[cfg(not(target_os = "linux"))]
    {
        let _ = (process, stream);
        true
    }
}
