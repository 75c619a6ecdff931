//! What a document says about itself.

/// Title, author, date and the rest of a document's front matter. All strings are clean (see [`crate::text::clean`]).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Meta {
    /// The title, or `None` where the document has none (a reader then shows the name of the file).
    pub title: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
    /// The names among these that are said to be a group's or an institution's, and have no parts.
    pub groups: Vec<String>,
    /// When, as written: a year, an ISO date, or words.
    pub date: Option<String>,
    /// Where it is from, each enough to find the original.
    pub sources: Vec<String>,
    /// The position it takes, in one line.
    pub position: Option<String>,
    /// Its language as BCP 47 (`en`, `de`), where the document says so.
    pub language: Option<String>,
    /// Everything else of the front matter, in its order.
    pub extra: Vec<(String, MetaValue)>,
}

/// The value of a front matter key that Diptych has no use for but keeps.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MetaValue {
    /// One string (numbers and booleans as written).
    One(String),
    /// A list of strings.
    Many(Vec<String>),
}

impl Meta {
    /// Takes the braces off the author line, which stand around the names of groups, and remembers those.
    pub fn tell_groups(&mut self) {
        let Some(author) = self.author.as_deref().filter(|a| a.contains('{')) else { return };
        let mut plain = String::with_capacity(author.len());
        let mut groups = Vec::new();
        let mut rest = author;
        while let Some((before, after)) = rest.split_once('{') {
            let Some((group, after)) = after.split_once('}') else { return };
            if group.trim().is_empty() || group.contains('{') {
                return;
            }
            plain.push_str(before);
            plain.push_str(group.trim());
            groups.push(group.trim().to_owned());
            rest = after;
        }
        plain.push_str(rest);
        (self.author, self.groups) = (Some(plain), groups);
    }

    /// The author line with braces around the names of groups.
    pub fn author_line(&self) -> Option<String> {
        let author = self.author.clone()?;
        let mut at = 0;
        let mut line = String::with_capacity(author.len());
        for group in &self.groups {
            let Some(found) = author[at..].find(group.as_str()) else { continue };
            line.push_str(&author[at..at + found]);
            line.extend(["{", group, "}"]);
            at += found + group.len();
        }
        line.push_str(&author[at..]);
        Some(line)
    }

    /// The last word of the author's name, by which readers refer to them.
    pub fn surname(&self) -> Option<&str> {
        self.author.as_deref().map(surname)
    }
}

/// The word of a person's name by which others refer to that person: the last one that is not an initial, `Jr.` or a
/// numeral; in `V.I.Lenin`, what stands after the initials.
pub(crate) fn surname(name: &str) -> &str {
    let main = name.split(',').next().unwrap_or(name).trim();
    let after = |w: &str| {
        matches!(w, "Jr." | "Jr" | "Sr." | "Sr" | "II" | "III" | "IV")
            || w.strip_suffix('.').is_some_and(|initial| initial.chars().count() == 1)
    };
    let last = main.split_whitespace().rfind(|w| !after(w)).unwrap_or(main);
    last.rsplit('.').next().filter(|w| !w.is_empty()).unwrap_or(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_surname_is_what_others_say() {
        let cases = [
            ("Lars T. Lih", "Lih"),
            ("Felipe Stuart C.", "Stuart"),
            ("Martin Luther King Jr.", "King"),
            ("V.I.Lenin", "Lenin"),
            ("Lenin", "Lenin"),
            ("Rosa Luxemburg, editor", "Luxemburg"),
        ];
        for (name, expected) in cases {
            assert_eq!(surname(name), expected);
        }
    }
}
