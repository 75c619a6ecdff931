//! Reading a text: the beginning of a large file first, so that its first screen need not wait, then the whole.

use std::collections::HashMap;
use std::fs;
use std::io::{self, Read as _};
use std::ops::Deref;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use super::apart::ApartError;
use super::disk::os::{open_file, read_file};
use super::error::LoadError;
use super::imports::{Imports, NoText};
use super::pipe;
use super::request::{Request, Source};
use crate::anchor::TextId;
use crate::import::error::ImportError;
use crate::import::format::{Format, is_evident_markdown};
use crate::import::pages::PageOrder;
use crate::import::title::plain_title;
use crate::import::warning::Warning;
use crate::import::watch::Meter;
use crate::import::{Hint, Imported, detect, import, import_prefix};
use crate::model::open::{Loaded, Open};
use crate::text::clean::Clean;
use crate::text::passage::PassageNo;
use crate::word::counted::counted;
use crate::word::spots::Spots;

/// How much of a file its first screen is shown from.
pub(super) const PREFIX: usize = 64 << 10;

/// A larger file is not looked up among the earlier imports before the first screen: that needs all of it.
const LARGEST_AT_ONCE: u64 = 32 << 20;

/// How much of a file tells whether it is a text: before the first element of XML may stand a long document type.
const PROBED: u64 = PREFIX as u64;

/// A larger file is not even read, where its format has to be taken apart.
const LARGEST_APART: u64 = 256 << 20;

/// Reads texts; shared by the threads that do so.
#[derive(Debug, Default)]
pub(crate) struct Loader {
    versions: AtomicU64,
    imports: Imports,
    /// What was read from standard input and from pipes, which give it only once.
    streams: Mutex<HashMap<String, Arc<[u8]>>>,
    /// The order of the pages of every text, where it was set for all; and of single texts.
    pages: Option<PageOrder>,
    own_pages: Mutex<HashMap<String, PageOrder>>,
}

/// Whoever waits for a text.
#[derive(Clone, Copy)]
pub struct Waiting<'a> {
    /// Hears how far the import is.
    pub watch: Meter<'a>,
    /// Says whether the text is not waited for any more.
    pub stopped: &'a dyn Fn() -> bool,
}

impl Waiting<'_> {
    /// Somebody who waits until the text is there, and need not hear how far it is.
    pub fn patiently() -> Self {
        Self { watch: Meter::default(), stopped: &|| false }
    }
}

/// Files of more bytes are looked at before they are read.
const LARGE: u64 = 16 << 20;

impl Loader {
    /// A loader that imports in this way.
    pub(crate) fn new(imports: Imports) -> Self {
        Self { imports, ..Self::default() }
    }

    /// This loader, taking the pages of every text in this order.
    #[must_use]
    pub(crate) fn with_pages(self, order: Option<PageOrder>) -> Self {
        Self { pages: order, ..self }
    }

    /// Sets the order of the pages of one text; `None` leaves it to the import.
    pub(super) fn set_pages(&self, request: &Request, order: Option<PageOrder>) {
        let mut own = self.own_pages.lock().unwrap_or_else(PoisonError::into_inner);
        match order {
            Some(order) => own.insert(request.lasting(), order),
            None => own.remove(&request.lasting()),
        };
    }

    fn pages_of(&self, request: &Request) -> Option<PageOrder> {
        let own = self.own_pages.lock().unwrap_or_else(PoisonError::into_inner);
        own.get(&request.lasting()).or(self.pages.as_ref()).cloned()
    }

    /// How files are imported.
    pub(crate) fn imports(&self) -> &Imports {
        &self.imports
    }

    /// Has what is being imported stopped.
    pub(crate) fn close(&self) {
        self.imports.close();
    }

    /// Reads the first 64 KiB of a longer file, as they stand. `None` where the text is shorter than that, where its
    /// beginning shows nothing, and where the passage asked for lies further on.
    pub(crate) fn prefix(&self, request: &Request) -> Result<Option<Loaded>, LoadError> {
        let Source::File(path) = &request.source else { return Ok(None) };
        let Some((bytes, length)) = beginning(path).map_err(|e| unreadable(request, e))? else { return Ok(None) };
        let name = request.file_name();
        let imported = import_prefix(&bytes, length, &Hint::named(&name));
        let Some(imported) = imported.map_err(|e| no_text(request, e))? else { return Ok(None) };
        let beyond = request.passage.is_some_and(|p| p.0 as usize > imported.text.passage_count());
        Ok((!beyond).then(|| self.loaded(request, imported)))
    }

    /// Reads what costs no more than a first screen may: the beginning of a large file, the whole of a short one that is
    /// plain text or Markdown, what was imported before, a text of the embedded library.
    pub(crate) fn at_once(&self, request: &Request) -> Option<Loaded> {
        let Source::File(path) = &request.source else {
            return matches!(request.source, Source::Embedded(_)).then(|| self.whole(request).ok())?;
        };
        let name = request.file_name();
        let pages = self.pages_of(request);
        let hint = Hint { pages: pages.as_ref(), ..Hint::named(&name) };
        if fs::metadata(path).ok()?.len() > PREFIX as u64 {
            let shown = self.prefix(request).ok()?;
            return shown.or_else(|| Some(self.loaded(request, self.kept(path, &hint)?)));
        }
        let bytes = read_file(path, PREFIX as u64).ok()?;
        let imported = match detect(&bytes, &hint).ok()? {
            format if format.is_read_apart() => self.imports.kept(&bytes, &hint)?,
            _ => import(&bytes, &hint).ok()?,
        };
        Some(self.loaded(request, imported))
    }

    /// What a large file was imported to before.
    fn kept(&self, path: &Path, hint: &Hint<'_>) -> Option<Imported> {
        let (head, length) = beginning(path).ok()??;
        let apart = detect(&head, hint).is_ok_and(Format::is_read_apart);
        if !apart || length > LARGEST_AT_ONCE {
            return None;
        }
        self.imports.kept(&read_file(path, LARGEST_AT_ONCE).ok()?, hint)
    }

    /// Makes sure that there is something to read, by the beginning of a file.
    pub(crate) fn probe(request: &Request) -> Result<(), LoadError> {
        let Source::File(path) = &request.source else { return Ok(()) };
        let read = || {
            let file = open_file(path)?;
            let length = file.metadata()?.len();
            let mut bytes = Vec::new();
            file.take(PROBED).read_to_end(&mut bytes)?;
            Ok((bytes, length))
        };
        let (bytes, length) = read().map_err(|e| unreadable(request, e))?;
        let name = request.file_name();
        let hint = Hint { as_is: true, ..Hint::named(&name) };
        // What is read apart is short here only if it is a short file: it need not be read twice for that.
        if detect(&bytes, &hint).is_ok_and(Format::is_read_apart) {
            return Ok(());
        }
        import_prefix(&bytes, length, &hint).map(|_| ()).map_err(|e| no_text(request, e))
    }

    /// Reads a text in full.
    pub(crate) fn whole(&self, request: &Request) -> Result<Loaded, LoadError> {
        self.whole_while(request, &Waiting::patiently())
    }

    /// Reads a text in full, as long as it is waited for.
    pub(super) fn whole_while(&self, request: &Request, waiting: &Waiting<'_>) -> Result<Loaded, LoadError> {
        // What is no text is not read to its end to find that out.
        if let Source::File(path) = &request.source
            && fs::metadata(path).is_ok_and(|file| file.len() > LARGE)
        {
            Self::probe(request)?;
        }
        let pages = self.pages_of(request);
        let hint = Hint { watch: waiting.watch, pages: pages.as_ref(), ..Hint::default() };
        Ok(self.loaded(request, self.import(request, &hint, waiting.stopped)?))
    }

    /// Imports a text in full, in the manner of `hint`; the name is that of the file.
    pub(crate) fn import(
        &self,
        request: &Request,
        hint: &Hint<'_>,
        stopped: &dyn Fn() -> bool,
    ) -> Result<Imported, LoadError> {
        let name = request.file_name();
        let bytes = self.bytes(request, &name, stopped)?;
        // Standard input has no name, and the like of `/dev/fd/63` has no ending: then the content says it.
        let streamed = matches!(request.source, Source::Pipe(_) | Source::Stdin);
        let name = if streamed && !name.contains('.') && is_evident_markdown(&bytes) { ".md" } else { &name };
        let hint = Hint { name, ..*hint };
        self.imports.import(&bytes, &hint, stopped).map_err(|e| no_text(request, e))
    }

    fn bytes(&self, request: &Request, name: &str, stopped: &dyn Fn() -> bool) -> Result<Bytes, LoadError> {
        let read = match &request.source {
            Source::Embedded(text) => Ok(Bytes::Embedded(text.source.as_bytes())),
            Source::File(path) => {
                refuse_too_large(path, name).map_err(|e| no_text(request, e))?;
                read_file(path, u64::from(u32::MAX)).map(Bytes::Own)
            }
            Source::Pipe(path) => {
                let most = u64::from(u32::MAX);
                self.once(&request.lasting(), || pipe::read(path, most, stopped)).map(Bytes::Kept)
            }
            Source::Stdin => self
                .once("-", || {
                    let mut bytes = Vec::new();
                    io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
                })
                .map(Bytes::Kept),
        };
        read.map_err(|e| match e.kind() {
            io::ErrorKind::Interrupted => no_text(request, ApartError::Stopped),
            _ => unreadable(request, e),
        })
    }

    fn once(&self, key: &str, read: impl FnOnce() -> io::Result<Vec<u8>>) -> io::Result<Arc<[u8]>> {
        let mut streams = self.streams.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(bytes) = streams.get(key) {
            return Ok(Arc::clone(bytes));
        }
        let bytes: Arc<[u8]> = read()?.into();
        streams.insert(key.to_owned(), Arc::clone(&bytes));
        Ok(bytes)
    }

    fn loaded(&self, request: &Request, imported: Imported) -> Loaded {
        let file = request.file_name();
        let file = if file.is_empty() { "standard input" } else { &file };
        let mut warnings: Vec<Warning> = imported.warnings.iter().map(|w| w.of_file(file)).collect();
        let text = imported.text;
        let count = text.passage_count();
        let at = request.passage.filter(|p| (1..=count).contains(&(p.0 as usize)));
        if let (Some(asked), None) = (request.passage, at) {
            warnings.insert(0, Warning::fault(no_such_passage(file, count, asked).as_str()));
        }
        let name = Clean::line(plain_title(text.meta()).as_deref().unwrap_or(file));
        let open = Open {
            id: TextId(request.lasting()),
            library: None,
            request: request.lasting(),
            name,
            text: Arc::new(text),
            version: self.versions.fetch_add(1, Ordering::Relaxed) + 1,
            spots: Spots::default(),
            provisional: imported.provisional,
            warnings,
        };
        let most = PassageNo(u32::try_from(count).unwrap_or(u32::MAX));
        let to = request.last.map(|last| last.min(most)).filter(|to| at.is_some_and(|at| at < *to));
        Loaded { open, at, to, codebook: None }
    }
}

/// What is said where a text has no passage of the number that was asked for.
pub(crate) fn no_such_passage(file: &str, count: usize, asked: PassageNo) -> Clean {
    Clean::line(&format!("{file} has {}: there is no ¶{asked}", counted(count, "passage")))
}

/// The beginning of a file, and how long the whole is; `None` where the file is no longer than its beginning.
fn beginning(path: &Path) -> io::Result<Option<(Vec<u8>, u64)>> {
    let file = open_file(path)?;
    let length = file.metadata()?.len();
    if length <= PREFIX as u64 {
        return Ok(None);
    }
    let mut bytes = Vec::with_capacity(PREFIX);
    file.take(PREFIX as u64).read_to_end(&mut bytes)?;
    Ok(Some((bytes, length)))
}

fn unreadable(request: &Request, why: io::Error) -> LoadError {
    LoadError::Unreadable { what: Clean::line(&request.written), why }
}

fn no_text(request: &Request, why: impl Into<NoText>) -> LoadError {
    LoadError::NoText { what: Clean::line(&request.written), why: why.into() }
}

/// Makes sure that a file can be held in memory before it is. What else is wrong is found when it is read.
fn refuse_too_large(path: &Path, name: &str) -> Result<(), NoText> {
    let Ok(Some((head, length))) = beginning(path) else { return Ok(()) };
    match detect(&head, &Hint::named(name)) {
        Ok(format) if format.is_read_apart() && length > LARGEST_APART => Err(ApartError::Large(format).into()),
        _ if length > u64::from(u32::MAX) => Err(ImportError::TooLarge { bytes: length }.into()),
        _ => Ok(()),
    }
}

/// The bytes of a text, wherever they are.
enum Bytes {
    Own(Vec<u8>),
    Kept(Arc<[u8]>),
    Embedded(&'static [u8]),
}

impl Deref for Bytes {
    type Target = [u8];

    fn deref(&self) -> &[u8] {
        match self {
            Self::Own(bytes) => bytes,
            Self::Kept(bytes) => bytes,
            Self::Embedded(bytes) => bytes,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn request(path: &Path, passage: &str) -> Request {
        Request::parse(&format!("{}{passage}", path.display()), None).unwrap()
    }

    #[test]
    fn a_large_file_shows_its_beginning_first() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("large.txt");
        let paragraphs = (0..10_000).map(|n| format!("Paragraph {n} of some words.\n\n")).collect::<Vec<_>>().concat();
        fs::write(&path, paragraphs).unwrap();
        let loader = Loader::default();
        let first = loader.prefix(&request(&path, "")).unwrap().unwrap();
        assert!(first.open.provisional);
        let whole = loader.whole(&request(&path, ":9999")).unwrap();
        assert!(!whole.open.provisional);
        assert_eq!(whole.open.text.passage_count(), 10_000);
        assert!(first.open.text.passage_count() < 3000);
        assert_eq!((whole.at, first.at), (Some(PassageNo(9999)), None));
        assert_eq!(first.open.id, whole.open.id);
        assert!(first.open.version < whole.open.version);
        // Its passage is further on than the beginning shows.
        assert!(loader.prefix(&request(&path, ":9999")).unwrap().is_none());
    }

    #[test]
    fn a_first_screen_is_read_at_once() {
        let dir = tempfile::tempdir().unwrap();
        let loader = Loader::default();
        let at_once = |name: &str, bytes: &[u8]| {
            fs::write(dir.path().join(name), bytes).unwrap();
            loader.at_once(&request(&dir.path().join(name), "")).map(|loaded| loaded.open.provisional)
        };
        assert_eq!(at_once("short.md", b"# A heading"), Some(false));
        assert_eq!(at_once("no-ending", b"Words."), Some(false));
        assert_eq!(at_once("long.txt", &b"Words.\n\n".repeat(10_000)), Some(true));
        // What takes longer, or is no text, is left to the workers.
        assert_eq!(at_once("page.html", b"<p>Words."), None);
        assert_eq!(at_once("page.txt", b"%PDF-1.7"), None);
        assert_eq!(at_once("empty.txt", b""), None);
        assert!(loader.at_once(&Request::parse("embedded:power-from-below", None).unwrap()).is_some());
    }

    #[test]
    fn what_holds_no_text_is_told_in_a_line() {
        let dir = tempfile::tempdir().unwrap();
        let at = |name: &str, bytes: &[u8]| {
            fs::write(dir.path().join(name), bytes).unwrap();
            request(&dir.path().join(name), "")
        };
        let loader = Loader::default();
        for (name, bytes, expected) in [
            ("empty.txt", &b""[..], "empty"),
            ("blank.md", b" \n\n\t\n", "empty"),
            ("picture", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a PNG picture"),
        ] {
            let request = at(name, bytes);
            for error in [loader.whole(&request).unwrap_err(), Loader::probe(&request).unwrap_err()] {
                let line = error.line();
                assert!(line.as_str().contains(name) && line.as_str().contains(expected), "{line}");
            }
        }
        let fine = at("fine.txt", b"Words.");
        Loader::probe(&fine).unwrap();
        fs::remove_file(dir.path().join("fine.txt")).unwrap();
        assert!(matches!(loader.whole(&fine), Err(LoadError::Unreadable { .. })));
    }

    #[test]
    fn a_passage_that_is_not_there_is_said() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("short.txt");
        fs::write(&path, "One.\n\nTwo.\n").unwrap();
        let loaded = Loader::default().whole(&request(&path, ":14")).unwrap();
        assert_eq!(loaded.at, None);
        assert_eq!(loaded.open.warnings[0].as_str(), "short.txt has 2 passages: there is no ¶14");
    }

    #[test]
    fn one_passage_is_one() {
        let said = |count| no_such_passage("a.md", count, PassageNo(9)).to_string();
        assert_eq!(said(1), "a.md has 1 passage: there is no ¶9");
        assert_eq!(said(4), "a.md has 4 passages: there is no ¶9");
    }

    #[test]
    fn a_pipe_is_read_once_and_kept() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("pipe");
        rustix::fs::mknodat(rustix::fs::CWD, &path, rustix::fs::FileType::Fifo, rustix::fs::Mode::RWXU, 0).unwrap();
        let request = request(&path, "");
        assert!(matches!(request.source, Source::Pipe(_)));
        let loader = Loader::default();
        let first = std::thread::scope(|scope| {
            scope.spawn(|| fs::write(&path, "Piped in.").unwrap());
            loader.whole(&request).unwrap()
        });
        assert_eq!(first.open.text.string(), "Piped in.");
        assert_eq!(loader.whole(&request).unwrap().open.text, first.open.text);
    }
}
