//! Calibration: from what speaks for a pair of passages to the share of such pairs that were right.
//!
//! One sum: each kind of evidence is a number ([`Evidence::parts`]), each number has its weight, and the logistic
//! function makes a share of the sum (logistic regression). It is the same from both sides.
//!
//! The weights were fitted by `tools/fit_scores.py` in November 2026 on four pairs of books that answer each other or
//! tell the same, in which a reader marked every pair of passages on the same point: Mivart and Darwin, Washington and
//! Du Bois, Suetonius and Plutarch on one life, Trollope and Dickens on one country; each with its topics and without; and
//! on the same books laid side by side across subjects, where nothing is right. Of three sets that were not fitted to (five
//! study essays, Burke and Paine, Brutus and Publius; all three were looked at while the kinds of evidence and the threshold
//! were chosen), of the first counterparts
//!
//! | score | were right |
//! | --- | --- |
//! | .25 to .40 | 50 % |
//! | .40 to .55 | 67 % |
//! | .55 to .70 | 56 % |
//! | .70 to .85 | 78 % |
//! | above | 96 % |
//!
//! Sets differ by more than that: of Brutus and Publius fewer were right than the score says (19, 52, 46, 53, 85 %), of
//! the other two more.

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
    pub topics: Option<Topics>,
    /// How far the words of the two whole texts are from those of texts on one subject.
    pub strange: f32,
    /// How near they are in meaning, where there is a table of related words for both texts or a model has spoken of them.
    pub near: Option<Near>,
    /// How many passages each text has: among more, likenesses by chance are more.
    pub passages: [usize; 2],
}

/// What topics tell of two passages.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Topics {
    /// How much they share, by the strengths of both treatments and the rarity of the topic.
    pub shared: f32,
    /// Whether both treat topics, and none in common.
    pub apart: bool,
}

/// Below this score two passages are no counterparts, unless the reader asks for all.
pub const THRESHOLD: f32 = 0.25;
/// The score of a pair on thin evidence is this part of what the sum says: it is ranked, and never shown unasked.
const THIN: f32 = 0.24;

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

/// Where no topic is held: the weight of each part, and what the sum begins with.
#[rustfmt::skip]
const FREE: ([f32; PARTS], f32) = (
    [1.056, 1.974, 1.380, 0.124, -0.540, 0.661, 0.170, 4.194, 1.178, -0.394, 0.268, -27.708, 0.0, 0.0, 0.0],
    -2.014,
);
/// Among passages that treat the topic that is held.
#[rustfmt::skip]
const HELD: ([f32; PARTS], f32) = (
    [0.402, 0.579, 1.225, 0.194, -0.203, 0.244, 0.153, 3.088, 1.849, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0],
    -4.334,
);

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
        self.capped(logistic(&FREE, &self.parts()))
    }

    /// The same, where both are known to treat the topic that is held.
    pub(super) fn score_on_topic(&self) -> f32 {
        self.capped(logistic(&HELD, &self.parts()))
    }

    /// Whether so little is shared that it may be chance: one word or name, or a few in a passage of few words.
    pub fn is_thin(&self) -> bool {
        let short = self.words[0].min(self.words[1]) < SHORT;
        let (shared, breadth) = if short { (3, 2.4) } else { (2, 1.5) };
        !self.quoted && (self.shared < shared || self.breadth < breadth)
    }

    fn capped(&self, score: f32) -> f32 {
        if self.is_thin() { score * THIN } else { score }
    }
}

/// The sets that were fitted to have so many passages a text; what fewer or more do is not known.
const FEW: usize = 30;
const MANY: usize = 300;

/// A passage of fewer words than this needs more in common.
const SHORT: u16 = 15;

fn logistic((weights, begin): &([f32; PARTS], f32), parts: &[f32; PARTS]) -> f32 {
    let sum = begin + weights.iter().zip(parts).map(|(weight, part)| weight * part).sum::<f32>();
    1.0 / (1.0 + (-sum).exp())
}
