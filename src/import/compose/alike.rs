//! Lines of one make, which show by themselves how they belong together: fields, entries, notes, a title.

use crate::import::lines::list;
use crate::import::lines::marks;
use crate::import::lines::{Line, Lines};

/// `Date: 3 April`: a name, a colon and what it is, as in the head of a letter.
pub(super) fn is_field(line: &str) -> bool {
    line.split_once(": ").is_some_and(|(name, _)| {
        (2..=24).contains(&name.len())
            && name.starts_with(char::is_uppercase)
            && name.chars().all(|c| c.is_alphanumeric() || c == '-')
    })
}

/// `[x] = what it stands for`, and no sentence that has the sign in it.
pub(super) fn is_equation(line: &str) -> bool {
    const LONGEST: usize = 24;
    line.starts_with('[') && line.split_once(" = ").is_some_and(|(term, _)| term.len() <= LONGEST)
}

/// Whether a block is a note by its label in brackets, and its other lines stand in below that: `[12] The mill …`.
pub(super) fn is_hung_note(lines: &Lines<'_>, rows: &[Line]) -> bool {
    let label = lines.of_line(&rows[0]).strip_prefix('[').and_then(|rest| rest.split_once("] "));
    let level = rows[1..].iter().all(|l| l.indent == rows[1].indent && l.indent >= rows[0].indent + 2);
    level && label.is_some_and(|(label, _)| marks::is_label(label))
}

/// Whether two lines are one title in capitals: the first is long, and the second goes on with it.
pub(super) fn is_title_in_capitals(first: &str, second: &str) -> bool {
    const LEAST: usize = 24;
    let capitals = |s: &str| s.contains(char::is_uppercase) && !s.contains(char::is_lowercase);
    first.len() >= LEAST
        && second.len() <= first.len()
        && capitals(first)
        && capitals(second)
        && !marks::ends_sentence(first)
        && !first.ends_with([',', ';'])
        && list::opens(first).is_none()
        && list::opens(second).is_none()
}
