//! Two who change the same thing: what only one of them has changed is as that one has it, field by field. Where both
//! have changed the same words, both are kept; of anything else the later counts, and it is told what the other had.

/// What a thing was when a change to it began, and what is to be told of others' changes to it.
#[derive(Debug)]
pub struct Meanwhile<'a, T> {
    /// As it was; `None` for something new, or where that is not known: then nobody else's change is looked for.
    pub before: Option<&'a T>,
    /// A line for each field that both have changed.
    pub told: Vec<String>,
}

impl<'a, T> Meanwhile<'a, T> {
    /// A change to what was so.
    pub fn since(before: Option<&'a T>) -> Self {
        Self { before, told: Vec::new() }
    }
}

/// Who has changed a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Changed {
    /// Not we: it stays as it is there.
    Theirs,
    /// We alone, or both to the same.
    Ours,
    /// Both, each otherwise.
    Both,
}

/// Who has changed a field that was so.
pub(crate) fn changed<T: PartialEq + ?Sized>(before: &T, ours: &T, theirs: &T) -> Changed {
    match (before == ours, before == theirs || ours == theirs) {
        (true, _) => Changed::Theirs,
        (false, true) => Changed::Ours,
        (false, false) => Changed::Both,
    }
}

/// What both have written, ours first.
pub(crate) fn both(ours: &str, theirs: &str) -> String {
    match (ours.trim(), theirs.trim()) {
        (words, "") | ("", words) => words.to_owned(),
        (ours, theirs) if has(ours, theirs) => ours.to_owned(),
        (ours, theirs) if has(theirs, ours) => theirs.to_owned(),
        (ours, theirs) => format!("{ours}\n\n{theirs}"),
    }
}

/// Whether some paragraphs of `words`, one after the other, are `others`.
fn has(words: &str, others: &str) -> bool {
    let words: Vec<&str> = words.split("\n\n").map(str::trim).collect();
    let others: Vec<&str> = others.split("\n\n").map(str::trim).collect();
    words.windows(others.len()).any(|some| some == others)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_is_whose_change_it_is() {
        for (before, ours, theirs, whose) in [
            ("a", "a", "a", Changed::Theirs),
            ("a", "a", "b", Changed::Theirs),
            ("a", "b", "a", Changed::Ours),
            ("a", "b", "b", Changed::Ours),
            ("a", "b", "c", Changed::Both),
        ] {
            assert_eq!(changed(before, ours, theirs), whose, "{before} {ours} {theirs}");
        }
        assert_eq!(both("one", "two"), "one\n\ntwo");
        assert_eq!(both("one\n\ntwo", "two"), "one\n\ntwo");
        assert_eq!(both("I do not agree", "agree"), "I do not agree\n\nagree");
    }
}
