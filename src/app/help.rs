//! The page of keys: those of where the reader is first, then what the signs mean, then all others.

use super::command::{Context, Group};
use super::page_line::{PageLine, entry, heading};
use super::sieve::{Line, Sieve};
use super::{App, commands};
use crate::app::halves::Halves;
use crate::app::keys::Keys;
use crate::app::scene::Screens;
use crate::word::letter::plain;

/// What the signs on the screen mean.
const SIGNS: &[(&str, &str)] = &[
    ("▌ █", "the passage being read in the pane that leads, and the reading line in it"),
    ("▎", "the passage being read in the other pane"),
    ("━14⇄22━", "a joint: passage 14 on the left is answered by passage 22 on the right"),
    ("═14⇔22═", "the same, joined by hand: a link of yours, or of those named below it"),
    ("┈14⇄22┈", "both treat the held topic, and nothing else in them is alike enough for a score: same topic only"),
    ("━14”22━", "both passages have the same quotation"),
    ("14⇄22”", "passage 22 is someone else's words: a quotation, a comment"),
    ("silent, ∅", "nothing was found in the other text for this passage"),
    ("✓ silent, ✓", "and you have checked that it says nothing"),
    ("rejected, ×", "what would answer this passage was rejected, and there is nothing else"),
    ("off topic", "the passage being read does not treat the topic that is held: neither text is silent for that"),
    ("3 ▓▓, ·, ∅✓", "on the map: three treatments, strong; not found; silent, as you have checked"),
    ("───◆━━──", "the whole text: the reader at the diamond, the topic treated where the line is heavy"),
    ("◧ ◨", "the left text, the right text"),
    ("⇔", "in the margin: this passage is joined by hand to one of the other text"),
    ("”", "in the margin: a quotation that both texts have begins here"),
    ("✎", "in the margin: a note of yours"),
    ("treatment 3/7", "the third of seven places of this text that treat the topic"),
    ("counterpart 2/5", "the second of five passages of the other text that answer this one, the closest first"),
];

impl App {
    /// All keys, and the commands of the reader's own.
    pub(super) fn help(&self, width: usize) -> Vec<PageLine> {
        let mut lines = self.keys.help(&self.halves, &self.screens, width);
        let hooks = &self.settings.commands;
        if !hooks.is_empty() {
            heading(&mut lines, "Your own commands");
        }
        for (at, hook) in hooks.iter().enumerate() {
            let shown = self.keys.keymap().keys_of_hook(at).unwrap_or_else(|| format!(":{}", hook.name));
            entry(&mut lines, &shown, &hook.help(), width);
        }
        lines
    }
}

impl Keys {
    /// First the keys of where the reader is, where that is not plain reading.
    fn help_here(&self, halves: &Halves, screens: &Screens, lines: &mut Vec<PageLine>, width: usize) {
        let context = context_of_help(halves, screens);
        let title = match context {
            Context::Selecting => "While words are selected",
            Context::Synopsis => "In the synopsis",
            Context::Map => "On the map",
            Context::Loom => "On the loom",
            Context::Dispute => "On the dispute page",
            Context::Tour => "In the list of stops",
            Context::Cards => "While recalling cards",
            Context::Present => "While presenting",
            Context::Lectern => "At the leader's second screen",
            Context::Room => "Reading along with the leader",
            _ => return,
        };
        heading(lines, title);
        for command in commands::all() {
            let keys = self.keymap().keys_for(context, command);
            if !keys.is_empty() {
                entry(lines, &in_short(&keys), command.help, width);
            }
        }
    }

    fn help(&self, halves: &Halves, screens: &Screens, width: usize) -> Vec<PageLine> {
        let mut lines = Vec::new();
        self.help_here(halves, screens, &mut lines, width);
        // What is met at once comes before what is looked for: the signs are read with the first keys.
        let is_here = !lines.is_empty();
        for (nth, group) in Group::ALL.into_iter().enumerate() {
            if nth == if is_here { 0 } else { 2 } {
                signs(&mut lines, width);
            }
            let rows: Vec<_> = commands::all().filter(|c| c.group == group).collect();
            heading(&mut lines, group.title());
            for command in rows {
                let keys = self.keys_of(command);
                let shown = if keys.is_empty() { format!(":{}", command.name) } else { in_short(&keys) };
                entry(&mut lines, &shown, command.help, width);
            }
        }
        lines
    }
}

/// Keys one after the other; of three digits and more that follow each other the first and the last: `0–9`.
fn in_short(keys: &[String]) -> String {
    let mut digits: Vec<u32> = keys.iter().filter_map(|key| key.parse().ok()).filter(|digit| *digit < 10).collect();
    digits.sort_unstable();
    let (Some(first), Some(last)) = (digits.first(), digits.last()) else { return keys.join(" ") };
    if digits.len() < 3 || digits.windows(2).any(|pair| pair[1] != pair[0] + 1) {
        return keys.join(" ");
    }
    let others = keys.iter().filter(|key| !key.parse().is_ok_and(|digit: u32| digit < 10)).cloned();
    std::iter::once(format!("{first}–{last}")).chain(others).collect::<Vec<_>>().join(" ")
}

/// Whose keys come first on the page of keys.
pub(super) fn context_of_help(halves: &Halves, screens: &Screens) -> Context {
    if halves.selection().is_some() { Context::Selecting } else { screens.scene().context() }
}

fn signs(lines: &mut Vec<PageLine>, width: usize) {
    heading(lines, "Signs");
    for (sign, meaning) in SIGNS {
        entry(lines, sign, meaning, width);
    }
}

/// An entry of the page, with the rows that its label has none of.
struct Entry {
    rows: Vec<PageLine>,
    said: String,
    under: String,
}

impl Line for Entry {
    fn shown(&self) -> &str {
        &self.said
    }

    fn told(&self) -> String {
        plain(&self.under).into_owned()
    }
}

/// Entries under their heading.
struct Narrowed {
    heading: String,
    rows: Vec<PageLine>,
    /// Whether the first of them begins with what was typed: it is a key, or the very words.
    begins: bool,
}

/// The entries that have what was typed under their headings, those that fit best first. Where no entry begins with it, what
/// is called so comes before what only says the word: `note` finds the keys of notes before the sign of one.
pub(super) fn narrowed(lines: Vec<PageLine>, typed: &str) -> Vec<PageLine> {
    let entries = entries(lines);
    let mut groups: Vec<Narrowed> = Vec::new();
    let sieve = Sieve::of(typed);
    let kept: Vec<_> = sieve.sift(entries.iter().enumerate()).iter().map(|kept| (kept.at, kept.starts())).collect();
    let mut entries: Vec<Option<Entry>> = entries.into_iter().map(Some).collect();
    for (entry, begins) in kept.into_iter().filter_map(|(at, begins)| Some((entries[at].take()?, begins))) {
        match groups.iter_mut().find(|group| group.heading == entry.under) {
            Some(group) => group.rows.extend(entry.rows),
            None => groups.push(Narrowed { heading: entry.under, rows: entry.rows, begins }),
        }
    }
    groups.sort_by_key(|group| (!group.begins, !sieve.names(&group.heading)));
    let mut all = Vec::new();
    for Narrowed { heading, rows, .. } in groups {
        if !all.is_empty() {
            all.push(PageLine::Words(String::new()));
        }
        all.push(PageLine::Heading(heading));
        all.extend(rows);
    }
    all
}

fn entries(lines: Vec<PageLine>) -> Vec<Entry> {
    let (mut all, mut under): (Vec<Entry>, String) = (Vec::new(), String::new());
    for line in lines {
        match line {
            PageLine::Heading(heading) => under = heading,
            // What an entry has no room for is in rows without a label.
            PageLine::Entry(label, more) if label.is_empty() => {
                if let Some(entry) = all.last_mut() {
                    entry.said = format!("{} {more}", entry.said);
                    entry.rows.push(PageLine::Entry(label, more));
                }
            }
            PageLine::Entry(ref label, ref words) => {
                all.push(Entry { said: format!("{label} {words}"), under: under.clone(), rows: vec![line] });
            }
            _ => {}
        }
    }
    all
}
