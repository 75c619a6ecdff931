//! Suggestions: topics that two texts share, found in the texts themselves.
//!
//! What both texts say in several passages, and far oftener than general English does, is proposed (the idea of keyness
//! in corpus linguistics; candidates are runs of content words as in RAKE, Rose et al. 2010). How much oftener is judged
//! on the side where it is less, so that two texts on different subjects get few proposals or none.

use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;

use crate::text::block::BlockKind;
use crate::text::{Builder, Text};
use crate::word::counted::counted;
use crate::word::fold::{elision, fold};
use crate::word::irregular::{plural, singular};
use crate::word::language::Language;
use crate::word::related::Related;
use crate::word::stem::Stemmer;
use crate::word::token::is_apostrophe;

use super::Watcher;
use super::codebook::{Codebook, Topic, TopicId, id_of_name};
use super::matcher::{Mention, mentions_of_all};
use super::nouns::Nouns;
use super::phrase::{PARTS, Phrase, Reading, shared};
use super::runs::Runs;
use super::term::Term;

/// A topic proposed to the reader.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Suggestion {
    /// The proposal, ready to be put into a codebook.
    pub topic: Topic,
    /// How many passages of the left text name it.
    pub left: u32,
    /// How many passages of the right text name it.
    pub right: u32,
    /// How much it is worth proposing, best first, 0 to 1.
    pub score: f32,
}

/// In how many passages of each text a phrase stands at least, and in which share of them.
const PASSAGES: u32 = 2;
const SHARE: f32 = 0.004;
/// A single word that stands in more than this share of both texts is no topic of theirs, they are about it throughout; nor one
/// that stands nearly everywhere in one of them.
const EVERYWHERE: f32 = 0.3;
const THROUGHOUT: f32 = 0.6;
/// Of texts of fewer passages, a few of which are a large share, only the first is asked, and in this share.
const FEW: usize = 12;
const EVERYWHERE_OF_FEW: f32 = 0.4;
/// A single word that in a text stands this often beside another word of a name is a part of names: a title, a surname.
const IN_NAMES: f32 = 0.5;
/// So many mentions are looked at for that.
const LOOKED_AT: usize = 200;
/// How much oftener than in general a phrase must be met (natural logarithm), and from where on more adds nothing.
const OFTENER: f32 = 1.8;
const OFTEN: f32 = 5.5;
/// How much rarer in general each further word makes a phrase than its rarest word alone (natural logarithm).
const RARER: f32 = 1.5;
/// A phrase of which a word is more common in general than this is seldom a topic by that word alone.
const COMMON: f32 = -8.3;
/// In the table of related words, the weight of words that say nothing by themselves, and of those that say enough.
const EMPTY: f32 = 1.8;
const TELLING: f32 = 3.2;
/// The least score worth proposing.
const WORTH: f32 = 0.2;
/// What a word is worth at least that both texts have a heading of.
const HEADED: f32 = 0.5;
/// How many terms a topic has at most.
const TERMS: usize = 6;
/// Two words are one where the whole of the shorter, of so many letters at least, begins the longer, which has so many more.
const SAME: usize = 6;
const ENDING: usize = 3;
/// A part of a phrase that stands in this many times as many passages is another topic.
const BROADER: u32 = 2;

/// A phrase and what it is worth.
struct Candidate {
    phrase: Phrase,
    score: f32,
}

/// At most `limit` topics that both texts treat and `known` does not hold yet, the best first.
///
/// # Errors
/// Breaks where `watch` does.
pub(crate) fn suggest(
    left: &Text,
    right: &Text,
    known: &Codebook,
    limit: usize,
    watch: Watcher<'_>,
) -> ControlFlow<(), Vec<Suggestion>> {
    let languages = [Language::of(left), Language::of(right)];
    let mut reading = Reading::new(languages);
    let runs = [
        reading.read((left, 0), &|done, of| watch(done, of * 4))?,
        reading.read((right, 1), &|done, of| watch(done + of, of * 4))?,
    ];
    let least = |r: &Runs| PASSAGES.max((r.passage_count() as f32 * SHARE) as u32);
    let phrases = shared(&reading, [&runs[0], &runs[1]], [least(&runs[0]), least(&runs[1])]);
    let nouns = reading.nouns(&phrases.iter().flat_map(|p| p.stems.iter().copied()).collect());
    let mut forms = reading.usual_forms();
    for (stem, form) in forms.iter_mut().enumerate() {
        *form = nouns.form(stem as u32).unwrap_or(form);
    }
    let mut candidates: Vec<Candidate> = phrases
        .into_iter()
        .filter(|phrase| is_thing(phrase, &nouns))
        .map(|phrase| Candidate { score: worth(&phrase, &reading, [&runs[0], &runs[1]]), phrase })
        .filter(|c| c.score >= WORTH)
        .map(|c| Candidate { score: c.score * sense(&c.phrase, &forms, languages[0]), ..c })
        .filter(|c| c.score >= WORTH)
        .map(|c| Candidate { score: (c.score * gathered(&c.phrase)).min(1.0), ..c })
        .collect();
    candidates.sort_by(|a, b| b.score.total_cmp(&a.score).then_with(|| a.phrase.stems.cmp(&b.phrase.stems)));
    // More than are asked for: some are caught by known topics, some become terms of others.
    candidates.truncate(limit.saturating_mul(8).max(64));
    watch(1, 2)?;
    let candidates = unknown(candidates, &forms, known, languages[0])?;
    // Where a text is in another language, nothing is known of the numbers of its words.
    let met = (languages == [Language::English; 2]).then_some(&reading);
    let mut topics = grouped(&candidates, &forms, met, known);
    // Some more: of these the parts of names are left out.
    topics.truncate(limit.saturating_mul(2));
    let book = Codebook::new(topics.iter().map(|(topic, _)| topic.clone()));
    let found_left = mentions_of_all(left, book.topics(), languages[0], &|done, of| watch(done + of * 2, of * 4))?;
    let found_right = mentions_of_all(right, book.topics(), languages[1], &|done, of| watch(done + of * 3, of * 4))?;
    let mut ids: HashSet<String> = known.entries().iter().map(|t| t.id.as_str().to_owned()).collect();
    let all = topics.into_iter().zip(found_left.iter().zip(&found_right));
    let whole = all.filter(|((topic, _), (l, r))| {
        let is_word = topic.terms.first().is_some_and(|term| !term.as_str().contains(' '));
        !is_word || !(is_part_of_names(left, languages[0], l) || is_part_of_names(right, languages[1], r))
    });
    let named = whole.map(|((mut topic, score), (l, r))| {
        let counts = [passages_with(left, l), passages_with(right, r)];
        for (nth, term) in topic.terms.iter_mut().enumerate() {
            let met = met_as(nth as u32, (left, l, languages[0]), (right, r, languages[1]), &nouns)
                .and_then(|form| Term::parse(&form).ok());
            *term = met.unwrap_or_else(|| term.clone());
        }
        topic.name = topic.terms.first().map_or(topic.name, |t| capitalised(t.as_str()));
        topic.id = TopicId::new(&free_id(&topic.name, &mut ids));
        topic.about = format!("Named in {} and {}.", counted(counts[0], "passage"), counted(counts[1], "passage"));
        Suggestion { topic, left: counts[0], right: counts[1], score }
    });
    ControlFlow::Continue(named.filter(|s| s.left > 0 && s.right > 0).take(limit).collect())
}

/// How much a phrase is worth proposing, 0 to 1.
fn worth(phrase: &Phrase, reading: &Reading<'_>, runs: [&Runs; 2]) -> f32 {
    let extra = phrase.stems.len() as f32 - 1.0;
    let rarest = phrase.stems.iter().map(|s| reading.general(*s)).fold(0.0, f32::min);
    let most_common = phrase.stems.iter().map(|s| reading.general(*s)).fold(f32::MIN, f32::max);
    let general = (rarest - RARER * extra).exp();
    let oftener = |side: usize| {
        let all = runs[side].passage_count() as f32;
        // At least as if it stood in one passage in five hundred.
        let expected = (all * (1.0 - (-general * runs[side].mean_length()).exp())).max(0.1 + all * 0.0005);
        (phrase.passages[side] as f32 / expected).ln()
    };
    let share = |side: usize| phrase.passages[side] as f32 / runs[side].passage_count().max(1) as f32;
    let least = oftener(0).min(oftener(1));
    if least < OFTENER || (extra == 0.0 && is_everywhere([share(0), share(1)], runs)) {
        return 0.0;
    }
    let strength = ((least - OFTENER) / (OFTEN - OFTENER)).min(1.0).sqrt();
    if phrase.is_headed {
        // Both authors have said themselves that it is a topic of theirs.
        return strength.max(HEADED);
    }
    let spread = 1.0 - (-(phrase.passages[0].min(phrase.passages[1]) as f32) / 2.0).exp();
    let by_words = match extra as usize {
        0 if most_common > COMMON => 0.35,
        0 => 0.7,
        _ if most_common > COMMON + 1.5 => 0.8,
        1 => 1.0,
        _ => 0.95,
    };
    strength * spread * by_words
}

/// How much the words of a phrase say, 0 to 1, by the table of related words: those that leave what a passage means as it is,
/// in whatever company, name no subject (`manner`, `occasion`). What the table does not have is rare, and says much.
fn sense(phrase: &Phrase, forms: &[&str], language: Language) -> f32 {
    let Some(related) = Related::of(language) else { return 1.0 };
    let stemmer = Stemmer::new(language);
    let weight = |stem: &u32| {
        let folded = fold(forms[*stem as usize], language);
        let folded = singular(&folded).unwrap_or(folded);
        related.word(&stemmer.stem_folded(&folded)).map(|word| related.weight(word))
    };
    let said = |weight: Option<f32>| weight.map_or(1.0, |w| ((w - EMPTY) / (TELLING - EMPTY)).clamp(0.0, 1.0));
    let most = phrase.stems.iter().map(|stem| said(weight(stem))).fold(0.0, f32::max);
    match phrase.stems.len() {
        _ if phrase.is_headed => 1.0,
        1 => most,
        // Together words say more than each.
        _ => (2.0 * most).min(1.0),
    }
}

/// What a word weighs more that stands together.
const GATHERED: f32 = 1.3;

/// How far a word stands together in both texts, 1 to 1.3: a topic is come back to, what belongs to a manner of writing is
/// spread as by chance. Few places tell nothing. Of words that stand together it is taken for granted.
fn gathered(phrase: &Phrase) -> f32 {
    if phrase.stems.len() > 1 {
        return GATHERED;
    }
    let parts = PARTS as f32;
    let by_side = [0, 1].map(|side| {
        let by_chance = parts * (1.0 - (1.0 - 1.0 / parts).powi(phrase.passages[side] as i32));
        1.0 - phrase.parts[side] as f32 / by_chance.max(1.0)
    });
    (1.0 + by_side[0].min(by_side[1])).clamp(1.0, GATHERED)
}

fn is_everywhere([left, right]: [f32; 2], runs: [&Runs; 2]) -> bool {
    if runs.iter().any(|text| text.passage_count() < FEW) {
        return left.min(right) > EVERYWHERE_OF_FEW;
    }
    left.min(right) > EVERYWHERE || left.max(right) > THROUGHOUT
}

/// Whether the single word that a topic is named by is a part of names in a text. Where every noun has a great letter, that
/// cannot be seen.
fn is_part_of_names(text: &Text, language: Language, mentions: &[Mention]) -> bool {
    if language == Language::German {
        return false;
    }
    let named: Vec<bool> = mentions
        .iter()
        .filter(|mention| mention.term == 0)
        .take(LOOKED_AT)
        .map(|mention| {
            let (block, range) = (text.block_str(mention.place.block as usize), mention.range());
            let is_great = |word: Option<&str>| word.is_some_and(|word| word.starts_with(char::is_uppercase));
            let is_name = is_great(block.get(range.clone()));
            // A word beside it, with nothing but a space between, or the point of `Mr.`.
            let before = block[..range.start].strip_suffix([' ', '\n']).map(|before| before.trim_end_matches('.'));
            let is_named_before = before.is_some_and(|before| {
                let earlier = before.trim_end_matches(char::is_alphanumeric);
                is_great(Some(&before[earlier.len()..])) && !ends_sentence(earlier)
            });
            let after = block[range.end..].strip_prefix(['.']).unwrap_or(&block[range.end..]).strip_prefix([' ', '\n']);
            is_name && (is_named_before || is_great(after))
        })
        .collect();
    let count = named.iter().filter(|is| **is).count();
    !named.is_empty() && count as f32 > named.len() as f32 * IN_NAMES
}

/// Whether what follows begins a sentence: then its great letter says nothing.
fn ends_sentence(before: &str) -> bool {
    let before = before.trim_end();
    before.is_empty() || before.ends_with(['.', '!', '?', ':', '”', '"', '“'])
}

/// Whether a phrase names a thing: a single word must, of several the last may not be something else.
fn is_thing(phrase: &Phrase, nouns: &Nouns<'_>) -> bool {
    phrase.is_headed
        || match phrase.stems[..] {
            [alone] => nouns.form(alone).is_some(),
            [.., last] => nouns.may_end(last),
            [] => false,
        }
}

/// What no known topic catches already.
fn unknown(
    candidates: Vec<Candidate>,
    forms: &[&str],
    known: &Codebook,
    language: Language,
) -> ControlFlow<(), Vec<Candidate>> {
    let mut builder = Builder::new();
    for candidate in &candidates {
        builder.begin(BlockKind::Paragraph, 0).push(&written(&candidate.phrase, forms));
    }
    let caught = mentions_of_all(&builder.finish(), known.topics(), language, &|_, _| ControlFlow::Continue(()))?;
    let caught: HashSet<usize> = caught.iter().flatten().map(|m| m.place.block as usize).collect();
    let free = candidates.into_iter().enumerate().filter(|(at, _)| !caught.contains(at)).map(|(_, c)| c);
    ControlFlow::Continue(free.collect())
}

/// The candidates as topics. A part of a better phrase becomes a term of it, or is left out where it would catch far more; what holds
/// a better phrase would catch nothing new, and is left out. `english`: where both texts are in English, their words.
fn grouped(
    candidates: &[Candidate],
    forms: &[&str],
    english: Option<&Reading<'_>>,
    known: &Codebook,
) -> Vec<(Topic, f32)> {
    let mut groups: Vec<Vec<&Candidate>> = Vec::new();
    for candidate in candidates {
        let phrase = &candidate.phrase;
        if groups.iter().any(|g| within(&g[0].phrase.stems, &phrase.stems)) {
            continue;
        }
        let catches = |p: &Phrase| p.passages[0] + p.passages[1];
        let part_of = |g: &Vec<&Candidate>| {
            within(&phrase.stems, &g[0].phrase.stems) && catches(phrase) <= BROADER * catches(&g[0].phrase)
        };
        let one_word =
            |p: &Phrase| if let [stem] = p.stems[..] { Some(forms[stem as usize].to_lowercase()) } else { None };
        let word = one_word(phrase);
        let alike = |g: &Vec<&Candidate>| {
            one_word(&g[0].phrase).zip(word.as_ref()).is_some_and(|(one, other)| is_one_word(&one, other))
        };
        let stands = groups.iter().any(|g| within(&phrase.stems, &g[0].phrase.stems));
        match groups.iter_mut().find(|g| part_of(g) || alike(g)) {
            Some(group) if group.len() < TERMS => group.push(candidate),
            Some(_) => {}
            // It catches far more than the better phrase that it is a part of, and its word stands in the list already.
            None if stands => {}
            None => groups.push(vec![candidate]),
        }
    }
    let topic = |of: &Vec<&Candidate>| {
        let both = |term: String| match english {
            Some(reading) => both_numbers(term, &|word| reading.has(word)),
            None => vec![term],
        };
        let terms: Vec<String> = of.iter().flat_map(|c| both(written(&c.phrase, forms))).collect();
        let terms: Vec<&str> = terms.iter().map(String::as_str).collect();
        let name = capitalised(terms.first().copied().unwrap_or_default());
        (Topic::of_terms(&id_of_name(&name), &name, &terms), of[0].score)
    };
    let held = |t: &Topic| known.get(t.id.as_str()).is_some();
    groups.iter().map(topic).filter(|(t, _)| !t.terms.is_empty() && !held(t)).collect()
}

/// Whether two words are one with another ending, of which the stemmer makes two: `monarch` and `monarchy`.
fn is_one_word(one: &str, other: &str) -> bool {
    let (short, long) = if one.len() <= other.len() { (one, other) } else { (other, one) };
    short.chars().count() >= SAME && long.strip_prefix(short).is_some_and(|rest| rest.chars().count() <= ENDING)
}

/// A term, and where its last word has an irregular plural or is one, the other of the two, if the texts have it (`is_met`).
/// Many a name ends like a man, or men: of these both have to be met in small letters.
fn both_numbers(term: String, is_met: &dyn Fn(&str) -> bool) -> Vec<String> {
    let at = term.rfind(' ').map_or(0, |space| space + 1);
    let last = term[at..].to_lowercase();
    let other = singular(&last).or_else(|| plural(&last)).filter(|other| {
        let is_man = last.ends_with("man") || last.ends_with("men");
        if is_man {
            is_met(&last) && is_met(other)
        } else {
            is_met(other) || is_met(&capitalised(other)) || is_met(&other.to_uppercase())
        }
    });
    let other = other.map(|other| format!("{}{other}", &term[..at]));
    std::iter::once(term).chain(other).collect()
}

/// Whether the words of `part` stand in `whole`, one after the other.
fn within(part: &[u32], whole: &[u32]) -> bool {
    whole.windows(part.len()).any(|w| w == part)
}

fn written(phrase: &Phrase, forms: &[&str]) -> String {
    let words: Vec<&str> = phrase.stems.iter().map(|s| forms[*s as usize]).collect();
    words.join(" ")
}

fn passages_with(text: &Text, mentions: &[Mention]) -> u32 {
    let mut blocks: Vec<u32> = mentions.iter().map(|m| m.place.block).collect();
    blocks.dedup();
    blocks.into_iter().filter(|b| text.blocks()[*b as usize].is_passage()).count() as u32
}

/// The form in which the topic's term of this index is met most, of those that name a thing where there are any.
fn met_as(
    term: u32,
    left: (&Text, &[Mention], Language),
    right: (&Text, &[Mention], Language),
    nouns: &Nouns<'_>,
) -> Option<String> {
    let mut counts: HashMap<String, u32> = HashMap::new();
    for (text, mentions, language) in [left, right] {
        for mention in mentions.iter().filter(|m| m.term == term).take(500) {
            let form = &text.block_str(mention.place.block as usize)[mention.range()];
            let form = form.split_whitespace().collect::<Vec<_>>().join(" ");
            // Only an article at its head falls away: `l’État`, but `coup d’État`.
            let first = form.split(' ').next().unwrap_or_default();
            let article = elision(first, language).map_or(0, |(_, rest)| first.len() - rest.len());
            let form = &form[article..];
            let bare = ["'s", "’s", "'", "’"].iter().find_map(|e| form.strip_suffix(e)).unwrap_or(form).to_owned();
            *counts.entry(bare).or_insert(0) += 1;
        }
    }
    // A thing before what is done with it: of `oppressed` and `oppression` the second.
    let is_thing = |form: &str| {
        let last = form.rsplit([' ', '-']).next().unwrap_or(form);
        nouns.has(last) || nouns.has(last.rsplit(is_apostrophe).next().unwrap_or(last))
    };
    let better = |a: &(String, u32), b: &(String, u32)| {
        let thing = is_thing(&a.0).cmp(&is_thing(&b.0));
        thing.then(a.1.cmp(&b.1)).then_with(|| b.0.cmp(&a.0))
    };
    counts.into_iter().max_by(better).map(|(form, _)| form)
}

fn capitalised(name: &str) -> String {
    let mut rest = name.chars();
    rest.next().map_or_else(String::new, |first| first.to_uppercase().chain(rest).collect())
}

fn free_id(name: &str, taken: &mut HashSet<String>) -> String {
    let base = id_of_name(name);
    let numbered = (2..).map(|n| format!("{base}-{n}"));
    let id = std::iter::once(base.clone()).chain(numbered).find(|id| !taken.contains(id)).unwrap_or(base);
    taken.insert(id.clone());
    id
}

#[cfg(test)]
mod tests;
