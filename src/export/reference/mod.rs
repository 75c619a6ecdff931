//! `diptych cite`: a text as an entry of a bibliography, for reference managers and for `LaTeX`.
//!
//! What a text says of itself ([`Meta`]) becomes a [`Reference`]: people are taken apart into family and given names,
//! dates into their parts, addresses are found among the sources. What cannot be taken apart is kept as it is written.

pub(crate) mod bibtex;
pub(crate) mod csl;

pub(crate) mod date;
pub(crate) mod key;
mod language;
pub(crate) mod person;
mod title;

use std::ops::Range;

use crate::text::meta::{Meta, MetaValue};

use self::date::Date;
use self::person::Person;

/// A text as an entry of a bibliography.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reference {
    /// By which it is cited: `lih2014power`.
    pub key: String,
    /// What it is.
    pub kind: Kind,
    /// Its title, else the name of its file.
    pub title: String,
    /// What of the title is set apart, as byte ranges in their order.
    pub set_apart: Vec<(Range<usize>, Set)>,
    /// Who wrote it.
    pub authors: Vec<Person>,
    /// When.
    pub date: Option<Date>,
    /// Where it is in the Web.
    pub url: Option<String>,
    /// When it was last seen there.
    pub accessed: Option<Date>,
    /// As BCP 47.
    pub language: Option<String>,
    /// Where it is from, where that is not just an address.
    pub note: Option<String>,
    /// The other fields that are known of it, by their place in [`FIELDS`].
    pub fields: Vec<(&'static Field, String)>,
    /// Others who had a part in it.
    pub editors: Vec<Person>,
    /// Who translated it.
    pub translators: Vec<Person>,
}

/// How a stretch of a title is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Set {
    /// In italics.
    Italic,
    /// Bold.
    Bold,
}

/// What a text is; the names on both sides are those of CSL 1.0.2 and of `BibTeX`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Kind {
    /// As front matter may say it.
    said: &'static str,
    /// The type of CSL.
    pub csl: &'static str,
    /// The type of `BibTeX`.
    pub bibtex: &'static str,
}

/// A field that is the same text everywhere, under several names.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Field {
    /// As front matter may say it.
    said: &'static [&'static str],
    /// The variable of CSL.
    pub csl: &'static str,
    /// The field of `BibTeX`; empty where it has none.
    pub bibtex: &'static str,
}

const fn kind(said: &'static str, csl: &'static str, bibtex: &'static str) -> Kind {
    Kind { said, csl, bibtex }
}

/// The kinds there are. The last two are for texts that do not say what they are: with and without an address.
static KINDS: &[Kind] = &[
    kind("book", "book", "book"),
    kind("article", "article-journal", "article"),
    kind("journal article", "article-journal", "article"),
    kind("magazine article", "article-magazine", "article"),
    kind("newspaper article", "article-newspaper", "article"),
    kind("chapter", "chapter", "incollection"),
    kind("pamphlet", "pamphlet", "booklet"),
    kind("thesis", "thesis", "phdthesis"),
    kind("report", "report", "techreport"),
    kind("manuscript", "manuscript", "unpublished"),
    kind("speech", "speech", "misc"),
    kind("talk", "speech", "misc"),
    kind("interview", "interview", "misc"),
    kind("letter", "personal_communication", "misc"),
    kind("blog", "post-weblog", "misc"),
    kind("web page", "webpage", "misc"),
    kind("document", "document", "misc"),
];

const fn field(said: &'static [&'static str], csl: &'static str, bibtex: &'static str) -> Field {
    Field { said, csl, bibtex }
}

/// The fields that are taken as they are.
pub(crate) static FIELDS: &[Field] = &[
    field(&["publisher"], "publisher", "publisher"),
    field(&["place", "address", "publisher-place"], "publisher-place", "address"),
    field(
        &["journal", "newspaper", "magazine", "container", "container-title", "publication"],
        "container-title",
        "journal",
    ),
    field(&["volume"], "volume", "volume"),
    field(&["issue", "number"], "issue", "number"),
    field(&["pages", "page"], "page", "pages"),
    field(&["edition"], "edition", "edition"),
    field(&["doi"], "DOI", "doi"),
    field(&["isbn"], "ISBN", "isbn"),
    field(&["issn"], "ISSN", "issn"),
];

impl Reference {
    /// The entry of a text with this metadata, called `name` where it has no title. Its key is yet to be given
    /// ([`with_keys`]).
    pub(crate) fn of(meta: &Meta, name: &str) -> Self {
        let url = meta.sources.iter().find_map(|s| address_in(s)).or_else(|| said(meta, &["link", "permalink"]));
        let prose: Vec<&str> =
            meta.sources.iter().map(String::as_str).filter(|s| address_in(s).as_deref() != Some(bare(s))).collect();
        let kind = said(meta, &["kind", "type", "genre"]).and_then(|k| kind_said(&k));
        let unsaid = if url.is_some() { "web page" } else { "document" };
        let people = |keys: &[&str]| said(meta, keys).map(|p| Person::all_in(&p)).unwrap_or_default();
        let (title, set_apart) = title::taken_apart(meta.title.as_deref().unwrap_or(name));
        Self {
            key: String::new(),
            kind: kind.or_else(|| kind_said(unsaid)).unwrap_or(KINDS[KINDS.len() - 1]),
            title,
            set_apart,
            authors: meta.author_line().as_deref().map(Person::all_in).unwrap_or_default(),
            date: meta.date.clone().or_else(|| said(meta, &["issued", "year", "published"])).map(|d| Date::of(&d)),
            url,
            accessed: said(meta, &["accessed", "access-date", "accessdate", "retrieved", "fetched"])
                .map(|d| Date::of(&d)),
            language: meta.language.as_deref().map(language::tag),
            note: (!prose.is_empty()).then(|| prose.join("; ")),
            fields: FIELDS.iter().filter_map(|field| Some((field, field.plain(said(meta, field.said)?)))).collect(),
            editors: people(&["editor", "editors"]),
            translators: people(&["translator", "translators"]),
        }
    }
}

impl Field {
    /// Whether what it says is a name for machines: printed as it is, never set.
    pub(crate) fn is_verbatim(&self) -> bool {
        matches!(self.csl, "DOI" | "ISBN" | "ISSN")
    }

    /// What it says, without what is said around it: a DOI is no address.
    fn plain(&self, said: String) -> String {
        if self.csl != "DOI" {
            return said;
        }
        let begins = |prefix: &&str| said.get(..prefix.len()).is_some_and(|s| s.eq_ignore_ascii_case(prefix));
        let prefixes =
            ["https://doi.org/", "http://doi.org/", "https://dx.doi.org/", "http://dx.doi.org/", "doi.org/", "doi:"];
        let prefix = prefixes.iter().find(|p| begins(p)).map_or(0, |p| p.len());
        said[prefix..].trim().to_owned()
    }
}

/// What front matter says under one of these keys, whatever their case.
fn said(meta: &Meta, keys: &[&str]) -> Option<String> {
    let same = |key: &str| keys.iter().any(|k| key.replace('_', "-").eq_ignore_ascii_case(k));
    let (_, value) = meta.extra.iter().find(|(key, _)| same(key))?;
    let value = match value {
        MetaValue::One(one) => one.clone(),
        MetaValue::Many(many) => many.join(" and "),
    };
    (!value.trim().is_empty()).then(|| value.trim().to_owned())
}

fn kind_said(said: &str) -> Option<Kind> {
    let plain = said.trim().to_lowercase().replace(['-', '_'], " ");
    KINDS.iter().find(|k| k.said == plain || k.csl.replace(['-', '_'], " ") == plain).copied()
}

/// An address without the brackets that it may stand in.
fn bare(source: &str) -> &str {
    let source = source.trim();
    source.strip_prefix('<').and_then(|s| s.strip_suffix('>')).unwrap_or(source)
}

/// The first address in what is said of a source.
fn address_in(source: &str) -> Option<String> {
    let at = source.find("https://").or_else(|| source.find("http://"))?;
    let rest = &source[at..];
    let end = rest.find(|c: char| c.is_whitespace() || "<>\"”“’".contains(c)).unwrap_or(rest.len());
    let mut address = &rest[..end];
    while let Some(last) = address.chars().next_back().filter(|c| ".,;:)]".contains(*c)) {
        // What closes something that was opened in the address belongs to it: `…/Soviet_(council)`.
        let opening = match last {
            ')' => '(',
            ']' => '[',
            _ => '\0',
        };
        let count = |sign: char| address.matches(sign).count();
        if opening != '\0' && count(last) <= count(opening) {
            break;
        }
        address = &address[..address.len() - last.len_utf8()];
    }
    Some(address.to_owned())
}

#[cfg(test)]
mod tests;
