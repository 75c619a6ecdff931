//! The reader's own editor: `$VISUAL`, else `$EDITOR`, on a file with the words and nothing else.
//!
//! The file is among the drafts, so that what was written in it outlives the editor, the terminal and this program.

use std::env;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process, waitid};

use super::signals::{self, Signals};
use super::wake::Wake;
use crate::library::Library;
use crate::library::said::io_words;
use crate::model::notes::Draft;
use crate::text::clean::{Clean, clean_text};

/// How long an editor has for ending when the session has to end.
const GRACE: Duration = Duration::from_secs(1);

/// The file that the editor is given.
enum Lent {
    /// Among the drafts.
    Kept(PathBuf),
    /// Where nothing can be kept aside: it goes with this.
    Loose(tempfile::TempPath),
}

impl Lent {
    fn of(draft: &Draft, library: &Library) -> Result<Self, Clean> {
        if let Ok(path) = library.lend_draft(draft) {
            return Ok(Self::Kept(path));
        }
        let failed =
            |e: io::Error| Clean::line(&format!("no file for the editor: {}; write it here instead", io_words(&e)));
        let file = tempfile::Builder::new().prefix("diptych-note-").suffix(".md").tempfile().map_err(failed)?;
        fs::write(file.path(), &*clean_text(&draft.body)).map_err(failed)?;
        Ok(Self::Loose(file.into_temp_path()))
    }

    fn path(&self) -> &Path {
        match self {
            Self::Kept(path) => path,
            Self::Loose(path) => path,
        }
    }

    /// Gives the draft what is in the file now.
    fn take_back(&self, draft: &mut Draft, library: &Library) -> Result<(), Clean> {
        match self {
            Self::Kept(path) => library.take_back(draft, path),
            Self::Loose(path) => {
                let words = fs::read(path)
                    .map_err(|e| Clean::line(&format!("what the editor wrote cannot be read: {}", io_words(&e))))?;
                String::from_utf8_lossy(&words).trim_end_matches('\n').clone_into(&mut draft.body);
                Ok(())
            }
        }
    }
}

/// Has the words of a draft changed in the reader's own editor. The terminal has to be free. The draft has what was
/// written afterwards, also where that ended badly; the answer says why then.
pub(super) fn write(draft: &mut Draft, library: &Library, wake: &mut Wake, signals: &Signals) -> Result<(), Clean> {
    let named = |name| env::var(name).ok().filter(|v| !v.trim().is_empty());
    let editor = named("VISUAL").or_else(|| named("EDITOR"));
    let editor =
        editor.ok_or_else(|| Clean::line("neither $VISUAL nor $EDITOR names an editor; write it here instead"))?;
    let lent = Lent::of(draft, library)?;
    // The shell takes apart what is written there, as other programs let it: `code --wait`.
    let mut command = Command::new("sh");
    command.arg("-c").arg(format!("{editor} \"$1\"")).arg("sh").arg(lent.path());
    let ended = run(&mut command, wake, signals);
    if ended.as_ref().is_ok_and(|ended| !ended.is_over) {
        // It goes on without us; what it will have written is found by the next session.
        return Err(Clean::line(&format!("{editor} is still running")));
    }
    let before = draft.body.clone();
    let taken = lent.take_back(draft, library);
    let is_same = if before == draft.body { "the words are as they were" } else { "what it wrote is here" };
    match ended {
        Err(e) => Err(Clean::line(&format!("{editor}: {}; write it here instead", io_words(&e)))),
        Ok(Ended { well: false, .. }) => Err(Clean::line(&format!("{editor} failed; {is_same}"))),
        Ok(_) => taken,
    }
}

/// What became of the program.
pub(super) struct Ended {
    is_over: bool,
    well: bool,
}

/// Runs a program that has the terminal until it ends. Where the session has to end before, the program is asked to; where
/// the program stops, so does the session, and gives the terminal to the shell.
pub(super) fn run(command: &mut Command, wake: &mut Wake, signals: &Signals) -> io::Result<Ended> {
    // Without it, the end is heard of within a second.
    let _hearing = Signals::hear_children(wake);
    let mut child = command.spawn()?;
    let mut asked: Option<Instant> = None;
    loop {
        if let Some(status) = child.try_wait()? {
            return Ok(Ended { is_over: true, well: status.success() });
        }
        if signals.ending_for_good().is_some() {
            let since = *asked.get_or_insert_with(|| {
                send(&child, Signal::HUP);
                // One that was stopped hears of it only then.
                send(&child, Signal::CONT);
                Instant::now()
            });
            if since.elapsed() > GRACE {
                return Ok(Ended { is_over: false, well: false });
            }
        } else if signals.stopping() || is_stopped(&child) {
            signals::stop();
            // The shell continues both, where it was the shell.
            send(&child, Signal::CONT);
        }
        wake.rest(if asked.is_some() { Duration::from_millis(50) } else { Duration::from_secs(1) });
    }
}

/// Whether a program has stopped itself, as one does that takes Ctrl-Z for a key of its own.
fn is_stopped(child: &Child) -> bool {
    let stopped = waitid(WaitId::Pid(Pid::from_child(child)), WaitIdOptions::STOPPED | WaitIdOptions::NOHANG);
    matches!(stopped, Ok(Some(status)) if status.stopped())
}

/// Sends a program a signal; of HUP, editors save what they can.
fn send(child: &Child, signal: Signal) {
    let _ = kill_process(Pid::from_child(child), signal);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_stops_itself_is_seen_and_goes_on() {
        let mut child = Command::new("sh").args(["-c", "kill -STOP $$; exit 3"]).spawn().unwrap();
        while !is_stopped(&child) {
            assert_eq!(child.try_wait().unwrap(), None);
            std::thread::sleep(Duration::from_millis(10));
        }
        send(&child, Signal::CONT);
        assert_eq!(child.wait().unwrap().code(), Some(3));
    }
}
