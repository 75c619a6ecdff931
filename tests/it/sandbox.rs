//! The process that imports, as somebody would find it who has taken it over: nothing can be reached from inside.

use std::fs::{self, File};
use std::io::{self, Read as _, Write as _};
use std::net::{TcpListener, TcpStream, UdpSocket};
use std::os::fd::AsFd as _;
use std::os::unix::net::UnixStream;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::OnceLock;
use std::thread;

use diptych::library::apart::Program;
use diptych::library::apart::sandbox::{self, Confined};

/// What is tried from inside, each by its name: whether it was done.
type Attempt = (&'static str, fn(&Path) -> bool);

/// What was open before.
static OPEN: OnceLock<File> = OnceLock::new();

const ATTEMPTS: [Attempt; 16] = [
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
    ("signals its parent", |_| {
        // What its number is was asked before.
        let parent = std::env::var("PARENT").ok().and_then(|pid| rustix::process::Pid::from_raw(pid.parse().ok()?));
        parent.is_some_and(|parent| rustix::process::test_kill_process(parent).is_ok())
    }),
];

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
    for (name, attempt) in ATTEMPTS {
        println!("{name}: {}", attempt(dir));
    }
}

fn tried(dir: &Path, free: bool) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    fs::write(dir.join("secret"), "x").unwrap();
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "sandbox::tries_everything", "--ignored", "--nocapture", "--test-threads=1"]);
    command.env("DIPTYCH_TEST_SANDBOX", dir).env("PORT", listener.local_addr().unwrap().port().to_string());
    command.env("PARENT", std::process::id().to_string());
    if free {
        command.env("DIPTYCH_TEST_FREE", "1");
    }
    String::from_utf8(command.stderr(Stdio::null()).output().unwrap().stdout).unwrap()
}

#[test]
#[cfg(target_os = "linux")]
fn nothing_is_opened_connected_started_or_signalled_from_inside() {
    let dir = tempfile::tempdir().unwrap();
    let outside = tried(dir.path(), true);
    for (name, _) in ATTEMPTS {
        assert!(outside.contains(&format!("{name}: true")), "outside it can be done: {name}\n{outside}");
    }
    let dir = tempfile::tempdir().unwrap();
    let inside = tried(dir.path(), false);
    assert!(inside.contains("sum 8388608 true"), "{inside}");
    for (name, _) in ATTEMPTS {
        assert!(inside.contains(&format!("{name}: false")), "{name}\n{inside}");
    }
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1, "only what was there");
}

#[test]
#[cfg(target_os = "linux")]
fn what_holds_is_asked_of_the_process_itself() {
    let program = Program::at(Path::new(env!("CARGO_BIN_EXE_diptych")));
    let held = program.held().unwrap();
    assert!(held.calls, "{held:?}");
    assert_eq!(held.to_string().parse(), Ok(held));
    assert_eq!(Confined { files: true, network: true, calls: true }.missing(), None);
    assert!(Confined::default().missing().unwrap().contains("seccomp"));
}
