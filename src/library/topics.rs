//! topics.toml on disk: finding it, reading it with its faults, and editing it without losing a comment.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;
use toml_edit::{ArrayOfTables, DocumentMut, InlineTable, Item, Table, Value, value};

use super::disk::{Disk, Spot};
use super::meanwhile::Meanwhile;
use super::said::{io_words, shown};
use super::save::{LONGEST, SaveError, is_missing, no_utf8, revise, source};
use super::topic_entry::{change, is_changed, list, merged};
use super::trust::distrust;
use crate::text::clean::Clean;
use crate::topic::codebook::{Codebook, Topic, id_of_name};
use crate::topic::fault::Fault;

/// The name of the file in a library's folder.
pub const NAME: &str = "topics.toml";

/// The field by which a file says that the embedded topics count too.
const BUNDLED: &str = "bundled";

const BUNDLED_HEADING: &str =
    "# Topics of these texts. Those that come with Diptych count too, until the next line is taken out.\n";

/// How many folders up a text's library may begin.
const LEVELS: usize = 3;

/// A fault of a topics file, with the file: `path:line:column: ...`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FaultIn {
    /// The file.
    pub path: PathBuf,
    /// The fault; `None` where the file could not be read at all.
    pub fault: Result<Fault, Clean>,
}

impl fmt::Display for FaultIn {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.fault {
            Ok(fault) => write!(f, "{}:{}", shown(&self.path), Clean::line(&fault.to_string())),
            Err(whole) => write!(f, "{}: {whole}", shown(&self.path)),
        }
    }
}

/// Why a topic was not written.
#[derive(Debug, Error)]
pub enum EditError {
    /// The file is no TOML, so an edit could lose some of it.
    #[error("{0}; mend it first, nothing was written")]
    Broken(Clean),
    /// There is no library with a topics.toml, and no home folder either.
    #[error("there is no folder to keep this in; set HOME, or put a topics.toml beside the texts")]
    NoFolder,
    /// A text it is about cannot be reached, and so not what is beside it.
    #[error("not saved: {0}; it is tried again when the text is there")]
    NoText(Clean),
    /// The file could not be read or saved.
    #[error("{0}")]
    Save(#[from] SaveError),
}

/// The topics file of the library that a folder belongs to: in the folder itself, or up to three folders above it.
pub(super) fn nearest_to(folder: &Path) -> Option<PathBuf> {
    let mut files = folder.ancestors().take(LEVELS + 1).map(|f| f.join(NAME)).enumerate();
    // Beside the texts it is as good as they are; above them somebody else may have put it.
    files.find(|(above, file)| file.is_file() && (*above == 0 || distrust(file).is_none())).map(|(_, file)| file)
}

/// The topics file above `folder` that would make its own folder the library, were it to be trusted; and why it is not.
pub(super) fn refused_above(folder: &Path) -> Option<(PathBuf, &'static str)> {
    let found = nearest_to(folder);
    let files = folder.ancestors().take(LEVELS + 1).skip(1).map(|f| f.join(NAME));
    let mut nearer = files.take_while(|file| found.as_ref() != Some(file)).filter(|file| file.is_file());
    nearer.find_map(|file| distrust(&file).map(|why| (file, why)))
}

/// Reads a topics file. What is wrong is listed, and what is whole is used; a file that is not there has no topics.
pub fn read(disk: &dyn Disk, file: &Spot) -> (Codebook, Vec<FaultIn>) {
    let path = file.path();
    let whole = |message: &str| vec![FaultIn { path: path.to_owned(), fault: Err(Clean::line(message)) }];
    let bytes = match disk.read(file, LONGEST) {
        Ok(bytes) => bytes,
        Err(e) if is_missing(&e) => return (Codebook::default(), Vec::new()),
        Err(e) => return (Codebook::default(), whole(&format!("cannot be read ({})", io_words(&e)))),
    };
    let Ok(source) = String::from_utf8(bytes) else {
        return (Codebook::default(), whole("is not UTF-8 text; save it as UTF-8"));
    };
    let (codebook, faults) = parse(&source);
    let of_file = |fault| FaultIn { path: path.to_owned(), fault: Ok(fault) };
    (codebook, faults.into_iter().map(of_file).collect())
}

/// The topics of a file, and its faults. Where it is no TOML, only the first place where it is not is a fault: the rest
/// follows from that.
pub fn parse(source: &str) -> (Codebook, Vec<Fault>) {
    let (codebook, faults) = Codebook::parse(source);
    // A field's value is TOML whatever it is.
    match faults.iter().find(|f| f.field.is_empty()) {
        Some(first) => (codebook, vec![first.clone()]),
        None => (codebook, faults),
    }
}

/// Writes `topic` into a topics file, which is made where there is none: in the place of the topic of its id, of which
/// only what differs is changed, else at the end.
pub fn put(disk: &dyn Disk, file: &Spot, topic: &Topic) -> Result<(), EditError> {
    put_since(disk, file, topic, &mut Meanwhile::since(None))
}

/// Writes a topic that others may have changed since.
pub fn put_since(
    disk: &dyn Disk,
    file: &Spot,
    topic: &Topic,
    meanwhile: &mut Meanwhile<'_, Topic>,
) -> Result<(), EditError> {
    edit(disk, file, |document| put_in(document, topic, meanwhile))
}

fn put_in(document: &mut DocumentMut, topic: &Topic, meanwhile: &mut Meanwhile<'_, Topic>) -> bool {
    let Some(at) = position(document, topic.id.as_str()) else { return push(document, "topic", table(topic)) };
    let (there, _) = Codebook::parse(&document.to_string());
    meanwhile.told.clear();
    let Some(there) = there.entry(topic.id.as_str()) else { return false };
    let topic = &match meanwhile.before {
        Some(before) => merged(before, topic, there, &mut meanwhile.told),
        None => topic.clone(),
    };
    let Some(before) = Some(there).filter(|there| ***there != *topic) else { return false };
    match document.get_mut("topic") {
        Some(Item::ArrayOfTables(topics)) => topics.get_mut(at).map(|t| change(t, before, topic)),
        Some(Item::Value(Value::Array(topics))) => {
            topics.get_mut(at).and_then(Value::as_inline_table_mut).map(|t| change(t, before, topic))
        }
        _ => None,
    }
    .is_some()
}

/// Writes a topic; a file that this creates says that the embedded topics count beside its own, where they do.
pub(super) fn put_beside(
    disk: &dyn Disk,
    file: &Spot,
    topic: &Topic,
    bundled: bool,
    meanwhile: &mut Meanwhile<'_, Topic>,
) -> Result<(), EditError> {
    let is_new = bundled && matches!(disk.real(file), Err(e) if e.kind() == io::ErrorKind::NotFound);
    edit(disk, file, |document| {
        if is_new {
            document.insert(BUNDLED, value(true));
            if let Some(mut key) = document.key_mut(BUNDLED) {
                key.leaf_decor_mut().set_prefix(BUNDLED_HEADING);
            }
        }
        put_in(document, topic, meanwhile)
    })
}

/// Whether the embedded topics are used beside those of a file: where it says so, and where there is none.
pub(super) fn joins_bundled(disk: &dyn Disk, file: &Spot) -> bool {
    match disk.read(file, LONGEST) {
        Ok(bytes) => {
            // Hardly any file says so, and a long one takes long to be read.
            let source = std::str::from_utf8(&bytes).ok().filter(|source| source.contains(BUNDLED));
            let document = source.and_then(|source| source.parse::<DocumentMut>().ok());
            document.is_some_and(|d| d.get(BUNDLED).and_then(Item::as_bool) == Some(true))
        }
        Err(e) => matches!(e.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory),
    }
}

/// Adds a table at the end of a list of them. Where the file has something else under that key, nothing is added: its
/// faults say so.
pub(super) fn push(document: &mut DocumentMut, key: &str, table: Table) -> bool {
    match document.entry(key).or_insert_with(|| Item::ArrayOfTables(ArrayOfTables::new())) {
        Item::ArrayOfTables(tables) => tables.push(table),
        Item::Value(Value::Array(tables)) => tables.push(inline(table)),
        _ => return false,
    }
    true
}

/// Takes the topic of this id out of a topics file, if it is there.
pub fn remove(disk: &dyn Disk, file: &Spot, id: &str) -> Result<(), EditError> {
    remove_since(disk, file, id, None).map(|_| ())
}

/// Removes a topic, unless others have changed it since it was `before`. Returns what is to be told of that.
pub fn remove_since(disk: &dyn Disk, file: &Spot, id: &str, before: Option<&Topic>) -> Result<Vec<String>, EditError> {
    let mut told = Vec::new();
    edit(disk, file, |document| {
        told.clear();
        let Some(at) = position(document, id) else { return false };
        let there = before.map(|_| Codebook::parse(&document.to_string()).0).unwrap_or_default();
        if before.zip(there.entry(id)).is_some_and(|(before, there)| is_changed(before, there)) {
            told.push("so it is not taken away".to_owned());
            return false;
        }
        match document.get_mut("topic") {
            Some(Item::ArrayOfTables(topics)) => drop(topics.remove(at)),
            Some(Item::Value(Value::Array(topics))) => drop(topics.remove(at)),
            _ => return false,
        }
        true
    })?;
    Ok(told)
}

/// Whether the topics file has a topic of this id.
pub fn has(disk: &dyn Disk, file: &Spot, id: &str) -> Result<bool, SaveError> {
    let source = source(disk, file).map_err(SaveError::of(file, "read it"))?;
    Ok(parse(&source).0.entry(id).is_some())
}

pub(super) fn edit(
    disk: &dyn Disk,
    file: &Spot,
    mut change: impl FnMut(&mut DocumentMut) -> bool,
) -> Result<(), EditError> {
    revise(disk, file, &mut |bytes| {
        let source = std::str::from_utf8(bytes).map_err(|_| not_utf8(file))?;
        let mut document: DocumentMut = source.parse().map_err(|_| {
            let fault = parse(source)
                .1
                .into_iter()
                .next()
                .map(|fault| FaultIn { path: file.path().to_owned(), fault: Ok(fault) });
            EditError::Broken(Clean::line(&fault.map_or_else(|| shown(file.path()).to_string(), |f| f.to_string())))
        })?;
        if !change(&mut document) {
            return Ok(None);
        }
        let mut written = document.to_string();
        if source.contains("\r\n") {
            // The editor knows only one line break; the file keeps its own.
            written = written.replace("\r\n", "\n").replace('\n', "\r\n");
        }
        Ok(Some(written.into_bytes()))
    })
}

/// The error for a file that cannot be changed because it is not text.
pub(super) fn not_utf8(file: &Spot) -> SaveError {
    SaveError::of(file, "read it")(no_utf8())
}

fn position(document: &DocumentMut, id: &str) -> Option<usize> {
    // One without an id is known by what its name makes.
    let is = |named: Option<&str>, name: Option<&str>| match named.filter(|s| !s.trim().is_empty()) {
        Some(named) => named.trim() == id,
        None => name.is_some_and(|name| id_of_name(name) == id),
    };
    match document.get("topic")? {
        Item::ArrayOfTables(topics) => {
            let of = |t: &Table, key| t.get(key).and_then(Item::as_str).map(str::to_owned);
            topics.iter().position(|t| is(of(t, "id").as_deref(), of(t, "name").as_deref()))
        }
        Item::Value(Value::Array(topics)) => topics.iter().position(|t| {
            let of = |key| t.as_inline_table().and_then(|t| t.get(key)).and_then(Value::as_str);
            is(of("id"), of("name"))
        }),
        _ => None,
    }
}

/// The topic as it stands in the file: its terms one a line, as the bundled file has them.
pub(super) fn table(topic: &Topic) -> Table {
    let mut table = Table::new();
    table.decor_mut().set_prefix("\n");
    table.insert("id", value(topic.id.as_str()));
    table.insert("name", value(&topic.name));
    if !topic.about.is_empty() {
        table.insert("about", value(&topic.about));
    }
    table.insert("terms", value(list(&topic.terms)));
    if !topic.not.is_empty() {
        table.insert("not", value(list(&topic.not)));
    }
    if let Some(into) = &topic.into {
        table.insert("into", value(into.as_str()));
    }
    if let Some(under) = &topic.code.under {
        table.insert("under", value(under.as_str()));
    }
    if let Some(color) = &topic.code.color {
        table.insert("color", value(color.to_string()));
    }
    if let Some(guid) = &topic.code.guid {
        table.insert("guid", value(guid.to_string()));
    }
    table
}

fn inline(table: Table) -> InlineTable {
    let mut inline = table.into_inline_table();
    inline.fmt();
    inline
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;
    use crate::library::disk::Os;

    const FILE: &str = "# My topics.\n\n[[topic]] # first\nid = \"a\"\nname = 'A'\nterms = [\"alpha\"]   # one\n\n\
                        # between\n[[topic]]\nid = \"b\"\nterms = [\n  \"beta\", # two\n]\n# the end\n";

    fn topic(id: &str, terms: &[&str]) -> Topic {
        Topic::of_terms(id, "A \"quoted\" name", terms)
    }

    #[test]
    fn a_topic_comes_and_goes_and_leaves_the_rest_as_it_was() {
        let dir = tempfile::tempdir().unwrap();
        let path = Spot::within(dir.path(), NAME);
        let many = ["one", "two*", "three words here", "four", "five"];
        for before in [
            FILE,
            "",
            "topic = [ { id = 'a', terms = ['x'] } ] # inline\n",
            "# only a comment",
            &FILE.replace('\n', "\r\n"),
        ] {
            fs::write(path.path(), before).unwrap();
            let known = read(&Os, &path).0;
            put(&Os, &path, &topic("new", &many)).unwrap();
            let after = fs::read_to_string(path.path()).unwrap();
            let (codebook, faults) = read(&Os, &path);
            assert_eq!(faults, [], "{after}");
            let new = codebook.get("new").unwrap();
            assert_eq!((new.name.as_str(), new.terms.len()), ("A \"quoted\" name", 5));
            assert_eq!(codebook.topics().len(), known.topics().len() + 1);
            for comment in
                ["# My topics.", "# first", "# one", "# between", "# two", "# the end", "# inline", "# only a comment"]
            {
                assert_eq!(before.contains(comment), after.contains(comment), "{comment} in {after}");
            }
            put(&Os, &path, &topic("new", &many)).unwrap();
            assert_eq!(fs::read_to_string(path.path()).unwrap(), after, "the same again changes nothing");
            put(&Os, &path, &topic("new", &["other"])).unwrap();
            let changed = read(&Os, &path).0;
            assert_eq!(changed.get("new").unwrap().terms.len(), 1);
            assert_eq!(changed.topics().len(), known.topics().len() + 1, "it is the same topic, changed");
            remove(&Os, &path, "new").unwrap();
            let again = fs::read_to_string(path.path()).unwrap();
            assert_eq!(again.trim_end(), before.trim_end());
            assert_eq!(again.contains("\r\n"), before.contains("\r\n"));
        }
    }

    #[test]
    fn a_broken_file_is_not_touched_and_says_where() {
        let dir = tempfile::tempdir().unwrap();
        let path = Spot::within(dir.path(), NAME);
        fs::write(path.path(), "[[topic]]\nid = \"a\"\nterms = [\"x\"\n").unwrap();
        let error = put(&Os, &path, &topic("new", &["y"])).unwrap_err().to_string();
        assert!(
            error.starts_with(&format!("{}:", path.path().display())) && error.contains("mend it first"),
            "{error}"
        );
        assert!(fs::read_to_string(path.path()).unwrap().ends_with("[\"x\"\n"));
    }

    #[test]
    fn faults_name_the_file_and_the_line() {
        let dir = tempfile::tempdir().unwrap();
        let path = Spot::within(dir.path(), NAME);
        fs::write(path.path(), "[[topic]]\nid = \"a\"\ntrems = []\nterms = [\"x\"]\n").unwrap();
        let (codebook, faults) = read(&Os, &path);
        assert_eq!(codebook.topics().len(), 1);
        assert!(faults[0].to_string().starts_with(&format!("{}:3:1: ", path.path().display())), "{}", faults[0]);
        // One bracket that is missing makes nonsense of all that follows, and is one fault.
        let broken = "[[topic]]\nid = \"a\"\nterms = [\n  \"x\",\n\n[[topic]]\nid = \"b\"\nname = 3\nterms = [\"y\"]\n";
        fs::write(path.path(), broken).unwrap();
        let faults = read(&Os, &path).1;
        assert!(Codebook::parse(broken).1.len() > 1 && faults.len() == 1, "{faults:?}");
        fs::write(path.path(), b"\xff\xfe").unwrap();
        assert_eq!(read(&Os, &path).1.len(), 1);
        assert_eq!(read(&Os, &Spot::within(dir.path(), "none.toml")).1, []);
    }

    #[test]
    fn a_library_begins_up_to_three_folders_above() {
        let dir = tempfile::tempdir().unwrap();
        let deep = dir.path().join("1/2/3/4");
        fs::create_dir_all(&deep).unwrap();
        fs::write(dir.path().join(NAME), "").unwrap();
        assert_eq!(nearest_to(&dir.path().join("1/2/3")), Some(dir.path().join(NAME)));
        assert_eq!(nearest_to(&deep), None);
        fs::write(dir.path().join("1/2").join(NAME), "").unwrap();
        assert_eq!(nearest_to(&deep), Some(dir.path().join("1/2").join(NAME)));
        // What others may write is not above anything; beside the texts it counts.
        let set = |path: &Path, mode| fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap();
        for (path, mode) in [(dir.path().join("1/2").join(NAME), 0o666), (dir.path().join("1/2"), 0o777)] {
            set(&path, mode);
            assert_eq!(nearest_to(&deep), None);
            assert_eq!(nearest_to(&dir.path().join("1/2")), Some(dir.path().join("1/2").join(NAME)));
            let refused = refused_above(&deep).unwrap();
            assert_eq!(refused, (dir.path().join("1/2").join(NAME), "others may write it"));
            set(&path, 0o755);
        }
        assert_eq!(refused_above(&deep), None);
    }
}
