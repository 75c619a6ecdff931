//! `diptych check`: finds mistakes in a library, its topics, the keys and the settings, and says where they are.

use std::path::PathBuf;

use anyhow::Result;

use super::args::Check;
use super::ending::Ending;
use super::keys;
use super::meant::Meant;
use super::print::to_stdout;
use crate::import::warning::{Warning, WarningKind};
use crate::library::Library;
use crate::library::request::Request;
use crate::library::said::io_words;
use crate::text::clean::Clean;
use crate::word::counted::counted;

/// What was looked at, and what is wrong with it.
#[derive(Debug, Default)]
struct Report {
    looked_at: Vec<String>,
    wrong: Vec<Clean>,
    /// What was decoded and repaired, which is no fault.
    told: Vec<Clean>,
    /// What is said in any case: what this system does not have, what is known of the texts.
    said: Vec<Clean>,
    /// Where what was made for the texts is kept.
    kept: Vec<Clean>,
    /// The library that is checked, where it is a folder.
    folder: Option<PathBuf>,
}

/// Runs it.
pub(super) fn run(library: &Library, asked: &Check) -> Result<Ending> {
    let mut report = Report::default();
    match (Meant::by(library, asked.library.as_deref()), &asked.library) {
        (None, Some(text)) => {
            let request = library.request(text)?;
            report.texts(library, std::slice::from_ref(text));
            let notes = library.notes_of(std::slice::from_ref(text)).notes;
            report.count("note", notes.iter().filter(|note| note.is_about(&request.lasting())).count());
        }
        (meant, _) => {
            let meant = meant.unwrap_or(Meant::Bundled);
            report.said.extend(meant.links_out(library));
            if let Meant::Folder(folder) = &meant {
                report.folder = Some(folder.clone());
            }
            report.texts(library, &meant.texts(library));
            report.count("note", meant.notes(library).0.len());
        }
    }
    report.own_files(library);
    let count = report.wrong.len();
    to_stdout(|out| {
        let told = report.told.iter().filter(|_| asked.verbose);
        report
            .said
            .iter()
            .chain(told)
            .chain(&report.wrong)
            .try_for_each(|line| writeln!(out, "{}", library.at_home(line)))?;
        let found = match count {
            0 => "nothing is wrong".to_owned(),
            1 => "1 thing is wrong".to_owned(),
            _ => format!("{count} things are wrong"),
        };
        writeln!(out, "{}: {found}", report.looked_at.join(", "))?;
        report.kept.iter().try_for_each(|line| writeln!(out, "{}", library.at_home(line)))
    })?;
    Ok(if count == 0 { Ending::Done } else { Ending::Found })
}

impl Report {
    fn texts(&mut self, library: &Library, texts: &[String]) {
        let mut requests = Vec::new();
        for text in texts {
            match library.request(text) {
                Ok(request) => requests.push(request),
                Err(e) => self.wrong.push(e.line()),
            }
        }
        let meant: Vec<&Request> = requests.iter().collect();
        self.kept.extend(library.said_of_places(&meant));
        let (named, refused) = library.whose(&meant, self.folder.as_deref());
        self.wrong.extend(refused);
        let (codebook, faults) = library.begin_with(&meant);
        self.wrong.extend(faults);
        let (mut loaded_texts, mut known) = (Vec::new(), Vec::new());
        for request in requests {
            // A folder that was handed on may show what is elsewhere as one of its texts.
            self.said.extend(library.led_out(&request));
            match library.load_whole(&request.written) {
                Ok(loaded) => {
                    loaded.open.warnings.iter().for_each(|warning| self.warning(&request, warning));
                    known.push((request.written.clone(), loaded.open.request.clone()));
                    loaded_texts.push((request, loaded.open.text));
                }
                Err(e) => self.wrong.push(e.line()),
            }
        }
        self.versions(library, &known);
        let (links, of_links, told) = library.check_links(&loaded_texts);
        self.wrong.extend(of_links);
        self.wrong.extend(library.faults_of_made());
        self.told.extend(told);
        self.looked_at.push(counted(texts.len(), "text"));
        // As the reader counts them: those of the texts, and apart from them those that come with Diptych.
        let borrowed = codebook.topics().iter().filter(|topic| codebook.is_borrowed(&topic.id)).count();
        let own = codebook.topics().len() - borrowed;
        if own > 0 || borrowed == 0 {
            self.looked_at.push(counted(own, "topic"));
        }
        if borrowed > 0 {
            self.looked_at.push(format!("{} of the bundled library", counted(borrowed, "topic")));
        }
        self.said.extend(named);
        self.count("link", links);
    }

    /// How many of something were looked at, where there are any.
    fn count(&mut self, what: &str, how_many: usize) {
        if how_many > 0 {
            self.looked_at.push(counted(how_many, what));
        }
    }

    /// Which of the texts are known to be versions of one work, since they were read as such.
    fn versions(&mut self, library: &Library, texts: &[(String, String)]) {
        let (snapshot, _) = library.recall();
        for (at, (one, request)) in texts.iter().enumerate() {
            let versions: Vec<&str> = snapshot.versions_of(request).collect();
            for (other, _) in texts[at + 1..].iter().filter(|(_, other)| versions.contains(&other.as_str())) {
                self.said.push(Clean::line(&format!("{one} and {other} are versions of one work")));
            }
        }
    }

    /// A warning begins with the name of its file alone, and a check may be of another folder.
    fn warning(&mut self, request: &Request, warning: &Warning) {
        let said = match warning.as_str().strip_prefix(&request.file_name()) {
            Some(rest) => Clean::line(&format!("{}{rest}", request.written)),
            None => warning.line().clone(),
        };
        match warning.kind() {
            WarningKind::Fault | WarningKind::Moved => self.wrong.push(said),
            WarningKind::Told | WarningKind::Left => self.told.push(said),
        }
    }

    fn own_files(&mut self, library: &Library) {
        let (settings, of_settings) = library.settings();
        let of_keys = keys::looked_at(library, &settings.commands);
        let of_theme = settings.own_theme.as_deref().map_or_else(Vec::new, super::settings::faults);
        self.wrong.extend(of_keys.iter().chain(&of_settings).chain(&of_theme).map(|m| Clean::line(&m.to_string())));
        self.looked_at.extend(["keys".to_owned(), "settings".to_owned()]);
        self.said.extend(library.imports().held().and_then(|held| match held {
            Ok(held) => held.missing().map(|what| format!("the process that reads books and documents is not kept from {what} here; its limits of memory, time and files hold")),
            Err(e) => Some(format!("the process that reads books and documents cannot be started ({})", io_words(&e))),
        }).map(|line| Clean::line(&line)));
        if let Some(named) = library.model_named(&settings) {
            self.looked_at.push("the sentence model".to_owned());
            self.wrong.extend(named.and_then(|folder| folder.load()).err().map(|e| Clean::line(&e.to_string())));
        }
    }
}
