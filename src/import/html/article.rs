//! Which pieces of a page are its article.
//!
//! Sites lay their pages out in many ways, but an article is prose, and its prose stands together: the article is what is
//! in the smallest element that holds most of the page's prose, apart from what a site puts there (menus, forms, comments,
//! captions). So an article in several pieces keeps them all: what is around the pieces is smaller than the page, and one
//! piece does not hold most of it. Only the share of the prose decides; no words of the page are looked at.

use crate::import::dom::walk::{Region, Walked};
use crate::import::flow::notes::Footnotes;
use crate::import::flow::{Kind, Mark, Piece};
use crate::import::warning::Warning;

/// The article's element holds this share of the page's prose.
const SHARE: f64 = 0.65;

/// A part with the name of a site's furniture is none if it holds this share of the prose; or that much, and the page's
/// heading or the article by the markup's own word.
const TOO_MUCH: f64 = 0.7;
const MUCH_WITH_CORE: f64 = 0.5;

/// Where less of the page's prose than this is the article, nobody can tell that it is one.
const DOUBTFUL: f64 = 0.3;

/// Nor where it is less than this of all prose that the page shows, be it a site's by the markup's word.
const SMALL: f64 = 0.15;

/// How many words a piece of prose has at least.
const PROSE: usize = 10;

/// How many words a piece that is mostly links must have to be kept.
const LINKED: usize = 30;

/// An article has at least this many times as many words as links that stand by themselves in it.
const INDEX: usize = 3;

/// A page with fewer words than this in its article has none.
const FEWEST: usize = 25;

/// What of a page is its article.
#[derive(Debug)]
pub(super) enum Article {
    /// These of its pieces.
    Pieces(Vec<bool>),
    /// Lines that are nowhere on the page, but in what it tells search engines.
    Lines(Vec<String>),
}

/// All that a browser shows.
pub(super) fn shown(walked: &Walked) -> Vec<bool> {
    let parts = PageWeights::of(walked);
    parts.of_piece.iter().map(|part| *part != Some(Region::Hidden)).collect()
}

/// The article of a page; what is left out is told. `body` is the article as the page tells it to search engines.
pub(super) fn choose(
    tamed: &str,
    walked: &Walked,
    notes: &Footnotes,
    body: Option<String>,
    warnings: &mut Vec<Warning>,
) -> Article {
    let parts = PageWeights::of(walked);
    let count = |kept: &[bool]| -> usize { parts.words.iter().zip(kept).filter(|(_, k)| **k).map(|(w, _)| w).sum() };
    let shown: Vec<bool> = parts.of_piece.iter().map(|part| *part != Some(Region::Hidden)).collect();
    let mut kept = parts.article(walked);
    if let (true, Some(body)) = (count(&kept) < FEWEST, body.filter(|b| word_count(b) >= 4 * FEWEST)) {
        return Article::Lines(body.lines().map(str::to_owned).filter(|l| !l.trim().is_empty()).collect());
    }
    let outside = |named: bool| -> Vec<bool> {
        let own = |part: &Option<Region>| match part {
            None | Some(Region::Caption) => true,
            Some(Region::Named) => named,
            _ => false,
        };
        let outside: Vec<bool> = parts.of_piece.iter().map(own).collect();
        if count(&outside) > 0 { outside } else { shown.clone() }
    };
    let linked: usize =
        (0..kept.len()).filter(|i| shown[*i] && mostly_links(&walked.pieces[*i])).map(|i| parts.words[i]).sum();
    // A page of which much leads elsewhere is a site's, whatever elements it is made of.
    if is_document(tamed) && linked * 3 < count(&shown) {
        whole(&mut kept, walked, &shown, &count);
    } else if count(&kept) < FEWEST {
        kept = outside(false);
    } else if let Some((article, prose)) = parts.doubtful(&kept) {
        kept = outside(true);
        warnings.push(Warning::fault(&format!(
            "no part of the page is surely its article (the likeliest has {article} of {prose} words): all of it is shown"
        )));
    }
    if let Some((article, prose)) = parts.small(&kept) {
        kept.clone_from(&shown);
        warnings.push(Warning::fault(&format!(
            "what the page calls its article has {article} of {prose} words: all of the page is shown"
        )));
    }
    with_notes(&mut kept, notes);
    let (kept_words, all) = (count(&kept), count(&shown));
    if kept_words < all {
        warnings.push(Warning::left(&format!(
            "kept the article, {kept_words} of the {all} words of the page; --as-is keeps all of them"
        )));
    }
    Article::Pieces(kept)
}

/// The parts of a page.
struct PageWeights {
    /// How many words each piece has.
    words: Vec<usize>,
    /// Whether each piece is prose.
    prose: Vec<bool>,
    /// What part each piece stands in, where that is not the article's.
    of_piece: Vec<Option<Region>>,
}

impl PageWeights {
    fn of(walked: &Walked) -> Self {
        let words: Vec<usize> = walked.pieces.iter().map(|p| word_count(&p.string)).collect();
        let prose: Vec<bool> =
            walked.pieces.iter().zip(&words).map(|(p, words)| *words >= PROSE && !mostly_links(p)).collect();
        // What is a site's or its readers' beyond doubt; what stands in it is too.
        let mut part: Vec<Option<Region>> = Vec::with_capacity(walked.elements.len());
        for around in &walked.elements {
            let outer = around.parent.and_then(|p| part[p as usize]);
            let own = around.region.filter(|r| matches!(r, Region::Site | Region::Comments | Region::Hidden));
            part.push(outer.or(own));
        }
        let free = |piece: usize| walked.within[piece] == u32::MAX || part[walked.within[piece] as usize].is_none();
        let counted = |piece: usize| if prose[piece] && free(piece) { words[piece] as f64 } else { 0.0 };
        let (held, all) = held(walked, counted);
        let mut core = vec![false; walked.elements.len()];
        for (i, around) in walked.elements.iter().enumerate().rev() {
            core[i] |= around.region == Some(Region::Core) && part[i].is_none();
            if let (true, Some(parent)) = (core[i], around.parent) {
                core[parent as usize] = true;
            }
        }
        for (i, around) in walked.elements.iter().enumerate() {
            let outer = around.parent.and_then(|p| part[p as usize]);
            let much = held[i] > TOO_MUCH * all || core[i] && held[i] > MUCH_WITH_CORE * all;
            let own = around.region.filter(|r| *r == Region::Caption || *r == Region::Named && !much);
            part[i] = part[i].or(outer).or(own);
        }
        let of_piece = walked.within.iter().map(|w| part.get(*w as usize).copied().flatten()).collect();
        Self { words, prose, of_piece }
    }

    /// What stands in the smallest element that holds most of the prose.
    fn article(&self, walked: &Walked) -> Vec<bool> {
        let pieces = walked.pieces.len();
        let worth = |i: usize| {
            let free = self.of_piece[i].is_none() && !mostly_links(&walked.pieces[i]);
            if free { self.words[i].saturating_sub(4) as f64 } else { 0.0 }
        };
        let (held, all) = held(walked, worth);
        // Elements come after those around them: the last that holds enough is the innermost.
        let Some(article) = held.iter().rposition(|held| *held >= SHARE * all && all > 0.0) else {
            return (0..pieces).map(|i| self.of_piece[i].is_none()).collect();
        };
        let inside = inside(walked, article);
        let own =
            |i: usize| inside.get(walked.within[i] as usize).copied().unwrap_or(false) && self.of_piece[i].is_none();
        let links = |i: usize| self.words[i] < LINKED && mostly_links(&walked.pieces[i]);
        let count = |of: &dyn Fn(usize) -> bool| -> usize {
            (0..pieces).filter(|i| own(*i) && of(*i)).map(|i| self.words[i]).sum()
        };
        // Where links are so much of it, they are what the page is for.
        let index = count(&links) * INDEX >= count(&|i| !links(i));
        let mut kept: Vec<bool> = (0..pieces).map(|i| own(i) && (index || !links(i))).collect();
        // The heading that stands right before the article is its own.
        if let Some(before) = kept.iter().position(|k| *k).and_then(|first| first.checked_sub(1)) {
            kept[before] = self.of_piece[before].is_none()
                && matches!(walked.pieces[before].kind, Kind::Heading(_))
                && !links(before);
        }
        kept
    }

    /// The words of what is kept and of all prose that the page shows, where the one is a small share of the other.
    fn small(&self, kept: &[bool]) -> Option<(usize, usize)> {
        let shown = |part: Option<Region>| !matches!(part, Some(Region::Hidden | Region::Comments));
        let prose = (0..kept.len()).filter(|i| !kept[*i] && self.prose[*i] && shown(self.of_piece[*i]));
        let own: usize = (0..kept.len()).filter(|i| kept[*i]).map(|i| self.words[i]).sum();
        let all = own + prose.map(|i| self.words[i]).sum::<usize>();
        ((own as f64) < SMALL * all as f64).then_some((own, all))
    }

    /// The words of the article and of the page's prose, where the article is so small a part that it is in doubt.
    fn doubtful(&self, kept: &[bool]) -> Option<(usize, usize)> {
        let own = |part: Option<Region>| matches!(part, None | Some(Region::Named | Region::Caption));
        let prose = (0..kept.len()).filter(|i| self.prose[*i] && own(self.of_piece[*i]));
        let (mut article, mut all) = (0, 0);
        for i in prose {
            all += self.words[i];
            article += if kept[i] { self.words[i] } else { 0 };
        }
        ((article as f64) < DOUBTFUL * all as f64).then_some((article, all))
    }
}

/// What each element holds of something that pieces have, and all of it.
fn held(walked: &Walked, of_piece: impl Fn(usize) -> f64) -> (Vec<f64>, f64) {
    let mut held = vec![0.0; walked.elements.len()];
    let mut all = 0.0;
    for (piece, within) in walked.within.iter().enumerate() {
        let has = of_piece(piece);
        all += has;
        if let Some(held) = held.get_mut(*within as usize) {
            *held += has;
        }
    }
    for i in (0..held.len()).rev() {
        if let Some(parent) = walked.elements[i].parent {
            held[parent as usize] += held[i];
        }
    }
    (held, all)
}

/// Which elements are the one with this number, or in it.
fn inside(walked: &Walked, element: usize) -> Vec<bool> {
    let mut inside = vec![false; walked.elements.len()];
    for (i, around) in walked.elements.iter().enumerate() {
        inside[i] = i == element || around.parent.is_some_and(|p| inside[p as usize]);
    }
    inside
}

/// Whether a page is a document by itself: there is nothing on it that a site needs.
fn is_document(tamed: &str) -> bool {
    let none = |tag: &str| memchr::memmem::find(tamed.as_bytes(), tag.as_bytes()).is_none();
    ["<nav", "<aside", "<form", "<footer", "<article", "<button"].into_iter().all(none)
}

/// Keeps all of a document but for the links to its neighbours before and after it, if those are few.
fn whole(kept: &mut Vec<bool>, walked: &Walked, shown: &[bool], count: &dyn Fn(&[bool]) -> usize) {
    let first = kept.iter().position(|k| *k).unwrap_or(0);
    let last = kept.iter().rposition(|k| *k).unwrap_or(0);
    let between = |i: usize| (first..=last).contains(&i);
    let without: Vec<bool> =
        (0..kept.len()).map(|i| shown[i] && (between(i) || !mostly_links(&walked.pieces[i]))).collect();
    *kept = if count(&without) * 10 > count(shown) * 9 { without } else { shown.to_vec() };
}

/// Whether more than half of a piece's letters lead elsewhere.
fn mostly_links(piece: &Piece) -> bool {
    let linked: usize = piece.marks.iter().filter(|m| matches!(m.mark, Mark::Link(_))).map(|m| m.range.len()).sum();
    linked * 2 > piece.string.len()
}

/// A note is kept if a piece that cites it is, and not for its own sake.
fn with_notes(kept: &mut [bool], notes: &Footnotes) {
    let mut cited: Vec<u32> = notes.cited.iter().filter(|(piece, _)| kept[*piece]).map(|(_, note)| *note).collect();
    cited.sort_unstable();
    for (kept, note) in kept.iter_mut().zip(&notes.of) {
        if let Some(note) = note {
            *kept = cited.binary_search(note).is_ok();
        }
    }
}

/// How many words a string has; in scripts that part none, a word is two letters.
fn word_count(string: &str) -> usize {
    let dense = string.chars().filter(|c| matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}')).count();
    string.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).count() + dense / 2
}
