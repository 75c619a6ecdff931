//! What a document says about itself.

/// Title, author, date and the rest of a document's front matter. All strings are clean (see [`crate::text::clean`]).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Meta {
    /// The title, or `None` where the document has none (a reader then shows the name of the file).
    pub title: Option<String>,
    /// Who wrote it.
    pub author: Option<String>,
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
    /// The last word of the author's name, by which readers refer to him or her.
    pub fn surname(&self) -> Option<&str> {
        self.author.as_deref().map(surname)
    }
}

/// The word of a person's name by which others refer to that person: the last one that is not `Jr.` or a numeral.
pub fn surname(name: &str) -> &str {
    let main = name.split(',').next().unwrap_or(name).trim();
    main.rsplit(' ').find(|w| !w.is_empty()).unwrap_or(main)
}
