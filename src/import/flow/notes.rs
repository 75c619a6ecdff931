//! Footnotes among the pieces of a document: a short mark that leads to a piece, which leads back, or begins with the same
//! mark, or is said to be a note by its markup. What only looks like it (a table of contents, an index) is left alone.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Range;

use super::{Container, ContainerId, Kind, Mark, Nest, Piece, edit};

/// A note has no more pieces than this; what is longer is a part of the text that a link leads to.
const LONGEST: usize = 12;

/// Where links lead: the names of places, as addresses with `#`, and which pieces each of them covers.
#[derive(Debug, Default)]
pub(in crate::import) struct NamedPlaces {
    names: HashMap<String, Range<usize>>,
    /// The pieces of every element that has any.
    extents: Vec<Range<usize>>,
    /// Addresses of notes by the markup's own word, and addresses that lead back from notes.
    noted: HashSet<String>,
    backward: HashSet<String>,
}

impl NamedPlaces {
    /// Gives a name to the pieces of an element. Of two elements with one name the first is meant.
    pub(crate) fn name(&mut self, name: String, pieces: Range<usize>) {
        self.names.entry(name).or_insert(pieces);
    }

    /// Says which pieces an element has.
    pub(crate) fn extent(&mut self, pieces: Range<usize>) {
        self.extents.push(pieces);
    }

    /// Says what the markup says of a link: that it leads to a note, or else back from one.
    pub(crate) fn said(&mut self, address: &str, leads_to_note: bool) {
        let set = if leads_to_note { &mut self.noted } else { &mut self.backward };
        set.insert(address.to_owned());
    }

    /// Adds the places of a further file, whose first piece is number `by`.
    pub(crate) fn append(&mut self, other: Self, by: usize) {
        let moved = |r: Range<usize>| r.start + by..r.end + by;
        for (name, pieces) in other.names {
            self.name(name, moved(pieces));
        }
        self.extents.extend(other.extents.into_iter().map(moved));
        self.noted.extend(other.noted);
        self.backward.extend(other.backward);
    }

    /// The first piece of what has this name; nothing where there is no such name, or the place is empty at the end.
    pub(crate) fn first_piece(&self, name: &str) -> Option<usize> {
        self.names.get(name).map(|r| r.start)
    }
}

/// The footnotes of a document.
#[derive(Debug, Default)]
pub(in crate::import) struct Footnotes {
    /// The label of each note, by number.
    pub labels: HashMap<u32, String>,
    /// For each piece, the note that it is of.
    pub of: Vec<Option<u32>>,
    /// The pieces that cite a note, with its number.
    pub cited: Vec<(usize, u32)>,
}

/// A mark that may cite a note.
struct Citation {
    piece: usize,
    /// Which of the piece's marks.
    mark: usize,
    label: String,
    target: usize,
}

/// Finds the notes. Their pieces are put into containers of their own, without the label and without what leads back.
pub(in crate::import) fn recognise(pieces: &mut [Piece], nest: &mut Nest, places: &NamedPlaces) -> Footnotes {
    let citations = citations(pieces, places);
    let mut notes = Footnotes { of: vec![None; pieces.len()], ..Footnotes::default() };
    let targets: BTreeMap<usize, u32> = {
        let mut numbers = BTreeMap::new();
        for citation in &citations {
            let fresh = numbers.len() as u32 + 1;
            numbers.entry(citation.target).or_insert(fresh);
        }
        numbers
    };
    notes.labels = labels(&citations, &targets);
    for citation in &citations {
        let number = targets[&citation.target];
        let piece = &mut pieces[citation.piece];
        let range = with_brackets(&piece.string, piece.marks[citation.mark].range.clone());
        piece.marks[citation.mark] = super::Marked { mark: Mark::Note(number), range };
        notes.cited.push((citation.piece, number));
    }
    let extents = widest(places, &targets);
    for (&target, &number) in &targets {
        let label = citations.iter().find(|c| c.target == target).map_or("", |c| &c.label);
        let citing: HashSet<usize> = citations.iter().filter(|c| c.target == target).map(|c| c.piece).collect();
        let mut end = extents.get(&target).copied().unwrap_or(target + 1).max(end_of_item(pieces, nest, target));
        end = targets.range(target + 1..).next().map_or(end, |(next, _)| end.min(*next));
        end = (target..end).find(|&i| matches!(pieces[i].kind, Kind::Heading(_))).unwrap_or(end).max(target + 1);
        contain(&mut pieces[target..end], nest, number);
        for (i, piece) in pieces.iter_mut().enumerate().take(end).skip(target) {
            notes.of[i] = Some(number);
            without_way_back(piece, places, &citing);
            if i == target {
                without_label(piece, label);
            }
        }
        // The label may stand by itself, before the note's words.
        let words = pieces[target..end].iter().any(|p| !p.is_empty());
        if !words && end < pieces.len() && !targets.contains_key(&end) {
            contain(&mut pieces[end..=end], nest, number);
            without_way_back(&mut pieces[end], places, &citing);
            notes.of[end] = Some(number);
        }
    }
    notes
}

/// The marks that cite notes beyond doubt, in the order of the text.
fn citations(pieces: &[Piece], places: &NamedPlaces) -> Vec<Citation> {
    let back = ways_back(pieces, places);
    let mut found = Vec::new();
    for (i, piece) in pieces.iter().enumerate() {
        for (k, marked) in piece.marks.iter().enumerate() {
            let Mark::Link(address) = &marked.mark else { continue };
            let Some(target) = places.names.get(address).map(|r| r.start).filter(|t| *t < pieces.len()) else {
                continue;
            };
            let Some(label) = label_of(&piece.string[marked.range.clone()]) else { continue };
            let said = places.noted.contains(address);
            if target == i || places.backward.contains(address) || (target < i && !said) {
                continue;
            }
            if !matches!(pieces[target].kind, Kind::Prose | Kind::Table) {
                continue;
            }
            let end = places.names[address].end.max(target + 1);
            let leads_back =
                back.get(&i).is_some_and(|from| from.iter().any(|b| (target..end.min(target + LONGEST)).contains(b)));
            let raised = piece.marks.iter().any(|m| {
                m.mark == Mark::Raised && m.range.start <= marked.range.start && marked.range.end <= m.range.end
                    || m.mark == Mark::Raised && marked.range.start <= m.range.start && m.range.end <= marked.range.end
            });
            let bracketed = with_brackets(&piece.string, marked.range.clone()) != marked.range
                || piece.string[marked.range.clone()].trim().starts_with(['[', '(']);
            let same = begins_with_label(&pieces[target].string, label).is_some();
            if said || leads_back || ((raised || bracketed) && same) {
                found.push(Citation { piece: i, mark: k, label: label.to_owned(), target });
            }
        }
    }
    // What is cited as a note does not cite from where it is cited: a note's number leads back to its mark.
    let targets: HashSet<usize> = found.iter().map(|c| c.target).collect();
    let cited_from: HashSet<(usize, usize)> = found.iter().map(|c| (c.target, c.piece)).collect();
    found.retain(|c| !(targets.contains(&c.piece) && cited_from.contains(&(c.piece, c.target)) && c.target < c.piece));
    found
}

/// For each piece, the pieces from which links lead to it.
fn ways_back(pieces: &[Piece], places: &NamedPlaces) -> HashMap<usize, Vec<usize>> {
    let mut back: HashMap<usize, Vec<usize>> = HashMap::new();
    for (i, piece) in pieces.iter().enumerate() {
        for marked in &piece.marks {
            if let Mark::Link(address) = &marked.mark
                && let Some(range) = places.names.get(address)
                && range.end <= range.start + LONGEST
            {
                for target in range.start..range.end.max(range.start + 1) {
                    back.entry(target).or_default().push(i);
                }
            }
        }
    }
    back
}

/// The labels as the author wrote them, where they tell the notes apart; else the notes are counted.
fn labels(citations: &[Citation], targets: &BTreeMap<usize, u32>) -> HashMap<u32, String> {
    let mut written: HashMap<u32, &str> = HashMap::new();
    for citation in citations {
        written.entry(targets[&citation.target]).or_insert(&citation.label);
    }
    let plain = written.values().all(|l| l.chars().all(|c| c.is_ascii_alphanumeric()));
    let distinct: HashSet<String> = written.values().map(|l| l.to_lowercase()).collect();
    if plain && distinct.len() == written.len() {
        return written.into_iter().map(|(n, l)| (n, l.to_owned())).collect();
    }
    written.into_keys().map(|n| (n, n.to_string())).collect()
}

/// For each note's first piece the end of the widest element that begins with it and holds no other note.
fn widest(places: &NamedPlaces, targets: &BTreeMap<usize, u32>) -> HashMap<usize, usize> {
    let mut ends: HashMap<usize, usize> = HashMap::new();
    for extent in places.names.values().chain(&places.extents) {
        let alone = targets.range(extent.start + 1..).next().is_none_or(|(next, _)| *next >= extent.end);
        if targets.contains_key(&extent.start) && alone && extent.len() <= LONGEST {
            let end = ends.entry(extent.start).or_insert(extent.end);
            *end = (*end).max(extent.end);
        }
    }
    ends
}

/// Where the item ends that begins with a piece: a definition belongs to its term.
fn end_of_item(pieces: &[Piece], nest: &Nest, first: usize) -> usize {
    let item = pieces[first].within;
    if !matches!(nest.container(item), Container::Item(_)) {
        return first + 1;
    }
    let inside = |p: &&Piece| nest.path(p.within).any(|id| id == item);
    first + pieces[first..].iter().take(LONGEST).take_while(inside).count()
}

/// Puts the pieces of a note into a container of its own, with what nests within the note.
fn contain(pieces: &mut [Piece], nest: &mut Nest, number: u32) {
    let Some(base) = pieces.first().map(|p| p.within) else { return };
    let note = nest.open(Container::Note(number), Nest::TEXT);
    let mut copies: HashMap<ContainerId, ContainerId> = HashMap::from([(base, note)]);
    for piece in pieces {
        let path: Vec<ContainerId> = nest.path(piece.within).take_while(|id| *id != base).collect();
        let inside = nest.path(piece.within).any(|id| id == base) || base == Nest::TEXT;
        let mut within = note;
        if inside {
            for id in path.into_iter().rev() {
                within = match copies.get(&id) {
                    Some(copy) => *copy,
                    None => nest.open(nest.container(id), within),
                };
                copies.insert(id, within);
            }
        }
        piece.within = within;
    }
}

/// Takes the links out of a note that lead to where it is cited.
fn without_way_back(piece: &mut Piece, places: &NamedPlaces, citing: &HashSet<usize>) {
    let leads_back = |address: &String| {
        places.backward.contains(address)
            || places.names.get(address).is_some_and(|r| (r.start..r.end.max(r.start + 1)).any(|p| citing.contains(&p)))
    };
    let back = piece.marks.iter().filter(|m| matches!(&m.mark, Mark::Link(a) if leads_back(a)));
    let short = |r: &Range<usize>| piece.string[r.clone()].chars().count() <= 24;
    let gone: Vec<_> =
        back.map(|m| with_brackets(&piece.string, m.range.clone())).filter(short).map(|r| (r, String::new())).collect();
    edit::replace(piece, gone);
}

/// Takes the label off the beginning of a note.
fn without_label(piece: &mut Piece, label: &str) {
    let arrows = |s: &str| s.len() - s.trim_start_matches(['^', '↑', '↩', '\u{fe0e}', ' ', '\u{a0}', '.', ':']).len();
    let mut gone = arrows(&piece.string);
    if let Some(length) = begins_with_label(&piece.string[gone..], label) {
        gone += length;
        gone += arrows(&piece.string[gone..]);
    }
    edit::replace(piece, vec![(0..gone, String::new())]);
}

/// How long the label is at the beginning of a note, with its brackets and its full stop.
fn begins_with_label(string: &str, label: &str) -> Option<usize> {
    let start = string.len() - string.trim_start_matches(['[', '(', '^', ' ', '\u{a0}']).len();
    let rest = string[start..].strip_prefix(label)?;
    // The number of a note is not the beginning of a longer one.
    let whole = !rest.starts_with(char::is_alphanumeric) || !label.ends_with(|c: char| c.is_ascii_digit());
    let tail = rest.len() - rest.trim_start_matches([']', ')', '.', ':', ' ', '\u{a0}']).len();
    whole.then_some(start + label.len() + tail)
}

/// The label that a mark of a note shows, without brackets: a number, a letter, a sign.
fn label_of(shown: &str) -> Option<&str> {
    let bare =
        shown.trim_matches(|c: char| c.is_whitespace() || matches!(c, '[' | ']' | '(' | ')' | '{' | '}' | '.' | ','));
    let word = bare
        .rsplit_once([' ', '\u{a0}'])
        .filter(|(lead, _)| matches!(lead.to_lowercase().as_str(), "note" | "fn" | "n." | "footnote" | "nb"));
    let bare = word.map_or(bare, |(_, number)| number);
    let number = bare.len() <= 4 && bare.bytes().all(|b| b.is_ascii_digit());
    let letters = bare.len() <= 4 && bare.bytes().all(|b| b.is_ascii_alphanumeric());
    let signs = bare.chars().count() <= 4 && bare.chars().all(|c| "*†‡§¶#‖".contains(c));
    (!bare.is_empty() && (number || letters || signs)).then_some(bare)
}

/// A stretch with the brackets around it.
fn with_brackets(string: &str, range: Range<usize>) -> Range<usize> {
    let (before, after) = (&string[..range.start], &string[range.end..]);
    let pairs = [('[', ']'), ('(', ')'), ('{', '}')];
    if pairs.iter().any(|(open, close)| before.ends_with(*open) && after.starts_with(*close)) {
        return range.start - 1..range.end + 1;
    }
    range
}
