//! Titles with a title in them: front matter marks it as Markdown does (`On *Capital*`).

use std::ops::Range;

use super::Set;
use crate::import::title::without_marks;

/// A title without its marks, and what they set apart.
pub(super) fn taken_apart(title: &str) -> (String, Vec<(Range<usize>, Set)>) {
    let (plain, marked) = without_marks(title);
    let set = |strong: bool| if strong { Set::Bold } else { Set::Italic };
    (plain, marked.into_iter().map(|(range, strong)| (range, set(strong))).collect())
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
            ("On *Capital* and `code`, [a link](http://x.y)", "On Capital and code, a link", "Italic Capital"),
            ("The [first] letter, 2 < 3", "The [first] letter, 2 < 3", ""),
            ("*One* <b>two</b>", "*One* <b>two</b>", ""),
        ] {
            assert_eq!(of(title), (plain.to_owned(), set.to_owned()), "{title}");
        }
    }
}
