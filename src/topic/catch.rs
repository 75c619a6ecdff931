//! What topics catch in a text, told before they are made: in how many passages, how many treatments, and where first.

use std::ops::ControlFlow;
use std::sync::Arc;

use crate::text::Text;
use crate::text::passage::PassageNo;
use crate::word::language::Language;

use super::Watcher;
use super::belonging::Belonging;
use super::codebook::Topic;
use super::hint::{Found, found_of_all};
use super::matcher::Mention;
use super::treatment::treatments;

/// What a topic catches in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Catch {
    /// How many passages name it, by themselves, in their footnotes or in the heading above them, or are what a treatment
    /// is told by.
    pub passages: usize,
    /// How many treatments that makes.
    pub treatments: usize,
    /// The first place, and the passage it belongs to.
    pub first: Option<(Mention, PassageNo)>,
}

/// What each of `topics` catches in `text`, in one pass over it.
///
/// # Errors
/// Breaks where `watch` does.
pub(crate) fn catches(text: &Text, topics: &[Arc<Topic>], watch: Watcher<'_>) -> ControlFlow<(), Vec<Catch>> {
    let language = Language::of(text);
    let found = found_of_all(text, topics, language, watch)?;
    let belonging = Belonging::of(text);
    let catch = |(topic, found): (&Arc<Topic>, Found)| {
        let owner = |m: &Mention| belonging.owner(m.place.block as usize);
        let treatments = treatments(text, topic, language, &belonging, &found);
        // A treatment may stand where the words of a term are apart.
        let treated = treatments.iter().map(|treatment| treatment.best);
        let mut passages: Vec<PassageNo> = found.mentions.iter().filter_map(owner).chain(treated).collect();
        passages.sort_unstable();
        passages.dedup();
        Catch {
            passages: passages.len(),
            treatments: treatments.len(),
            first: found.mentions.iter().find_map(|m| Some((*m, owner(m)?))),
        }
    };
    ControlFlow::Continue(topics.iter().zip(found).map(catch).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Builder;
    use crate::text::block::BlockKind;

    #[test]
    fn passages_are_counted_once_and_nothing_is_said_plainly() {
        let mut builder = Builder::new();
        for passage in ["Nothing.", "A ship under sail, and a sail more.", "Only a sail.", "The ship.", "Sails!"] {
            builder.begin(BlockKind::Paragraph, 1).push(passage);
        }
        let topics = [&["ship"][..], &["sail"], &["ship", "sail"], &["anchor"]];
        let topics = topics.map(|terms| Arc::new(Topic::of_terms("id", "Name", terms)));
        let found = catches(&builder.finish(), &topics, &|_, _| ControlFlow::Continue(()));
        let ControlFlow::Continue(found) = found else { panic!("nobody stopped it") };
        assert_eq!(found.iter().map(|c| c.passages).collect::<Vec<_>>(), [2, 3, 4, 0]);
        let (mention, passage) = found[1].first.unwrap();
        assert_eq!((passage, mention.place.offset), (PassageNo(2), 13));
        assert_eq!(found[3], Catch::default());
    }
}
