//! Whose voice: parts of a text that its author does not speak.
//!
//! A quotation, a reader's comment or an editor's note is not the author's opinion, and a comparison that shows it as
//! such misleads. Header, hinge and citations name the voice of the passage they point at.

use std::ops::Range;

use super::block::Block;
use super::meta::surname;

/// In what capacity someone other than the author speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum VoiceRole {
    /// A reader's comment on the text.
    Comment,
    /// A note by an editor or a publisher.
    Editor,
    /// Someone the author quotes.
    Quoted,
}

/// A run of blocks in one voice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Voice {
    /// Indices of the blocks.
    pub blocks: Range<u32>,
    /// The speaker's name; `None` where the text does not tell.
    pub by: Option<Box<str>>,
    /// In what capacity.
    pub role: VoiceRole,
}

impl Voice {
    /// Who speaks, for a place where the author is named already: "quoting Pipes", "comment by Kvidal".
    pub fn short(&self) -> String {
        let by = self.by.as_deref().map(name_in_short);
        match (self.role, by) {
            (VoiceRole::Comment, Some(by)) => format!("comment by {by}"),
            (VoiceRole::Comment, None) => "a comment".to_owned(),
            (VoiceRole::Editor, Some(by)) => format!("{by}, editor's note"),
            (VoiceRole::Editor, None) => "editor's note".to_owned(),
            (VoiceRole::Quoted, Some(by)) => format!("quoting {by}"),
            (VoiceRole::Quoted, None) => "a quotation".to_owned(),
        }
    }

    /// How the voice is cited beside a text by `author`: "Kvidal, comment on Lih"; "Smith quoting Pipes".
    pub fn cite(&self, author: Option<&str>) -> String {
        let by = self.by.as_deref().map(name_in_short);
        let host = author.map(name_in_short);
        match (self.role, by, host) {
            (VoiceRole::Comment, Some(by), Some(host)) => format!("{by}, comment on {host}"),
            (VoiceRole::Comment, Some(by), None) => format!("{by}, a comment"),
            (VoiceRole::Comment, None, Some(host)) => format!("a comment on {host}"),
            (VoiceRole::Comment, None, None) => "a comment".to_owned(),
            (VoiceRole::Editor, Some(by), _) => format!("{by}, editor's note"),
            (VoiceRole::Editor, None, _) => "editor's note".to_owned(),
            (VoiceRole::Quoted, Some(by), Some(host)) => format!("{host} quoting {by}"),
            (VoiceRole::Quoted, Some(by), None) => format!("quoting {by}"),
            (VoiceRole::Quoted, None, Some(host)) => format!("{host} quoting"),
            (VoiceRole::Quoted, None, None) => "a quotation".to_owned(),
        }
    }
}

/// A person's surname; the whole name of a group or an institution.
fn name_in_short(name: &str) -> &str {
    let last = surname(name);
    if last.starts_with(char::is_uppercase) { last } else { name }
}

/// Cuts what other than passages stands at the ends of the voices' ranges, and drops those that hold no passage: the
/// numbers of passages can then say where a voice begins and ends.
pub(super) fn trim_to_passages(blocks: &[Block], voices: &mut Vec<Voice>) {
    let passage = |at: u32| blocks.get(at as usize).is_some_and(Block::is_passage);
    voices.retain_mut(|v| {
        let mut range = v.blocks.clone();
        v.blocks = range.find(|b| passage(*b)).map_or(0..0, |first| {
            let last = range.rfind(|b| passage(*b)).unwrap_or(first);
            first..last + 1
        });
        !v.blocks.is_empty()
    });
}

/// Adds a voice for every block quotation that has none yet.
pub(super) fn attribute_quotations(blocks: &[Block], string: &str, voices: &mut Vec<Voice>) {
    let known: std::collections::HashSet<_> = voices.iter().map(|v| v.blocks.clone()).collect();
    voices.extend(of_quotations(blocks, string).into_iter().filter(|v| !known.contains(&v.blocks)));
}

/// The voices that the block quotations imply, named where the last line attributes them (`— V. I. Lenin, *Pravda*,
/// 1917`).
pub(super) fn of_quotations(blocks: &[Block], string: &str) -> Vec<Voice> {
    let mut voices = Vec::new();
    let mut at = 0;
    while at < blocks.len() {
        if blocks[at].quoted == 0 {
            at += 1;
            continue;
        }
        let begin = at;
        let mut by = None;
        while at < blocks.len() && blocks[at].quoted > 0 && by.is_none() {
            by = attribution(&string[blocks[at].range()]);
            at += 1;
        }
        let blocks = begin as u32..at as u32;
        voices.push(Voice { blocks, by: by.map(Into::into), role: VoiceRole::Quoted });
    }
    voices
}

/// Block `index` without the line that names the source of a quotation, as bytes of the string; nothing of it where it is
/// that line.
pub(super) fn without_source(blocks: &[Block], string: &str, index: usize) -> Range<usize> {
    let Some(block) = blocks.get(index) else { return 0..0 };
    let (whole, words) = (block.range(), &string[block.range()]);
    if block.quoted == 0 || attribution(words).is_none() {
        return whole;
    }
    let said = words.trim_end().rsplit_once('\n').map_or("", |(said, _)| said).trim_end();
    let before = if said.is_empty() {
        let before = index.checked_sub(1).map(|before| &blocks[before]).filter(|before| before.quoted > 0);
        before.map_or("", |before| &string[before.range()])
    } else {
        said
    };
    // Where the first line begins with a dash, or each one does, people speak.
    let follows_words = before.trim_end().lines().next_back().is_some_and(|line| after_dash(line).is_none());
    if follows_words { whole.start..whole.start + said.len() } else { whole }
}

/// The name in a quotation's last line, where that line begins with a dash.
fn attribution(quotation: &str) -> Option<&str> {
    let rest = after_dash(quotation.trim_end().lines().next_back()?)?;
    let name = rest.trim_start().split([',', '(', ';', ':', '\u{2014}']).next()?.trim();
    let is_name = name.split_whitespace().count() <= 6 && name.chars().next().is_some_and(char::is_uppercase);
    is_name.then_some(name)
}

/// What follows the dash that a line begins with.
fn after_dash(line: &str) -> Option<&str> {
    let line = line.trim();
    line.strip_prefix(['—', '―', '–']).or_else(|| line.strip_prefix("--"))
}
