//! The package document of a book (OPF): what the book is, which files it has, and the order in which they are read.

use std::collections::{HashMap, HashSet};

use crate::import::archive::Archive;
use crate::import::dom::address::beside;
use crate::import::error::ImportError;
use crate::import::format::Format;
use crate::import::xml::{Token, Xml, attribute, name};
use crate::text::clean::Clean;
use crate::text::meta::{Meta, MetaValue};

/// What a book says of itself.
#[derive(Debug, Default)]
pub(super) struct Package {
    pub meta: Meta,
    /// The paths of the chapters, in the order of reading.
    pub spine: Vec<String>,
    /// Whether there are pictures among the book's files.
    pub pictures: bool,
    /// Where the guide says that the body begins.
    pub body: Option<String>,
    /// The table of contents as a page, of EPUB 3.
    pub nav: Option<String>,
    /// The table of contents of EPUB 2.
    pub ncx: Option<String>,
}

/// A file of the book.
#[derive(Debug, Clone, Default)]
struct Item {
    path: String,
    kind: String,
    properties: String,
}

/// Finds the package document by the container's word, else by its ending, and reads it.
pub(super) fn read(archive: &mut Archive<'_>) -> Result<Package, ImportError> {
    let broken = |why: &str| ImportError::Broken { format: Format::Epub, why: why.to_owned() };
    let container = archive.part("META-INF/container.xml").map(|bytes| super::source(&bytes)).unwrap_or_default();
    let all = archive.names();
    let there = |path: &String| all.iter().any(|n| n == path);
    let named = root_files(&container);
    let by_ending = || all.iter().find(|n| n.to_ascii_lowercase().ends_with(".opf")).cloned();
    let path = named.iter().find(|p| there(p)).cloned().or_else(by_ending).or_else(|| named.first().cloned());
    let path = path.ok_or_else(|| broken("it has no package document (.opf)"))?;
    let bytes = archive.part(&path).map_err(|why| why.of(Format::Epub, &format!("its package document {path}")))?;
    let package = parse(&super::source(&bytes), &path);
    if package.spine.is_empty() && package.pictures {
        return Err(ImportError::Pictures(Format::Epub));
    }
    if package.spine.is_empty() {
        return Err(broken("its package document names no chapters"));
    }
    Ok(package)
}

/// The package documents that the container names; the first one is the book.
fn root_files(container: &str) -> Vec<String> {
    let path = |token| match token {
        Token::Open(tag) if name(&tag) == "rootfile" => attribute(&tag, "full-path").map(|path| beside("", &path)),
        _ => None,
    };
    Xml::new(container).filter_map(path).take(16).collect()
}

fn parse(source: &str, path: &str) -> Package {
    let mut items: HashMap<String, Item> = HashMap::new();
    let mut order = Vec::new();
    let (mut ncx, mut body) = (None, None);
    let mut said: Vec<(String, String, String)> = Vec::new();
    let mut open: Option<(String, String, String)> = None;
    for token in Xml::new(source) {
        match token {
            Token::Open(tag) => match name(&tag) {
                "item" => {
                    if let (Some(id), Some(href)) = (attribute(&tag, "id"), attribute(&tag, "href")) {
                        let get = |name| attribute(&tag, name).unwrap_or_default();
                        // Some list each chapter of a file as an item of its own.
                        let file = href.split('#').next().unwrap_or(&href);
                        let item =
                            Item { path: beside(path, file), kind: get("media-type"), properties: get("properties") };
                        items.entry(id.trim().to_owned()).or_insert(item);
                    }
                }
                "itemref" => order.extend(attribute(&tag, "idref").map(|id| id.trim().to_owned())),
                "spine" => ncx = attribute(&tag, "toc").map(|id| id.trim().to_owned()),
                // The guide of EPUB 2; of several entries the first is meant.
                "reference" if matches!(attribute(&tag, "type").as_deref(), Some("text" | "start" | "bodymatter")) => {
                    body = body.or_else(|| attribute(&tag, "href").map(|href| beside(path, &href)));
                }
                field @ ("title" | "creator" | "date" | "language" | "publisher" | "source" | "identifier") => {
                    let role = attribute(&tag, "role").or_else(|| attribute(&tag, "event")).unwrap_or_default();
                    open = Some((field.to_owned(), role, String::new()));
                }
                _ => {}
            },
            Token::Letters(letters) => {
                if let Some((_, _, text)) = &mut open {
                    text.push_str(&letters);
                }
            }
            Token::Close(_) => said.extend(open.take()),
        }
    }
    // What is drawn may have words in it; what is painted, filmed or recorded has none that can be read.
    let silent = |kind: &str| {
        let drawn = kind == "image/svg+xml";
        let silent = ["image/", "audio/", "video/", "font/", "text/css", "application/font", "application/javascript"];
        !drawn && silent.iter().any(|s| kind.starts_with(s))
    };
    let readable = |item: &&Item| !silent(&item.kind) && !item.properties.split(' ').any(|p| p == "nav");
    let pictures = items.values().any(|i| i.kind.starts_with("image/"));
    let mut seen = HashSet::new();
    let listed = order.iter().filter_map(|id| items.get(id)).filter(readable);
    let spine = listed.filter(|i| seen.insert(i.path.clone())).map(|i| i.path.clone()).collect();
    let mut sorted: Vec<&Item> = items.values().collect();
    sorted.sort_by(|a, b| a.path.cmp(&b.path));
    let nav = sorted.iter().find(|i| i.properties.split(' ').any(|p| p == "nav")).map(|i| i.path.clone());
    let by_kind = || sorted.iter().find(|i| i.kind == "application/x-dtbncx+xml").map(|i| i.path.clone());
    let ncx = ncx.and_then(|id| items.get(&id)).map(|i| i.path.clone()).or_else(by_kind);
    Package { meta: meta(&said), spine, pictures, body, nav, ncx }
}

fn meta(said: &[(String, String, String)]) -> Meta {
    let all = |field: &str| {
        let of_field = said.iter().filter(move |(f, ..)| f == field);
        of_field.filter_map(|(_, role, text)| line(text).map(|text| (role.as_str(), text))).collect::<Vec<_>>()
    };
    let first = |field: &str| all(field).into_iter().next().map(|(_, text)| text);
    let creators = all("creator");
    let authors: Vec<String> = {
        let by_role = creators.iter().filter(|(role, _)| matches!(*role, "" | "aut")).map(|(_, name)| name.clone());
        let found: Vec<String> = by_role.collect();
        if found.is_empty() { creators.into_iter().map(|(_, name)| name).collect() } else { found }
    };
    let author = match authors.as_slice() {
        [] => None,
        [one] => Some(one.clone()),
        [most @ .., last] => Some(format!("{} and {last}", most.join(", "))),
    };
    let dates = all("date");
    let published = dates.iter().find(|(event, _)| matches!(*event, "publication" | "original-publication"));
    let date = published.or_else(|| dates.iter().find(|(event, _)| event.is_empty()));
    // A date of the calendar without the time of day.
    let date = date.map(|(_, d)| d.split('T').next().unwrap_or(d).to_owned());
    let address = |s: &String| s.contains("://") || s.to_lowercase().contains("isbn");
    let mut meta = Meta { title: first("title"), author, date, language: first("language"), ..Meta::default() };
    let sources = all("source").into_iter().chain(all("identifier")).map(|(_, s)| s);
    meta.sources = sources.filter(address).take(1).collect();
    if let Some(publisher) = first("publisher") {
        meta.extra.push(("publisher".to_owned(), MetaValue::One(publisher)));
    }
    meta
}

/// One clean line with single blanks; nothing where it is empty.
fn line(raw: &str) -> Option<String> {
    let clean = Clean::line(raw);
    let line = clean.as_str().split_whitespace().collect::<Vec<_>>().join(" ");
    (!line.is_empty()).then_some(line)
}
