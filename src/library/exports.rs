//! What is exported from the reader: into a file that is named there, in the format of its ending, and over another one
//! only when the reader has said so.

use std::collections::BTreeSet;
use std::io::{self, Write as _};
use std::ops::ControlFlow;
use std::os::unix::fs::MetadataExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::disk::Spot;
use super::request::Source;
use super::said::shown;
use super::save::publish;
use super::{Library, shelf};
use crate::export::cards::{self, Which};
use crate::export::comparison::{Written, handouts};
use crate::export::disputes;
use crate::export::grid;
use crate::export::made_here::is_plain_made_here;
use crate::export::notes::{annotations, html, markdown, project};
use crate::export::opened::Opens;
use crate::export::tour;
use crate::link::sides::Sides;
use crate::model::address::is_bundled;
use crate::model::exporting::{Export, Exporting};
use crate::model::open::{Open, told_apart};
use crate::model::touring::Touring;
use crate::study::comparison::{Compared, Comparison, Named, SharedWatcher};
use crate::study::glosses::{Told, put_in};
use crate::study::grid::Grid;
use crate::study::own::PlacedJudgements;
use crate::text::Text;
use crate::text::clean::Clean;
use crate::text::door::Door;
use crate::topic::codebook::Codebook;
use crate::word::counted::counted;

/// How wide columns are in a file.
const WIDTH: u16 = 100;

/// Why nothing was exported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NotExported {
    /// Something has this name already.
    Taken,
    /// One line that says why.
    Failed(Clean),
}

type Made = Result<(Vec<u8>, String), Clean>;

impl Library {
    /// Writes what is asked for. Answers with what to tell the reader.
    pub fn export(&self, asked: &Exporting) -> Result<Clean, NotExported> {
        let path = match (asked.path.strip_prefix("~/"), &self.folders) {
            (Some(below), Some(folders)) => folders.home.join(below),
            _ => PathBuf::from(&asked.path),
        };
        let ending = path.extension().map_or_else(String::new, |e| e.to_string_lossy().to_lowercase());
        self.refuse_text(&path, &asked.texts)?;
        let (texts, codebook) = (asked.texts.as_slice(), &*asked.codebook);
        let written = match asked.what {
            Export::Notes => self.notes_as(&ending, texts, codebook),
            Export::Handout => self.comparison_as(&ending, asked, Told::Links),
            Export::HandoutWithNotes => self.comparison_as(&ending, asked, Told::All),
            Export::Map => self.map_as(&ending, asked.grid.as_ref()),
            Export::Tour => self.tour_as(&ending, asked.tour.as_ref()),
            Export::Cards => self.cards_as(&ending, asked),
            Export::Quotations => self.quotations_as(&ending, asked),
        };
        let (bytes, what) = written.map_err(NotExported::Failed)?;
        let bytes = if ending == "qdpx" {
            bytes
        } else {
            cleaned(&bytes).map_err(|e| NotExported::Failed(self.at_home(&e)))?
        };
        self.put(&path, &bytes, asked.replace)?;
        Ok(self.at_home(&format!("{what} in {}", path.to_string_lossy())))
    }

    /// What opens two texts from what is exported of them. Exports are made to be shared: where that would name files of this
    /// machine by their whole paths, there is nothing unless the reader wants it.
    pub fn opens<'a>(&self, left: &'a Open, right: &'a Open) -> Opens<'a> {
        let tells_no_path = is_bundled(&left.request) && is_bundled(&right.request);
        if tells_no_path || self.writes_addresses() {
            Opens::by(&left.request, &right.request)
        } else {
            Opens::default()
        }
    }

    /// Whether what is made to share carries addresses that name files.
    pub(super) fn writes_addresses(&self) -> bool {
        self.settings_as_written().0.addresses
    }

    /// Texts are never written to, not even where the reader says yes to a name: neither those that are open nor others of
    /// their libraries. What was exported from here is no text, whatever it lies among.
    fn refuse_text(&self, path: &Path, texts: &[String]) -> Result<(), NotExported> {
        let Ok(real) = path.canonicalize() else { return Ok(()) };
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        if self.is_file_of(path, &texts) || (!is_plain_export(&real) && self.is_beside(&real, &texts)) {
            let line = format!("{}: is one of the texts, which are never written to; name another file", shown(path));
            return Err(NotExported::Failed(self.at_home(&line)));
        }
        Ok(())
    }

    /// Whether a file is the one that one of these texts is read from, under whatever name.
    pub fn is_file_of(&self, path: &Path, texts: &[&str]) -> bool {
        let id = |path: &Path| path.metadata().ok().map(|meta| (meta.dev(), meta.ino()));
        let Some(file) = id(path) else { return false };
        texts.iter().filter_map(|text| self.request(text).ok()).any(|request| match &request.source {
            Source::File(path) => id(path) == Some(file),
            Source::Pipe(_) | Source::Stdin | Source::Embedded(_) => false,
        })
    }

    /// Whether a file is a text of a library that one of these texts is of.
    fn is_beside(&self, real: &Path, texts: &[&str]) -> bool {
        let homes = texts.iter().filter_map(|text| self.request(text).ok()).map(|request| self.home(&request));
        let folders: BTreeSet<PathBuf> = homes
            .filter_map(|home| home.library()?.canonicalize().ok())
            .filter(|home| real.starts_with(home))
            .collect();
        folders.iter().any(|folder| self.text_files_in(folder).iter().any(|file| file == real))
    }

    fn put(&self, path: &Path, bytes: &[u8], replace: bool) -> Result<(), NotExported> {
        publish(&*self.disk, &Spot::own(path), bytes, replace).map_err(|e| match e.why.kind() {
            // It may also be a file that stands where a folder should.
            io::ErrorKind::AlreadyExists if path.symlink_metadata().is_ok() => NotExported::Taken,
            _ => NotExported::Failed(self.at_home(&e)),
        })
    }

    fn map_as(&self, ending: &str, grid: Option<&Grid>) -> Made {
        let Some(grid) = grid else { return Err(Clean::line("the map is not shown any more")) };
        let mut bytes = Vec::new();
        let written = match ending {
            "html" => grid::html::write(&mut bytes, grid),
            "svg" => grid::svg::write(&mut bytes, grid),
            "txt" => grid::text::write(&mut bytes, grid, None),
            _ => return Err(Clean::line(&Export::Map.endings_told())),
        };
        written.map_err(|e| self.at_home(&e))?;
        Ok((bytes, "the map".to_owned()))
    }

    fn tour_as(&self, ending: &str, touring: Option<&Touring>) -> Made {
        let write = match ending {
            "md" => tour::markdown::write,
            "html" => tour::html::write,
            _ => return Err(Clean::line(&Export::Tour.endings_told())),
        };
        let stops = touring.filter(|touring| !touring.tour.stops.is_empty());
        let Some(touring) = stops else { return Err(Clean::line("the tour has no stop to hand out")) };
        let read = self.load_tour(touring.clone());
        let mut bytes = Vec::new();
        write(&mut bytes, &read.sheet(), false).map_err(|e| self.at_home(&e))?;
        Ok((bytes, "the handout of the tour".to_owned()))
    }

    fn quotations_as(&self, ending: &str, asked: &Exporting) -> Made {
        if ending != "html" {
            return Err(Clean::line(&Export::Quotations.endings_told()));
        }
        let texts = self.texts_of(asked)?;
        let within = Sides { left: &*texts[0].text, right: &*texts[1].text };
        let found: Vec<_> = asked.quotations.iter().filter(|found| found.is_within(within)).cloned().collect();
        self.on_both(counted(found.len(), "shared quotation"), &texts, |out, [left, right], opens| {
            disputes::write(out, left, right, &found, opens)
        })
    }

    fn cards_as(&self, ending: &str, asked: &Exporting) -> Made {
        if ending != "txt" {
            return Err(Clean::line("end the name in .txt: Anki imports that"));
        }
        let texts = self.texts_of(asked)?;
        let (own, _) = self.own_of(&texts[0], &texts[1]);
        let made = cards::cards(&own, Which::All);
        if made.is_empty() {
            return Err(Clean::line("there is no link between the two texts yet that could become a card"));
        }
        self.on_both(counted(made.len(), "card"), &texts, |out, [left, right], opens| {
            cards::write(out, left, right, &made, (cards::DECK, opens))
        })
    }

    fn notes_as(&self, ending: &str, texts: &[String], codebook: &Codebook) -> Made {
        let write = match ending {
            "md" => markdown::write,
            "html" => html::write,
            "json" => annotations::write,
            "qdpx" => project::write,
            _ => return Err(Clean::line(&Export::Notes.endings_told())),
        };
        let outgoing = self.notes_going_out(texts, true);
        let mut bytes = Vec::new();
        outgoing.with(codebook, |notes| write(&mut bytes, notes)).map_err(|e| self.at_home(&e))?;
        let count = outgoing.count();
        Ok((bytes, counted(count, "note")))
    }

    fn comparison_as(&self, ending: &str, asked: &Exporting, told: Told) -> Made {
        let Some(form) = handouts().find(|form| form.ending == ending) else {
            return Err(Clean::line(&asked.what.endings_told()));
        };
        let texts = self.texts_of(asked)?;
        let [left, right] = &texts;
        let made = self.of_reader(left, right, &asked.codebook);
        let go_on = |_, _| ControlFlow::Continue(());
        let compared = self.compared(asked, [&left.text, &right.text], made.own, &go_on);
        let ControlFlow::Continue(mut compared) = compared else {
            return Err(Clean::line("the comparison was interrupted"));
        };
        put_in(&mut compared, &told.of(made.glosses));
        self.on_both("the handout", &texts, |out, [left, right], opens| {
            let written = Written { left, right, compared: &compared, opens, columns: WIDTH, breaks_at: None };
            (form.write)(out, &written)
        })
    }

    /// What `write` writes of two texts, each by what it is called beside the other.
    fn on_both(
        &self,
        what: impl Into<String>,
        texts: &[Arc<Open>; 2],
        write: impl FnOnce(&mut dyn io::Write, [Named<'_>; 2], Opens<'_>) -> io::Result<()>,
    ) -> Made {
        let names = names_of(texts);
        let [left, right] = [0, 1].map(|at| Named { name: &names[at], text: &texts[at].text });
        let mut bytes = Vec::new();
        write(&mut bytes, [left, right], self.opens(&texts[0], &texts[1])).map_err(|e| self.at_home(&e))?;
        Ok((bytes, what.into()))
    }

    /// What the two texts say on every topic; what is known of them already need not be found out again.
    fn compared(
        &self,
        asked: &Exporting,
        texts: [&Arc<Text>; 2],
        own: PlacedJudgements,
        watch: SharedWatcher<'_>,
    ) -> ControlFlow<(), Vec<Compared>> {
        let mut comparison = match &asked.studied {
            // What the reader has judged is handed out as it is kept.
            Some(known) => known.comparison.clone().with_own(own),
            None => Comparison::of(texts, &asked.codebook, own, watch)?,
        };
        if !comparison.is_by_model() {
            // Where there is a model that cannot be asked, the words alone speak, as on the screen.
            let model = self.modelled(None, [texts[0], texts[1]], watch).unwrap_or(ControlFlow::Continue(None));
            if let Some(model) = model? {
                comparison = comparison.with_model(model.said().clone());
            }
        }
        comparison.compared_on_all(self.borrows_topics(), watch)
    }

    /// The two texts: as they are known already, else read.
    fn texts_of(&self, asked: &Exporting) -> Result<[Arc<Open>; 2], Clean> {
        if let Some(known) = &asked.studied {
            return Ok(known.texts.clone());
        }
        let [left, right] = asked.texts.as_slice() else {
            return Err(Clean::line("a handout is of two texts; open another one"));
        };
        let load = |text: &String| self.load_whole(text).map(|loaded| Arc::new(loaded.open)).map_err(|e| e.line());
        Ok([load(left)?, load(right)?])
    }
}

/// Whether a file of plain text was exported from here: cards, or a map. Nothing in it is signed.
fn is_plain_export(path: &Path) -> bool {
    let is_plain = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("txt"));
    is_plain && shelf::head_of(path).is_some_and(|(head, _)| is_plain_made_here(&head))
}

/// Text as it may go out.
fn cleaned(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut clean = Vec::with_capacity(bytes.len());
    let mut door = Door::text(&mut clean);
    door.write_all(bytes)?;
    door.close()?;
    Ok(clean)
}

/// What two texts are called beside each other.
fn names_of([left, right]: &[Arc<Open>; 2]) -> [String; 2] {
    let told = told_apart(&[left.called(), right.called()]);
    let name = |at: usize, open: &Open| told.get(at).unwrap_or(&open.name).to_string();
    [name(0, left), name(1, right)]
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::library::disk::Os;
    use crate::library::folders::Folders;
    use crate::link::quotation::SharedQuotation;

    #[test]
    fn quotations_of_a_text_that_has_other_words_by_now_are_left_out() {
        let dir = tempfile::tempdir().unwrap();
        let home = fs::canonicalize(dir.path()).unwrap();
        let library = Library::new(Arc::new(Os), Some(Folders::under(&home)));
        let quoted = |left, right| SharedQuotation { left, right, score: 0.9, marked: [true; 2] };
        let asked = Exporting {
            what: Export::Quotations,
            path: "~/a.html".to_owned(),
            replace: false,
            texts: ["embedded:the-party-as-instrument", "embedded:power-from-below"].map(str::to_owned).to_vec(),
            codebook: Arc::new(Codebook::default()),
            grid: None,
            tour: None,
            quotations: vec![
                quoted(0..4, 0..4),
                quoted(0..4, 90_000_000..90_000_004),
                quoted(90_000_000..90_000_004, 0..4),
            ],
            studied: None,
        };
        let told = library.export(&asked).map(|line| line.as_str().to_owned());
        assert_eq!(told, Ok("1 shared quotation in ~/a.html".to_owned()));
    }

    #[test]
    fn what_is_exported_takes_the_place_of_nothing_unasked() {
        let dir = tempfile::tempdir().unwrap();
        let home = fs::canonicalize(dir.path()).unwrap();
        let library = Library::new(Arc::new(Os), Some(Folders::under(&home)));
        let texts = ["embedded:the-party-as-instrument", "embedded:power-from-below"].map(str::to_owned);
        let codebook = Arc::new(Codebook::parse(crate::library::embedded::TOPICS).0);
        let asked = |what, path: &str, replace| Exporting {
            what,
            path: path.to_owned(),
            replace,
            texts: texts.to_vec(),
            codebook: Arc::clone(&codebook),
            grid: Some(Grid::default()),
            tour: None,
            quotations: Vec::new(),
            studied: None,
        };
        let export = |what, path: &str, replace| match library.export(&asked(what, path, replace)) {
            Ok(line) | Err(NotExported::Failed(line)) => line.as_str().to_owned(),
            Err(NotExported::Taken) => "taken".to_owned(),
        };
        assert_eq!(export(Export::Handout, "~/a.html", false), "the handout in ~/a.html");
        assert!(fs::read_to_string(home.join("a.html")).unwrap().contains("Democratic centralism"));
        assert_eq!(export(Export::Notes, "~/a.html", false), "taken");
        assert_eq!(export(Export::Notes, "~/a.html", true), "0 notes in ~/a.html");
        assert!(!fs::read_to_string(home.join("a.html")).unwrap().contains("Democratic centralism"));
        assert_eq!(export(Export::Notes, "~/b.json", false), "0 notes in ~/b.json");
        assert_eq!(export(Export::Notes, "~/c.qdpx", true), "0 notes in ~/c.qdpx");
        assert!(export(Export::Notes, "~/c.txt", false).starts_with("end the name in .md, .html"));
        assert!(export(Export::Map, "~/c.md", false).starts_with("end the name in .html, .svg"));
        for name in ["~/m.html", "~/m.svg", "~/m.txt"] {
            assert_eq!(export(Export::Map, name, false), format!("the map in {name}"));
        }
        for replace in [false, true] {
            assert!(export(Export::Handout, "~/a.html/x.md", replace).starts_with("~/a.html"), "{replace}");
        }
        assert!(export(Export::Handout, "~/Fonts", false).contains("end the name in"));
        let alone = Exporting { texts: texts[..1].to_vec(), ..asked(Export::Handout, "~/d.md", false) };
        let Err(NotExported::Failed(line)) = library.export(&alone) else { panic!("it needs two texts") };
        assert!(line.as_str().contains("two texts"), "{line}");
    }
}
