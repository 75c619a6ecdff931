//! What all exported pages have in common: how they begin, how they look, and how a template becomes one.

use std::borrow::Cow;
use std::io::{self, Write};

use minijinja::Environment;
use minijinja::value::Serde;
use serde::Serialize;

use crate::text::Text;
use crate::word::language::Language;

/// How a page begins: it needs nothing but itself, runs nothing, and says who wrote it.
pub(super) const HEAD: &str = include_str!("head.html");

/// How a page on two texts goes on: titles and sources. Its view has `left` and `right`, and the word `between` them.
pub(super) const PAIR: &str = include_str!("pair.html");

/// What [`PAIR`] shows of one of the two texts.
#[derive(Serialize)]
pub(super) struct PartyView<'a> {
    /// What it is called.
    pub name: &'a str,
    /// As a source is named: author, title, date, address.
    pub source: Cow<'a, str>,
    /// The tag of its language (BCP 47).
    pub language: Cow<'a, str>,
}

/// How a page looks, on a screen and on paper.
pub(super) const STYLE: &str = include_str!("page.css");

/// Writes [`HEAD`], then the parts of a template with what `view` puts into them, escaped.
pub(super) fn write(out: &mut dyn Write, template: &[&str], view: &impl Serialize) -> io::Result<()> {
    let template = template.concat();
    // minijinja escapes what is put in by the ending of the template's name.
    let rendered =
        Environment::new().render_named_str("page.html", &template, Serde(view)).map_err(io::Error::other)?;
    out.write_all(HEAD.as_bytes())?;
    out.write_all(rendered.trim_end().as_bytes())?;
    out.write_all(b"\n")
}

/// The tag of a text's language (BCP 47): the one it names, else the one it is read as.
pub(super) fn language(text: &Text) -> Cow<'_, str> {
    match &text.meta().language {
        Some(said) => said.as_str().into(),
        None => Language::of(text).tag().into(),
    }
}
