//! The table of contents: the headings that chapters lack.

use dom_query::Document;

use crate::import::archive::Archive;
use crate::import::dom::address::beside;
use crate::import::dom::attribute::attribute;
use crate::import::dom::tame::{Syntax, tame};
use crate::import::flow::notes::NamedPlaces;
use crate::import::flow::{Kind, Nest, Piece};
use crate::import::xml::{self, Token, Xml};

use super::package::Package;

/// A book has no more entries than this; a list that goes on is a fault or a trap.
const MOST: usize = 20_000;

/// How many pieces before and after a place its heading may stand.
const NEAR: usize = 3;

/// A line of the table of contents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct ContentsLine {
    pub title: String,
    /// The file, and the place in it after `#`.
    pub address: String,
    /// How deep it stands, from 1.
    pub depth: u8,
}

/// Reads the table of contents, of EPUB 3 or else of EPUB 2. A book without one has no entries.
pub(super) fn read(archive: &mut Archive<'_>, package: &Package) -> Vec<ContentsLine> {
    let mut part = |path: &Option<String>| {
        let path = path.as_ref()?;
        Some((path.clone(), super::source(&archive.part(path).ok()?)))
    };
    let nav = part(&package.nav).map(|(path, source)| of_page(&source, &path)).unwrap_or_default();
    if !nav.is_empty() {
        return nav;
    }
    part(&package.ncx).map(|(path, source)| of_ncx(&source, &path)).unwrap_or_default()
}

/// Where the book itself begins, by the landmarks of EPUB 3, or else by the guide of EPUB 2.
pub(super) fn body(archive: &mut Archive<'_>, package: &Package) -> Option<String> {
    let landmarks = package.nav.as_ref().and_then(|path| {
        let page = Document::from(tame(&super::source(&archive.part(path).ok()?), Syntax::Xml).as_str());
        let links = page.select("nav a");
        links.nodes().iter().find_map(|node| {
            let element = node.element_ref()?;
            let kind = attribute(&element, "epub:type")?;
            let body = kind.split_whitespace().any(|k| k == "bodymatter");
            attribute(&element, "href").filter(|_| body).map(|href| beside(path, href))
        })
    });
    landmarks.or_else(|| package.body.clone())
}

/// The entries of a navigation document: links in lists, in the `nav` that is the table of contents.
fn of_page(source: &str, path: &str) -> Vec<ContentsLine> {
    let page = Document::from(tame(source, Syntax::Xml).as_str());
    let navs = page.select("nav");
    let is_toc = |n: &&dom_query::NodeRef<'_>| {
        n.element_ref().is_some_and(|e| attribute(&e, "epub:type").is_some_and(|t| t.contains("toc")))
    };
    let Some(nav) = navs.nodes().iter().find(is_toc).or_else(|| navs.nodes().first()) else { return Vec::new() };
    let mut entries = Vec::new();
    for node in nav.descendants_it().take(MOST * 8) {
        let Some(element) = node.element_ref().filter(|e| &*e.name.local == "a") else { continue };
        let Some(address) = attribute(&element, "href") else { continue };
        let lists =
            node.ancestors_it(None).take_while(|a| a.id != nav.id).filter(|a| a.has_name("ol") || a.has_name("ul"));
        let depth = lists.count().clamp(1, 6) as u8;
        push(&mut entries, &node.text(), beside(path, address), depth);
        if entries.len() >= MOST {
            break;
        }
    }
    entries
}

/// The entries of an NCX: nested points of the navigation map.
fn of_ncx(source: &str, path: &str) -> Vec<ContentsLine> {
    let mut entries: Vec<ContentsLine> = Vec::new();
    let (mut depth, mut within, mut title) = (0u8, false, None::<String>);
    for token in Xml::new(source).take(MOST * 16) {
        match token {
            Token::Open(tag) => match xml::name(&tag) {
                "navMap" => within = true,
                "navPoint" => {
                    depth = depth.saturating_add(1);
                    title = Some(String::new());
                }
                "content" if within => {
                    let address = xml::attribute(&tag, "src").map(|src| beside(path, &src));
                    if let (Some(title), Some(address)) = (title.take(), address) {
                        push(&mut entries, &title, address, depth.clamp(1, 6));
                    }
                }
                _ => {}
            },
            Token::Letters(letters) => {
                if let (true, Some(title)) = (within, &mut title) {
                    title.push_str(&letters);
                }
            }
            Token::Close(name) => match name.as_str() {
                "navPoint" => depth = depth.saturating_sub(1),
                "navMap" => within = false,
                _ => {}
            },
        }
    }
    entries.truncate(MOST);
    entries
}

fn push(entries: &mut Vec<ContentsLine>, title: &str, address: String, depth: u8) {
    let piece = Piece::prose(title);
    let title = piece.string.split_whitespace().collect::<Vec<_>>().join(" ");
    if !title.is_empty() {
        entries.push(ContentsLine { title, address, depth });
    }
}

/// The headings that the table of contents has and the chapters have not, with the numbers of the pieces before which they
/// stand. A paragraph that says the same as its entry becomes the heading itself.
pub(super) fn headings(entries: &[ContentsLine], pieces: &mut [Piece], places: &NamedPlaces) -> Vec<(usize, Piece)> {
    let mut missing: Vec<(usize, Piece)> = Vec::new();
    for entry in entries {
        let Some(at) = places.first_piece(&entry.address) else { continue };
        let wanted = letters(&entry.title);
        let near = at.saturating_sub(NEAR)..(at + NEAR + 1).min(pieces.len());
        let same = |p: &Piece| {
            let said = letters(&p.string);
            !said.is_empty()
                && (said == wanted || (said.len() > 3 && wanted.ends_with(&said)) || said.ends_with(&wanted))
        };
        let is_heading = |p: &Piece| matches!(p.kind, Kind::Heading(_));
        // A heading of the chapter itself at its place, in whatever words, or these words near it.
        let has = pieces.get(at).is_some_and(is_heading)
            || pieces[near].iter().any(|p| is_heading(p) && same(p))
            || pieces.get(at + 1).is_some_and(|p| is_heading(p) && pieces[at].kind != Kind::Prose);
        if has || missing.iter().any(|(i, _)| *i == at) {
            continue;
        }
        let end = (at + NEAR).min(pieces.len());
        let own = pieces[at..end]
            .iter_mut()
            .find(|p| p.kind == Kind::Prose && p.within == Nest::TEXT && letters(&p.string) == wanted);
        match own {
            Some(piece) => piece.kind = Kind::Heading(entry.depth),
            None if wanted != "cover" && wanted != "titlepage" => {
                let mut heading = Piece::prose(&entry.title);
                heading.kind = Kind::Heading(entry.depth);
                missing.push((at, heading));
            }
            None => {}
        }
    }
    missing.sort_by_key(|(at, _)| *at);
    missing
}

fn letters(s: &str) -> String {
    s.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
