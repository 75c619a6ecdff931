//! Calibration: from what speaks for a pair of passages to the share of such pairs that were right.
//!
//! One sum: each kind of evidence is a number ([`Evidence::parts`]), each number has its weight, and the logistic
//! function makes a share of the sum (logistic regression). It is the same from both sides.
//!
//! The weights were fitted by `tools/fit_scores.py` in November 2026 on five pairs of books that answer each other or
//! tell the same, in which one reader marked every pair of passages on the same point: Mivart and Darwin, Washington and
//! Du Bois, Suetonius and Plutarch on one life, Brutus and Publius, Trollope and Dickens on one country; each with its topics
//! and without, whole and in parts of some forty passages (so that the number of passages tells); and on the same books
//! laid side by side across subjects, where nothing is right. Two sets were never fitted to, five study essays and extracts of
//! Burke and Paine, each marked by two readers; they were looked at while the kinds of evidence, the ridge and the threshold
//! were chosen. Predicted so, of their first counterparts the mean score is off by .06 in the mean of ten bins; each of the
//! five predicted from the others by .13 in the mean: of Washington and Du Bois, and of Brutus and Publius, fewer are right than
//! the score says. Those were first counterparts; of pairs that are the closest of neither passage fewer are right at the same
//! sum, and `closest.rs` lowers their score. `benches/README.md` has the figures.
//!
//! A pair that scores high enough so is looked at closely, sentence by sentence, and its odds are told anew by what is
//! seen (`close.rs`): sums over whole passages promise too much where little is shared, or where it lies scattered.

use super::close::Close;
use super::nearness::Near;

/// What speaks for two passages being on the same point.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Evidence {
    /// How alike their words are, whatever their length: 0 to a little over 1.
    pub likeness: f32,
    /// How alike the passages around them are, as a multiple of what is usual between the two texts; 1 too where the
    /// passages of a text do not go on from each other.
    pub around: f32,
    /// How far the likeness stands out among all that the asking passage, and that the counterpart has.
    pub above: [f32; 2],
    /// How many words they share, variants included and stop words not.
    pub shared: u32,
    /// Over how many of these the weight is spread.
    pub breadth: f32,
    /// What the names and numbers among them weigh.
    pub names: f32,
    /// What the pairs of neighbouring words weigh that both have.
    pub phrases: f32,
    /// How many words each has, the asking passage first.
    pub words: [u16; 2],
    /// Whether they share a quotation.
    pub quoted: bool,
    /// What the topics tell, where both texts treat any.
    pub topics: Option<TopicEvidence>,
    /// How far the words of the two whole texts are from those of texts on one subject.
    pub strange: f32,
    /// How near they are in meaning, where there is a table of related words for both texts or a model has spoken of them.
    pub near: Option<Near>,
    /// How many passages each text has: among more, likenesses by chance are more.
    pub passages: [usize; 2],
    /// How far the texts are lists of points, each by itself, 0 to 1, and not passages that go on from each other.
    pub listed: f32,
    /// What was seen at a closer look, where the pair was worth one.
    pub close: Option<Close>,
}

/// What topics tell of two passages.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct TopicEvidence {
    /// How much they share, by the strengths of both treatments and the rarity of the topic.
    pub shared: f32,
    /// Whether both treat topics, and none in common.
    pub apart: bool,
}

/// Below this score two passages are no counterparts, unless the reader asks for all.
pub(super) const THRESHOLD: f32 = 0.44;
/// Pairs of a lower score than this are not looked at closely.
pub(super) const LOOKED_FROM: f32 = 0.1;
/// The score of a pair on thin evidence is this part of what the sum says: it is ranked, and never shown unasked.
const THIN: f32 = 0.34;

/// How many numbers the evidence is made into.
pub const PARTS: usize = 14;
/// Their names, in order.
pub const NAMES: [&str; PARTS] = [
    "likeness",
    "around",
    "above",
    "shared",
    "breadth",
    "names",
    "phrases",
    "quoted",
    "topics",
    "apart",
    "no topics",
    "strange",
    "passages",
    "near",
];

/// The weight of each part, and what the sum begins with.
type Curve = ([f32; PARTS], f32);

/// The curves of what is known of meanings: nothing, what the table of related words tells, what a model tells.
struct Curves {
    words: Curve,
    table: Curve,
    model: Curve,
}

/// Where no topic is held.
#[rustfmt::skip]
const FREE: Curves = Curves {
    words: (
        [0.295, 2.302, 1.811, 0.944, -1.410, 0.672, 0.084, 2.308, 1.131, -0.540, 0.419, -27.328, -1.340, 0.0],
        1.585,
    ),
    table: (
        [0.111, 2.048, 1.474, 1.284, -1.727, 0.657, 0.151, 2.643, 1.032, -0.537, 0.383, -27.306, -1.423, 0.384],
        1.141,
    ),
    model: (
        [0.036, 1.884, 1.288, 1.180, -1.536, 0.386, 0.122, 2.821, 0.831, -0.532, 0.258, -24.797, -1.349, 0.648],
        0.363,
    ),
};
/// What is added to each of these in lists of points, each by itself: points of one debate share its names, and a long one
/// shares words with all. Fitted to a quarter of the debates named in `benches/README.md`, in fifths; what the sum begins with keeps the
/// mean score, so that no more is shown.
#[rustfmt::skip]
const LISTED: Curve = (
    [-0.11, 0.0, 0.56, -0.08, -0.42, -0.99, -0.42, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
    0.76,
);
/// Among passages that treat the topic that is held.
#[rustfmt::skip]
const HELD: Curves = Curves {
    words: (
        [-0.207, 1.041, 1.713, 1.479, -1.601, 0.233, 0.070, 1.614, 1.891, 0.0, 0.0, 0.0, -0.837, 0.0],
        -2.825,
    ),
    table: (
        [-0.264, 0.943, 1.442, 1.691, -1.816, 0.246, 0.114, 1.856, 1.730, 0.0, 0.0, 0.0, -0.893, 0.298],
        -2.883,
    ),
    model: (
        [-0.431, 0.999, 1.353, 1.575, -1.630, 0.044, 0.128, 2.053, 1.296, 0.0, 0.0, 0.0, -0.855, 0.497],
        -3.447,
    ),
};

impl Evidence {
    /// The evidence as the numbers that are summed, all of them finite.
    pub fn parts(&self) -> [f32; PARTS] {
        let topics = self.topics.unwrap_or_default();
        let flag = |is: bool| f32::from(u8::from(is));
        [
            (self.likeness + 0.01).ln(),
            self.around.max(0.01).ln(),
            self.above[0] + self.above[1],
            (self.shared as f32).ln_1p(),
            (self.breadth + 0.5).ln(),
            (self.names / 5.0).ln_1p(),
            (self.phrases / 5.0).ln_1p(),
            flag(self.quoted),
            topics.shared,
            flag(topics.apart),
            flag(self.topics.is_none()),
            self.strange,
            self.passages.map(|n| n.clamp(FEW, MANY) as f32).iter().map(|n| n.ln() / 2.0).sum(),
            self.near.map_or(0.0, |near| near.above),
        ]
    }

    /// How likely the two are on the same point, 0 to 1.
    pub(super) fn score(&self) -> f32 {
        let parts = self.parts();
        let odds = self.by(&FREE, &parts) + self.listed * sum(&LISTED, &parts);
        let looked = self.close.map_or(odds, |close| close.odds(odds, self.words, self.passages));
        self.capped(logistic(odds + (1.0 - self.listed) * (looked - odds)))
    }

    /// How likely the two are on the same point of the held topic, which both are known to treat.
    pub(super) fn score_on_topic(&self) -> f32 {
        self.capped(logistic(self.by(&HELD, &self.parts())))
    }

    /// Whether so little is shared that it may be chance: one word or name, or a few in a passage of few words.
    pub fn is_thin(&self) -> bool {
        let short = self.words[0].min(self.words[1]) < SHORT;
        let (shared, breadth) = if short { (3, 2.4) } else { (2, 1.5) };
        !self.quoted && (self.shared < shared || self.breadth < breadth)
    }

    /// Whether a score of this evidence is not worth showing, however high: among so few passages much stands out by chance,
    /// so two words in common may be homonyms.
    pub(super) fn is_slight(&self) -> bool {
        !self.quoted && self.shared < 3 && self.passages.iter().any(|count| *count < FEW)
    }

    fn by(&self, curves: &Curves, parts: &[f32; PARTS]) -> f32 {
        let curve = match self.near {
            None => &curves.words,
            Some(near) if near.by_model => &curves.model,
            Some(_) => &curves.table,
        };
        sum(curve, parts)
    }

    fn capped(&self, score: f32) -> f32 {
        if self.is_thin() { score * THIN } else { score }
    }
}

/// How few and how many passages a text of the fitted sets has; what fewer or more do is not known.
const FEW: usize = 30;
const MANY: usize = 300;

/// A passage of fewer words than this needs more in common.
const SHORT: u16 = 15;

fn sum((weights, begin): &Curve, parts: &[f32; PARTS]) -> f32 {
    begin + weights.iter().zip(parts).map(|(weight, part)| weight * part).sum::<f32>()
}

fn logistic(sum: f32) -> f32 {
    1.0 / (1.0 + (-sum).exp())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Evidence, TopicEvidence};
    use crate::link::close::Close;
    use crate::link::nearness::Near;

    proptest! {
        #[test]
        fn whatever_speaks_for_a_pair_its_score_is_a_share(
            (likeness, around, above) in (0.0_f32..1e6, 0.0_f32..1e9, prop::array::uniform2(0.0_f32..1e6)),
            (shared, breadth, names, phrases) in (any::<u32>(), 0.0_f32..1e9, 0.0_f32..1e9, 0.0_f32..1e9),
            (words, quoted, topics) in (prop::array::uniform2(any::<u16>()), any::<bool>(), any::<Option<bool>>()),
            (strange, near, listed) in (0.0_f32..1.0, any::<Option<bool>>(), 0.0_f32..=1.0),
            (nearness, passages) in (-10.0_f32..10.0, prop::array::uniform2(0..2_000_000_usize)),
            close in prop::option::of((0.0_f32..1e6, 0.0_f32..1e6, 0.0_f32..1.0)),
        ) {
            let evidence = Evidence {
                likeness,
                around,
                above,
                shared,
                breadth,
                names,
                phrases,
                words,
                quoted,
                topics: topics.map(|apart| TopicEvidence { shared: f32::from(u8::from(!apart)), apart }),
                strange,
                near: near.map(|by_model| Near { above: nearness, by_model }),
                passages,
                listed,
                close: close.map(|(weight, together, part)| Close { weight, together, part }),
            };
            prop_assert!(evidence.parts().iter().all(|part| part.is_finite()), "{:?}", evidence.parts());
            for score in [evidence.score(), evidence.score_on_topic()] {
                prop_assert!((0.0..=1.0).contains(&score), "{score}");
            }
        }
    }
}
