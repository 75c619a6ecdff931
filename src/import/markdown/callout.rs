//! Callouts: quotations that say at their head what they are, `> [!note] A title`, as Obsidian and GitHub write boxes. A box
//! is its author's own words, with its title above; only one that says that it quotes is a quotation.

use std::ops::Range;

/// The head of a callout.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Head {
    /// What the box says that it is, as one shows it: `Note`.
    pub name: String,
    /// Whether it has a title of its own, after its head on the same line.
    pub titled: bool,
    /// Where the source goes on after the head.
    pub until: usize,
}

impl Head {
    /// Whether what is in the box is another's words.
    pub(super) fn quotes(&self) -> bool {
        matches!(self.name.as_str(), "Quote" | "Cite")
    }
}

/// The head of the quotation that stands in `range` of a source.
pub(super) fn head(source: &str, range: &Range<usize>) -> Option<Head> {
    let whole = source.get(range.clone())?;
    let lead = whole.len() - whole.trim_start_matches([' ', '\t']).len();
    let inner = whole[lead..].strip_prefix('>')?;
    let body = inner.trim_start_matches([' ', '\t']).strip_prefix("[!")?;
    let (name, rest) = body.split_once(']')?;
    let word = !name.is_empty()
        && name.len() <= 40
        && name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ' '));
    let rest = rest.strip_prefix(['+', '-']).unwrap_or(rest);
    let first = rest.split('\n').next().unwrap_or("");
    let mut letters = name.chars();
    let name =
        letters.next().into_iter().flat_map(char::to_uppercase).chain(letters.flat_map(char::to_lowercase)).collect();
    let titled = !first.trim().is_empty();
    (word && (first.is_empty() || first.starts_with([' ', '\t', '\r']))).then(|| Head {
        name,
        titled,
        until: range.end - rest.len() + (first.len() - first.trim_start_matches([' ', '\t']).len()),
    })
}
