//! Where the reader left off in texts whose folder has been renamed, or was moved as a whole: the place comes along.

use std::collections::HashMap;

use super::Library;
use crate::model::address::path_of;
use crate::model::snapshot::{Snapshot, TextPair};

impl Library {
    /// Has what is remembered of pairs whose files are not there any more be of these `texts` (by what opens them), where each
    /// file has one of its name among them. The words at each place are looked for in any case, so that a text of the same
    /// name that says something else begins at its beginning.
    pub fn follow_moved(&self, snapshot: &mut Snapshot, texts: &[String]) {
        let is_known = |[one, other]: [&String; 2]| snapshot.pairs.contains_key(&TextPair::new(one, other));
        if texts.is_empty() || matches!(texts, [one, other] if is_known([one, other]) || is_known([other, one])) {
            return;
        }
        let mut named: HashMap<&str, Option<&str>> = HashMap::new();
        for text in texts {
            // Of two of one name it is not known which is meant.
            named.entry(file_of(text)).and_modify(|known| *known = None).or_insert(Some(text));
        }
        let now = |text: &str| -> Option<String> {
            // The disk is asked only of what has its name here.
            let to = (*named.get(file_of(text))?)?;
            path_of(text).is_some_and(|path| !path.exists()).then(|| to.to_owned())
        };
        let moved: Vec<(TextPair, TextPair)> = snapshot
            .last_read()
            .into_iter()
            .filter_map(|(pair, _)| {
                let to = TextPair { left: now(&pair.left)?, right: now(&pair.right)? };
                Some((pair, to))
            })
            .collect();
        for (from, to) in moved {
            // Of two old places the one read last counts.
            if snapshot.pairs.contains_key(&to) {
                continue;
            }
            let Some(memory) = snapshot.pairs.remove(&from) else { continue };
            snapshot.pairs.insert(to.clone(), memory);
            match snapshot.recent.iter().position(|known| *known == from) {
                Some(at) => snapshot.recent[at] = to,
                None => snapshot.recent.push(to),
            }
        }
        for marked in snapshot.marks.values_mut() {
            for place in [&mut marked.left, &mut marked.right].into_iter().flatten() {
                if let Some(to) = now(&place.text) {
                    place.text = to;
                }
            }
        }
    }
}

fn file_of(text: &str) -> &str {
    text.rsplit(['/', '\\']).next().unwrap_or(text)
}
