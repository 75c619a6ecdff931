//! A topic as it stands in topics.toml, changed in place: what does not change keeps its bytes, its comments and its
//! place in the file.
//!
//! What stands between two terms of a list (line breaks, indentation, comments) belongs to the later one in TOML, but a
//! comment on a line speaks of the term before it. So a term that goes leaves such comments behind, and one that comes
//! stands after the comment of the last one.

use std::collections::HashSet;

use toml_edit::{Array, TableLike, Value, value};

use super::meanwhile::{Changed, both, changed};
use crate::topic::codebook::Topic;
use crate::topic::term::Term;

/// Makes of the entry of a topic that reads as `before` one that reads as `after`. Fields that say the same in both are
/// not touched.
pub(super) fn change(entry: &mut dyn TableLike, before: &Topic, after: &Topic) {
    if before.name != after.name {
        // Without an id of its own the entry is known by its name, and the id is to stay.
        if entry.get("id").and_then(|id| id.as_str()).is_none_or(|id| id.trim().is_empty()) {
            set(entry, "id", Some(after.id.as_str().into()));
        }
        set(entry, "name", Some(after.name.as_str().into()));
    }
    if before.about != after.about {
        set(entry, "about", written(&after.about));
    }
    if before.terms != after.terms {
        change_list(entry, "terms", &after.terms);
    }
    if before.not != after.not {
        change_list(entry, "not", &after.not);
    }
    if before.into != after.into {
        set(entry, "into", after.into.as_ref().map(|id| id.as_str().into()));
    }
    if before.code.under != after.code.under {
        set(entry, "under", after.code.under.as_ref().map(|id| id.as_str().into()));
    }
    if before.code.color != after.code.color {
        set(entry, "color", after.code.color.as_ref().map(|c| c.to_string().into()));
    }
    if before.code.guid != after.code.guid {
        set(entry, "guid", after.code.guid.as_ref().map(|g| g.to_string().into()));
    }
}

/// Terms as a list: more than a few of them one a line, as the bundled file has them.
pub(super) fn list(terms: &[Term]) -> Array {
    let mut list: Array = terms.iter().map(Term::as_str).collect();
    if list.len() > 4 {
        for entry in list.iter_mut() {
            entry.decor_mut().set_prefix("\n  ");
        }
        list.set_trailing("\n");
        list.set_trailing_comma(true);
    }
    list
}

fn written(words: &str) -> Option<Value> {
    (!words.is_empty()).then(|| words.into())
}

/// Gives a field another value, or takes it out; the comment behind it stays with it.
fn set(entry: &mut dyn TableLike, field: &str, new: Option<Value>) {
    let Some(mut new) = new else {
        entry.remove(field);
        return;
    };
    match entry.get_mut(field).and_then(|item| item.as_value_mut()) {
        Some(old) => {
            *new.decor_mut() = old.decor().clone();
            *old = new;
        }
        None => drop(entry.insert(field, value(new))),
    }
}

fn change_list(entry: &mut dyn TableLike, field: &str, terms: &[Term]) {
    let Some(array) = entry.get_mut(field).and_then(|item| item.as_array_mut()) else {
        return set(entry, field, (!terms.is_empty()).then(|| list(terms).into()));
    };
    // What is no term stays: the reader's file says more than was understood.
    let term = |value: &Value| value.as_str().and_then(|s| Term::parse(s).ok());
    let wanted: HashSet<&Term> = terms.iter().collect();
    let gone = |value: &Value| term(value).is_some_and(|t| !wanted.contains(&t));
    let going: Vec<usize> = array.iter().enumerate().filter(|(_, v)| gone(v)).map(|(at, _)| at).collect();
    for at in going.into_iter().rev() {
        take(array, at);
    }
    let trailing = array.trailing().as_str().unwrap_or_default();
    if terms.is_empty() && array.is_empty() && !trailing.contains('#') {
        entry.remove(field);
        return;
    }
    let mut there: Vec<Option<Term>> = array.iter().map(term).collect();
    let known: HashSet<Term> = there.iter().flatten().cloned().collect();
    for (nth, new) in terms.iter().enumerate().filter(|(_, t)| !known.contains(t)) {
        // After the term that it follows.
        let before = nth.checked_sub(1).map(|nth| there.iter().rposition(|t| t.as_ref() == Some(&terms[nth])));
        let at = match before {
            None => 0,
            Some(before) => before.map_or(there.len(), |at| at + 1),
        };
        insert(array, at, new.as_str());
        there.insert(at, Some(new.clone()));
    }
}

/// What stands before a value, or behind it and before its comma.
fn decor(value: &Value) -> (String, String) {
    let of = |raw: Option<&toml_edit::RawString>| raw.and_then(|r| r.as_str()).unwrap_or_default().to_owned();
    (of(value.decor().prefix()), of(value.decor().suffix()))
}

/// Takes an entry out of a list. Comments before it stay, and speak of the entry before it as they did.
fn take(array: &mut Array, at: usize) {
    let (prefix, suffix) = decor(&array.remove(at));
    let (left, next) = match array.get(at) {
        Some(next) if suffix.contains('#') => (format!("{prefix}{suffix}"), decor(next).0),
        Some(next) => (prefix.clone(), decor(next).0),
        None => (prefix.clone(), format!("{suffix}{}", array.trailing().as_str().unwrap_or_default())),
    };
    let between = match left.rfind('\n').filter(|_| left.contains('#')) {
        // Up to its last line break, which the next entry brings with it.
        Some(end) if next.lines().next().is_some_and(|l| l.trim().is_empty()) && next.contains('\n') => {
            format!("{}{next}", &left[..end])
        }
        Some(_) => format!("{left}{}", next.trim_start()),
        // The first entry of a line gives its place to the next.
        None if at == 0 && !next.contains('#') && array.get(at).is_some() => prefix,
        None => next,
    };
    match array.get_mut(at) {
        Some(next) => next.decor_mut().set_prefix(between),
        None => array.set_trailing(between),
    }
}

/// Adds an entry to a list, before the one that is in its place. Comments before that one speak of those before both.
fn insert(array: &mut Array, at: usize, term: &str) {
    let Some(next) = array.get_mut(at) else { return append(array, term) };
    let (prefix, _) = decor(next);
    let mut new = Value::from(term);
    let line = prefix.rfind('\n').map(|end| prefix[end..].to_owned());
    // Above the first entry a comment speaks of what follows.
    let (before, between) = match line {
        Some(line) if at == 0 => (line, prefix),
        Some(line) => (prefix, line),
        None => (prefix, " ".to_owned()),
    };
    next.decor_mut().set_prefix(between);
    *new.decor_mut() = toml_edit::Decor::new(before, "");
    array.insert_formatted(at, new);
}

/// Adds an entry at the end of a list, on a line of its own where the last one has one.
fn append(array: &mut Array, term: &str) {
    let Some(last) = array.len().checked_sub(1) else { return array.push(term) };
    let Some(last) = array.get_mut(last) else { return };
    let (prefix, suffix) = decor(last);
    if prefix.contains('\n') || suffix.contains('\n') {
        let indent = prefix.rsplit('\n').next().unwrap_or_default().to_owned();
        last.decor_mut().set_suffix("");
        let behind = format!("{suffix}{}", array.trailing().as_str().unwrap_or_default());
        let (comments, end) = behind.rsplit_once('\n').unwrap_or((&behind, ""));
        let mut new = Value::from(term);
        *new.decor_mut() = toml_edit::Decor::new(format!("{comments}\n{indent}"), "");
        let end = format!("\n{end}");
        array.push_formatted(new);
        array.set_trailing(end);
    } else {
        array.push(term);
    }
}

/// What becomes of a topic that was `before`, where others have made it `there` since, and we `ours`.
pub(super) fn merged(before: &Topic, ours: &Topic, there: &Topic, told: &mut Vec<String>) -> Topic {
    let mut merged = there.changed(before, ours);
    if changed(&before.about, &ours.about, &there.about) == Changed::Both {
        merged.about = both(&ours.about, &there.about).replace("\n\n", " / ");
        told.push("both descriptions are kept".to_owned());
    }
    if changed(&before.name, &ours.name, &there.name) == Changed::Both {
        told.push(format!("its name there was “{}”", there.name));
    }
    if changed(&before.into, &ours.into, &there.into) == Changed::Both {
        told.push(format!("there it was merged into {}", there.into.as_ref().map_or("none", |id| id.as_str())));
    }
    merged
}

/// Whether others have made something else of a topic since it was `before`. The order of its terms does not count.
pub(super) fn is_changed(before: &Topic, there: &Topic) -> bool {
    let terms = |topic: &Topic| [&topic.terms, &topic.not].map(|all| all.iter().cloned().collect::<HashSet<Term>>());
    let words = |topic: &Topic| [&topic.name, &topic.about].map(|words| words.trim().to_owned());
    words(before) != words(there)
        || terms(before) != terms(there)
        || (&before.into, &before.code) != (&there.into, &there.code)
}

#[cfg(test)]
mod tests {
    use toml_edit::DocumentMut;

    use super::*;
    use crate::topic::codebook::Codebook;

    /// The file in which the only topic has these terms instead.
    fn with_terms(source: &str, terms: &[&str]) -> String {
        let mut document: DocumentMut = source.parse().unwrap();
        let before = Codebook::parse(source).0.topics()[0].clone();
        let mut after = Topic::clone(&before);
        after.terms = terms.iter().map(|t| Term::parse(t).unwrap()).collect();
        let entry = document["topic"].as_array_of_tables_mut().unwrap().get_mut(0).unwrap();
        change(entry, &before, &after);
        let written = document.to_string();
        assert_eq!(Codebook::parse(&written).0.topics()[0].terms, after.terms, "{written}");
        written
    }

    #[test]
    fn a_term_comes_and_goes_and_every_comment_stays_where_it_was() {
        let head = "# mine\n[[topic]] # here\nid = \"a\" # id\nname = 'A'\n";
        for (terms, with) in [
            ("terms = [\"x\", \"y\"] # all\n", "terms = [\"x\", \"y\", \"new\"] # all\n"),
            (
                "terms = [\n  'x', # one\n  \"y\", # two\n]\n",
                "terms = [\n  'x', # one\n  \"y\", # two\n  \"new\",\n]\n",
            ),
            (
                "terms = [\n\t\"x\",\n\t\"y\",\n\t# no more\n]\n",
                "terms = [\n\t\"x\",\n\t\"y\",\n\t# no more\n\t\"new\",\n]\n",
            ),
            ("terms = [\n  \"x\",\n  \"y\" # two\n]\n", "terms = [\n  \"x\",\n  \"y\", # two\n  \"new\"\n]\n"),
        ] {
            let (before, expected) = (format!("{head}{terms}"), format!("{head}{with}"));
            let after = with_terms(&before, &["x", "y", "new"]);
            assert_eq!(after, expected);
            assert_eq!(with_terms(&after, &["x", "y"]), before);
        }
    }

    #[test]
    fn a_term_in_the_middle_leaves_the_comments_of_the_others() {
        let source = "[[topic]]\nid = \"a\"\nterms = [\n  \"x\", # one\n  \"y\", # two\n  \"z\", # three\n  7,\n]\n";
        let after = with_terms(source, &["x", "z"]);
        assert!(["\"x\", # one\n", "\"z\", # three\n", "  7,\n]"].iter().all(|part| after.contains(part)), "{after}");
        let after = with_terms(source, &["y", "z"]);
        assert!(["\"y\", # two\n", "\"z\", # three\n"].iter().all(|part| after.contains(part)), "{after}");
        assert_eq!(with_terms(&after, &["x", "y", "z"]), source, "the first one comes back");
        let back = with_terms(&with_terms(source, &["x", "z"]), &["x", "y", "z"]);
        assert!(back.contains("\"x\", # one\n  # two\n  \"y\",\n  \"z\", # three\n"), "{back}");
        assert_eq!(
            with_terms("[[topic]]\nid = \"a\"\nterms = ['y', 'z'] # all\n", &["x", "y", "new", "z"]).lines().nth(2),
            Some("terms = [\"x\", 'y', \"new\", 'z'] # all")
        );
        assert_eq!(
            with_terms("[[topic]]\nid = \"a\"\nterms = ['x', 'y']\n", &["y"]).lines().nth(2),
            Some("terms = ['y']")
        );
    }
}
