//! Lost spaces: "inwhich", "Leninism.The", "during1917", put back where the text itself has both words.
//!
//! Spaces are lost where a program has guessed them from the places of letters: in a PDF, and in what was copied or
//! extracted from one, which shows by its pages. A word of any other file is as its writer has it. Where a PDF's letters
//! stand no further apart than in any word there was no space.

use memchr::memmem;

use super::words::{self, Words};
use crate::import::lines::draft::Draft;
use crate::import::lines::edit::Edits;
use crate::import::lines::{Join, Lines};

/// Larger texts are left alone.
const LARGEST: u32 = 8 * 1024 * 1024;

/// How many spaces lost where no word could be meant show that the file loses them; one may be a slip of its writer.
const HABIT: usize = 3;

/// More than this are no slips.
const MOST: usize = 300;

/// Records where spaces are to be put back, and says how many.
pub(super) fn put_back(lines: &Lines<'_>, drafts: &[Draft], edits: &mut Edits) -> usize {
    let (Some(first), Some(last)) = (lines.all.first(), lines.all.iter().map(|l| l.end).max()) else { return 0 };
    if last - first.start > LARGEST || !loses_spaces(lines) {
        return 0;
    }
    let source = lines.source;
    let apart_in_print = |place: u32| {
        let (left, right) = parts(source, place);
        let word = place - left.len() as u32..place + right.len() as u32;
        lines.print.is_none_or(|print| print.is_alone_tight(&word, place))
    };
    let vocabulary = Words::of(lines);
    let mut sure = Vec::new();
    let mut run_together = Vec::new();
    for draft in drafts.iter().filter(|d| d.given.is_none()) {
        for i in draft.first..draft.end {
            let line = &lines.all[i as usize];
            let str = lines.of_line(line);
            // Half a word at either end of a line is no word.
            let cut_at_start = i > draft.first && line.join == Join::Glue;
            let cut_at_end = i + 1 < draft.end && lines.all[i as usize + 1].join == Join::Glue;
            for (at, token) in tokens(str) {
                let at_start = at == 0 && cut_at_start;
                let at_end = at + token.len() == str.len() && cut_at_end;
                for (place, proof) in gaps(&vocabulary, token, at_start || at_end) {
                    let place = line.start + (at + place) as u32;
                    if !apart_in_print(place) {
                        continue;
                    }
                    if proof == Proof::Sign { sure.push(place) } else { run_together.push((place, proof)) }
                }
            }
        }
    }
    // With this many words that no list knows, the text is in another language.
    if run_together.len() > MOST {
        run_together.clear();
    }
    let loose = run_together.iter().filter(|(place, _)| has_loose_part(source, *place)).count();
    // Where letters show no gap, the file must be one that loses spaces where no word could be meant.
    if lines.print.is_some() || sure.len() + loose >= HABIT {
        let apart: Vec<bool> = run_together.iter().map(|(place, _)| stands_apart(source, *place as usize)).collect();
        // What may be a prefix is a word where the file has run it together with others that are known apart.
        let left = |place: u32| parts(source, place).0.to_lowercase();
        let proven: Vec<String> =
            run_together.iter().zip(&apart).filter(|(_, apart)| **apart).map(|((place, _), _)| left(*place)).collect();
        let habitual = |place: u32| proven.iter().filter(|p| **p == left(place)).count() >= 2;
        let all = run_together.iter().zip(&apart);
        sure.extend(
            all.filter(|((at, p), apart)| **apart || *p != Proof::Prefix || habitual(*at)).map(|((at, _), _)| at),
        );
    }
    for place in &sure {
        edits.add(*place, 0, " ");
    }
    sure.len()
}

/// Whether the text comes from a file that says where letters stand and not which of them are words.
fn loses_spaces(lines: &Lines<'_>) -> bool {
    lines.print.is_some() || lines.all.iter().any(|line| line.page)
}

/// The two words that meet at `place`.
fn parts(source: &str, place: u32) -> (&str, &str) {
    let (before, after) = source.split_at(place as usize);
    let left = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    (left, after.split(|c: char| !c.is_alphanumeric()).next().unwrap_or(""))
}

/// Whether one of the words that meet at `place` is none that compounds are made of.
fn has_loose_part(source: &str, place: u32) -> bool {
    let (left, right) = parts(source, place);
    LOOSE.contains(&left.to_lowercase().as_str()) || LOOSE.contains(&right)
}

/// Whether the two words that meet at `place` stand side by side elsewhere, with a space or the end of a line.
fn stands_apart(source: &str, place: usize) -> bool {
    let (left, right) = parts(source, place as u32);
    let left = left.to_lowercase();
    let stands = |pair: String| memmem::find(source.as_bytes(), pair.as_bytes()).is_some();
    [(" ", " "), (" ", "\n"), ("\n", " ")]
        .iter()
        .any(|(before, between)| stands(format!("{before}{left}{between}{right}")))
}

/// Words that stand in no compound as its first or last part.
const LOOSE: &[&str] = &[
    "the", "that", "this", "which", "with", "without", "from", "their", "these", "those", "have", "been", "were",
    "was", "and", "because", "between", "into", "they", "would", "could", "should", "what", "when", "there",
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Proof {
    /// A stop, a capital or a year shows it.
    Sign,
    /// Both are words of the text, or of the language.
    Words,
    /// The first may as well be a prefix of the second.
    Prefix,
}

/// Stretches between white space, without addresses.
fn tokens(str: &str) -> impl Iterator<Item = (usize, &str)> {
    let base = str.as_ptr() as usize;
    str.split_whitespace()
        .filter(|t| t.len() > 4 && !t.contains(['/', '@', '\\', '_']) && !t.starts_with("www."))
        .map(move |t| (t.as_ptr() as usize - base, t))
}

/// Places within a token where a space was lost.
fn gaps(vocabulary: &Words<'_>, token: &str, cut: bool) -> Vec<(usize, Proof)> {
    let mut out = Vec::new();
    let bytes = token.as_bytes();
    for at in 1..token.len() {
        // A full stop and a capital: "Leninism.The".
        if bytes[at - 1] == b'.' && bytes[at].is_ascii_uppercase() {
            let before = token[..at - 1].trim_end_matches(['…', '”', '’', ')', ']']);
            let left = before.rsplit(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
            let right: &str = token[at..].split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
            let ends = left.len() >= 3 && left.ends_with(|c: char| c.is_lowercase());
            let begins = right.len() >= 2
                && right[1..].chars().all(char::is_lowercase)
                && known(vocabulary, &right.to_lowercase());
            let alone = !token[at..].contains('.') || token.ends_with('.');
            if ends && begins && alone {
                out.push((at, Proof::Sign));
            }
        }
    }
    if cut {
        return out;
    }
    for (start, word) in alphanumeric(token) {
        if let Some((at, proof)) = inner_gap(vocabulary, word) {
            out.push((start + at, proof));
        }
    }
    out
}

/// The words of a token, at their places.
fn alphanumeric(token: &str) -> impl Iterator<Item = (usize, &str)> {
    let base = token.as_ptr() as usize;
    token.split(|c: char| !c.is_alphanumeric()).filter(|w| w.len() > 4).map(move |w| (w.as_ptr() as usize - base, w))
}

/// Where one word is two.
fn inner_gap(vocabulary: &Words<'_>, word: &str) -> Option<(usize, Proof)> {
    let lower = word.to_lowercase();
    let whole = vocabulary.count(&lower);
    if lower.len() != word.len() || whole > 2 || words::is_listed(&lower) {
        return None;
    }
    let bytes = word.as_bytes();
    // "during1917": a year after a word.
    if let Some(at) = word.find(|c: char| c.is_ascii_digit()) {
        let year =
            word.len() - at == 4 && bytes[at..].iter().all(u8::is_ascii_digit) && matches!(bytes[at], b'1' | b'2');
        let small = at >= 2 && bytes[..at].iter().all(u8::is_ascii_lowercase) && known(vocabulary, &lower[..at]);
        return (year && small).then_some((at, Proof::Sign));
    }
    if !bytes.iter().all(u8::is_ascii_alphabetic) {
        return None;
    }
    // "SocialDemocratic": both words stand apart elsewhere.
    let case = (1..word.len()).find(|at| bytes[at - 1].is_ascii_lowercase() && bytes[*at].is_ascii_uppercase());
    if let Some(at) = case {
        let (left, right) = (&lower[..at], &lower[at..]);
        let both = left.len() >= 4 && right.len() >= 4 && vocabulary.count(left) >= 2 && vocabulary.count(right) >= 2;
        return both.then_some((at, Proof::Sign));
    }
    if bytes[1..].iter().any(u8::is_ascii_uppercase) {
        return None;
    }
    let mut best: Option<(u32, usize)> = None;
    for at in 1..word.len() - 2 {
        let (left, right) = (&lower[..at], &lower[at..]);
        let (l, r) = (vocabulary.count(left), vocabulary.count(right));
        let short = matches!(
            left,
            "a" | "in" | "of" | "to" | "the" | "and" | "is" | "as" | "at" | "by" | "on" | "or" | "for" | "was" | "that"
        );
        let brief = right.len() < 4 && !matches!(right, "the" | "and" | "was" | "not" | "his" | "her");
        if at <= 3 && !short || brief || words::is_ending(right) || !words::is_listed(right) {
            continue;
        }
        let listed = short || words::is_listed(left);
        // Both are words of this text; or one is a word that no compound is made with.
        let loose = LOOSE.contains(&left) || LOOSE.contains(&right);
        let both = listed && (l.min(r) >= whole.max(1) || loose && l.max(r) >= whole.max(1));
        let points = l.min(1000) + r.min(1000);
        if both && best.is_none_or(|(p, _)| points > p) {
            best = Some((points, at));
        }
    }
    let (_, at) = best?;
    let prefix = matches!(
        &lower[..at],
        "in" | "a" | "to" | "on" | "over" | "under" | "out" | "fore" | "back" | "down" | "super"
    );
    Some((at, if prefix { Proof::Prefix } else { Proof::Words }))
}

fn known(vocabulary: &Words<'_>, word: &str) -> bool {
    vocabulary.count(word) > 0 || words::is_listed(word)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::lines::draft::drafts;
    use crate::import::lines::print::Print;

    /// The source with its spaces, as from a file that shows its pages.
    fn repaired(source: &str) -> String {
        let mut lines = Lines::of(source, 0, 0);
        lines.all[0].page = true;
        let drafts = drafts(&lines);
        let mut edits = Edits::default();
        put_back(&lines, &drafts, &mut edits);
        edits.sort();
        let mut out = String::new();
        edits.apply(source, 0..source.len() as u32, &mut out);
        out
    }

    #[test]
    fn a_file_that_loses_spaces_loses_them_everywhere() {
        let slips = "It was the end.The workers were there in\nwhich all.Then the end.When the others came";
        let mended = "It was the end. The workers were there in\nwhich all. Then the end. When the others came";
        let others = " and then the workers came when they were there";
        let cases = [
            (slips, "inwhich all", mended, "in which all"),
            ("It was in\nwhich", "inwhich", "It was in\nwhich", "inwhich"),
        ];
        for (source, slip, expected, mended) in cases {
            assert_eq!(repaired(&format!("{source}{others} {slip}.")), format!("{expected}{others} {mended}."));
        }
    }

    #[test]
    fn what_its_writer_typed_is_left_alone() {
        let source =
            "The file name and the filename stand in which file and inwhich.The end.The name of the file.The end.";
        let lines = Lines::of(source, 0, 0);
        assert_eq!(put_back(&lines, &drafts(&lines), &mut Edits::default()), 0);
        let file =
            "The file name, the name of the file and the filename. The time line, the line of time, the timeline.";
        assert_eq!(repaired(file), file);
    }

    #[test]
    fn in_print_a_space_is_lost_only_where_letters_stand_apart() {
        let source = "The file name of the file is the filename of the name.";
        let at = source.find("filename").unwrap() as u32 + 4;
        // Letters that stand apart at two places of a word are those of a word that is spaced out.
        for (tight, expected) in
            [(vec![], 0), (vec![at], 1), (vec![at + 1], 0), (vec![at, at + 2], 0), (vec![at - 1, at], 0)]
        {
            let print = Print { tight, ..Print::default() };
            let mut lines = Lines::of(source, 0, 0);
            lines.print = Some(&print);
            assert_eq!(put_back(&lines, &drafts(&lines), &mut Edits::default()), expected);
        }
    }

    #[test]
    fn spaces_come_back_where_the_text_has_both_words() {
        let rest = "The mass workers in which the mass workers was; in which Social Democratic men and Social Democratic women were. \
                    All of the mass workers and ofthe massworkers inwhich ofthe end he was.";
        let mended = rest.replace("ofthe massworkers inwhich ofthe", "of the mass workers in which of the");
        let cases = [
            ("the end inwhich all", "the end in which all"),
            ("massworkers", "mass workers"),
            ("SocialDemocratic", "Social Democratic"),
            ("during1917,", "during 1917,"),
            ("the end.The workers", "the end. The workers"),
            ("another, together, outlook, whichever, workmen", "another, together, outlook, whichever, workmen"),
            ("V.I.Lenin, www.The.org, e.g.The, i.e.", "V.I.Lenin, www.The.org, e.g.The, i.e."),
        ];
        for (source, expected) in cases {
            assert_eq!(repaired(&format!("{source} {rest}")), format!("{expected} {mended}"));
        }
    }
}
