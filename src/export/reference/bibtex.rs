//! `BibTeX`: what LaTeX's bibliographies are made from.
//!
//! The format is that of Patashnik, *`BibTeXing`* (1988), in UTF-8; `url`, `urldate`, `langid` and `day` are those of
//! biblatex and of styles made since. Titles stand in a second pair of braces, so that no style changes their capitals.

use std::borrow::Cow;
use std::io::{self, Write};

use super::date::Date;
use super::person::Person;
use super::{Reference, Set, language, title};

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Writes the entries, with a blank line between them.
pub(crate) fn write(out: &mut dyn Write, references: &[Reference]) -> io::Result<()> {
    for (nth, reference) in references.iter().enumerate() {
        if nth > 0 {
            writeln!(out)?;
        }
        entry(out, reference)?;
    }
    Ok(())
}

fn entry(out: &mut dyn Write, reference: &Reference) -> io::Result<()> {
    writeln!(out, "@{}{{{},", reference.kind.bibtex, reference.key)?;
    let mut field = |name: &str, value: &str| writeln!(out, "  {name} = {value},");
    for (name, people) in
        [("author", &reference.authors), ("editor", &reference.editors), ("translator", &reference.translators)]
    {
        if !people.is_empty() {
            field(name, &format!("{{{}}}", people.iter().map(person).collect::<Vec<_>>().join(" and ")))?;
        }
    }
    let title = title::written(
        &reference.title,
        &reference.set_apart,
        |letters| escaped(letters).into_owned(),
        |set| match set {
            Set::Italic => ("\\emph{", "}"),
            Set::Bold => ("\\textbf{", "}"),
        },
    );
    field("title", &format!("{{{{{title}}}}}"))?;
    match &reference.date {
        Some(Date::Words(words)) => field("year", &format!("{{{}}}", escaped(words)))?,
        Some(Date::Parts { year, month, day, circa }) => {
            field("year", &format!("{{{}{year:04}}}", if *circa { "c. " } else { "" }))?;
            if let Some(month) = month.and_then(|m| MONTHS.get(usize::try_from(m).ok()?.checked_sub(1)?)) {
                field("month", month)?;
            }
            if let Some(day) = day {
                field("day", &format!("{{{day}}}"))?;
            }
        }
        None => {}
    }
    for (known, value) in &reference.fields {
        let name = match (known.bibtex, reference.kind.bibtex) {
            ("journal", "incollection") => "booktitle",
            ("journal", "book" | "misc" | "booklet") => "howpublished",
            ("publisher", "phdthesis") => "school",
            ("publisher", "techreport") => "institution",
            (name, _) => name,
        };
        if known.is_verbatim() {
            field(name, &format!("{{{}}}", address(value)))?;
            continue;
        }
        let value = escaped(value);
        field(name, &format!("{{{}}}", if name == "pages" { value.replace('–', "--") } else { value.into_owned() }))?;
    }
    if let Some(url) = &reference.url {
        field("url", &format!("{{{}}}", address(url)))?;
    }
    if let Some(accessed) = &reference.accessed {
        field("urldate", &format!("{{{}}}", iso(accessed)))?;
    }
    if let Some(language) = &reference.language {
        match language::for_babel(language) {
            Some(babel) => field("langid", &format!("{{{babel}}}"))?,
            None => field("language", &format!("{{{}}}", escaped(language)))?,
        }
    }
    if let Some(note) = &reference.note {
        field("note", &format!("{{{}}}", escaped(note)))?;
    }
    writeln!(out, "}}")
}

fn person(person: &Person) -> String {
    match person {
        // What BibTeX has for it is a word of its own.
        Person::Others => "others".to_owned(),
        Person::Whole(name) => format!("{{{}}}", escaped(name)),
        Person::Named { particle, family, given, suffix } => {
            // A family name of several words would be taken for given names where nothing follows it.
            let family = match (given.is_empty() && particle.is_empty(), family.contains(' ')) {
                (true, true) => format!("{{{}}}", escaped(family)),
                _ => escaped(family).into_owned(),
            };
            let last = if particle.is_empty() { family } else { format!("{} {family}", escaped(particle)) };
            let parts = [suffix, given].into_iter().filter(|p| !p.is_empty()).map(|p| escaped(p).into_owned());
            std::iter::once(last).chain(parts).collect::<Vec<_>>().join(", ")
        }
    }
}

fn iso(date: &Date) -> String {
    match date {
        Date::Words(words) => escaped(words).into_owned(),
        Date::Parts { year, month, day, .. } => {
            let month = month.map_or(String::new(), |m| format!("-{m:02}"));
            let day = day.map_or(String::new(), |d| format!("-{d:02}"));
            format!("{year:04}{month}{day}")
        }
    }
}

/// Text with what LaTeX takes for commands written so that it is printed. (A brace with a backslash before it would
/// still be counted by `BibTeX`.)
fn escaped(text: &str) -> Cow<'_, str> {
    if !text.contains(['\\', '{', '}', '$', '&', '%', '#', '_', '~', '^']) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\textbackslash{}"),
            '{' => out.push_str("\\textbraceleft{}"),
            '}' => out.push_str("\\textbraceright{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '$' | '&' | '%' | '#' | '_' => out.extend(['\\', c]),
            _ => out.push(c),
        }
    }
    Cow::Owned(out)
}

/// An address as it is; what would upset the braces is written as addresses can.
fn address(url: &str) -> String {
    url.replace('\\', "%5C").replace('{', "%7B").replace('}', "%7D").replace(' ', "%20")
}
