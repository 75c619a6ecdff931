//! The nearest spelling: what whoever mistyped a name is likely to have meant.

/// The one of `names` spelled most like `written`, where one is like it at all.
pub(crate) fn nearest<'a>(written: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    names
        .map(|n| (strsim::damerau_levenshtein(written, n), n))
        .filter(|(distance, n)| *distance * 2 <= n.chars().count().max(3))
        .min()
        .map(|(_, n)| n)
}
