//! Citations: what is copied, with where it is from.

use super::App;
use super::pane::Open;
use crate::anchor::Anchor;
use crate::link::Side;
use crate::text::passage::PassageNo;

impl App {
    /// A passage of a pane's text, quoted and cited.
    pub(super) fn cited_passage(&self, side: Side) -> Option<String> {
        let pane = &self.panes[side];
        let (open, passage) = (pane.open()?, pane.current()?);
        Some(cite(open, open.text.passage_str(passage), (passage, passage)))
    }

    /// The selection, quoted and cited.
    pub(super) fn cited_selection(&self) -> Option<String> {
        let selection = self.selection.as_ref()?;
        let open = self.panes[selection.side].open()?;
        let passages = selection.passages(&open.text)?;
        Some(cite(open, &open.text.string()[selection.range.clone()], passages))
    }

    /// Both current passages, quoted and cited, with the command that opens them again.
    pub(super) fn cited_pair(&self) -> Option<String> {
        let left = self.cited_passage(Side::Left)?;
        let right = self.cited_passage(Side::Right)?;
        let link = |side: Side| {
            let pane = &self.panes[side];
            Some(shell_word(&format!("{}:{}", pane.open()?.request, pane.current()?)))
        };
        let topic = self.held().map_or_else(String::new, |t| format!("{}\n\n", t.name));
        Some(format!("{topic}{left}\n\n{right}\n\ndiptych {} {}\n", link(Side::Left)?, link(Side::Right)?))
    }
}

/// “Words” (Author, *Title*, date, ¶14). Of words that are not the author's own, whose they are.
pub fn cite(open: &Open, words: &str, (first, last): (PassageNo, PassageNo)) -> String {
    format!("“{}” ({})", words.trim(), source_of(open, (first, last)))
}

/// Author, *Title*, date, ¶14: where passages are from. Of words that are not the author's own, whose they are.
pub fn source_of(open: &Open, (first, last): (PassageNo, PassageNo)) -> String {
    let text = &open.text;
    let meta = text.meta();
    let block = text.numbering().block_of(first);
    let voice = block.and_then(|b| text.cite_voice(b));
    let locator = if first == last { format!("¶{first}") } else { format!("¶¶{first}–{last}") };
    let title = format!("*{}*", meta.title.as_deref().unwrap_or(open.name.as_str()));
    let who = voice.or_else(|| meta.author.clone());
    let parts = [who, Some(title), meta.date.clone(), Some(locator)];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// The numbers of places, in a few letters: `¶14`, or `¶14⇄22` for a pair; nothing for none.
pub fn locators<'a>(anchors: impl Iterator<Item = &'a Anchor>) -> String {
    let each: Vec<String> = anchors.map(Anchor::locator).collect();
    each.join("⇄").replace("⇄¶", "⇄")
}

/// `word` as a shell reads it back.
fn shell_word(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./:~".contains(c);
    if word.chars().all(plain) { word.to_owned() } else { format!("'{}'", word.replace('\'', r"'\''")) }
}
