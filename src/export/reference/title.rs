//! Titles with a title in them: front matter marks it as Markdown does (`On *Capital*`).

use std::ops::Range;

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::Set;

/// A title without its marks, and what they set apart.
pub(super) fn taken_apart(title: &str) -> (String, Vec<(Range<usize>, Set)>) {
    let as_it_is = || (title.to_owned(), Vec::new());
    if !title.contains(['*', '_']) {
        return as_it_is();
    }
    let mut plain = String::with_capacity(title.len());
    let mut set_apart = Vec::new();
    let mut open: Vec<(usize, Set)> = Vec::new();
    // A letter before it, so that nothing in it begins a heading, a list or a rule.
    let source = format!("x {title}");
    for event in Parser::new(&source) {
        match event {
            Event::Start(Tag::Emphasis) => open.push((plain.len(), Set::Italic)),
            Event::Start(Tag::Strong) => open.push((plain.len(), Set::Bold)),
            Event::End(TagEnd::Emphasis | TagEnd::Strong) => {
                set_apart.extend(open.pop().map(|(start, set)| (start..plain.len(), set)));
            }
            Event::Text(words) => plain.push_str(&words),
            Event::Start(Tag::Paragraph) | Event::End(TagEnd::Paragraph) => {}
            // What else Markdown sees there was hardly meant.
            _ => return as_it_is(),
        }
    }
    if set_apart.is_empty() {
        return as_it_is();
    }
    let Some(plain) = plain.strip_prefix("x ") else { return as_it_is() };
    let mut set_apart: Vec<_> =
        set_apart.into_iter().map(|(range, set)| (range.start - 2..range.end - 2, set)).collect();
    set_apart.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
    (plain.to_owned(), set_apart)
}

/// A title with what is set apart in it, each stretch of letters and each mark as the format writes them.
pub(super) fn written(
    title: &str,
    set_apart: &[(Range<usize>, Set)],
    letters: impl Fn(&str) -> String,
    marks: impl Fn(Set) -> (&'static str, &'static str),
) -> String {
    let mut edges: Vec<(usize, bool, &'static str)> = Vec::new();
    for (range, set) in set_apart.iter().filter(|(range, _)| title.get(range.clone()).is_some()) {
        let (opens, closes) = marks(*set);
        edges.extend([(range.start, true, opens), (range.end, false, closes)]);
    }
    // Where one ends and the next begins, the end comes first.
    edges.sort_by_key(|(at, opens, _)| (*at, *opens));
    let mut out = String::with_capacity(title.len());
    let mut at = 0;
    for (edge, _, mark) in edges {
        out.push_str(&letters(&title[at..edge]));
        out.push_str(mark);
        at = edge;
    }
    out.push_str(&letters(&title[at..]));
    out
}

#[cfg(test)]
mod tests {
    use super::taken_apart;

    #[test]
    fn a_title_in_a_title_is_set_apart() {
        let of = |title: &str| {
            let (plain, set) = taken_apart(title);
            let parts: Vec<String> =
                set.iter().map(|(range, how)| format!("{how:?} {}", &plain[range.clone()])).collect();
            (plain, parts.join("; "))
        };
        for (title, plain, set) in [
            ("On *Capital*, again", "On Capital, again", "Italic Capital"),
            (
                "_What Is to Be Done?_ in **Context**",
                "What Is to Be Done? in Context",
                "Italic What Is to Be Done?; Bold Context",
            ),
            ("A* and C* algebras", "A* and C* algebras", ""),
            ("snake_case_name", "snake_case_name", ""),
            ("***", "***", ""),
            ("# *One* [link](x)", "# *One* [link](x)", ""),
        ] {
            assert_eq!(of(title), (plain.to_owned(), set.to_owned()), "{title}");
        }
    }
}
