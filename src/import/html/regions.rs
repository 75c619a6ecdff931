//! Parts of a page that are its article or are not, by their elements and by the names that sites give them.

use dom_query::Element;

use crate::import::dom::attribute::attribute;
use crate::import::dom::walk::Region;

/// Words of the names of parts that a site puts around articles.
const SITE: &[&str] = &[
    "ad",
    "ads",
    "advert",
    "advertisement",
    "banner",
    "breadcrumb",
    "breadcrumbs",
    "byline",
    "cookie",
    "cookies",
    "copyright",
    "footer",
    "follow",
    "login",
    "masthead",
    "menu",
    "nav",
    "navbar",
    "navigation",
    "newsletter",
    "outbrain",
    "pager",
    "pagination",
    "paywall",
    "popular",
    "popup",
    "promo",
    "promotion",
    "recirc",
    "recommend",
    "recommended",
    "recommendations",
    "related",
    "search",
    "share",
    "sharing",
    "sharethis",
    "sidebar",
    "signup",
    "skip",
    "social",
    "sponsor",
    "sponsored",
    "subscribe",
    "subscription",
    "taboola",
    "tags",
    "toolbar",
    "trending",
    "widget",
];

/// What part of a page begins with an element.
pub(super) fn of(element: &Element) -> Option<Region> {
    let said = |name| attribute(element, name).unwrap_or("");
    let style = said("style");
    if style.contains("display:none") || style.contains("display: none") {
        return Some(Region::Hidden);
    }
    let name: &str = &element.name.local;
    match said("role") {
        "navigation" | "banner" | "contentinfo" | "search" | "complementary" | "menu" | "menubar" | "toolbar"
        | "dialog" | "alertdialog" => return Some(Region::Site),
        "main" | "article" => return Some(Region::Core),
        _ => {}
    }
    let notes = |s: &str| s.contains("footnote") || s.contains("endnote");
    if notes(said("class")) || notes(said("epub:type")) || said("role").starts_with("doc-") {
        return None;
    }
    let mut named = None;
    for word in words(said("id")).chain(words(said("class"))) {
        match word.as_str() {
            "comment" | "comments" | "commentlist" | "disqus" | "respond"
                if !matches!(name, "html" | "body" | "main") =>
            {
                return Some(Region::Comments);
            }
            "caption" | "credit" | "gallery" => named = named.or(Some(Region::Caption)),
            word if SITE.contains(&word) => named = Some(Region::Named),
            _ => {}
        }
    }
    match name {
        "html" | "body" => None,
        "main" | "article" | "h1" => Some(Region::Core),
        "nav" | "footer" | "aside" | "form" | "dialog" => Some(Region::Site),
        "figcaption" => Some(Region::Caption),
        _ if said("itemprop") == "articleBody" => Some(Region::Core),
        _ => named,
    }
}

/// The words of a name: `post-share_links` and `postShareLinks` have three.
fn words(name: &str) -> impl Iterator<Item = String> + '_ {
    name.split(|c: char| !c.is_ascii_alphanumeric()).flat_map(|part| {
        let mut words = vec![String::new()];
        let mut lower = false;
        for c in part.chars() {
            if c.is_ascii_uppercase() && lower {
                words.push(String::new());
            }
            lower = c.is_ascii_lowercase();
            if let Some(last) = words.last_mut() {
                last.push(c.to_ascii_lowercase());
            }
        }
        words
    })
}
