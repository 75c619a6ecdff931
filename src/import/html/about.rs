//! What a page says of itself: title, author, date, where it is from.
//!
//! Pages say it in several ways, of which the first that says anything is believed: linked data (schema.org, as JSON),
//! `meta` elements (Open Graph, Dublin Core, Highwire), then the elements that readers see.

use dom_query::{Document, Element};
use serde_json::Value;

use crate::import::dom::attribute::attribute;
use crate::import::dom::walk::Walked;
use crate::import::flow::Kind;
use crate::text::clean::Clean;
use crate::text::meta::{Meta, MetaValue};

/// Longer than this is no name and no date.
const LONGEST_NAME: usize = 120;

/// Linked data nests this deep before it says what the page is.
const DEEPEST: usize = 6;

/// The page's metadata; the pieces tell which heading it shows.
pub(super) fn meta(page: &Document, walked: &Walked) -> Meta {
    let said = MetaFields::of(page);
    let linked = Linked::of(page);
    let site = said.first(&["og:site_name", "application-name"]).or(linked.site);
    let title = title(page, walked, &said, linked.title, site.as_deref());
    let author = authors(linked.authors)
        .or_else(|| {
            authors(said.all(&[
                "author",
                "article:author",
                "citation_author",
                "dc.creator",
                "dcterms.creator",
                "parsely-author",
                "sailthru.author",
                "byl",
            ]))
        })
        .or_else(|| {
            authors(seen(page, "[rel~=author], [itemprop=author] [itemprop=name], [itemprop=author], .byline, .author"))
        });
    let date = linked
        .date
        .or_else(|| {
            said.first(&[
                "article:published_time",
                "datepublished",
                "citation_publication_date",
                "dc.date.issued",
                "dcterms.issued",
                "dc.date",
                "parsely-pub-date",
                "sailthru.date",
                "date",
                "pubdate",
            ])
        })
        .or_else(|| attribute_of(page, "time[datetime]", "datetime"))
        .and_then(|d| date(&d));
    let address = attribute_of(page, "link[rel=canonical]", "href").filter(|a| a.contains("://"));
    let address = address.or_else(|| said.first(&["og:url"]).filter(|a| a.contains("://")));
    let language = attribute_of(page, "html", "lang").or_else(|| attribute_of(page, "html", "xml:lang"));
    let language = language.or(linked.language).and_then(|l| language_tag(&l));
    let mut meta = Meta { title, author, date, language, ..Meta::default() };
    meta.sources.extend(address);
    match site {
        Some(site) if meta.sources.is_empty() => meta.sources.push(site),
        Some(site) => meta.extra.push(("site".to_owned(), MetaValue::One(site))),
        None => {}
    }
    meta
}

/// The article's words, where linked data has them: some pages show them only to whoever runs their programs.
pub(super) fn article_body(page: &Document) -> Option<String> {
    Linked::of(page).body
}

/// What the `meta` elements say, by the names of what they say, in lower case.
struct MetaFields(Vec<(String, String)>);

impl MetaFields {
    fn of(page: &Document) -> Self {
        let mut all = Vec::new();
        for node in page.select("meta[content]").nodes() {
            let Some(element) = node.element_ref() else { continue };
            let name = ["property", "name", "itemprop"].iter().find_map(|a| attribute(&element, a));
            if let (Some(name), Some(content)) = (name, attribute(&element, "content").and_then(line)) {
                all.push((name.to_ascii_lowercase(), content));
            }
        }
        Self(all)
    }

    fn first(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| self.0.iter().find(|(n, _)| n == name)).map(|(_, said)| said.clone())
    }

    /// Everything said under the first of the names that is there.
    fn all(&self, names: &[&str]) -> Vec<String> {
        let under = |name: &&str| self.0.iter().filter(|(n, _)| n == name).map(|(_, said)| said.clone()).collect();
        names.iter().map(under).find(|said: &Vec<String>| !said.is_empty()).unwrap_or_default()
    }
}

/// What linked data says of the article.
#[derive(Debug, Default)]
struct Linked {
    title: Option<String>,
    authors: Vec<String>,
    date: Option<String>,
    site: Option<String>,
    language: Option<String>,
    body: Option<String>,
}

impl Linked {
    fn of(page: &Document) -> Self {
        let mut linked = Self::default();
        for node in page.select("script[type='application/ld+json']").nodes() {
            if let Ok(value) = serde_json::from_str::<Value>(node.text().trim()) {
                linked.look(&value, 0);
            }
        }
        linked
    }

    fn look(&mut self, value: &Value, depth: usize) {
        if depth > DEEPEST {
            return;
        }
        match value {
            Value::Array(all) => all.iter().for_each(|v| self.look(v, depth + 1)),
            Value::Object(fields) => {
                if fields.get("@type").is_some_and(is_article) {
                    self.take(value);
                }
                if let Some(graph) = fields.get("@graph") {
                    self.look(graph, depth + 1);
                }
            }
            _ => {}
        }
    }

    fn take(&mut self, article: &Value) {
        let text = |key: &str| article.get(key).and_then(Value::as_str).map(decoded).and_then(|s| line(&s));
        self.title = self.title.take().or_else(|| text("headline")).or_else(|| text("name"));
        self.date = self.date.take().or_else(|| text("datePublished"));
        self.language = self.language.take().or_else(|| text("inLanguage"));
        let body = article.get("articleBody").and_then(Value::as_str).map(decoded);
        self.body = self.body.take().or(body);
        if self.authors.is_empty() {
            self.authors = article.get("author").map(names).unwrap_or_default();
        }
        if self.site.is_none() {
            self.site = article.get("publisher").map(names).and_then(|n| n.into_iter().next());
        }
    }
}

fn is_article(kind: &Value) -> bool {
    let article = |s: &str| {
        s.ends_with("Article")
            || s.ends_with("Posting")
            || matches!(s, "Report" | "Review" | "Book" | "Chapter" | "Essay")
    };
    match kind {
        Value::String(s) => article(s),
        Value::Array(all) => all.iter().filter_map(Value::as_str).any(article),
        _ => false,
    }
}

/// The names of persons or organisations.
fn names(value: &Value) -> Vec<String> {
    match value {
        Value::String(s) => line(&decoded(s)).into_iter().collect(),
        Value::Array(all) => {
            all.iter().take(20).flat_map(|v| if v.is_array() { Vec::new() } else { names(v) }).collect()
        }
        Value::Object(fields) => match fields.get("name") {
            Some(name) if !name.is_object() => names(name),
            _ => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// The title as the page shows it: its only great heading, where the page's name has it too; else its name without the
/// site's.
fn title(
    page: &Document,
    walked: &Walked,
    said: &MetaFields,
    linked: Option<String>,
    site: Option<&str>,
) -> Option<String> {
    let named = line(&page.select("title").first().text());
    let great: Vec<&str> = {
        let greats = walked.pieces.iter().filter(|p| p.kind == Kind::Heading(1));
        greats.take(3).map(|p| p.string.as_str()).collect()
    };
    if let ([heading], Some(named)) = (great.as_slice(), &named)
        && letters(named).contains(&letters(heading))
        && heading.chars().count() > 3
    {
        return line(heading);
    }
    let without_site = |title: String| match site.and_then(|s| title.strip_suffix(s)) {
        Some(rest) => rest.trim_end().trim_end_matches(['|', '-', '–', '—', '·', ':', '»', '•']).trim_end().to_owned(),
        None => title,
    };
    linked
        .or_else(|| said.first(&["og:title", "citation_title", "dc.title", "twitter:title"]))
        .or(named)
        .map(without_site)
        .filter(|t| !t.is_empty())
}

fn letters(s: &str) -> String {
    s.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// Names as one: "A, B and C". What is an address or a sentence is no name.
fn authors(names: Vec<String>) -> Option<String> {
    let mut found: Vec<String> = Vec::new();
    for name in names {
        let by = ["By ", "by ", "BY "].iter().find_map(|by| name.strip_prefix(by)).unwrap_or(&name).trim();
        let name = by.trim_end_matches([',', ';', '|']).trim_end();
        let is_name = !name.contains("://") && !name.starts_with('@') && name.chars().any(char::is_alphabetic);
        if is_name && name.len() <= LONGEST_NAME && !found.iter().any(|f| f == name) {
            found.push(name.to_owned());
        }
    }
    match found.as_slice() {
        [] => None,
        [one] => Some(one.clone()),
        [most @ .., last] => Some(format!("{} and {last}", most.join(", "))),
    }
}

/// The letters of the first element that the selector finds and that has any.
fn seen(page: &Document, selector: &str) -> Vec<String> {
    let found = page.select(selector);
    found.nodes().iter().take(5).find_map(|n| line(&n.text())).into_iter().collect()
}

fn attribute_of(page: &Document, selector: &str, name: &str) -> Option<String> {
    let found = page.select_single(selector);
    let node = *found.nodes().first()?;
    let element: &Element = &*node.element_ref()?;
    attribute(element, name).and_then(line)
}

/// A date as `1917-11-07` where it begins so, else as it is written, if it has a year.
fn date(said: &str) -> Option<String> {
    let bytes = said.as_bytes();
    let digits = |r: std::ops::Range<usize>| bytes.get(r).is_some_and(|d| d.iter().all(u8::is_ascii_digit));
    let iso =
        digits(0..4) && bytes.get(4) == Some(&b'-') && digits(5..7) && bytes.get(7) == Some(&b'-') && digits(8..10);
    if iso {
        return Some(said[..10].to_owned());
    }
    let year = bytes.windows(4).any(|w| w.iter().all(u8::is_ascii_digit));
    (year && said.len() <= 40).then(|| said.to_owned())
}

fn language_tag(said: &str) -> Option<String> {
    let tag = said.replace('_', "-");
    let fits = (2..=12).contains(&tag.len()) && tag.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    fits.then_some(tag)
}

/// One clean line with single blanks; nothing where it is empty.
fn line(raw: &str) -> Option<String> {
    let clean = Clean::line(raw);
    let line = clean.as_str().split_whitespace().collect::<Vec<_>>().join(" ");
    (!line.is_empty()).then_some(line)
}

/// Linked data is often written with the entities of HTML.
fn decoded(s: &str) -> String {
    if s.contains('&') { Document::fragment(s.replace('<', "&lt;")).text().to_string() } else { s.to_owned() }
}
