//! Reading the notes of a folder.
//!
//! Each file is read once; afterwards only those whose size or time of change is another. Whatever is in the folder is
//! shown: a file that cannot be read, that is no text or that is too long is a note without words of its own, with a
//! line that says why.

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use xxhash_rust::xxh3::xxh3_64;

use crate::library::disk::{Disk, Listed, ListedKind, Spot};
use crate::library::home::Home;
use crate::library::said::{io_words, shown};
use crate::model::notes::{FiledNote, NoteFile};
use crate::model::sought::Sought;
use crate::note::fault::Fault;
use crate::note::file::parse;
use crate::note::{Note, NoteId, name};
use crate::text::clean::Clean;

/// Of a longer file only the beginning is read, and it is changed by other programs only.
pub const LONGEST: u64 = 4 << 20;
/// How much of it is shown.
const SHOWN: usize = 64 << 10;

/// What is known of the notes' files from the last time they were read.
pub type SeenNotes = HashMap<PathBuf, (Listed, Arc<FiledNote>)>;

/// The notes in `folder`, which belongs to `home`, by the names of their files; and one line where the folder itself
/// cannot be read. One that does not exist has no notes.
pub fn read(
    disk: &dyn Disk,
    folder: &Spot,
    home: &Home,
    known: &mut SeenNotes,
) -> (Vec<Arc<FiledNote>>, Option<Clean>) {
    let mut listed = match disk.list(folder) {
        Ok(listed) => listed,
        Err(e) if e.kind() == io::ErrorKind::NotFound => return (Vec::new(), None),
        // Something else has its name; or there is no folder that it could be in.
        Err(e) if e.kind() == io::ErrorKind::NotADirectory && disk.real(folder).is_err() => return (Vec::new(), None),
        Err(e) => {
            let line = format!("{}: the notes here cannot be read ({})", shown(folder.path()), io_words(&e));
            return (Vec::new(), Some(Clean::line(&line)));
        }
    };
    listed.retain(|l| is_note(&l.name));
    listed.sort_by(|a, b| a.name.cmp(&b.name));
    let mut notes = Vec::with_capacity(listed.len());
    for listed in listed {
        let file = folder.join(&listed.name);
        let note = if let Some((_, note)) = known.get(file.path()).filter(|(before, _)| *before == listed) {
            Arc::clone(note)
        } else {
            let note = Arc::new(one(disk, &file, &listed, home));
            known.insert(file.path().to_owned(), (listed, Arc::clone(&note)));
            note
        };
        notes.push(note);
    }
    (notes, None)
}

/// Whether a file of this name is a note: Markdown, and not hidden.
fn is_note(name: &Path) -> bool {
    let hidden = name.to_string_lossy().starts_with('.');
    !hidden && name.extension().is_some_and(|e| e.eq_ignore_ascii_case(name::ENDING))
}

fn one(disk: &dyn Disk, file: &Spot, listed: &Listed, home: &Home) -> FiledNote {
    let path = file.path();
    let told = |what: &str| Fault { line: 1, what: what.to_owned() };
    let fixed = match listed.kind {
        ListedKind::File if listed.length > LONGEST => {
            Some(format!("it has {} MiB; only its beginning is shown, so change it elsewhere", listed.length >> 20))
        }
        ListedKind::File => None,
        ListedKind::Link => Some("this is a symbolic link; change the file that it leads to".to_owned()),
        ListedKind::Leaving => {
            let why = "this is a link that leads out of the library, so it is not read";
            return unread(path, told(why), "it is a link that leads out of the library");
        }
        ListedKind::Other => return unread(path, told("this is not a file, so it is not read"), "it is not a file"),
    };
    let read = if listed.length > LONGEST { disk.read_beginning(file, SHOWN) } else { disk.read(file, LONGEST) };
    let bytes = match read {
        Ok(bytes) => bytes,
        Err(e) => {
            let words = io_words(&e);
            return unread(path, told(&format!("cannot be read ({words})")), &format!("it cannot be read ({words})"));
        }
    };
    let mut kept = of_bytes(path, &bytes, home);
    if let Some(why) = fixed {
        kept.faults.insert(0, told(&why));
        kept.fixed = Some(Clean::line(&why));
    }
    kept
}

/// The note in a file of these bytes.
pub fn of_bytes(path: &Path, bytes: &[u8], home: &Home) -> FiledNote {
    let stem = path.file_stem().map_or_else(String::new, name::id);
    let source = String::from_utf8_lossy(bytes);
    let (mut note, mut faults) = parse(&source, &stem);
    for target in &mut note.targets {
        target.anchor.text = home.called(&target.anchor.text);
    }
    let mut fixed = None;
    if let Err(e) = std::str::from_utf8(bytes) {
        let line = memchr::memchr_iter(b'\n', &bytes[..e.valid_up_to()]).count() + 1;
        faults.insert(0, Fault { line, what: "this line is not UTF-8; save the file as UTF-8".to_owned() });
        fixed = Some(Clean::line("it is not UTF-8, and changing it would lose letters"));
    }
    let requests = note.targets.iter().map(|t| home.request_of(&t.anchor.text)).collect();
    let sought = Arc::new(Sought::of(&note));
    FiledNote { file: NoteFile(path.to_owned()), note, requests, hash: xxh3_64(bytes), faults, fixed, sought }
}

fn unread(path: &Path, fault: Fault, why: &str) -> FiledNote {
    let stem = path.file_stem().map_or_else(String::new, name::id);
    let note = Note::empty(NoteId(stem));
    FiledNote {
        file: NoteFile(path.to_owned()),
        sought: Arc::new(Sought::of(&note)),
        note,
        requests: Vec::new(),
        hash: 0,
        faults: vec![fault],
        fixed: Some(Clean::line(why)),
    }
}

/// Two files with one id: each after the first is told, with the first.
pub fn tell_twins(notes: &mut [Arc<FiledNote>]) {
    let mut first: HashMap<NoteId, NoteFile> = HashMap::with_capacity(notes.len());
    for kept in notes {
        match first.get(&kept.note.id) {
            Some(before) => {
                let what = format!("the id {} is that of {before} too; give one of them another", kept.note.id);
                Arc::make_mut(kept).faults.push(Fault { line: 1, what });
            }
            None => {
                first.insert(kept.note.id.clone(), kept.file.clone());
            }
        }
    }
}
