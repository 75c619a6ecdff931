//! The process that imports, as somebody would find it who has taken it over: nothing can be reached from inside.

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::net::{TcpListener, TcpStream, UdpSocket};
use std::os::fd::AsFd as _;
use std::os::unix::net::UnixStream;
use std::os::unix::process::CommandExt as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::thread;

use rustix::process::{Pid, PidfdFlags, pidfd_open};

use diptych::library::apart::Program;
use diptych::library::apart::sandbox::{self, Confined};

/// What is tried from inside, each by its name: whether it was done.
type Attempt = (&'static str, fn(&Path) -> bool);

/// What was open before.
static OPEN: OnceLock<File> = OnceLock::new();

const ATTEMPTS: &[Attempt] = &[
    ("makes a file in memory", |_| rustix::fs::memfd_create("x", rustix::fs::MemfdFlags::empty()).is_ok()),
    ("reads what is open", |_| OPEN.get().is_some_and(|mut file| file.read(&mut [0; 1]).is_ok())),
    ("writes to what is open", |_| OPEN.get().is_some_and(|mut file| file.write(b"x").is_ok())),
    ("reads a file", |dir| fs::read(dir.join("secret")).is_ok()),
    ("lists a folder", |dir| fs::read_dir(dir).is_ok()),
    ("reads its own memory as a file", |_| File::open("/proc/self/mem").is_ok()),
    ("writes a file", |dir| fs::write(dir.join("new"), "x").is_ok()),
    ("makes a link", |dir| std::os::unix::fs::symlink("/", dir.join("link")).is_ok()),
    ("looks whether a file is there", |dir| fs::metadata(dir.join("secret")).is_ok()),
    ("deletes a file", |dir| fs::remove_file(dir.join("secret")).is_ok()),
    ("connects", |_| TcpStream::connect(format!("127.0.0.1:{}", std::env::var("PORT").unwrap_or_default())).is_ok()),
    ("listens", |_| TcpListener::bind("127.0.0.1:0").is_ok()),
    ("sends a datagram", |_| UdpSocket::bind("127.0.0.1:0").is_ok()),
    ("makes a pair of sockets", |_| UnixStream::pair().is_ok()),
    ("starts a program", |_| Command::new("true").stdout(Stdio::null()).spawn().is_ok()),
    // With its own streams a child needs no descriptor: what is refused here is to make a process.
    ("forks", |_| {
        let child = Command::new("/bin/true").stdin(Stdio::inherit()).stdout(Stdio::inherit()).spawn();
        child.and_then(|mut child| child.wait()).is_ok()
    }),
    ("asks the kernel to work for it", |_| io_uring::IoUring::new(2).is_ok()),
    ("holds another process", |_| parent().is_some_and(|pid| pidfd_open(pid, PidfdFlags::empty()).is_ok())),
    ("reads memory as of another process", |_| {
        let (mut here, there) = ([0_u8; 4], [1_u8; 4]);
        let remote = [nix::sys::uio::RemoteIoVec { base: there.as_ptr() as usize, len: there.len() }];
        let own = nix::unistd::Pid::this();
        nix::sys::uio::process_vm_readv(own, &mut [io::IoSliceMut::new(&mut here)], &remote).is_ok()
    }),
    ("leaves what it shares", |_| nix::sched::unshare(nix::sched::CloneFlags::CLONE_FS).is_ok()),
    ("goes to another folder", |_| std::env::set_current_dir("/").is_ok()),
    ("makes a channel of events", |_| rustix::event::eventfd(0, rustix::event::EventfdFlags::empty()).is_ok()),
    ("outlives its parent", |_| rustix::process::set_parent_process_death_signal(None).is_ok()),
    ("signals its parent", |_| parent().is_some_and(|parent| rustix::process::test_kill_process(parent).is_ok())),
    // Nobody has this number: who may trace is told so, and who may not is refused before.
    ("traces another process", |_| {
        let nobody = nix::unistd::Pid::from_raw(i32::MAX);
        nix::sys::ptrace::seize(nobody, nix::sys::ptrace::Options::empty()) == Err(nix::errno::Errno::ESRCH)
    }),
];

/// What the kernel or its administrator may refuse to everybody.
const PERHAPS: &[&str] = &["asks the kernel to work for it", "reads memory as of another process"];

/// The number of the process that started this one, which was asked before.
fn parent() -> Option<Pid> {
    Pid::from_raw(std::env::var("PARENT").ok()?.parse().ok()?)
}

#[test]
#[ignore = "the inside of the test below"]
fn tries_everything() {
    let Some(dir) = std::env::var_os("DIPTYCH_TEST_SANDBOX") else { return };
    let dir = Path::new(&dir);
    OPEN.set(File::options().read(true).write(true).open(dir.join("secret")).unwrap()).unwrap();
    if std::env::var_os("DIPTYCH_TEST_FREE").is_none() {
        sandbox::enter(io::stdout().as_fd()).unwrap();
        // What it needs it still has: memory, threads, the time, its streams.
        let sum: usize =
            thread::spawn(|| vec![1_u8; 8 << 20].iter().map(|one| usize::from(*one)).sum()).join().unwrap();
        println!("sum {sum} {}", std::time::SystemTime::now().elapsed().is_ok());
    }
    if std::env::var_os("DIPTYCH_TEST_EXEC").is_some() {
        let refused = Command::new("/bin/echo").arg("became another program").exec();
        println!("stayed itself: {refused}");
        return;
    }
    for (name, attempt) in ATTEMPTS {
        println!("{name}: {}", attempt(dir));
    }
}

fn tried(dir: &Path, free: bool, exec: bool) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    fs::write(dir.join("secret"), "x").unwrap();
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "sandbox::tries_everything", "--ignored", "--nocapture", "--test-threads=1"]);
    command.env("DIPTYCH_TEST_SANDBOX", dir).env("PORT", listener.local_addr().unwrap().port().to_string());
    command.env("PARENT", std::process::id().to_string());
    if free {
        command.env("DIPTYCH_TEST_FREE", "1");
    }
    if exec {
        command.env("DIPTYCH_TEST_EXEC", "1");
    }
    String::from_utf8(command.stderr(Stdio::null()).output().unwrap().stdout).unwrap()
}

#[test]
fn nothing_is_opened_connected_started_or_signalled_from_inside() {
    let dir = tempfile::tempdir().unwrap();
    let outside = tried(dir.path(), true, false);
    for (name, _) in ATTEMPTS.iter().filter(|(name, _)| !PERHAPS.contains(name)) {
        assert!(outside.contains(&format!("{name}: true")), "outside it can be done: {name}\n{outside}");
    }
    let dir = tempfile::tempdir().unwrap();
    let inside = tried(dir.path(), false, false);
    assert!(inside.contains("sum 8388608 true"), "{inside}");
    for (name, _) in ATTEMPTS {
        assert!(inside.contains(&format!("{name}: false")), "{name}\n{inside}");
    }
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1, "only what was there");
    assert!(tried(dir.path(), true, true).contains("became another program"));
    let inside = tried(dir.path(), false, true);
    assert!(inside.contains("stayed itself: ") && !inside.contains("became"), "{inside}");
}

#[test]
fn what_holds_is_asked_of_the_process_itself() {
    let program = Program::at(Path::new(env!("CARGO_BIN_EXE_diptych")));
    let held = program.held().unwrap();
    assert!(held.calls, "{held:?}");
    assert_eq!(held.to_string().parse(), Ok(held));
    assert_eq!(Confined { files: true, network: true, calls: true }.missing(), None);
    assert!(Confined::default().missing().unwrap().contains("seccomp"));
}
