//! The library that is compiled in: five study texts, their topics, and two lessons in reading, so that the program needs
//! no file beside it.

/// What the ids of these texts begin with.
pub(super) const PREFIX: &str = "embedded:";

/// A text of the embedded library.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EmbeddedText {
    /// The name of its file without the ending; its id is `embedded:` and this.
    pub stem: &'static str,
    /// Its Markdown.
    pub source: &'static str,
}

/// The topics of the embedded library.
pub const TOPICS: &str = include_str!("../../texts/topics.toml");

/// The texts, in the order in which they are offered: the first two are opened where nothing else was asked for.
pub const TEXTS: &[EmbeddedText] = &[
    EmbeddedText { stem: "the-party-as-instrument", source: include_str!("../../texts/the-party-as-instrument.md") },
    EmbeddedText { stem: "power-from-below", source: include_str!("../../texts/power-from-below.md") },
    EmbeddedText { stem: "what-organisation-is-for", source: include_str!("../../texts/what-organisation-is-for.md") },
    EmbeddedText { stem: "against-the-charge", source: include_str!("../../texts/against-the-charge.md") },
    EmbeddedText { stem: "biography-of-a-slogan", source: include_str!("../../texts/biography-of-a-slogan.md") },
    INTRODUCTION,
    EmbeddedText { stem: "second-lesson", source: include_str!("../../texts/second-lesson.md") },
];

/// The text that teaches reading with Diptych, by its keys.
pub const INTRODUCTION: EmbeddedText =
    EmbeddedText { stem: "introduction", source: include_str!("../../texts/introduction.md") };

/// The ids of the texts that are opened where nothing else was asked for.
pub fn first_two() -> [String; 2] {
    [TEXTS[0].id(), TEXTS[1].id()]
}

impl EmbeddedText {
    /// The text of this stem.
    pub fn of_stem(stem: &str) -> Option<&'static Self> {
        TEXTS.iter().find(|t| t.stem == stem)
    }

    /// The id by which it is opened.
    pub fn id(&self) -> String {
        format!("{PREFIX}{}", self.stem)
    }

    /// The name of its file.
    pub fn file_name(&self) -> String {
        format!("{}.md", self.stem)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::{Hint, import};
    use crate::topic::codebook::Codebook;

    #[test]
    fn every_text_reads_without_a_warning_and_says_who_wrote_it() {
        for text in TEXTS {
            let read = import(text.source.as_bytes(), &Hint::named(&text.file_name())).unwrap();
            assert_eq!(read.warnings, [], "{}", text.stem);
            let meta = read.text.meta();
            assert!(meta.title.is_some() && meta.author.is_some() && meta.position.is_some(), "{}", text.stem);
            assert_eq!(EmbeddedText::of_stem(text.stem), Some(text));
        }
    }

    #[test]
    fn the_topics_have_no_fault() {
        let (codebook, faults) = Codebook::parse(TOPICS);
        assert_eq!(faults, []);
        assert!(codebook.topics().len() >= 16);
    }
}
