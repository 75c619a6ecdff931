//! Canonical Markdown: what an import writes and the cache stores.
//!
//! `parse(to_markdown(t)) == t` for every text that an importer makes (the lines of the source aside, which are those
//! of the Markdown then), so the passages of a file and of its Markdown are numbered alike. The same text always gives
//! the same bytes. A paragraph is one line; verse has a backslash at each break; what the delimiters of Markdown cannot
//! say safely is said by `<em>` and `<br>`.

mod containers;
mod escape;
mod inline;

use std::collections::HashMap;

use crate::text::block::{Block, BlockKind};
use crate::text::clean::Clean;
use crate::text::meta::{Meta, MetaValue};
use crate::text::{Note, Text};

use super::IMPORTER_VERSION;
use super::format::{self, Format};
use super::front;
use super::front::voices::PassageVoice;
use super::front::write::{self, Title};
use super::title;

use self::containers::{Containers, Path};

/// Writes a text as Markdown with front matter.
pub fn to_markdown(text: &Text) -> String {
    written(text, text.meta())
}

/// Writes a text as a file for people to keep: its front matter also says which file it was imported from (empty where
/// that had no name), and by which version of the importer. What was imported before says it already.
pub fn to_file(text: &Text, original: &str) -> String {
    let mut meta = text.meta().clone();
    if !meta.extra.iter().any(|(key, _)| key == IMPORTER) {
        let said = [(ORIGINAL, Clean::line(original).as_str().to_owned()), (IMPORTER, IMPORTER_VERSION.to_string())];
        let known = |key: &str| text.meta().extra.iter().any(|(known, _)| known == key);
        let said = said.into_iter().filter(|(key, value)| !value.is_empty() && !known(key));
        meta.extra.extend(said.map(|(key, value)| (key.to_owned(), MetaValue::One(value))));
    }
    written(text, &meta)
}

/// The keys of the front matter that say what a file was imported from, and by which version of the importer.
const ORIGINAL: &str = "original";
const IMPORTER: &str = "importer";

fn written(text: &Text, meta: &Meta) -> String {
    let mut out = front_matter(text, meta);
    let is_bare = out.is_empty();
    out.reserve(text.string().len() + text.string().len() / 8);
    let notes = note_of_each_block(text);
    let mut containers = Containers::default();
    let mut first = true;
    for (index, block) in text.blocks().iter().enumerate() {
        let note = notes.get(&index).copied();
        let end = note.map_or(text.blocks().len(), |(note, _)| note.blocks.end);
        let path = containers.path_of(&text.blocks()[index..end], note.map(|(_, first)| first));
        let source = source_of(text, index, block);
        if !first {
            separate(&mut out, &path, containers.last_was_item, block, &source);
        }
        first = false;
        let label = note.map_or("", |(note, _)| &*note.label);
        containers.write(&mut out, &path, label, &source);
    }
    let empty: Vec<_> = text.notes().iter().filter(|n| n.blocks.is_empty()).collect();
    for note in empty {
        out.push_str("\n[^");
        out.push_str(&note.label);
        out.push_str("]:\n");
    }
    if let Some(at) = front::sign_of_head(&out).filter(|_| is_bare) {
        out.insert(at, '\\');
    } else if is_bare && is_like_other_markup(&out) {
        out.insert(0, '\\');
    }
    out
}

/// Whether Markdown begins with a sign of a paragraph by which a file is taken for one of another markup, whatever it is
/// called.
fn is_like_other_markup(markdown: &str) -> bool {
    let bytes = markdown.as_bytes();
    markdown.starts_with(['#', '\\', ':', '='])
        && format::by_content(&bytes[..bytes.len().min(format::HEAD)]).is_some_and(Format::is_light)
}

/// The note a block is of, and whether it is the note's first block.
fn note_of_each_block(text: &Text) -> HashMap<usize, (&Note, bool)> {
    let mut of = HashMap::new();
    for note in text.notes() {
        of.extend(note.blocks.clone().map(|block| (block, (note, block == note.blocks.start))));
    }
    of
}

/// The blank line between two blocks, which still stands within what contains both. Items of one list that are a line
/// each follow each other without one.
fn separate(out: &mut String, path: &Path, last_was_item: bool, block: &Block, source: &str) {
    if path.continues_list && block.kind == BlockKind::Item && !source.contains('\n') && last_was_item {
        return;
    }
    let prefix = path.common_prefix();
    out.push_str(prefix.trim_end());
    out.push('\n');
}

fn front_matter(text: &Text, meta: &Meta) -> String {
    let passage = |block: u32| text.numbering().passage_of(block as usize).map(|p| p.0);
    let voices: Vec<_> = text
        .stated_voices()
        .into_iter()
        .filter_map(|v| {
            let (first, last) = (passage(v.blocks.start)?, passage(v.blocks.end.checked_sub(1)?)?);
            Some(PassageVoice { first, last, by: v.by.as_deref().map(str::to_owned), role: v.role })
        })
        .collect();
    let implied = title::implied(text.blocks(), text.string(), text.spans());
    let bare = write::write(meta, Title::Implied, text.opens(), &voices);
    // Where there is nothing else to say, the heading says it already.
    let same = meta.title.as_deref() == implied.as_deref();
    if same && (bare.is_empty() || implied.is_none()) {
        bare
    } else {
        write::write(meta, Title::Named, text.opens(), &voices)
    }
}

/// The Markdown of one block, without what it stands in (a list, a quotation).
pub fn source_of(text: &Text, index: usize, block: &Block) -> String {
    match block.kind {
        BlockKind::Rule => "***".to_owned(),
        BlockKind::Code => fenced(text.block_str(index), text.detail(index)),
        _ => inline::source(text, index, block),
    }
}

fn fenced(code: &str, language: &str) -> String {
    let longest = code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}{language}\n{code}\n{fence}")
}

#[cfg(test)]
mod tests;
