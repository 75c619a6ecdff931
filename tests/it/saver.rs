//! Another process that makes notes, stops, links or topics one after the other, changes some and takes some away again,
//! and says of each what became of it: for tests that kill it, and for `tools/notes_safety.py`, which fails its system calls.

use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::Duration;

use diptych::anchor::Anchor;
use diptych::library::Library;
use diptych::library::disk::Os;
use diptych::library::folders::Folders;
use diptych::link::judgement::{Judgement, Relation};
use diptych::model::keeping::{KeepOrder, Kept, Record};
use diptych::model::notes::{NoteChange, NoteChanged};
use diptych::topic::codebook::Topic;
use diptych::tour::Tour;
use xxhash_rust::xxh3::xxh3_64;

use crate::notes_safety::{changed, draft};

const TEXT: &str = "embedded:power-from-below";

/// What is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Notes,
    Tour,
    Links,
    Topics,
}

pub const KINDS: [Kind; 4] = [Kind::Notes, Kind::Tour, Kind::Links, Kind::Topics];

impl Kind {
    /// Where it is kept: a file, or the folder of the notes.
    pub fn place(self, home: &Path) -> PathBuf {
        let name = match self {
            Self::Notes => "notes",
            Self::Tour => "tour.toml",
            Self::Links => "links.toml",
            Self::Topics => "topics.toml",
        };
        Folders::under(home).of_library("embedded").join(name)
    }
}

/// What a process is to do: make `count` things of a kind under a name; with `edits` every third is changed, and every
/// fourth taken away again.
#[derive(Debug, Clone, Copy)]
pub struct Task<'a> {
    pub kind: Kind,
    pub name: &'a str,
    pub count: u64,
    pub edits: bool,
}

/// What a process has said: what has to be there, and what must not.
#[derive(Debug, Default)]
pub struct Told {
    pub kept: Vec<String>,
    pub gone: Vec<String>,
}

/// Starts a process.
pub fn start(home: &Path, task: Task<'_>) -> Child {
    let mut command = Command::new(std::env::current_exe().unwrap());
    command.args(["--exact", "saver::saves_in_a_process_of_its_own", "--ignored", "--nocapture", "--test-threads=1"]);
    command.env("DIPTYCH_TEST_HOME", home).env("DIPTYCH_TEST_SAVES", format!("{} {}", task.name, task.count));
    command.env("DIPTYCH_TEST_KIND", format!("{:?}", task.kind));
    if task.edits {
        command.env("DIPTYCH_TEST_EDITS", "1");
    }
    command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap()
}

/// All that a process says until it ends.
pub fn told(child: &mut Child) -> Told {
    told_by(&lines_of(child).collect::<Vec<_>>())
}

/// All that a process says until it is killed: so long after it has said so many things.
pub fn told_until_killed(child: &mut Child, things: usize, after: Duration) -> Told {
    let mut lines = lines_of(child);
    let mut said: Vec<String> = lines.by_ref().take(things).collect();
    std::thread::sleep(after);
    child.kill().unwrap();
    said.extend(lines);
    told_by(&said)
}

fn lines_of(child: &mut Child) -> impl Iterator<Item = String> + use<> {
    BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok)
}

fn told_by(lines: &[String]) -> Told {
    let mut told = Told::default();
    for line in lines {
        let words = |what: &str| line.split_once(what).map(|(_, words)| words.to_owned());
        if let Some(words) = words("saved ") {
            told.kept.push(words);
        } else if let Some(words) = words("going ") {
            told.kept.retain(|kept| *kept != words);
        } else if let Some(words) = words("gone ") {
            told.gone.push(words);
        }
    }
    told
}

#[test]
#[ignore = "the other process of tests, and of tools/notes_safety.py"]
fn saves_in_a_process_of_its_own() {
    let Some(home) = std::env::var_os("DIPTYCH_TEST_HOME") else { return };
    let what = std::env::var("DIPTYCH_TEST_SAVES").unwrap();
    let (name, count) = what.split_once(' ').unwrap();
    let kind = std::env::var("DIPTYCH_TEST_KIND").unwrap_or_else(|_| "Notes".to_owned());
    let kind = KINDS.into_iter().find(|known| format!("{known:?}") == kind).unwrap();
    let edits = std::env::var_os("DIPTYCH_TEST_EDITS").is_some();
    let library = Library::new(Arc::new(Os), Some(Folders::under(Path::new(&home))));
    library.begin_with(&[&library.request(TEXT).unwrap()]);
    let mut saver = Saver { library, number: 0 };
    let task = Task { kind, name, count: count.parse().unwrap(), edits };
    match kind {
        Kind::Notes => saver.notes(task),
        Kind::Tour => saver.stops(task),
        Kind::Links => saver.links(task),
        Kind::Topics => saver.topics(task),
    }
}

struct Saver {
    library: Library,
    number: u64,
}

fn texts() -> [String; 2] {
    [TEXT.to_owned(), TEXT.to_owned()]
}

fn place_of(words: &str) -> Anchor {
    toml::from_str(&format!("text = {TEXT:?}\npassage = 1\nexact = {words:?}")).unwrap()
}

impl Saver {
    /// Has something kept, and says whether it is.
    fn keep(&mut self, words: &str, record: Record) -> Option<Kept> {
        self.number += 1;
        match self.library.keep(&KeepOrder { number: self.number, record }) {
            Ok(kept) => {
                println!("saved {words}");
                Some(kept)
            }
            Err(line) => {
                println!("failed {words}: {line}");
                None
            }
        }
    }

    /// Has something taken away, says first that it may go, and then whether it is gone.
    fn take(&mut self, all: &[String], record: Record) {
        for words in all {
            println!("going {words}");
        }
        self.number += 1;
        match self.library.keep(&KeepOrder { number: self.number, record }) {
            // Changed meanwhile, it stays, and that is told.
            Ok(Kept::Note(done)) if done.note.is_some() => {
                println!("failed taking {}: {:?}", all.join(", "), done.told);
            }
            Ok(_) => all.iter().for_each(|words| println!("gone {words}")),
            Err(line) => println!("failed taking {}: {line}", all.join(", ")),
        }
    }

    fn notes(&mut self, task: Task<'_>) {
        let mut last: Option<(NoteChanged, Vec<String>)> = None;
        for number in 1..=task.count {
            let words = format!("{} {number}", task.name);
            if let Some((done, all)) = last.take_if(|_| task.edits && number % 4 == 0) {
                let version = done.after.unwrap();
                let gone = NoteChange::Delete(version.file, xxh3_64(&version.bytes));
                self.take(&all, Record::Note(Box::new(gone)));
            }
            let next = self.number + 1;
            // Every third is a change of the one before.
            let (draft, mut all) = match last.take().filter(|_| number % 3 == 0) {
                Some((NoteChanged { note: Some(note), .. }, all)) => {
                    (changed(&note, next, &format!("{}\n{words}", note.note.body)), all)
                }
                _ => (draft(next, &words), Vec::new()),
            };
            all.push(words.clone());
            if let Some(Kept::Note(done)) = self.keep(&words, Record::Note(Box::new(NoteChange::Draft(draft)))) {
                last = Some((*done, all));
            }
        }
    }

    fn stops(&mut self, task: Task<'_>) {
        let (mut tour, mut seen) = (Tour::default(), Vec::new());
        for number in 1..=task.count {
            let words = format!("{} {number}", task.name);
            let mut before = tour.clone();
            let stop = tour.stop(None, Some(place_of(&words)), None);
            seen.push(stop.id.clone());
            tour.stops.push(stop);
            let record = |tour: &Tour, before: &Tour| Record::Tour {
                texts: texts(),
                tour: tour.clone(),
                seen: seen.clone(),
                before: Some(before.clone()),
            };
            self.keep(&words, record(&tour, &before));
            let changed = format!("changed {words}");
            if task.edits && number % 3 == 0 {
                before = tour.clone();
                tour.stops.last_mut().unwrap().remark.clone_from(&changed);
                self.keep(&changed, record(&tour, &before));
            }
            if task.edits && number % 4 == 0 {
                before = tour.clone();
                tour.stops.pop();
                self.take(&[words, changed], record(&tour, &before));
            }
        }
    }

    fn links(&mut self, task: Task<'_>) {
        for number in 1..=task.count {
            let words = format!("{} {number}", task.name);
            let relation = Relation::of_word("contrasts").unwrap();
            let [one, other] = [place_of(&words), place_of(&format!("across from {words}"))];
            let mut now = Judgement::join(one, other, relation, None, "");
            let record = |now: Option<&Judgement>, before: Option<&Judgement>| Record::Judgement {
                texts: texts(),
                id: now.or(before).unwrap().id.clone(),
                judgement: now.cloned(),
                before: before.cloned(),
            };
            self.keep(&words, record(Some(&now), None));
            let changed = format!("changed {words}");
            if task.edits && number % 3 == 0 {
                let before = now.clone();
                now.note.clone_from(&changed);
                self.keep(&changed, record(Some(&now), Some(&before)));
            }
            if task.edits && number % 4 == 0 {
                // The file knows when and by whom it was made; nobody else has changed it.
                self.take(&[words, changed], record(None, Some(&now)));
            }
        }
    }

    fn topics(&mut self, task: Task<'_>) {
        for number in 1..=task.count {
            let words = format!("{} {number}", task.name);
            let mut now = Topic::of_terms(&format!("{}-{number}", task.name), &words, &[&words]);
            let record = |now: Option<&Topic>, before: Option<&Topic>| Record::Topic {
                id: now.or(before).unwrap().id.clone(),
                topic: now.cloned(),
                before: before.cloned(),
            };
            self.keep(&words, record(Some(&now), None));
            let changed = format!("changed {words}");
            if task.edits && number % 3 == 0 {
                let before = now.clone();
                now.about.clone_from(&changed);
                self.keep(&changed, record(Some(&now), Some(&before)));
            }
            if task.edits && number % 4 == 0 {
                self.take(&[words, changed], record(None, Some(&now)));
            }
        }
    }
}
