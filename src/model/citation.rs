//! Citations: words, with where they are from.

use super::open::Open;
use crate::anchor::Anchor;
use crate::import::title::plain_title;
use crate::text::clean::without_unseen;
use crate::text::passage::PassageNo;

/// “Words” (Author, *Title*, date, ¶14). Of words that are not the author's own, whose they are.
pub(crate) fn cite(open: &Open, words: &str, (first, last): (PassageNo, PassageNo)) -> String {
    format!("“{}” ({})", without_unseen(words.trim()), source_of(open, (first, last)))
}

/// Author, *Title*, date, ¶14: where passages are from. Of words that are not the author's own, whose they are.
pub(crate) fn source_of(open: &Open, (first, last): (PassageNo, PassageNo)) -> String {
    let text = &open.text;
    let meta = text.meta();
    let block = text.numbering().block_of(first);
    let voice = block.and_then(|b| text.cite_voice(b));
    let locator = if first == last { format!("¶{first}") } else { format!("¶¶{first}–{last}") };
    // Nothing of a text as a whole.
    let locator = (first.0 > 0).then_some(locator);
    // A title that is marked within would end the marks around it.
    let title = plain_title(meta).unwrap_or_else(|| open.name.to_string());
    let title = format!("*{}*", title.replace('*', ""));
    let who = voice.or_else(|| meta.author.clone());
    let parts = [who, Some(title), meta.date.clone(), locator];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// The numbers of places, in a few letters: `¶14`, or `¶14⇄22` for a pair; nothing for none.
pub(crate) fn locators<'a>(anchors: impl Iterator<Item = &'a Anchor>) -> String {
    let each: Vec<String> = anchors.map(Anchor::locator).collect();
    each.join("⇄").replace("⇄¶", "⇄")
}
