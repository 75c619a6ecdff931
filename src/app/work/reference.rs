//! The text that a reference names, and the place in it.

use super::{Crew, Reply, Work};
use crate::app::App;
use crate::app::memory::Seat;
use crate::app::overlay::Followed;
use crate::library::Library;
use crate::text::clean::Clean;
use crate::text::{Place, Text};
use crate::word::letter::plain;

/// Find the text that a reference names.
#[derive(Debug)]
pub struct FindReferenced {
    /// The number of the question.
    pub number: u64,
    /// The reference.
    pub followed: Followed,
}

/// What was found.
#[derive(Debug)]
pub enum Answer {
    /// The place; whether the part that is named is there.
    Found(Box<Seat>, bool),
    /// It lies outside the library: nothing of it was read.
    Outside(Followed, Clean),
    /// No text has this name, or it cannot be read: one line.
    Nothing(Clean),
}

impl Work for FindReferenced {
    type Answer = (u64, Answer);
    const CREW: Crew = Crew::Reading;

    fn perform(self, library: &Library, reply: &Reply<'_, Self>) {
        let Self { number, followed: asked } = self;
        let Some(request) = library.text_named(&asked.from, &asked.path) else {
            let line = format!("no text here is called “{}”", asked.path);
            return reply.say((number, Answer::Nothing(Clean::line(&line))));
        };
        if !asked.allowed && library.leads_out_from(&asked.from, &request) {
            return reply.say((number, Answer::Outside(asked, Clean::line(&request))));
        }
        let answer = match library.load_whole(&request) {
            Err(e) => Answer::Nothing(e.line()),
            Ok(loaded) => {
                let place = asked.part.as_deref().map(|part| place_of(&loaded.open.text, part));
                let passage = || loaded.at.and_then(|at| loaded.open.text.numbering().block_of(at));
                let begin = || Place::new(passage().unwrap_or_else(|| loaded.open.text.opening()) as u32, 0);
                let is_there = place.is_none_or(|place| place.is_some());
                let seat = Seat::of(&loaded.open, place.flatten().unwrap_or_else(begin));
                Answer::Found(Box::new(seat), is_there)
            }
        };
        reply.say((number, answer));
    }

    fn heard(app: &mut App, (number, answer): Self::Answer) {
        app.found_referenced(number, answer);
    }

    fn failed(&self) -> impl FnOnce(&mut App, &Clean) + Send + 'static {
        let number = self.number;
        move |app: &mut App, _: &Clean| {
            let _ = app.intent.text(number);
        }
    }
}

/// Where a part of a text begins: the heading that is called so, as it reads or as pages of the web and wikis write it.
pub fn place_of(text: &Text, part: &str) -> Option<Place> {
    // Of `A#B` the innermost part counts.
    let part = part.rsplit('#').next().unwrap_or(part).trim();
    let headings = || text.numbering().headings().iter().copied();
    let name = |heading: &u32| text.heading_name(*heading as usize);
    let as_it_reads = headings().find(|heading| plain(&name(heading)) == plain(part));
    let found = as_it_reads.or_else(|| {
        let wanted = slug(part);
        let same = |heading: &u32| slug(&name(heading)) == wanted;
        // The second heading of one name has `-1` after it.
        let nth = || {
            let (stem, nth) = wanted.rsplit_once('-')?;
            headings().filter(|heading| slug(&name(heading)) == stem).nth(nth.parse().ok()?)
        };
        headings().find(same).or_else(nth).filter(|_| !wanted.is_empty())
    });
    found.map(|heading| Place::new(heading, 0))
}

/// As anchors of headings are made: small letters, hyphens for spaces, and no other signs.
fn slug(words: &str) -> String {
    let kept = plain(words.trim()).into_owned();
    let kept = kept.chars().filter(|c| c.is_alphanumeric() || matches!(c, ' ' | '-' | '_'));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Builder;
    use crate::text::block::BlockKind;

    #[test]
    fn a_part_is_found_as_it_reads_and_as_others_write_it() {
        let mut builder = Builder::new();
        for (kind, words) in [
            (BlockKind::Heading, "On Bread, and Salt"),
            (BlockKind::Paragraph, "Words."),
            (BlockKind::Heading, "Notes"),
            (BlockKind::Heading, "Notes"),
        ] {
            builder.begin(kind, 1).push(words);
        }
        let text = builder.finish();
        for (part, block) in [
            ("On Bread, and Salt", Some(0)),
            ("on bread, and salt", Some(0)),
            ("on-bread-and-salt", Some(0)),
            ("Chapter#Notes", Some(2)),
            ("notes-1", Some(3)),
            ("notes-7", None),
            ("salt", None),
            ("", None),
        ] {
            assert_eq!(place_of(&text, part), block.map(|block| Place::new(block, 0)), "{part}");
        }
    }
}
