//! The signs by which markup shows what it is: the root of a file of XML, and lines that no other text begins with.

use memchr::memmem;

use super::format::{Format, HEAD, has_signs_of_markdown};

/// Roots of DocBook that other vocabularies have as well; what is in them tells.
const DOCBOOK_ROOTS: &[&str] = &[
    "book",
    "article",
    "set",
    "part",
    "chapter",
    "appendix",
    "preface",
    "section",
    "sect1",
    "sect2",
    "refentry",
    "reference",
    "glossary",
    "bibliography",
    "topic",
];

/// Elements that DocBook alone has.
const DOCBOOK_SIGNS: &[&[u8]] = &[
    b"<para>",
    b"<simpara",
    b"<sect1",
    b"<bookinfo",
    b"<articleinfo",
    b"<refsect1",
    b"<itemizedlist",
    b"<refnamediv",
    b"<xi:include",
    b"<para ",
];

/// The keys of a Muse file's head.
const MUSE_KEYS: &[&str] = &[
    "title",
    "author",
    "authors",
    "sortauthors",
    "lang",
    "date",
    "pubdate",
    "source",
    "topics",
    "sorttopics",
    "listtitle",
    "subtitle",
    "notes",
    "teaser",
    "uid",
];

/// The first element of a file of XML: its name without the prefix, its tag, and what stands before it.
struct Root<'b> {
    name: String,
    tag: &'b [u8],
    before: &'b [u8],
}

/// The first element; nothing where what stands before it is anything but XML's.
fn root(head: &[u8]) -> Option<Root<'_>> {
    let start = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let mut rest = start;
    loop {
        let end = |sign: &[u8]| memmem::find(rest, sign).map(|at| at + sign.len());
        let length = if rest.starts_with(b"<?") {
            end(b"?>")?
        } else if rest.starts_with(b"<!--") {
            end(b"-->")?
        } else if rest.starts_with(b"<!") {
            let close = memchr::memchr2(b'>', b'[', rest)?;
            if rest[close] == b'[' { end(b"]>").or_else(|| end(b"] >")).or_else(|| end(b"]\n>"))? } else { close + 1 }
        } else {
            break;
        };
        rest = rest[length..].trim_ascii_start();
    }
    let name = rest.strip_prefix(b"<").filter(|n| n.first().is_some_and(|b| b.is_ascii_alphabetic() || *b == b'_'))?;
    let is_end = |b: &u8| b.is_ascii_whitespace() || matches!(b, b'>' | b'/');
    let end = name.iter().position(is_end)?;
    let whole = std::str::from_utf8(&name[..end]).ok()?;
    let tag = &rest[..memchr::memchr(b'>', rest).unwrap_or(rest.len())];
    let name = whole.rsplit(':').next().unwrap_or(whole).to_owned();
    Some(Root { name, tag, before: &start[..start.len() - rest.len()] })
}

/// The format that the first element of a file of XML says.
pub(super) fn vocabulary(head: &[u8]) -> Option<Format> {
    let root = root(head)?;
    let has = |sign: &[u8]| memmem::find(head, sign).is_some();
    let typed = |sign: &[u8]| memmem::find(root.before, sign).is_some();
    match root.name.as_str() {
        "FictionBook" => Some(Format::Fb2),
        "TEI" | "TEI.2" | "teiCorpus" | "teiCorpus.2" => Some(Format::Tei),
        "document" if memmem::find(root.tag, b"opendocument").is_some() => Some(Format::Odt),
        "html" => Some(Format::Html),
        name if DOCBOOK_ROOTS.contains(&name) => {
            let other = typed(b"JATS") || typed(b"NLM") || has(b"<article-meta") || has(b"dtd-version");
            let known = typed(b"DocBook") || has(b"docbook.org/ns/docbook");
            (known || (!other && DOCBOOK_SIGNS.iter().any(|sign| has(sign)))).then_some(Format::DocBook)
        }
        _ => None,
    }
}

/// The name of the first element of a file of XML of any kind; nothing where it is no XML beyond doubt. `whole` is the
/// name of the file.
pub(super) fn unknown_xml(bytes: &[u8], name: &str) -> Option<String> {
    let head = &bytes[..bytes.len().min(64 * 1024)];
    let start = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
    let root = root(head);
    let named = name.to_ascii_lowercase().ends_with(".xml");
    let said = start.starts_with(b"<?xml") || (start.starts_with(b"<!DOCTYPE") && root.is_some());
    let spaced = root.as_ref().is_some_and(|r| memmem::find(r.tag, b"xmlns").is_some());
    (said || spaced || (named && root.is_some())).then(|| root.map_or_else(String::new, |r| r.name))
}

/// The markup that the lines at the beginning of a file show beyond doubt.
pub(super) fn markup(head: &[u8]) -> Option<Format> {
    let head = String::from_utf8_lossy(head);
    let head = head.trim_start_matches('\u{feff}');
    let lines: Vec<&str> = head.lines().collect();
    let mut first = lines.iter().map(|l| l.trim_end()).filter(|l| !l.is_empty());
    let (one, two) = (first.next().unwrap_or(""), first.next().unwrap_or(""));
    if is_subtitles(one, two) {
        return Some(Format::Subtitles);
    }
    if is_mail(&lines) {
        return Some(Format::Mhtml);
    }
    if is_latex(head) {
        return Some(Format::Latex);
    }
    if is_org(one, two) {
        return Some(Format::Org);
    }
    if is_muse(one) {
        return Some(Format::Muse);
    }
    // What is Markdown may show others' markup.
    if has_signs_of_markdown(head.as_bytes()) || lines.iter().any(|l| l.starts_with("```")) {
        return None;
    }
    if is_asciidoc(&lines) {
        return Some(Format::AsciiDoc);
    }
    is_rst(&lines).then_some(Format::Rst)
}

fn is_subtitles(one: &str, two: &str) -> bool {
    let numbered = one.bytes().all(|b| b.is_ascii_digit()) && !one.is_empty();
    one == "WEBVTT"
        || one.starts_with("WEBVTT ")
        || one.starts_with("WEBVTT\t")
        || is_timing(one)
        || (numbered && is_timing(two))
}

/// `00:00:01,000 --> 00:00:04,000`.
pub(super) fn is_timing(line: &str) -> bool {
    let Some((from, to)) = line.split_once("-->") else { return false };
    let time = |t: &str| {
        let t = t.trim();
        let t = t.split_whitespace().next().unwrap_or("");
        t.contains(':') && t.bytes().all(|b| b.is_ascii_digit() || matches!(b, b':' | b',' | b'.'))
    };
    time(from) && time(to)
}

/// A letter's head: fields with names, among them those that every one of several parts has.
fn is_mail(lines: &[&str]) -> bool {
    let head = lines.iter().take_while(|l| !l.trim().is_empty());
    let field = |line: &&str| {
        let name = line.split(':').next().unwrap_or("");
        line.contains(':') && !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
    };
    let folded = |line: &&str| line.starts_with([' ', '\t']);
    let mut names = Vec::new();
    for line in head {
        // A backslash at the end is a line break of Markdown, of a letter that was written as text.
        if line.ends_with('\\') {
            return false;
        }
        if field(line) {
            names.push(line.split(':').next().unwrap_or("").to_ascii_lowercase());
        } else if !folded(line) || names.is_empty() {
            return false;
        }
    }
    let has = |name: &str| names.iter().any(|n| n == name);
    has("content-type") && (has("mime-version") || (has("from") && has("subject")))
}

fn is_latex(head: &str) -> bool {
    let code = |line: &&str| !line.trim().is_empty() && !line.trim_start().starts_with('%');
    let first = head.lines().find(code).unwrap_or("").trim_start();
    // An escape of Markdown is never of a letter.
    first.strip_prefix('\\').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_alphabetic() || c == '@'))
        && ["\\documentclass", "\\documentstyle", "\\begin{document}"].iter().any(|sign| head.contains(sign))
}

fn is_org(one: &str, two: &str) -> bool {
    let keyword = |line: &str| {
        let key = line.strip_prefix("#+").and_then(|l| l.split_once(':')).map(|(key, _)| key);
        key.is_some_and(|k| !k.is_empty() && k.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_'))
            || line.get(..8).is_some_and(|l| l.eq_ignore_ascii_case("#+begin_"))
    };
    let drawer = |line: &str| matches!(line.trim(), ":PROPERTIES:" | ":LOGBOOK:");
    keyword(one)
        || (one.starts_with('*') && drawer(two))
        || drawer(one)
        || one.contains("-*- mode: org")
        || one.contains("-*- org -*-")
}

fn is_muse(one: &str) -> bool {
    let key = one.strip_prefix('#').and_then(|l| l.split_once(' ')).map(|(key, _)| key.to_ascii_lowercase());
    key.is_some_and(|key| MUSE_KEYS.contains(&key.as_str()))
}

fn is_asciidoc(lines: &[&str]) -> bool {
    let mut body = lines.iter().filter(|l| !l.trim().is_empty() && !l.starts_with("//"));
    let title = |line: &str, level: usize| {
        let marks = line.bytes().take_while(|b| *b == b'=').count();
        marks == level && line[marks..].starts_with(' ') && !line.trim_end().ends_with('=')
    };
    let first = body.find(|l| !is_attribute(l)).copied().unwrap_or("");
    let under = body.next().copied().unwrap_or("");
    let styled = |l: &&str| {
        let style = style(l);
        let name = style.split(',').next().unwrap_or("");
        style.starts_with('[')
            || matches!(name, "verse" | "quote" | "source" | "listing" | "horizontal" | "NOTE" | "TIP")
    };
    if is_adorned(first, under) && under.starts_with('=') && (lines.iter().any(styled) || has_blocks(lines)) {
        return true;
    }
    title(first, 1)
        && lines.iter().any(|l| {
            title(l, 2) || is_attribute(l) || (l.starts_with('[') && l.trim_end().ends_with(']')) || l.contains("::")
        })
}

/// What a line says of the block under it: `[quote, A. B.]`.
fn style(line: &str) -> &str {
    line.trim_end().strip_prefix('[').and_then(|l| l.strip_suffix(']')).unwrap_or("")
}

/// Whether lines of one sign stand around several others, as around a block of `AsciiDoc`, and something else says that
/// they are one: people draw such lines around verse and tables too, also where the rest is Markdown.
fn has_blocks(lines: &[&str]) -> bool {
    if lines.iter().any(|line| line.contains("](") || line.starts_with("# ")) {
        return false;
    }
    let blank = |at: usize| lines.get(at).is_none_or(|l| l.trim().is_empty());
    let styled = |at: usize| style(lines[at]).starts_with(|c: char| c.is_ascii_alphabetic());
    let is_block = |&(from, end): &(usize, usize)| {
        let is_set_off = blank(from - 1) || styled(from - 1) && from > 1 && blank(from - 2);
        is_set_off
            && !blank(from + 1)
            && end >= from + 3
            && blank(end + 1)
            && !lines[from + 1..end].iter().any(is_columns)
    };
    let boxes: Vec<(usize, usize)> = (1..lines.len())
        .filter(|at| is_ruled(lines[*at]))
        .filter_map(|from| {
            let end = (from + 1..lines.len()).find(|at| is_ruled(lines[*at]))?;
            (lines[end] == lines[from]).then_some((from, end))
        })
        .filter(is_block)
        .collect();
    // The lines right under the title, and such as stand by themselves.
    let head = lines.iter().position(|line| line.trim().is_empty()).unwrap_or(lines.len());
    let told = (0..lines.len()).any(|at| is_attribute(lines[at]) && (at < head || blank(at - 1)));
    let is_told = |&(from, end): &(usize, usize)| {
        let quoted = matches!(lines[from], "____" | "****");
        styled(from - 1) || quoted && lines[from + 1..end].iter().any(|line| line.chars().count() >= PROSE)
    };
    !boxes.is_empty() && (told || boxes.iter().any(is_told))
}

/// How many characters a line of prose has whose end was not made by hand, as the ends of verse are.
const PROSE: usize = 60;

/// Whether a line is of one of the signs of blocks.
fn is_ruled(line: &str) -> bool {
    let sign = line.chars().next().filter(|c| matches!(c, '-' | '_' | '*' | '.'));
    line.len() >= 4 && sign.is_some_and(|sign| line.chars().all(|c| c == sign))
}

/// Whether a line is dashes parted by blanks: under the heads of the columns of a table.
fn is_columns(line: &&str) -> bool {
    let line = line.trim();
    line.contains("--") && line.contains(' ') && line.chars().all(|c| matches!(c, '-' | ' '))
}

/// Whether a line names an attribute of `AsciiDoc`.
fn is_attribute(line: &str) -> bool {
    let name = line.strip_prefix(':').and_then(|l| l.split_once(':')).map(|(name, _)| name);
    name.is_some_and(|n| {
        !n.is_empty() && n.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'!'))
    })
}

/// Whether `AsciiDoc` is told by its own sign of a title: an underlined one is Markdown's too, where the name says that.
pub(super) fn is_titled_asciidoc(bytes: &[u8]) -> bool {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]);
    let body = |l: &&str| !l.trim().is_empty() && !l.starts_with("//") && !is_attribute(l);
    head.lines().find(body).is_some_and(|line| line.trim_start_matches('\u{feff}').starts_with("= "))
}

fn is_rst(lines: &[&str]) -> bool {
    let titled = lines.windows(2).any(|w| is_adorned(w[0], w[1]));
    let explicit = |line: &&&str| {
        let Some(rest) = line.strip_prefix(".. ") else { return false };
        let directive = rest.split_once("::").is_some_and(|(name, _)| {
            !name.is_empty()
                && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b':' | b'.'))
        });
        directive || (rest.starts_with('_') && rest.contains(':')) || (rest.starts_with('[') && rest.contains("] "))
    };
    let explicit = lines.iter().filter(explicit).count();
    // The end of a reference, not the name of a program's part between such signs.
    let refers = |line: &str| {
        let after = |at: usize| line[at + 1..].trim_start_matches('_').chars().next();
        line.match_indices("`_").any(|(at, _)| after(at).is_none_or(|c| !c.is_alphanumeric()))
    };
    let inline = |line: &&str| refers(line) || line.contains("]_") || (line.contains(":`") && line.contains("` "));
    // Fields are written with capitals, the attributes of AsciiDoc without.
    let field = |line: &&str| {
        let name = line.strip_prefix(':').and_then(|l| l.split_once(": ")).map(|(name, _)| name);
        name.is_some_and(|n| n.starts_with(char::is_uppercase) && !n.contains(':'))
    };
    let literal = lines.windows(2).any(|w| w[0].trim_end().ends_with("::") && w[1].trim().is_empty());
    let soft = usize::from(lines.iter().any(inline)) + usize::from(lines.iter().any(field)) + usize::from(literal);
    explicit > 1 || (titled && explicit + soft > 0)
}

/// Whether the second line underlines the first.
pub(super) fn is_adorned(title: &str, line: &str) -> bool {
    let line = line.trim_end();
    let sign = line.chars().next().unwrap_or(' ');
    let title = title.trim_end();
    sign.is_ascii_punctuation()
        && line.len() >= 3
        && line.chars().all(|c| c == sign)
        && !title.is_empty()
        && title.chars().any(char::is_alphanumeric)
        && line.len() + 1 >= unicode_width::UnicodeWidthStr::width(title.trim_start())
}

/// Markup that is not read and that a reader sees as it stands: what it is and what to do.
pub(super) fn shown_raw(source: &str) -> Option<&'static str> {
    let mut lines = source.lines().take(200);
    let first = source.trim_start().get(..14).unwrap_or("");
    if first.starts_with("\\input texinfo") {
        return Some(
            "Texinfo, whose markup is shown as it stands: make a text of it first, e.g. with makeinfo --plaintext",
        );
    }
    let roff = |line: &str| [".TH ", ".Dd ", ".SH ", ".Sh "].iter().any(|request| line.starts_with(request));
    let comment = |line: &str| line.starts_with(".\\\"") || line.starts_with("'\\\"") || line.trim().is_empty();
    let begins = lines.find(|line| !comment(line)).is_some_and(|line| line.starts_with('.'));
    (begins && source.lines().take(200).any(roff)).then_some(
        "the source of a manual page, whose markup is shown as it stands: make a text of it first, e.g. with mandoc -T utf8",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_shows_what_it_is() {
        let cases = [
            ("1\n00:00:01,000 --> 00:00:04,000\nWords.\n", Some(Format::Subtitles)),
            ("WEBVTT\n\n00:01.000 --> 00:04.000\nWords.\n", Some(Format::Subtitles)),
            (
                "From: <Saved>\nMIME-Version: 1.0\nContent-Type: multipart/related;\n boundary=x\n\n",
                Some(Format::Mhtml),
            ),
            ("% a comment\n\\documentclass{article}\n", Some(Format::Latex)),
            ("#+TITLE: Words\n\n* One\n", Some(Format::Org)),
            ("* One\n:PROPERTIES:\n:ID: x\n:END:\n", Some(Format::Org)),
            ("#title Words\n\nMore.\n", Some(Format::Muse)),
            ("= Words\nA. B.\n\n== One\n", Some(Format::AsciiDoc)),
            (
                "Words\n=====\n:Author: A. B.\n\nHe said:\n\n____\nOne and\ntwo.\n____\n\nMore.\n",
                Some(Format::AsciiDoc),
            ),
            ("Words\n=====\n:Author: A. B.\n\n----\nOne\n----\n\nTwo\n\n----\n\nMore.\n", Some(Format::Rst)),
            ("Words\n=====\n\n.. note:: More.\n", Some(Format::Rst)),
            ("Words\n=====\n\nSee `there <http://x.y>`_.\n", Some(Format::Rst)),
            ("Words\n=====\n\n[abstract]\n----\nOne and\ntwo.\n----\n\nMore.\n", Some(Format::AsciiDoc)),
            (
                "Words\n=====\n\n____\nOne who had said it before, and who would say it again to all of\nthem.\n____\n\nMore.\n",
                Some(Format::AsciiDoc),
            ),
            // Verse, a note, a table of pandoc's, and Markdown around what looks like a block.
            ("Words\n=====\n\n--------\nO so\n`__init__`\nand no\n--------\n\nMore.\n", None),
            ("Words\n=====\n\n****\nO so\nand no\n****\n\nMore.\n", None),
            ("Words\n=====\n:a: b\n\n---------\n A    B\n---- ----\n 1    2\n\n 3    4\n---------\n\nMore.\n", None),
            ("Words\n=====\n:a: b\n\n----\nOne and\ntwo.\n----\n\nSee [it](http://x.y).\n", None),
            ("Words\n=====\n:a: b\n\n----\nOne and\ntwo.\n----\n\n# More\n", None),
            // What has only one sign of any of these is something else.
            ("Words\n=====\n\nMore.\n", None),
            ("= Wiki =\n\n== One ==\n", None),
            ("# Words\n\nSee:\n\n```rst\n.. note:: a\n.. tip:: b\n```\n", None),
            ("To: be or not\nto be: that is the question.\n", None),
            ("* * *\n\nWords.\n", None),
            ("12\n\nmonkeys --> more\n", None),
            ("#1 in a list\n", None),
        ];
        for (source, expected) in cases {
            assert_eq!(markup(source.as_bytes()), expected, "{source:?}");
        }
    }

    #[test]
    fn the_root_of_xml_says_what_it_is() {
        let cases = [
            ("<?xml version='1.0'?>\n<!-- c --><TEI xmlns='x'>", Some(Format::Tei)),
            ("<FictionBook>", Some(Format::Fb2)),
            (
                "<!DOCTYPE book PUBLIC \"-//OASIS//DTD DocBook XML V4.2//EN\" [<!ENTITY a \"b>\">]>\n<book>",
                Some(Format::DocBook),
            ),
            ("<chapter id='a'><title>A</title><para>x", Some(Format::DocBook)),
            ("<article xmlns='http://docbook.org/ns/docbook'>", Some(Format::DocBook)),
            ("<book><isbn>1</isbn></book>", None),
            ("<article dtd-version='1.0'><front><article-meta>", None),
            ("<office:document xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0'>", Some(Format::Odt)),
            ("< is less", None),
        ];
        for (source, expected) in cases {
            assert_eq!(vocabulary(source.as_bytes()), expected, "{source:?}");
        }
        assert_eq!(unknown_xml(b"<?xml version='1.0'?><r/>", "a.txt").as_deref(), Some("r"));
        assert_eq!(unknown_xml(b"<svg xmlns='x'>", "").as_deref(), Some("svg"));
        assert_eq!(unknown_xml(b"<catalog><book>", "a.xml").as_deref(), Some("catalog"));
        assert_eq!(unknown_xml(b"<sigh> he said", "a.txt"), None);
    }
}
