//! `diptych notes`: lists the notes, and says of each whether it still finds its passage.

use std::collections::{HashMap, HashSet};
use std::io::{self, IsTerminal as _, Write};
use std::path::Path;
use std::sync::Arc;

use anyhow::Result;
use serde_json::json;

use super::args::LinesFormat;
use super::args::notes::NotesCommand;
use super::ending::{Ending, say, say_all};
use super::meant::{Meant, SameTexts};
use super::notes_exchange;
use super::print::to_stdout;
use crate::anchor::find::Finder;
use crate::anchor::found::Found;
use crate::layout::cells;
use crate::library::Library;
use crate::library::load::Waiting;
use crate::library::said::shown;
use crate::model::address::pair_address;
use crate::model::citation::locators;
use crate::model::notes::FiledNote;
use crate::note::Target;
use crate::note::stamp::Stamp;
use crate::study::own::passage_of;
use crate::text::Text;
use crate::text::clean::Clean;
use crate::word::counted::counted;
use crate::word::letter::plain;

/// Runs it.
pub(super) fn run(library: &Library, asked: &NotesCommand) -> Result<Ending> {
    match asked {
        NotesCommand::List { of, author, format } => {
            let mut notes = notes(library, of)?;
            if notes.is_empty() {
                say_none();
            }
            if let Some(author) = author {
                let is_by = |name: &String| plain(name).contains(&*plain(author));
                notes.retain(|kept| kept.note.author.as_ref().is_some_and(is_by));
            }
            notes.retain(|kept| is_read(kept));
            let notes = as_now(library, notes);
            to_stdout(|out| notes.iter().try_for_each(|note| list(note, *format, out)))?;
            Ok(Ending::Done)
        }
        NotesCommand::Check { of, format } => {
            let notes = notes(library, of)?;
            let states = states(library, &notes);
            let faults: usize = notes.iter().map(|n| n.faults.len()).sum();
            let lost = states.iter().filter(|s| s.needs_person()).count();
            to_stdout(|out| report(&notes, &states, *format, out))?;
            Ok(if faults + lost > 0 { Ending::Found } else { Ending::Done })
        }
        NotesCommand::Export { texts, format, codebook, output } => {
            notes_exchange::export(library, texts, *format, codebook, output)
        }
        NotesCommand::Import { file, texts } => notes_exchange::import(library, file, texts),
    }
}

/// Whether a note could be read; why not is said.
fn is_read(kept: &FiledNote) -> bool {
    let is_read = kept.hash != 0;
    for fault in kept.faults.iter().filter(|_| !is_read) {
        say(&format!("{}:{fault}", kept.file));
    }
    is_read
}

/// Says to whoever looks at it that a list is not empty by mistake.
pub(super) fn say_none() {
    if io::stdout().is_terminal() {
        say("there are no notes here; in the reader, a writes one");
    }
}

/// The notes of the libraries, folders or texts that were named; without any, of this folder's library, else of the
/// library in the program, and of pairs that belong to no one library.
fn notes(library: &Library, of: &[String]) -> Result<Vec<Arc<FiledNote>>> {
    let (mut notes, mut told, mut known) = (Vec::new(), Vec::new(), HashSet::new());
    let mut take = |(found, lines): (Vec<Arc<FiledNote>>, Vec<Clean>)| {
        for note in found {
            if known.insert(note.file.clone()) {
                notes.push(note);
            }
        }
        told.extend(lines);
    };
    if of.is_empty() {
        take(Meant::here(library).notes(library));
    }
    let mut texts = Vec::new();
    for named in of {
        if let Some(meant) = Meant::named(library, named) {
            take(meant.notes(library));
        } else {
            library.request(named)?;
            texts.push(named.clone());
        }
    }
    if !texts.is_empty() {
        let mut read = library.notes_of(&texts);
        // Beside them are those on other texts of their library.
        let named: Vec<String> = texts.iter().filter_map(|text| Some(library.request(text).ok()?.lasting())).collect();
        read.notes.retain(|note| named.iter().any(|text| note.is_about(text)));
        take((read.notes, read.told));
    }
    say_all(&told);
    Ok(notes)
}

/// The notes, with the numbers that their passages have in the texts as they are now; each text is read once.
fn as_now(library: &Library, mut notes: Vec<Arc<FiledNote>>) -> Vec<Arc<FiledNote>> {
    let mut by_text: HashMap<String, Vec<(usize, usize)>> = HashMap::new();
    for (nth, kept) in notes.iter().enumerate() {
        for (at, (target, request)) in kept.note.targets.iter().zip(&kept.requests).enumerate() {
            if target.anchor.passage > 0 {
                by_text.entry(request.clone()).or_default().push((nth, at));
            }
        }
    }
    for (request, places) in by_text {
        let Ok(open) = library.peek(&request, &Waiting::patiently()) else { continue };
        let finder = Finder::new(&open.text);
        for (nth, at) in places {
            let anchor = &notes[nth].note.targets[at].anchor;
            // As it was when the note was made, nothing has moved.
            if anchor.hash == open.text.hash() {
                continue;
            }
            let now = passage_of(&finder.find(anchor), &open.text).filter(|now| now.0 != anchor.passage);
            if let Some(now) = now {
                Arc::make_mut(&mut notes[nth]).note.targets[at].anchor.passage = now.0;
            }
        }
    }
    notes
}

/// How many characters of the first line of a note are listed.
const LONGEST_LINE: usize = 400;

fn list(kept: &FiledNote, format: LinesFormat, out: &mut dyn Write) -> io::Result<()> {
    let note = &kept.note;
    match format {
        LinesFormat::Text => {
            let day = note.created.map_or_else(|| "          ".to_owned(), Stamp::day);
            let on = locators(note.targets.iter().map(|t| &t.anchor));
            let texts: Vec<&str> = note.targets.iter().map(|t| t.anchor.text.as_str()).collect();
            let first = note.first_line();
            // A line is to be looked over, however long the first one of the note is.
            let said: String = first.chars().take(LONGEST_LINE).collect();
            let more = if said.len() < first.len() { "…" } else { "" };
            let by = note.author.as_ref().map_or_else(String::new, |author| format!("  {author}:"));
            let line = format!("{day}  {on:<8}  {}{by}  {said}{more}", texts.join(" ⇄ "));
            writeln!(out, "{}", Clean::line(line.trim_end()))
        }
        LinesFormat::Jsonl => {
            let moment = |stamp: Option<Stamp>| stamp.map(|s| s.to_string());
            let passages = note.targets.iter().map(|target| Some(target.anchor.passage).filter(|passage| *passage > 0));
            let places: Vec<_> = kept.requests.iter().map(String::as_str).zip(passages).collect();
            let line = json!({
                "id": note.id.0,
                "address": pair_address(&places),
                "file": kept.file.path().to_string_lossy(),
                "created": moment(note.created),
                "modified": moment(note.modified),
                "author": note.author,
                "topic": note.topic,
                "tags": note.tags(),
                "anchors": note.targets.iter().map(|t| &t.anchor).collect::<Vec<_>>(),
                "citations": note.targets.iter().map(|t| &t.citation).collect::<Vec<_>>(),
                "body": note.body,
            });
            writeln!(out, "{line}")
        }
    }
}

/// What became of one place of a note.
struct PlaceOfNote<'n> {
    kept: &'n FiledNote,
    target: &'n Target,
    found: Result<Found, Clean>,
    /// The words that are at the place now, where they are others.
    now: Option<String>,
    /// The number of the passage that they are in now.
    passage: Option<u32>,
    /// Where another text has its name, what is said of the one that is meant.
    same: Option<Clean>,
}

impl PlaceOfNote<'_> {
    fn name(&self) -> &'static str {
        self.found.as_ref().map_or("missing", Found::name)
    }

    fn needs_person(&self) -> bool {
        self.found.as_ref().map_or(true, Found::needs_person)
    }

    /// How sure the place is, 0..1; of changed words, how many of them are left.
    fn score(&self) -> f32 {
        match &self.found {
            Ok(Found::Exact(hit) | Found::Moved(hit)) => hit.confidence,
            Ok(Found::Changed { score, .. }) => *score,
            Ok(Found::Ambiguous { candidates }) => candidates.first().map_or(0.0, |hit| hit.confidence),
            Ok(Found::Orphaned) | Err(_) => 0.0,
        }
    }
}

/// What became of every place of the notes; each text is read once.
fn states<'n>(library: &Library, notes: &'n [Arc<FiledNote>]) -> Vec<PlaceOfNote<'n>> {
    let mut by_text: HashMap<&str, Vec<(usize, &FiledNote, &Target)>> = HashMap::new();
    let places = notes.iter().flat_map(|kept| {
        kept.note.targets.iter().zip(&kept.requests).map(move |(target, request)| (&**kept, target, request))
    });
    for (at, (kept, target, request)) in places.enumerate() {
        by_text.entry(request).or_default().push((at, kept, target));
    }
    let mut states: Vec<(usize, PlaceOfNote)> = Vec::new();
    let same = SameTexts::of(library);
    for (request, places) in by_text {
        let loaded = library.load_whole(request);
        let text = loaded.as_ref().map(|l| &*l.open.text);
        let finder = text.as_ref().ok().map(|text| Finder::new(text));
        for (at, kept, target) in places {
            let found = match (&finder, &loaded) {
                (Some(finder), _) => Ok(finder.find(&target.anchor)),
                (None, Err(e)) => Err(same.missed(&target.anchor, &e.line())),
                (None, Ok(_)) => Err(Clean::line("there is no text")),
            };
            let (now, passage) = match (&found, text.as_ref().ok()) {
                (Ok(found), Some(text)) => now(found, target, text),
                _ => (None, None),
            };
            let is_lost = matches!(found, Ok(Found::Orphaned));
            let same = is_lost.then(|| same.elsewhere(&target.anchor)).flatten();
            states.push((at, PlaceOfNote { kept, target, found, now, passage, same }));
        }
    }
    states.sort_by_key(|(at, _)| *at);
    states.into_iter().map(|(_, state)| state).collect()
}

/// The words that are there now, where they are others, and the passage they are in.
fn now(found: &Found, target: &Target, text: &Text) -> (Option<String>, Option<u32>) {
    let hit = match found {
        Found::Ambiguous { candidates } => candidates.first(),
        other => other.hit(),
    };
    let Some(hit) = hit.filter(|_| !target.anchor.is_whole()) else { return (None, None) };
    let words = &text.string()[text.offset_of(hit.range.start)..text.offset_of(hit.range.end)];
    let passage = text.numbering().passage_near(hit.range.start.block as usize).map(|p| p.0);
    ((words != target.anchor.exact).then(|| words.to_owned()), passage)
}

fn report(
    notes: &[Arc<FiledNote>],
    states: &[PlaceOfNote],
    format: LinesFormat,
    out: &mut dyn Write,
) -> io::Result<()> {
    let here = std::env::current_dir().ok();
    let path = |kept: &FiledNote| relative(kept.file.path(), here.as_deref());
    for kept in notes {
        for fault in &kept.faults {
            match format {
                LinesFormat::Text => {
                    writeln!(out, "fault            {}:{}", path(kept), Clean::line(&fault.to_string()))?;
                }
                LinesFormat::Jsonl => {
                    let file = kept.file.path().to_string_lossy();
                    writeln!(
                        out,
                        "{}",
                        json!({ "state": "fault", "file": file, "line": fault.line, "what": fault.what })
                    )?;
                }
            }
        }
    }
    for state in states {
        let (name, score, anchor) = (state.name(), state.score(), &state.target.anchor);
        match format {
            LinesFormat::Text => {
                let gone =
                    state.passage.filter(|p| *p != anchor.passage).map_or_else(String::new, |p| format!(" → ¶{p}"));
                let quote = Clean::line(&anchor.exact);
                let quote = match cells::ellipsis(quote.as_str(), QUOTED) {
                    none if none.is_empty() => String::new(),
                    some => format!("  “{some}”"),
                };
                // Of an orphan nothing is there now, and of no other is anything said to be elsewhere.
                let now = match (&state.found, &state.same, &state.now) {
                    (Err(why), ..) => format!("  {why}"),
                    (_, Some(same), _) => format!("  {same}"),
                    (.., Some(now)) => format!("  now “{}”", cells::ellipsis(Clean::line(now).as_str(), QUOTED)),
                    _ => String::new(),
                };
                let line = format!(
                    "{name:<10} {score:.2}  {}  {} {}{gone}{quote}{now}",
                    path(state.kept),
                    anchor.text,
                    anchor.locator()
                );
                writeln!(out, "{}", Clean::line(&line))?;
            }
            LinesFormat::Jsonl => {
                let line = json!({
                    "state": name,
                    "score": (f64::from(score) * 1000.0).round() / 1000.0,
                    "file": state.kept.file.path().to_string_lossy(),
                    "id": state.kept.note.id.0,
                    "text": anchor.text,
                    "passage": anchor.passage,
                    "exact": anchor.exact,
                    "now": state.now,
                    "now_passage": state.passage,
                    "why": state.found.as_ref().err().map(Clean::as_str),
                });
                writeln!(out, "{line}")?;
            }
        }
    }
    if format == LinesFormat::Text {
        writeln!(out, "{}", summary(notes, states))?;
    }
    Ok(())
}

/// Columns of a quotation in the report.
const QUOTED: usize = 48;

fn summary(notes: &[Arc<FiledNote>], states: &[PlaceOfNote]) -> String {
    let count = counted(notes.len(), "note");
    let names = ["exact", "moved", "changed", "ambiguous", "orphaned", "missing"];
    let each = names.map(|name| (name, states.iter().filter(|s| s.name() == name).count()));
    let said: Vec<String> = each.iter().filter(|(_, n)| *n > 0).map(|(name, n)| format!("{n} {name}")).collect();
    let places = if said.is_empty() { String::new() } else { format!(": {}", said.join(", ")) };
    match notes.iter().map(|n| n.faults.len()).sum::<usize>() {
        0 => format!("{count}{places}"),
        1 => format!("{count}{places}; 1 fault"),
        faults => format!("{count}{places}; {faults} faults"),
    }
}

fn relative(path: &Path, here: Option<&Path>) -> Clean {
    shown(here.and_then(|here| path.strip_prefix(here).ok()).unwrap_or(path))
}
