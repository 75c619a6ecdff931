//! What a word names, told by the company it keeps: a topic is named by a noun, not by a verb or an adjective.
//!
//! No list of nouns is asked. Beside an article and before nothing that it could belong to stands a noun; between an article and
//! another word, or after `is`, an adjective; after a pronoun, a modal verb or before an article, a verb. Each time that a word
//! is met in such company is counted, and the sum tells. In German the capital letter does. Languages whose closed classes are not
//! known have no such evidence, and there every word may be a noun.

use std::collections::{HashMap, HashSet};

use crate::word::closed::Class;
use crate::word::language::Language;

/// What stands beside a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Beside {
    /// A mark of punctuation, the beginning or the end.
    Nothing,
    /// A word that may name something.
    Content,
    /// A word of a closed class.
    Closed(Class),
}

/// How often a word stood where a noun stands, where what belongs to the next word does, and where another word does; in
/// tenths, and kept small: two long texts have a hundred thousand words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Told {
    noun: u16,
    attribute: u16,
    other: u16,
}

/// What it says of a word that it stands between two others, and how much, in tenths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Says {
    Noun(u16),
    /// It belongs to the word after it or before it: an adjective, or a noun before a noun.
    Attribute(u16),
    /// A verb, or an adjective that is said of something.
    Other(u16),
}

/// What stands around a word in most places (the vote of Boyer and Moore), and by how much that is more than half.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Frame {
    around: u32,
    lead: u32,
}

/// Which stems name a thing, and by which of their forms.
#[derive(Debug, Default)]
pub(super) struct Nouns<'t> {
    /// For each stem that names one, its form for that.
    by_stem: HashMap<u32, &'t str>,
    /// Those that nothing speaks for or against: they may end a name of several words.
    open: HashSet<u32>,
    /// All forms that name a thing, in small letters.
    forms: HashSet<String>,
}

/// A word is a noun from this share of the evidence on; before there is any, it is taken for one three times in ten.
const SHARE: f32 = 0.4;
const BEFORE: f32 = 0.3;
/// So much evidence a form must have at least: once.
const ONCE: f32 = 0.6;
/// A word that is met so often, and nearly always between the same two words, is a part of a set phrase: `on the contrary`.
const SET: u32 = 4;
/// What is no noun by its ending in English, whatever stands beside it, by so much in tenths.
const ENDINGS: ([&str; 8], u16) = (["ous", "ful", "less", "able", "ible", "ical", "ed", "ly"], 10);
/// The forms that are nouns must make up this share of a stem: `oppression` of `oppress`.
const FORMS: f32 = 0.25;

impl Told {
    /// Counts that `word` stood between `before` and `after`.
    pub(super) fn add(&mut self, language: Language, word: &str, [before, after]: [Beside; 2]) {
        let (sum, tenths) = match evidence(language, word, [before, after]) {
            Some(Says::Noun(tenths)) => (&mut self.noun, tenths),
            Some(Says::Attribute(tenths)) => (&mut self.attribute, tenths),
            Some(Says::Other(tenths)) => (&mut self.other, tenths),
            None => return,
        };
        *sum += tenths;
        if *sum > u16::MAX / 2 {
            // Only their shares count.
            (self.noun, self.attribute, self.other) = (self.noun / 2, self.attribute / 2, self.other / 2);
        }
    }

    fn plus(self, more: Self) -> Self {
        Self {
            noun: self.noun.saturating_add(more.noun),
            attribute: self.attribute.saturating_add(more.attribute),
            other: self.other.saturating_add(more.other),
        }
    }

    fn is_noun(self) -> bool {
        let Self { noun, attribute, other } = self;
        let [noun, attribute, other] = [noun, attribute, other].map(|tenths| f32::from(tenths) / 10.0);
        noun >= ONCE && (noun + BEFORE) / (noun + attribute + other + 1.0) >= SHARE
    }

    /// Whether it may be the last word of a name: nothing says that it is a verb, or more says that it is none.
    fn may_end(self) -> bool {
        self.other == 0 || self.noun > self.other
    }
}

impl Frame {
    /// Counts that it stood between these; 0 for what is no frame.
    pub(super) fn add(&mut self, around: u32) {
        if self.lead == 0 {
            self.around = around;
        }
        if self.around == around {
            self.lead += 1;
        } else {
            self.lead -= 1;
        }
    }

    /// Whether a word that is met `count` times is met between these in three places of four.
    pub(super) fn is_set(self, count: u32) -> bool {
        self.around != 0 && count >= SET && self.lead * 2 >= count
    }
}

/// A form of a stem, as the texts have it.
pub(super) struct FormMet<'t> {
    pub stem: u32,
    pub written: &'t str,
    pub count: u32,
    /// What it was told to be in either text.
    pub told: [Told; 2],
    pub frame: Frame,
}

/// A stem's form in small letters: how it is written most, how often, and what it was told to be in either text.
struct Pooled<'t> {
    written: &'t str,
    most: u32,
    count: u32,
    told: [Told; 2],
}

impl<'t> Nouns<'t> {
    /// From the forms of stems, in texts of these languages; `known` says of which of them the closed classes are known. Where
    /// they are two languages, each text must bear it out.
    pub(super) fn told(forms: impl Iterator<Item = FormMet<'t>>, languages: [Language; 2], known: [bool; 2]) -> Self {
        let mut stems: HashMap<u32, HashMap<String, Pooled<'t>>> = HashMap::new();
        for FormMet { stem, written, count, told, frame } in forms {
            let small = written.to_lowercase();
            let is_set = written.starts_with(char::is_lowercase) && frame.is_set(count);
            let of_stem = stems.entry(stem).or_default();
            let form =
                of_stem.entry(small).or_insert(Pooled { written, most: 0, count: 0, told: [Told::default(); 2] });
            form.count += count;
            for (sum, told) in form.told.iter_mut().zip(told) {
                let noun = if is_set { 0 } else { told.noun };
                *sum = sum.plus(Told { noun, ..told });
            }
            if count > form.most {
                (form.written, form.most) = (written, count);
            }
        }
        let is_english = languages[0] == Language::English;
        let ending = |form: &str| ENDINGS.0.iter().any(|ending| form.ends_with(ending));
        let by_ending =
            |form: &str| Told { other: if is_english && ending(form) { ENDINGS.1 } else { 0 }, ..Told::default() };
        let is_noun = |form: &str, told: [Told; 2]| {
            if languages[0] == languages[1] {
                !known[0] || told[0].plus(told[1]).plus(by_ending(form)).is_noun()
            } else {
                (0..2).all(|side| !known[side] || told[side].is_noun())
            }
        };
        let mut nouns = Self::default();
        for (stem, forms) in stems {
            let all: u32 = forms.values().map(|form| form.count).sum();
            let named: Vec<_> = forms.iter().filter(|(small, form)| is_noun(small, form.told)).collect();
            let count: u32 = named.iter().map(|(_, form)| form.count).sum();
            let whole = forms.values().flat_map(|form| form.told).fold(Told::default(), Told::plus);
            if count as f32 >= FORMS * all as f32 {
                let best = named.iter().max_by(|a, b| a.1.count.cmp(&b.1.count).then_with(|| b.0.cmp(a.0)));
                nouns.by_stem.extend(best.map(|(_, form)| (stem, form.written)));
                nouns.forms.extend(named.into_iter().map(|(small, _)| small.clone()));
            } else if whole.may_end() {
                nouns.open.insert(stem);
            }
        }
        nouns
    }

    /// The form by which a stem names a thing, where it does.
    pub(super) fn form(&self, stem: u32) -> Option<&'t str> {
        self.by_stem.get(&stem).copied()
    }

    /// Whether a name of several words may end with this stem.
    pub(super) fn may_end(&self, stem: u32) -> bool {
        self.by_stem.contains_key(&stem) || self.open.contains(&stem)
    }

    /// Whether a form names a thing, or does so with an `s` more or less: one of them may not have been met where it shows.
    pub(super) fn has(&self, form: &str) -> bool {
        let small = form.to_lowercase();
        let bare = small.strip_suffix('s').unwrap_or(&small);
        [small.as_str(), bare, &format!("{small}s")].iter().any(|form| self.forms.contains(*form))
    }
}

/// What it says of `word` that it stands between `before` and `after`, if it says anything.
fn evidence(language: Language, word: &str, [before, after]: [Beside; 2]) -> Option<Says> {
    use Beside::{Closed, Content, Nothing};
    use Class::{Auxiliary, Copula, Determiner, Preposition, Pronoun};
    use Says::{Attribute, Noun, Other};
    let is_great = word.starts_with(char::is_uppercase) && before != Nothing;
    if language == Language::German {
        return match (is_great, word.starts_with(char::is_uppercase)) {
            (true, _) => Some(Noun(10)),
            (false, true) => None,
            (false, false) => Some(Other(10)),
        };
    }
    if is_great {
        // A name, but for `the French revolution`.
        let belongs = before == Closed(Determiner) && after == Content;
        return Some(if belongs { Attribute(3) } else { Noun(7) });
    }
    if after == Closed(Determiner) {
        // `gave the man a book`, but `broke the law`.
        return Some(if before == Closed(Determiner) { Noun(5) } else { Other(10) });
    }
    // Before a comma or an `and` another adjective may follow.
    let sure = if matches!(after, Nothing | Closed(Class::Other)) { 6 } else { 10 };
    match before {
        Closed(Pronoun | Auxiliary | Copula) => Some(Other(10)),
        Closed(Determiner | Preposition) if after == Content => match language {
            Language::Russian | Language::Polish => None,
            language if is_romance(language) => None,
            _ => Some(Attribute(7)),
        },
        Closed(Preposition) if is_infinitive(language, word) => None,
        Closed(Determiner | Preposition) => Some(Noun(sure)),
        // An adjective after its noun.
        Content if is_romance(language) => Some(Attribute(7)),
        _ if matches!(after, Closed(Auxiliary | Copula)) => Some(Noun(7)),
        Nothing | Closed(Class::Other) if after == Content => Some(Attribute(3)),
        _ => None,
    }
}

fn is_romance(language: Language) -> bool {
    matches!(language, Language::French | Language::Italian | Language::Spanish | Language::Portuguese)
}

/// Whether a word has the ending of an infinitive, which stands after prepositions as nouns do.
fn is_infinitive(language: Language, word: &str) -> bool {
    let endings: &[&str] = match language {
        Language::French => &["er", "ir", "re", "oir"],
        Language::Italian => &["are", "ere", "ire", "rre"],
        Language::Spanish | Language::Portuguese => &["ar", "er", "ir"],
        _ => &[],
    };
    endings.iter().any(|ending| word.ends_with(ending))
}
