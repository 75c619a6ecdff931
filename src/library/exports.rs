//! What is exported from the reader: into a file that is named there, in the format of its ending, never over another.

use std::io;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::Library;
use super::notes::write::claim;
use crate::app::message::Export;
use crate::export::compare::{Named, of_texts};
use crate::export::handout::{self, Handout};
use crate::export::notes::{annotations, html, markdown, project};
use crate::text::clean::Clean;
use crate::topic::codebook::Codebook;

type Written = Result<(Vec<u8>, String), Clean>;

impl Library {
    /// Writes what is asked for of these texts to `path`. Answers with what to tell the reader.
    pub fn export(&self, what: Export, path: &str, texts: &[String], codebook: &Codebook) -> Clean {
        let path = match (path.strip_prefix("~/"), &self.folders) {
            (Some(below), Some(folders)) => folders.home.join(below),
            _ => PathBuf::from(path),
        };
        let shown = path.to_string_lossy().into_owned();
        let ending = path.extension().map_or_else(String::new, |e| e.to_string_lossy().to_lowercase());
        let written = match what {
            Export::Notes => self.notes_as(&ending, texts, codebook),
            Export::Handout => self.handout_as(&ending, texts, codebook),
        };
        let line =
            match written.and_then(|(bytes, what)| self.put(&path, &bytes).map(|()| format!("{what} in {shown}"))) {
                Ok(line) => line,
                Err(line) => return line,
            };
        self.at_home(&line)
    }

    fn put(&self, path: &Path, bytes: &[u8]) -> Result<(), Clean> {
        claim(&*self.disk, path, bytes).map_err(|e| match e.why.kind() {
            io::ErrorKind::AlreadyExists => {
                self.at_home(&format!("{}: there is such a file already; give another name", path.to_string_lossy()))
            }
            _ => self.at_home(&e),
        })
    }

    fn notes_as(&self, ending: &str, texts: &[String], codebook: &Codebook) -> Written {
        let write = match ending {
            "md" => markdown::write,
            "html" => html::write,
            "json" => annotations::write,
            "qdpx" => project::write,
            _ => return Err(Clean::line("end the name in .md, .html, .json or .qdpx: that says in which format")),
        };
        let outgoing = self.notes_going_out(texts, true);
        let mut bytes = Vec::new();
        outgoing.with(codebook, |notes| write(&mut bytes, notes)).map_err(|e| self.at_home(&e))?;
        let count = outgoing.count();
        Ok((bytes, if count == 1 { "1 note".to_owned() } else { format!("{count} notes") }))
    }

    fn handout_as(&self, ending: &str, texts: &[String], codebook: &Codebook) -> Written {
        let write = match ending {
            "md" => handout::markdown::write,
            "html" => handout::html::write,
            _ => return Err(Clean::line("end the name in .html or .md: that says in which format")),
        };
        let [left, right] = texts else { return Err(Clean::line("a handout is of two texts; open another one")) };
        let load = |text: &String| self.load_whole(text).map(|loaded| loaded.open).map_err(|e| e.line());
        let (left, right) = (load(left)?, load(right)?);
        let go_on = |_, _| ControlFlow::Continue(());
        let ControlFlow::Continue(compared) = of_texts(&left.text, &right.text, codebook, &go_on) else {
            return Err(Clean::line("the comparison was broken off"));
        };
        let mut bytes = Vec::new();
        let named = |open: &'_ crate::app::pane::Open| (open.name.as_str().to_owned(), Arc::clone(&open.text));
        let (left, right) = (named(&left), named(&right));
        let handout =
            Handout::of(Named { name: &left.0, text: &left.1 }, Named { name: &right.0, text: &right.1 }, &compared);
        write(&mut bytes, &handout).map_err(|e| self.at_home(&e))?;
        Ok((bytes, "the handout".to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;
    use crate::library::disk::Os;
    use crate::library::folders::Folders;

    #[test]
    fn what_is_exported_never_takes_the_place_of_anything() {
        let dir = tempfile::tempdir().unwrap();
        let home = fs::canonicalize(dir.path()).unwrap();
        let library = Library::new(Arc::new(Os), Some(Folders::under(&home)));
        let texts = ["embedded:the-party-as-instrument", "embedded:power-from-below"].map(str::to_owned);
        let (codebook, _) = Codebook::parse(crate::library::embedded::TOPICS);
        let export = |what, name: &str| {
            let path = home.join(name).to_string_lossy().into_owned();
            library.export(what, &path, &texts, &codebook).as_str().to_owned()
        };
        assert_eq!(export(Export::Handout, "a.html"), "the handout in ~/a.html");
        assert!(fs::read_to_string(home.join("a.html")).unwrap().contains("Democratic centralism"));
        assert_eq!(export(Export::Notes, "a.html"), "~/a.html: there is such a file already; give another name");
        assert_eq!(export(Export::Notes, "b.json"), "0 notes in ~/b.json");
        assert_eq!(library.export(Export::Notes, "~/c.qdpx", &texts, &codebook).as_str(), "0 notes in ~/c.qdpx");
        assert!(export(Export::Notes, "c.txt").starts_with("end the name in .md, .html"));
        assert!(export(Export::Handout, "a.html/x.md").starts_with("~/a.html/x.md: cannot "));
        assert!(library.export(Export::Handout, "d.md", &texts[..1], &codebook).as_str().contains("two texts"));
    }
}
