//! The handout of a tour as one HTML page: the two passages of each stop side by side, on paper and on a screen.

use std::io::{self, Write};

use serde::Serialize;

use super::{SheetPassage, TourSheet};
use crate::export::html;
use crate::export::page::{self, STYLE};

const TEMPLATE: &str = include_str!("tour.html");

#[derive(Serialize)]
struct PageView<'a> {
    style: &'a str,
    title: &'a str,
    extent: String,
    sources: &'a [String],
    stops: Vec<StopView<'a>>,
}

#[derive(Serialize)]
struct StopView<'a> {
    number: usize,
    name: &'a str,
    time: String,
    /// The leader's words as elements; empty where they stay with the leader.
    remark: String,
    passages: [Option<PassageView<'a>>; 2],
    /// What opens it in Diptych, escaped.
    address: Option<String>,
}

#[derive(Serialize)]
struct PassageView<'a> {
    title: &'a str,
    locator: &'a str,
    since: String,
    language: String,
    /// The passage as elements.
    html: String,
}

/// Writes the page; `remarks` says whether the leader's remarks are on it.
pub(crate) fn write(out: &mut dyn Write, sheet: &TourSheet<'_>, remarks: bool) -> io::Result<()> {
    let stops = sheet.timed().enumerate().map(|(at, (stop, time))| StopView {
        number: at + 1,
        name: &stop.name,
        time,
        remark: if remarks { html::markdown(&stop.remark) } else { String::new() },
        passages: stop.passages.each_ref().map(|passage| passage.as_ref().map(passage_view)),
        address: stop.address.as_deref().map(html::escaped),
    });
    let stops = stops.collect();
    let page = PageView { style: STYLE, title: sheet.called(), extent: sheet.extent(), sources: &sheet.sources, stops };
    page::write(out, &[TEMPLATE], &page)
}

fn passage_view<'a>(passage: &'a SheetPassage<'_>) -> PassageView<'a> {
    let (html, language) = match passage.block {
        Some((text, block)) => (html::blocks(text, text.with_announced(block), &[]), page::language(text).into_owned()),
        None => (format!("<p>{}</p>", html::escaped(&passage.words)), String::new()),
    };
    PassageView { title: &passage.title, locator: &passage.locator, since: passage.since(), language, html }
}
