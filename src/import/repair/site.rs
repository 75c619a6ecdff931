//! What a website puts around an article: calls to subscribe, dates of the file, captions said twice.

use std::collections::HashSet;

use crate::text::block::BlockKind;
use crate::text::clean::Clean;

use crate::import::lines::Lines;
use crate::import::lines::draft::Draft;
use crate::import::lines::marks;

/// Furniture stands this near to the ends of the text, in paragraphs, and outside its prose.
const EDGE: usize = 12;

/// A paragraph of prose is at least this long, in bytes.
const PROSE: usize = 200;

/// What a site asks of its readers, or says of itself: how such a line begins, in lower case.
const CALLS: &[&str] = &[
    "downloading",
    "skip to",
    "sign up",
    "sign in",
    "log in",
    "login",
    "register",
    "subscribe",
    "share this",
    "share on",
    "tweet",
    "print this",
    "email this",
    "latest news",
    "latest articles",
    "most read",
    "most popular",
    "related articles",
    "related posts",
    "related stories",
    "read more",
    "read next",
    "more from",
    "more on this",
    "you may also",
    "make a donation",
    "donate",
    "help fund",
    "support us",
    "support our",
    "click here",
    "follow us",
    "find us on",
    "join our",
    "get our",
    "comments are closed",
    "leave a comment",
    "leave a reply",
    "post a comment",
    "back to top",
    "home >",
    "home »",
    "advertisement",
    "this article is over",
    "cookie",
    "we use cookies",
    "privacy policy",
    "terms of use",
    "newsletter",
    "tags:",
    "filed under",
    "posted in",
    "categories:",
    "view all posts",
    "previous article",
    "next article",
    "previous post",
    "next post",
    "loading",
    "please wait",
    "enable javascript",
];

/// What stands in books as well, and is dropped only beside what a site alone says.
const IMPRINTS: &[&str] = &["all rights reserved", "copyright ©", "© ", "first published"];

/// Drops the furniture before and after the prose, and says what it said. One such line may be anybody's: a text is
/// copied from a site where two begin differently, and what is said again elsewhere is of the text.
pub(super) fn drop_furniture(lines: &Lines<'_>, drafts: &mut Vec<Draft>) -> Vec<String> {
    let prose = |d: &Draft| d.len(lines) >= PROSE && marks::ends_sentence(d.last_line(lines));
    let Some(first) = drafts.iter().position(prose) else { return Vec::new() };
    let last = drafts.iter().rposition(prose).unwrap_or(first);
    let mut said = Vec::new();
    let mut index = 0;
    let total = drafts.len();
    let near = |i: usize| i < first.min(EDGE) || (i > last && i + EDGE >= total);
    let mut gone: Vec<bool> =
        (0..total).map(|i| near(i) && drafts[i].count() == 1 && is_furniture(drafts[i].first_line(lines))).collect();
    let within: HashSet<&str> = (0..total).filter(|i| !near(*i)).map(|i| drafts[i].first_line(lines)).collect();
    for (gone, draft) in gone.iter_mut().zip(drafts.iter()).filter(|(gone, _)| **gone) {
        *gone = !within.contains(draft.first_line(lines));
    }
    let begins = |list: &[&str]| {
        let found = drafts.iter().zip(&gone).filter(|(_, gone)| **gone);
        found.filter_map(|(draft, _)| beginning(list, draft.first_line(lines))).collect::<HashSet<usize>>().len()
    };
    let calls = begins(CALLS);
    if calls == 0 || calls + begins(IMPRINTS) < 2 {
        return said;
    }
    // An issue's number is the site's only where the site has left other things.
    if gone.iter().take(first).any(|g| *g) {
        for i in 0..first.min(EDGE) {
            gone[i] |= drafts[i].count() == 1 && is_issue(drafts[i].first_line(lines));
        }
    }
    drafts.retain(|d| {
        index += 1;
        if gone[index - 1] {
            said.push(Clean::line(&d.string(lines)).as_str().to_owned());
        }
        !gone[index - 1]
    });
    said
}

fn is_furniture(line: &str) -> bool {
    line.len() <= 120 && [CALLS, IMPRINTS].iter().any(|list| beginning(list, line).is_some())
}

/// Which of these a line begins with.
fn beginning(list: &[&str], line: &str) -> Option<usize> {
    let lower = line.to_lowercase();
    list.iter().position(|begin| lower.starts_with(begin))
}

/// `Issue 2075`.
fn is_issue(line: &str) -> bool {
    let rest = line.strip_prefix("Issue ").or_else(|| line.strip_prefix("No. ")).or_else(|| line.strip_prefix("Vol. "));
    rest.is_some_and(|r| !r.is_empty() && r.bytes().all(|b| b.is_ascii_digit()))
}

/// A line that comes twice running before the prose is the caption of a picture that was there, and its description; on a
/// page of a site, which other lines show it to be.
pub(super) fn doubled_captions(lines: &Lines<'_>, drafts: &mut Vec<Draft>) -> usize {
    let mut dropped = 0;
    let ends = drafts.iter().take(EDGE).chain(drafts.iter().rev().take(EDGE));
    if !ends.filter(|d| d.count() == 1).any(|d| is_furniture(d.first_line(lines))) {
        return 0;
    }
    let mut i = 1;
    let prose = drafts.iter().position(|d| d.len(lines) >= PROSE).unwrap_or(0);
    while i < prose - dropped {
        let (before, this) = (&drafts[i - 1], &drafts[i]);
        let alike = before.is_prose()
            && this.is_prose()
            && this.count() == 1
            && before.count() == 1
            && this.first_line(lines).len() >= 20
            && before.first_line(lines) == this.first_line(lines);
        if alike {
            drafts[i - 1].kind = BlockKind::Picture;
            drafts.remove(i);
            dropped += 1;
        } else {
            i += 1;
        }
    }
    dropped
}
