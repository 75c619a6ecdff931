//! Who speaks: the person that the sentence before a quotation names.

use crate::text::meta::Meta;

/// Words that say that someone says something.
const SAYING: &[&str] = &[
    "wrote",
    "writes",
    "write",
    "written",
    "said",
    "says",
    "say",
    "put",
    "puts",
    "stated",
    "states",
    "argued",
    "argues",
    "noted",
    "notes",
    "declared",
    "declares",
    "explained",
    "explains",
    "described",
    "describes",
    "observed",
    "observes",
    "remarked",
    "remarks",
    "commented",
    "comments",
    "replied",
    "answered",
    "concluded",
    "concludes",
    "asked",
    "asks",
    "claimed",
    "claims",
    "insisted",
    "insists",
    "added",
    "adds",
    "recalled",
    "recalls",
    "suggested",
    "suggests",
    "proposed",
    "proposes",
    "demanded",
    "warned",
    "admitted",
    "announced",
    "quoted",
    "quotes",
    "affirmed",
    "maintains",
    "maintained",
    "reported",
    "reports",
];

/// What may stand between a speaker and the word that says so.
const BETWEEN: &[&str] = &[
    "has", "had", "also", "once", "later", "then", "himself", "herself", "again", "even", "once", "rightly", "recently",
];

/// The last sentence of a paragraph.
pub(in crate::import) fn last_sentence(s: &str) -> &str {
    let bytes = s.as_bytes();
    let mut from = 0;
    for (at, c) in s.char_indices() {
        if !matches!(c, '.' | '!' | '?' | '”') || at + c.len_utf8() >= s.len() {
            continue;
        }
        let rest = &s[at + c.len_utf8()..];
        let next = rest.trim_start_matches(['”', '’', '"', ')', ']']);
        let spaced = next.starts_with(' ') && next.trim_start().chars().next().is_some_and(|c| !c.is_lowercase());
        // The full stop of an initial or a title ends nothing.
        let word = s[..at].rsplit([' ', '.']).next().unwrap_or("");
        let initial = c == '.'
            && (word.chars().count() <= 2 && word.starts_with(char::is_uppercase) || at > 0 && bytes[at - 1] == b'.');
        let closes = if c == '”' { s[..at].ends_with(['.', '!', '?']) } else { !initial };
        if spaced && closes {
            from = s.len() - next.trim_start().len();
        }
    }
    &s[from..]
}

/// Whether a sentence that ends with a colon leads to someone's words.
pub(in crate::import) fn leads_to_words(lead: &str) -> bool {
    let lower = lead.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphabetic() && c != '’' && c != '\'').filter(|w| !w.is_empty()).collect();
    let says = words.iter().any(|w| SAYING.contains(w));
    let shown = [
        "the following passage",
        "following passage",
        "find the following",
        "in the words of",
        "here is",
        "this analogy",
        "passage:",
        "quotation",
    ];
    let short_name =
        words.len() <= 4 && lead.trim_end_matches(':').split(' ').all(|w| w.starts_with(char::is_uppercase));
    // What "in the following ways" leads to is the author's own.
    let own = ["following ways", "the following points", "two reasons", "following reasons"]
        .iter()
        .any(|w| lower.contains(w));
    !own && (says || shown.iter().any(|w| lower.contains(w)) || short_name)
}

/// The one person that the sentence names as the speaker.
pub(in crate::import) fn named(lead: &str, meta: &Meta) -> Option<String> {
    let lead = lead.trim_end_matches(|c: char| c.is_ascii_digit() || c == ':' || c == ' ');
    let lead = without_marks(lead);
    let tokens = tokens(&lead);
    // A line like "V.I.Lenin on the party:" over a quotation.
    if let Some(first) = tokens.first().filter(|t| tokens.len() <= 8 && t.text.contains('.') && has_initials(&t.text)) {
        return Some(first.text.clone());
    }
    if !leads_to_words(&format!("{lead}:")) {
        return None;
    }
    let names = names(&tokens);
    // "Here is Trotsky", "Lenin".
    let rest = lead.strip_prefix("Here is ").unwrap_or(&lead);
    if let Some(whole) = names.iter().find(|n| n.text == rest && n.count <= 3) {
        return Some(whole.text.clone()).filter(|n| !is_common(n));
    }
    let verb = tokens.iter().rposition(|t| SAYING.contains(&t.lower.as_str()))?;
    let before: Vec<&Name> = names.iter().filter(|n| n.end <= verb).collect();
    // The name just before the verb, "has" and adverbs aside, is its subject.
    let adjacent = before
        .iter()
        .rfind(|n| tokens[n.end..verb].iter().all(|t| BETWEEN.contains(&t.lower.as_str())) && !tokens[n.end - 1].comma);
    // Else the only name of a person between commas: "One critic, Richard Pipes, the professor at …, put it".
    let comma = |at: usize| tokens.get(at).is_some_and(|t| t.comma);
    let mut set_off =
        before.iter().filter(|n| n.count >= 2 && !n.owned && n.begin > 0 && comma(n.begin - 1) && comma(n.end - 1));
    let subject = adjacent.or_else(|| set_off.next().filter(|_| set_off.next().is_none()));
    let name = subject.filter(|n| !n.owned && !is_common(&n.text))?;
    // The author of the text does not quote himself by name.
    (meta.author.as_deref() != Some(name.text.as_str())).then(|| name.text.clone())
}

/// The person whom a line in brackets after a quotation names: `(V.I.Lenin, Selected Works, Vol. VII)`.
pub(in crate::import) fn in_brackets(line: &str) -> Option<String> {
    let inner = line.strip_prefix('(')?;
    let name = inner.split([',', ')']).next()?.trim();
    (line.ends_with([')', '.']) && has_initials(name)).then(|| name.to_owned())
}

/// `V.I.Lenin`, `S. A. Smith`: initials before a surname.
fn has_initials(name: &str) -> bool {
    let parts: Vec<&str> = name.split(['.', ' ']).filter(|p| !p.is_empty()).collect();
    let [initials @ .., surname] = parts.as_slice() else { return false };
    let one = |p: &&str| p.chars().count() == 1 && p.starts_with(char::is_uppercase);
    let last = surname.chars().count() > 2 && surname.starts_with(char::is_uppercase);
    !initials.is_empty() && initials.iter().all(one) && last && surname.chars().all(char::is_alphabetic)
}

struct Token {
    text: String,
    lower: String,
    /// A comma or a dash stands after it.
    comma: bool,
    /// It stands at the start of the sentence.
    first: bool,
}

struct Name {
    begin: usize,
    end: usize,
    text: String,
    count: usize,
    /// An article or a preposition stands before it: it is what someone is of, at or in.
    owned: bool,
}

fn tokens(s: &str) -> Vec<Token> {
    s.split_whitespace()
        .enumerate()
        .map(|(i, raw)| {
            let text = raw.trim_matches([',', ';', '“', '”', '"', '(', ')', '*', '_', '—', '–']);
            let comma = raw.ends_with([',', ';', '—', '–', ')']);
            Token { text: text.to_owned(), lower: text.to_lowercase(), comma, first: i == 0 }
        })
        .collect()
}

/// Runs of capitalised words.
fn names(tokens: &[Token]) -> Vec<Name> {
    let mut out: Vec<Name> = Vec::new();
    let mut at = 0;
    let capital = |t: &Token| {
        t.text.starts_with(char::is_uppercase)
            && t.text.chars().all(|c| c.is_alphabetic() || matches!(c, '.' | '-' | '’' | '\''))
    };
    while at < tokens.len() {
        if !capital(&tokens[at]) || (tokens[at].first && is_common(&tokens[at].text)) {
            at += 1;
            continue;
        }
        let begin = at;
        while at < tokens.len()
            && (capital(&tokens[at]) || matches!(tokens[at].lower.as_str(), "de" | "von" | "van" | "der") && at > begin)
        {
            at += 1;
            if tokens[at - 1].comma {
                break;
            }
        }
        let text = tokens[begin..at].iter().map(|t| t.text.as_str()).collect::<Vec<_>>().join(" ");
        let owned = begin > 0
            && matches!(
                tokens[begin - 1].lower.as_str(),
                "the"
                    | "a"
                    | "an"
                    | "of"
                    | "at"
                    | "in"
                    | "his"
                    | "her"
                    | "their"
                    | "to"
                    | "on"
                    | "from"
                    | "for"
                    | "with"
            )
            || text.ends_with("’s")
            || text.ends_with("'s");
        out.push(Name { begin, end: at, count: at - begin, text, owned });
    }
    out
}

/// Capitalised words that are no person: those that begin sentences, and months.
fn is_common(word: &str) -> bool {
    const COMMON: &[&str] = &[
        "As",
        "In",
        "The",
        "A",
        "An",
        "He",
        "She",
        "It",
        "They",
        "We",
        "I",
        "You",
        "This",
        "That",
        "These",
        "Those",
        "Here",
        "There",
        "One",
        "Another",
        "And",
        "But",
        "For",
        "So",
        "Then",
        "Thus",
        "Moreover",
        "However",
        "At",
        "On",
        "From",
        "To",
        "Of",
        "By",
        "With",
        "When",
        "While",
        "After",
        "Before",
        "If",
        "Who",
        "What",
        "His",
        "Her",
        "Their",
        "Our",
        "My",
        "According",
        "Once",
        "Later",
        "Again",
        "Finally",
        "First",
        "Second",
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
        "Read",
        "Note",
        "See",
        "Others",
        "Some",
        "Many",
        "Several",
        "Nor",
        "Yet",
        "Under",
        "Over",
        "Party",
        "Congress",
    ];
    COMMON.contains(&word)
}

/// Without marks of notes: `way:[1]`, `Brinton[3]`.
fn without_marks(s: &str) -> String {
    let mut out = String::with_capacity(s.len());
    let mut rest = s;
    while let Some(at) = rest.find('[') {
        let label = rest[at + 1..].split(']').next().unwrap_or("");
        let mark = label.len() <= 4 && label.chars().all(|c| c.is_ascii_digit()) && rest.len() > at + 1 + label.len();
        out.push_str(&rest[..at]);
        if mark {
            rest = &rest[at + label.len() + 2..];
        } else {
            out.push('[');
            rest = &rest[at + 1..];
        }
    }
    out.push_str(rest);
    let trimmed = out.trim_end_matches([':', ' ', '.']).len();
    out.truncate(trimmed);
    // A number that sticks to a word is a mark whose brackets were never there.
    out.split(' ')
        .map(|w| if w.starts_with(char::is_uppercase) { w.trim_end_matches(|c: char| c.is_ascii_digit()) } else { w })
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_speaker_is_named_or_nobody() {
        let cases = [
            ("Here is Trotsky:", Some("Trotsky")),
            ("Lenin:", Some("Lenin")),
            ("As Maurice Brinton3 put it:", Some("Maurice Brinton")),
            ("Molyneux writes:", Some("Molyneux")),
            ("Charlie Post has described this aspect of Leninism this way:[1]", Some("Charlie Post")),
            (
                "One critic of high standing, Richard Pipes, the Baird Professor of History at Harvard University, put it this way in his book, *The Russian Revolution*:",
                Some("Richard Pipes"),
            ),
            ("In The State and Revolution, Lenin suggests the apparatus can be taken over:", Some("Lenin")),
            ("she used this analogy:", None),
            ("The conference adopted this programme:", None),
            ("In a Pravda editorial of 14 March we find the following:", None),
            ("Here is the list:", None),
            ("A member of the Party wrote:", None),
            ("Charlie Post has described it this way:1", Some("Charlie Post")),
            ("I assert:", None),
            ("V.I.Lenin on the party:", Some("V.I.Lenin")),
        ];
        for (lead, expected) in cases {
            assert_eq!(named(lead, &Meta::default()).as_deref(), expected, "{lead}");
        }
    }

    #[test]
    fn the_last_sentence_begins_after_the_last_full_stop() {
        let cases = [
            ("One. Two said:", "Two said:"),
            ("As S. A. Smith writes:", "As S. A. Smith writes:"),
            ("It ended with “fairy tales.” Here is Trotsky:", "Here is Trotsky:"),
            ("Lenin called it so. Lenin:", "Lenin:"),
        ];
        for (paragraph, expected) in cases {
            assert_eq!(last_sentence(paragraph), expected);
        }
    }
}
