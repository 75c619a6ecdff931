//! Notes are never lost: disks that fail at each step, power cut at each step, processes killed while they save, and
//! several readers at once.

use std::collections::{BTreeMap, HashMap};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::Child;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use diptych::library::Library;
use diptych::library::disk::{Disk, Listed, ListedKind, Lock, Os, Spot, Unfinished};
use diptych::library::folders::Folders;
use diptych::model::notes::{Base, Draft, FileVersion, FiledNote, NoteChange, NoteChanged};
use diptych::note::file::parse;
use xxhash_rust::xxh3::xxh3_64;

use crate::dice::Dice;
use crate::faulty::{Faulty, STEPS, Step};
use crate::saver::{self, KINDS, Kind};

const TEXT: &str = "embedded:power-from-below";

/// A new note about the text with these words.
pub fn draft(number: u64, body: &str) -> Draft {
    Draft {
        number,
        targets: Vec::new(),
        requests: vec![TEXT.to_owned()],
        topic: None,
        body: body.to_owned(),
        of: None,
        anew: false,
        stop: None,
    }
}

/// A note with other words.
pub fn changed(note: &FiledNote, number: u64, body: &str) -> Draft {
    let base = Base::of(note);
    Draft { of: Some(base), ..draft(number, body) }
}

fn library(disk: Arc<dyn Disk>, home: &Path) -> Library {
    Library::new(disk, Some(Folders::under(home)))
}

fn keep(library: &Library, wish: &NoteChange) -> Result<NoteChanged, String> {
    library.keep_note(wish).map_err(|e| e.to_string())
}

/// The words of all notes in a folder that parse without a fault about their front matter.
fn bodies(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let paths =
        entries.map(|e| e.unwrap().path()).filter(|p| !p.file_name().unwrap().to_string_lossy().starts_with('.'));
    let mut bodies: Vec<String> = paths
        .map(|path| {
            let source = fs::read_to_string(&path).unwrap();
            let (note, _) = parse(&source, "x");
            assert!(note.created.is_some(), "{} does not parse:\n{source}", path.display());
            note.body
        })
        .collect();
    bodies.sort();
    bodies
}

#[test]
fn whichever_step_fails_old_or_new_is_whole_and_the_words_can_be_saved_again() {
    for kind in [io::ErrorKind::StorageFull, io::ErrorKind::ReadOnlyFilesystem, io::ErrorKind::Other] {
        for step in STEPS {
            let dir = tempfile::tempdir().unwrap();
            let disk = Arc::new(Faulty::at(&[], kind));
            let library = library(Arc::clone(&disk) as Arc<dyn Disk>, dir.path());
            let first = keep(&library, &NoteChange::Draft(draft(1, "first"))).unwrap();
            let note = first.note.clone().unwrap();
            let wishes: Vec<(NoteChange, &[&str], &[&str])> = vec![
                (NoteChange::Draft(draft(2, "second")), &["first"], &["first", "second"]),
                (
                    NoteChange::Draft(changed(&note, 3, "first, changed")),
                    &["first", "second"],
                    &["first, changed", "second"],
                ),
            ];
            for (wish, before, after) in wishes {
                disk.fail(&[step]);
                let result = keep(&library, &wish);
                let found = bodies(&Kind::Notes.place(dir.path()));
                match &result {
                    Ok(_) => assert_eq!(found, after, "{step:?} {kind}"),
                    Err(line) => {
                        assert!(found == before || found == after, "{step:?} {kind}: {found:?}");
                        assert!(!line.contains("os error"), "{line}");
                    }
                }
                disk.fail(&[]);
                if result.is_err() {
                    keep(&library, &wish).unwrap();
                }
                assert_eq!(bodies(&Kind::Notes.place(dir.path())), after, "{step:?} {kind}, tried again");
            }
            let changed = first.after.clone().unwrap();
            let now = fs::read(changed.file.path()).unwrap();
            disk.fail(&[step]);
            let result = keep(&library, &NoteChange::Delete(changed.file.clone(), xxh3_64(&now)));
            let is_there = changed.file.path().exists();
            assert!(result.is_err() || !is_there, "{step:?}");
            if is_there {
                assert_eq!(fs::read(changed.file.path()).unwrap(), now);
            }
        }
    }
}

#[test]
fn hidden_files_are_all_that_a_failure_leaves() {
    for step in STEPS.into_iter().filter(|s| *s != Step::Remove) {
        let dir = tempfile::tempdir().unwrap();
        let disk = Arc::new(Faulty::at(&[], io::ErrorKind::StorageFull));
        let library = library(Arc::clone(&disk) as Arc<dyn Disk>, dir.path());
        let note = keep(&library, &NoteChange::Draft(draft(1, "first"))).unwrap().note.unwrap();
        disk.fail(&[step]);
        let _ = keep(&library, &NoteChange::Draft(draft(2, "second")));
        let _ = keep(&library, &NoteChange::Draft(changed(&note, 3, "changed")));
        let left =
            fs::read_dir(Kind::Notes.place(dir.path())).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap());
        assert_eq!(left.filter(|n| n.starts_with('.')).collect::<Vec<_>>(), Vec::<String>::new(), "{step:?}");
    }
}

#[test]
fn a_library_that_cannot_be_written_keeps_its_notes_in_the_data_folder() {
    use std::os::unix::fs::PermissionsExt as _;
    let dir = tempfile::tempdir().unwrap();
    let texts = dir.path().join("texts");
    fs::create_dir(&texts).unwrap();
    fs::write(texts.join("topics.toml"), "").unwrap();
    fs::write(texts.join("a.md"), "Words.\n").unwrap();
    // Root may write anywhere, so the disk itself says no.
    fs::set_permissions(&texts, fs::Permissions::from_mode(0o555)).unwrap();
    let home = dir.path().join("home");
    let library = library(Arc::new(ReadOnlyBelow(texts.clone())), &home);
    let draft = Draft { requests: vec![texts.join("a.md").to_str().unwrap().to_owned()], ..draft(1, "aside") };
    let done = keep(&library, &NoteChange::Draft(draft)).unwrap();
    assert!(done.file.path().starts_with(&home), "{}", done.file.path().display());
    fs::set_permissions(&texts, fs::Permissions::from_mode(0o755)).unwrap();
}

/// A disk on which one folder is read-only.
#[derive(Debug)]
struct ReadOnlyBelow(PathBuf);

impl ReadOnlyBelow {
    fn may_write(&self, spot: &Spot) -> io::Result<Os> {
        let inside = spot.path().starts_with(&self.0) || spot.path().starts_with(self.0.canonicalize()?);
        if inside { Err(io::ErrorKind::ReadOnlyFilesystem.into()) } else { Ok(Os) }
    }
}

impl Disk for ReadOnlyBelow {
    fn read(&self, file: &Spot, most: u64) -> io::Result<Vec<u8>> {
        Os.read(file, most)
    }
    fn real(&self, spot: &Spot) -> io::Result<Spot> {
        Os.real(spot)
    }
    fn create_folder(&self, folder: &Spot) -> io::Result<()> {
        self.may_write(folder)?.create_folder(folder)
    }
    fn write_temp(&self, folder: &Spot, bytes: &[u8], what: Unfinished) -> io::Result<Spot> {
        self.may_write(folder)?.write_temp(folder, bytes, what)
    }
    fn copy_mode(&self, from: &Spot, to: &Spot) -> io::Result<()> {
        self.may_write(to)?.copy_mode(from, to)
    }
    fn sync_file(&self, file: &Spot) -> io::Result<()> {
        Os.sync_file(file)
    }
    fn rename(&self, from: &Spot, to: &Spot) -> io::Result<()> {
        self.may_write(to)?.rename(from, to)
    }
    fn sync_folder(&self, folder: &Spot) -> io::Result<()> {
        Os.sync_folder(folder)
    }
    fn remove(&self, file: &Spot) -> io::Result<()> {
        self.may_write(file)?.remove(file)
    }
    fn lock(&self, file: &Spot) -> io::Result<Lock> {
        Os.lock(file)
    }
    fn lock_folder(&self, folder: &Spot) -> io::Result<Lock> {
        Os.lock_folder(folder)
    }
    fn list(&self, folder: &Spot) -> io::Result<Vec<Listed>> {
        Os.list(folder)
    }
    fn read_beginning(&self, file: &Spot, most: usize) -> io::Result<Vec<u8>> {
        Os.read_beginning(file, most)
    }
    fn rename_new(&self, from: &Spot, to: &Spot) -> io::Result<()> {
        self.may_write(to)?.rename_new(from, to)
    }
    fn exchange(&self, one: &Spot, other: &Spot) -> io::Result<()> {
        self.may_write(other)?.exchange(one, other)
    }
}

/// A disk in memory that knows what a power cut would leave: contents that were synced, under names whose folder was.
#[derive(Debug, Default)]
struct Cuttable(Mutex<State>);

#[derive(Debug, Default, Clone)]
struct State {
    /// Contents by number: as they are, and as they were synced last.
    files: HashMap<u64, (Vec<u8>, Option<Vec<u8>>)>,
    /// Names, as they are.
    names: BTreeMap<PathBuf, u64>,
    /// Names, as they are on the disk.
    synced: BTreeMap<PathBuf, u64>,
    folders: Vec<PathBuf>,
    synced_folders: Vec<PathBuf>,
    next: u64,
    /// The state after each step.
    history: Vec<After>,
}

/// What a power cut after a step would leave, at worst in each of two ways.
#[derive(Debug, Clone)]
struct After {
    /// The names that were synced, with the contents that were.
    strict: BTreeMap<PathBuf, Vec<u8>>,
    /// All names, for they may have reached the disk by themselves, with the contents that were synced.
    eager: BTreeMap<PathBuf, Vec<u8>>,
}

impl State {
    fn note_step(&mut self) {
        let synced = |number: &u64| self.files[number].1.clone().unwrap_or_default();
        let is_reachable = |p: &Path| {
            p.ancestors().skip(1).all(|f| f.as_os_str().is_empty() || self.synced_folders.iter().any(|s| s == f))
        };
        let strict = self.synced.iter().filter(|(p, _)| is_reachable(p)).map(|(p, n)| (p.clone(), synced(n))).collect();
        let eager = self.names.iter().map(|(p, n)| (p.clone(), synced(n))).collect();
        self.history.push(After { strict, eager });
    }
}

impl Cuttable {
    fn step<T>(&self, act: impl FnOnce(&mut State) -> io::Result<T>) -> io::Result<T> {
        let mut state = self.0.lock().unwrap();
        let done = act(&mut state)?;
        state.note_step();
        Ok(done)
    }
}

fn missing<T>() -> io::Result<T> {
    Err(io::ErrorKind::NotFound.into())
}

impl Disk for Cuttable {
    fn read(&self, file: &Spot, _: u64) -> io::Result<Vec<u8>> {
        let path = file.path();
        let state = self.0.lock().unwrap();
        state.names.get(path).map_or_else(missing, |n| Ok(state.files[n].0.clone()))
    }

    fn real(&self, spot: &Spot) -> io::Result<Spot> {
        let path = spot.path();
        let state = self.0.lock().unwrap();
        let is_there =
            path == Path::new("/") || state.names.contains_key(path) || state.folders.iter().any(|f| f == path);
        if is_there { Ok(spot.clone()) } else { missing() }
    }

    fn create_folder(&self, folder: &Spot) -> io::Result<()> {
        self.step(|state| {
            state.folders.extend(folder.path().ancestors().map(Path::to_path_buf));
            Ok(())
        })
    }

    fn write_temp(&self, folder: &Spot, bytes: &[u8], _: Unfinished) -> io::Result<Spot> {
        self.step(|state| {
            state.next += 1;
            let temp = folder.join(format!(".temp-{}", state.next));
            state.files.insert(state.next, (bytes.to_vec(), None));
            state.names.insert(temp.path().to_owned(), state.next);
            Ok(temp)
        })
    }

    fn copy_mode(&self, _: &Spot, _: &Spot) -> io::Result<()> {
        Ok(())
    }

    fn sync_file(&self, file: &Spot) -> io::Result<()> {
        self.step(|state| {
            let Some(number) = state.names.get(file.path()).copied() else { return missing() };
            let file = state.files.get_mut(&number).unwrap();
            file.1 = Some(file.0.clone());
            Ok(())
        })
    }

    fn rename(&self, from: &Spot, to: &Spot) -> io::Result<()> {
        self.step(|state| {
            let Some(number) = state.names.remove(from.path()) else { return missing() };
            state.names.insert(to.path().to_owned(), number);
            Ok(())
        })
    }

    fn sync_folder(&self, folder: &Spot) -> io::Result<()> {
        let path = folder.path();
        self.step(|state| {
            state.synced.retain(|p, _| p.parent() != Some(path));
            let now = state.names.iter().filter(|(p, _)| p.parent() == Some(path));
            let now: Vec<_> = now.map(|(p, n)| (p.clone(), *n)).collect();
            state.synced.extend(now);
            let below = state.folders.iter().filter(|f| f.parent() == Some(path)).cloned().collect::<Vec<_>>();
            state.synced_folders.extend(below);
            state.synced_folders.push(PathBuf::from("/"));
            Ok(())
        })
    }

    fn remove(&self, file: &Spot) -> io::Result<()> {
        self.step(|state| state.names.remove(file.path()).map_or_else(missing, |_| Ok(())))
    }

    fn lock(&self, _: &Spot) -> io::Result<Lock> {
        Ok(Lock::none())
    }

    fn lock_folder(&self, _: &Spot) -> io::Result<Lock> {
        Ok(Lock::none())
    }

    fn list(&self, folder: &Spot) -> io::Result<Vec<Listed>> {
        let state = self.0.lock().unwrap();
        let inside = state.names.iter().filter(|(p, _)| p.parent() == Some(folder.path()));
        let listed = |(path, number): (&PathBuf, &u64)| Listed {
            name: path.file_name().unwrap().into(),
            kind: ListedKind::File,
            length: 0,
            modified: None,
            inode: *number,
        };
        Ok(inside.map(listed).collect())
    }

    fn read_beginning(&self, file: &Spot, most: usize) -> io::Result<Vec<u8>> {
        self.read(file, most as u64)
    }

    fn rename_new(&self, from: &Spot, to: &Spot) -> io::Result<()> {
        if self.0.lock().unwrap().names.contains_key(to.path()) {
            return Err(io::ErrorKind::AlreadyExists.into());
        }
        self.rename(from, to)
    }

    fn exchange(&self, one: &Spot, other: &Spot) -> io::Result<()> {
        self.step(|state| {
            let (Some(a), Some(b)) = (state.names.get(one.path()).copied(), state.names.get(other.path()).copied())
            else {
                return missing();
            };
            state.names.insert(one.path().to_owned(), b);
            state.names.insert(other.path().to_owned(), a);
            Ok(())
        })
    }
}

#[test]
fn power_cut_after_any_step_loses_nothing_that_was_called_saved() {
    let disk = Arc::new(Cuttable::default());
    let library = library(Arc::clone(&disk) as Arc<dyn Disk>, Path::new("/home/reader"));
    // After so many steps, these words were called saved, under this name; `None` for a note that was deleted.
    let mut acknowledged: Vec<(usize, PathBuf, Option<String>, Vec<String>)> = Vec::new();
    let steps = || disk.0.lock().unwrap().history.len();
    let mut version: Option<FileVersion> = None;
    let mut history: HashMap<PathBuf, Vec<String>> = HashMap::new();
    for round in 0..12_u64 {
        let note = match &version {
            Some(version) if round % 3 != 0 => {
                let kept = diptych::library::notes::folder::of_bytes(
                    version.file.path(),
                    &version.bytes,
                    &diptych::library::home::Home::Embedded,
                );
                NoteChange::Draft(changed(&kept, round, &format!("round {round}")))
            }
            _ => NoteChange::Draft(draft(round, &format!("round {round}"))),
        };
        let done = keep(&library, &note).unwrap();
        let path = done.file.path().to_owned();
        let body = format!("round {round}");
        let earlier = history.entry(path.clone()).or_default();
        acknowledged.push((steps(), path, Some(body.clone()), earlier.clone()));
        earlier.push(body);
        version = done.after;
    }
    let history = disk.0.lock().unwrap().history.clone();
    assert!(history.len() > 40, "{} steps", history.len());
    for (at, after) in history.iter().enumerate() {
        // What was called saved last before this step, for each file.
        let mut known: HashMap<&PathBuf, (&String, Vec<&String>)> = HashMap::new();
        for (step, path, body, _) in &acknowledged {
            let body = body.as_ref().unwrap();
            if *step <= at + 1 {
                known.insert(path, (body, Vec::new()));
            } else if let Some((_, later)) = known.get_mut(path) {
                later.push(body);
            }
        }
        for (name, files) in [("strict", &after.strict), ("eager", &after.eager)] {
            for (path, (body, later)) in &known {
                let Some(bytes) = files.get(*path) else { panic!("{name}, step {at}: {} is lost", path.display()) };
                let (note, faults) = parse(std::str::from_utf8(bytes).unwrap(), "x");
                assert!(note.created.is_some(), "{name}, step {at}: {faults:?}");
                assert!(note.body == **body || later.contains(&&note.body), "{name}, step {at}: {}", note.body);
            }
            // Whatever has a note's name parses.
            for (path, bytes) in files.iter().filter(|(p, _)| p.extension().is_some_and(|e| e == "md")) {
                let (note, _) = parse(std::str::from_utf8(bytes).unwrap(), "x");
                assert!(note.created.is_some(), "{name}, step {at}: {} is half a note", path.display());
            }
        }
    }
}

/// What is kept of a kind, as one string; all of it parses.
fn all_kept(kind: Kind, home: &Path) -> String {
    let place = kind.place(home);
    if kind == Kind::Notes {
        // Each line as the other kinds have it.
        return bodies(&place).join("\n").lines().map(|line| format!("{line:?}\n")).collect();
    }
    let kept = fs::read_to_string(place).unwrap_or_default();
    kept.parse::<toml::Table>().unwrap_or_else(|e| panic!("{kind:?}: {e}"));
    kept
}

#[test]
fn four_readers_at_once_keep_every_note_stop_link_and_topic() {
    for kind in KINDS {
        let dir = tempfile::tempdir().unwrap();
        let task = |name| saver::Task { kind, name, count: 20, edits: false };
        let mut savers: Vec<Child> = ["a", "b", "c", "d"].map(|name| saver::start(dir.path(), task(name))).into();
        let told: Vec<String> = savers.iter_mut().flat_map(|child| saver::told(child).kept).collect();
        for saver in &mut savers {
            assert!(saver.wait().unwrap().success());
        }
        let kept = all_kept(kind, dir.path());
        assert_eq!(told.len(), 80, "{kind:?}: {told:?}");
        for words in &told {
            assert!(kept.contains(&format!("\"{words}\"")), "{kind:?}: {words} is lost:\n{kept}");
        }
    }
}

#[test]
fn killed_at_any_moment_nothing_that_was_called_saved_is_lost_and_nothing_that_was_called_gone_is_there() {
    let kills = std::env::var("DIPTYCH_TEST_KILLS").ok().and_then(|n| n.parse().ok()).unwrap_or(5_u64);
    let only = std::env::var("DIPTYCH_TEST_KIND").ok();
    let mut dice = Dice(1917);
    for kind in KINDS.into_iter().filter(|kind| only.as_ref().is_none_or(|only| *only == format!("{kind:?}"))) {
        let (mut kept, mut gone) = (0, 0);
        for kill in 0..kills {
            let dir = tempfile::tempdir().unwrap();
            let mut child = saver::start(dir.path(), saver::Task { kind, name: "k", count: 100_000, edits: true });
            let after = Duration::from_micros(dice.roll(9_000));
            let things = 5 + dice.0 % 20;
            let told = saver::told_until_killed(&mut child, things as usize, after);
            child.wait().unwrap();
            let all = all_kept(kind, dir.path());
            for words in &told.kept {
                assert!(all.contains(&format!("\"{words}\"")), "{kind:?}, kill {kill}: {words} is lost:\n{all}");
            }
            for words in &told.gone {
                assert!(!all.contains(&format!("\"{words}\"")), "{kind:?}, kill {kill}: {words} is there:\n{all}");
            }
            (kept, gone) = (kept + told.kept.len(), gone + told.gone.len());
        }
        println!("{kind:?}: {kills} kills, {kept} called saved, none lost; {gone} called gone, none there");
        assert!(kept > 0, "{kind:?}");
    }
}
