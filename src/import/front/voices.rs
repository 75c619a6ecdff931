//! Voices in front matter, by the numbers of their passages.
//!
//! ```yaml
//! voices:
//! - passages: 31-38
//!   by: Björn-Olav Kvidal
//!   as: comment
//! ```

use crate::text::voice::VoiceRole;

use super::raw::Raw;

/// A run of passages in one voice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in crate::import) struct PassageVoice {
    /// First passage, from 1.
    pub first: u32,
    /// Last passage, at least `first`.
    pub last: u32,
    pub by: Option<String>,
    pub role: VoiceRole,
}

/// The words of the `as` key.
pub(super) const ROLES: [(VoiceRole, &str); 3] =
    [(VoiceRole::Comment, "comment"), (VoiceRole::Editor, "editor"), (VoiceRole::Quoted, "quotation")];

/// The voices, or `None` where the value is something else.
pub(super) fn read(value: &Raw) -> Option<Vec<PassageVoice>> {
    let Raw::Many(entries) = value else { return None };
    entries.iter().map(one).collect()
}

fn one(entry: &Raw) -> Option<PassageVoice> {
    let range = entry.get("passages")?;
    let (first, last) = range.split_once(['-', '–']).unwrap_or((range, range));
    let (first, last) = (first.trim().parse().ok()?, last.trim().parse().ok()?);
    let role = entry.get("as")?;
    let (role, _) = *ROLES.iter().find(|(_, name)| *name == role)?;
    let by = entry.get("by").map(super::clean).filter(|by| !by.is_empty());
    (1 <= first && first <= last).then_some(PassageVoice { first, last, by, role })
}
