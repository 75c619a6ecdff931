//! The page of HTML that the text of a book is, with its links as links.

use super::database::{Database, Head, word};
use super::index;

/// A book has no more links to places in it.
const MOST_PLACES: usize = 100_000;

/// The page of a book in the older form: `<a filepos=0000123>` leads to a byte.
pub(super) fn older(text: &[u8]) -> Vec<u8> {
    let sign = b"filepos=";
    let mut links = Vec::new();
    for at in memchr::memmem::find_iter(text, sign).take(MOST_PLACES) {
        let from = at + sign.len();
        let quoted = usize::from(matches!(text.get(from), Some(b'"' | b'\'')));
        let digits = text[from + quoted..].iter().take_while(|b| b.is_ascii_digit()).count();
        let number =
            std::str::from_utf8(&text[from + quoted..from + quoted + digits]).ok().and_then(|d| d.parse().ok());
        if let Some(place) = number {
            links.push(Link { range: at..from + quoted + digits + quoted, place });
        }
    }
    with_links(text, &links)
}

/// The page of a book in the newer form: skeletons with the fragments that belong into them, and `kindle:pos:fid:…` leads
/// to a byte of a fragment.
pub(super) fn newer(database: &Database<'_>, head: &Head, text: &[u8]) -> Vec<u8> {
    let end = head.flows.and_then(|at| database.record(at)).and_then(|record| word(record, 16));
    let text = &text[..end.map_or(text.len(), |end| (end as usize).min(text.len()))];
    let table = |at: Option<usize>| at.and_then(|at| index::read(database, at)).unwrap_or_default();
    let fragments: Vec<(usize, usize)> = table(head.fragments)
        .iter()
        .map(|entry| {
            let place = std::str::from_utf8(&entry.name).ok().and_then(|name| name.trim_matches('\0').parse().ok());
            (place.unwrap_or(0), entry.tags.get(&6).and_then(|v| v.get(1)).copied().unwrap_or(0))
        })
        .collect();
    let skeletons: Vec<(usize, usize, usize)> = table(head.skeletons)
        .iter()
        .filter_map(|entry| {
            let part = entry.tags.get(&6)?;
            Some((*entry.tags.get(&1)?.first()?, *part.first()?, *part.get(1)?))
        })
        .collect();
    let page = put_together(text, &skeletons, &fragments).unwrap_or_else(|| text.to_vec());
    let sign = b"kindle:pos:fid:";
    let mut links = Vec::new();
    for at in memchr::memmem::find_iter(&page, sign).take(MOST_PLACES) {
        let rest = &page[at + sign.len()..];
        let length = rest.iter().take_while(|b| b.is_ascii_alphanumeric() || **b == b':').count();
        let written = std::str::from_utf8(&rest[..length]).unwrap_or("");
        let Some((fragment, offset)) = written.split_once(":off:") else { continue };
        let number = |digits: &str| usize::from_str_radix(digits, 32).ok();
        let place = number(fragment).and_then(|n| fragments.get(n)).zip(number(offset));
        if let Some(((start, _), offset)) = place {
            links.push(Link { range: at..at + sign.len() + length, place: start.saturating_add(offset) });
        }
    }
    with_links(&page, &links)
}

/// Each skeleton with its fragments; nothing where the tables do not fit the text.
fn put_together(text: &[u8], skeletons: &[(usize, usize, usize)], fragments: &[(usize, usize)]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(text.len());
    let mut next = fragments.iter();
    for (count, start, length) in skeletons {
        let mut at = start.checked_add(*length)?;
        let skeleton = text.get(*start..at)?;
        // Fragments go in one after another, each at a place that counts those before it.
        let base = out.len();
        out.extend_from_slice(skeleton);
        for (place, length) in next.by_ref().take(*count) {
            let fragment = text.get(at..at.checked_add(*length)?)?;
            let into = base + place.checked_sub(*start)?;
            if into > out.len() {
                return None;
            }
            out.splice(into..into, fragment.iter().copied());
            at += length;
        }
    }
    // What is in no skeleton is text all the same.
    (!skeletons.is_empty() && out.len() * 10 >= text.len() * 9).then_some(out)
}

/// A link: what of the source says where it leads, and the byte that it leads to.
struct Link {
    range: std::ops::Range<usize>,
    place: usize,
}

/// A page with names at the places that its links lead to, and with addresses of those names in the links.
fn with_links(text: &[u8], links: &[Link]) -> Vec<u8> {
    // A place within a tag is that before it.
    let before_tag = |place: usize| {
        let place = place.min(text.len());
        match memchr::memrchr2(b'<', b'>', &text[..place]) {
            Some(at) if text[at] == b'<' => at,
            _ => place,
        }
    };
    let mut changes: Vec<(usize, usize, Vec<u8>)> = Vec::new();
    for link in links {
        let place = before_tag(link.place);
        let quoted = link.range.start > 0 && matches!(text[link.range.start - 1], b'"' | b'\'');
        let address = if quoted { format!("#place{place}") } else { format!("href=\"#place{place}\"") };
        changes.push((link.range.start, link.range.end, address.into_bytes()));
        changes.push((place, place, format!("<a id=\"place{place}\"></a>").into_bytes()));
    }
    changes.sort();
    changes.dedup();
    let mut out = Vec::with_capacity(text.len() + changes.len() * 32);
    let mut at = 0;
    for (start, end, new) in changes {
        if start < at {
            continue;
        }
        out.extend_from_slice(&text[at..start]);
        out.extend_from_slice(&new);
        at = end;
    }
    out.extend_from_slice(&text[at..]);
    out
}
