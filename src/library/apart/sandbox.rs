//! What the importing process gives up before it reads a byte, so that a file which takes it over gains nothing.
//!
//! On Linux: new privileges for good; by Landlock every file and every TCP port, and signals to others; by seccomp
//! every call of the system but those that reading memory, threads and the standard streams need, and what else was open
//! when it began. So it opens nothing, connects to nothing, starts nothing, signals nobody, and neither reads nor writes
//! what the program that started this one had left open. Everywhere limits hold: on memory, time, and files
//! (it has no descriptor left for one more, and may write nothing). What the kernel does not know is left out, and
//! [`Confined`] says so.

use std::fmt;
use std::io;
use std::os::fd::{AsRawFd as _, BorrowedFd, RawFd};

use rustix::process::{Resource, Rlimit, setrlimit};

use super::{CPU_SECONDS, MEMORY};

/// Files that may be open: the three standard streams, and the copy of one.
const FILES: u64 = 4;

/// What holds the process, besides its limits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Confined {
    /// The process can reach no file.
    pub files: bool,
    /// The process can reach no network.
    pub network: bool,
    /// The process can make no system calls but those it needs.
    pub calls: bool,
}

impl Confined {
    /// What does not hold here, in words; `None` where all does.
    pub fn missing(self) -> Option<String> {
        let parts = [
            (self.files, "files (Landlock)"),
            (self.network, "the network (Landlock)"),
            (self.calls, "calls of the system (seccomp)"),
        ];
        let missing: Vec<&str> = parts.into_iter().filter(|(held, _)| !held).map(|(_, name)| name).collect();
        (!missing.is_empty()).then(|| missing.join(", "))
    }
}

impl fmt::Display for Confined {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} {}", self.files, self.network, self.calls)
    }
}

impl std::str::FromStr for Confined {
    type Err = ();

    fn from_str(said: &str) -> Result<Self, ()> {
        let mut parts = said.split_whitespace().map(|part| part.parse::<bool>().map_err(|_| ()));
        let mut next = || parts.next().unwrap_or(Err(()));
        Ok(Self { files: next()?, network: next()?, calls: next()? })
    }
}

/// Gives up everything but the standard streams and `out`, to be written to, for this thread and those it will start.
pub fn enter(out: BorrowedFd<'_>) -> io::Result<Confined> {
    // Rules for files need a file descriptor while they are made, and limits a call that is refused in the end.
    let (files, network) = strict::keep_within();
    limit()?;
    Ok(Confined { files, network, calls: strict::refuse_calls(out.as_raw_fd()) })
}

fn limit() -> io::Result<()> {
    // The process that waits for the import may be killed: then nobody waits.
    #[cfg(target_os = "linux")]
    rustix::process::set_parent_process_death_signal(Some(rustix::process::Signal::KILL))?;
    let to = |most: u64| Rlimit { current: Some(most), maximum: Some(most) };
    // On Linux the bound is on memory in use; elsewhere only the addresses can be bounded, or nothing.
    let memory = if cfg!(target_os = "linux") { Resource::Data } else { Resource::As };
    for (resource, limit) in [
        (Resource::Core, to(0)),
        (Resource::Fsize, to(0)),
        (Resource::Nofile, to(FILES)),
        (Resource::Cpu, to(CPU_SECONDS)),
        (memory, to(MEMORY)),
    ] {
        match setrlimit(resource, limit) {
            Ok(()) => {}
            // Some systems do not bound memory; the other limits hold.
            Err(_) if resource == memory && !cfg!(target_os = "linux") => {}
            Err(e) => return Err(e.into()),
        }
    }
    Ok(())
}

#[cfg(not(target_os = "linux"))]
mod strict {
    pub(super) fn keep_within() -> (bool, bool) {
        (false, false)
    }

    pub(super) fn refuse_calls(_out: super::RawFd) -> bool {
        false
    }
}

#[cfg(target_os = "linux")]
mod strict {
    use std::collections::BTreeMap;

    use landlock::{
        ABI, Access as _, AccessFs, AccessNet, CompatLevel, Compatible as _, Ruleset, RulesetAttr as _, RulesetError,
        RulesetStatus, Scope,
    };
    use seccompiler::{
        BpfProgram, SeccompAction, SeccompCmpArgLen, SeccompCmpOp, SeccompCondition, SeccompFilter, SeccompRule,
        TargetArch, apply_filter,
    };

    use super::RawFd;

    /// The first version of Landlock's rules that covers the network.
    const NETWORK: ABI = ABI::V4;

    /// Has this thread reach no file and no port of the network; says of each whether the kernel sees to it.
    pub(super) fn keep_within() -> (bool, bool) {
        let files = ruled(|rules| rules.handle_access(AccessFs::from_all(ABI::V1)));
        let network = ruled(|rules| rules.handle_access(AccessNet::from_all(NETWORK)));
        // What newer kernels know besides. That an older one does not is no gap: the calls are refused.
        let newest = ABI::V6;
        let more = Ruleset::default().set_compatibility(CompatLevel::BestEffort);
        let more =
            more.handle_access(AccessFs::from_all(newest)).and_then(|rules| rules.scope(Scope::from_all(newest)));
        let _ = more.and_then(Ruleset::create).and_then(landlock::RulesetCreated::restrict_self);
        (files, network)
    }

    /// Has the kernel refuse every call that is not needed; says whether it does.
    pub(super) fn refuse_calls(out: RawFd) -> bool {
        calls(out).is_ok()
    }

    /// Lays rules upon this thread that allow nothing; says whether the kernel keeps all of them.
    fn ruled(rules: impl FnOnce(Ruleset) -> Result<Ruleset, RulesetError>) -> bool {
        let wanted = Ruleset::default().set_compatibility(CompatLevel::BestEffort);
        let kept = rules(wanted).and_then(Ruleset::create).and_then(landlock::RulesetCreated::restrict_self);
        kept.is_ok_and(|kept| kept.ruleset == RulesetStatus::FullyEnforced)
    }

    /// Why the calls are not held.
    type NotHeld = seccompiler::Error;

    /// Refuses every call but those that are named here. A refused call fails, and nothing more.
    fn calls(out: RawFd) -> Result<(), NotHeld> {
        let refused = |errno: i32| SeccompAction::Errno(errno.cast_unsigned());
        let arch = TargetArch::try_from(std::env::consts::ARCH)?;
        let filter = |rules, otherwise, named| -> Result<BpfProgram, NotHeld> {
            Ok(SeccompFilter::new(rules, otherwise, named, arch)?.try_into()?)
        };
        // What makes a thread tells it from a process in memory, where no filter looks: without it, threads are made by the
        // older call.
        let older = BTreeMap::from([(libc::SYS_clone3, Vec::new())]);
        let older = filter(older, SeccompAction::Allow, refused(libc::ENOSYS))?;
        let needed = filter(needed(out)?, refused(libc::EPERM), SeccompAction::Allow)?;
        apply_filter(&older)?;
        apply_filter(&needed)
    }

    fn needed(out: RawFd) -> Result<BTreeMap<i64, Vec<SeccompRule>>, NotHeld> {
        let mut rules: BTreeMap<i64, Vec<SeccompRule>> = ALWAYS.iter().map(|call| (*call, Vec::new())).collect();
        let only = |argument, op, value| -> Result<Vec<SeccompRule>, NotHeld> {
            let condition = SeccompCondition::new(argument, SeccompCmpArgLen::Qword, op, value)?;
            Ok(vec![SeccompRule::new(vec![condition])?])
        };
        let of = |stream: RawFd| -> Result<SeccompRule, NotHeld> {
            let stream = u64::from(stream.cast_unsigned());
            Ok(SeccompRule::new(vec![SeccompCondition::new(0, SeccompCmpArgLen::Dword, SeccompCmpOp::Eq, stream)?])?)
        };
        for call in [libc::SYS_read, libc::SYS_readv] {
            rules.insert(call, vec![of(libc::STDIN_FILENO)?]);
        }
        for call in [libc::SYS_write, libc::SYS_writev] {
            rules.insert(call, vec![of(libc::STDOUT_FILENO)?, of(libc::STDERR_FILENO)?, of(out)?]);
        }
        // A thread of its own, never a process.
        let thread = libc::CLONE_THREAD as u64;
        rules.insert(libc::SYS_clone, only(0, SeccompCmpOp::MaskedEq(thread), thread)?);
        // Refused above, in the way that has the older one taken: of two refusals the later filter's would count.
        rules.insert(libc::SYS_clone3, Vec::new());
        // Memory that is read and written, and never run.
        for call in [libc::SYS_mmap, libc::SYS_mprotect] {
            rules.insert(call, only(2, SeccompCmpOp::MaskedEq(libc::PROT_EXEC as u64), 0)?);
        }
        // Signals to itself: how it ends when something is wrong with it, or when it has used up its time.
        let own = u64::from(std::process::id());
        for call in [libc::SYS_kill, libc::SYS_tgkill] {
            rules.insert(call, only(0, SeccompCmpOp::Eq, own)?);
        }
        Ok(rules)
    }

    /// Calls that reach nothing but this process's own memory, threads and clocks, and change nothing of its streams.
    const ALWAYS: &[i64] = &[
        libc::SYS_close,
        libc::SYS_fstat,
        libc::SYS_lseek,
        libc::SYS_ppoll,
        libc::SYS_munmap,
        libc::SYS_mremap,
        libc::SYS_madvise,
        libc::SYS_brk,
        libc::SYS_futex,
        libc::SYS_set_robust_list,
        libc::SYS_rseq,
        libc::SYS_membarrier,
        libc::SYS_sched_yield,
        libc::SYS_sched_getaffinity,
        libc::SYS_gettid,
        libc::SYS_getpid,
        libc::SYS_clock_gettime,
        libc::SYS_clock_nanosleep,
        libc::SYS_nanosleep,
        libc::SYS_getrandom,
        libc::SYS_rt_sigaction,
        libc::SYS_rt_sigprocmask,
        libc::SYS_rt_sigreturn,
        libc::SYS_sigaltstack,
        libc::SYS_restart_syscall,
        libc::SYS_exit,
        libc::SYS_exit_group,
    ];
}
