//! Web pages with all they need in one file (MHTML, RFC 2557), and letters: of their parts the one that is read.
//!
//! A page is read as [`super::html`] reads one; a letter that has no page is read as plain text.

use std::borrow::Cow;

use encoding_rs::{Encoding, UTF_8};
use mailparse::{MailHeaderMap as _, ParsedMail};

use crate::text::Text;
use crate::text::clean::Clean;

use super::error::ImportError;
use super::format::Format;
use super::warning::Warning;
use super::{Hint, decode, html, plain};

/// Parts within parts are looked at so deep.
const DEEPEST: usize = 8;

/// A file with more parts than this is none that a browser or a person wrote.
const MOST: usize = 10_000;

/// Reads a page or a letter.
pub(super) fn read(bytes: &[u8], hint: &Hint<'_>, warnings: &mut Vec<Warning>) -> Result<Text, ImportError> {
    let broken = |why: &str| ImportError::Broken { format: Format::Mhtml, why: why.to_owned() };
    if memchr::memmem::find_iter(bytes, b"Content-Type:").count() > MOST {
        return Err(broken("it has too many parts"));
    }
    let mail =
        mailparse::parse_mail(bytes).map_err(|why| broken(&format!("its parts cannot be told apart ({why})")))?;
    let part = part(&mail, "text/html", 0).or_else(|| part(&mail, "text/plain", 0));
    let part = part.ok_or_else(|| broken("none of its parts is a page or a text"))?;
    let letters = letters(part, warnings)?;
    let page = part.ctype.mimetype.eq_ignore_ascii_case("text/html");
    let mut text =
        if page { html::read(&letters, hint.as_is, warnings) } else { plain::read(&letters, hint, warnings)? };
    let subject = mail.headers.get_first_value("Subject");
    let subject = subject.map(|s| Clean::line(s.trim())).filter(|s| !s.as_str().is_empty());
    if let (None, Some(subject)) = (&text.meta().title, subject) {
        let mut meta = text.meta().clone();
        meta.title = Some(subject.as_str().to_owned());
        text = text.with_meta(meta);
    }
    Ok(text)
}

/// The first part of a kind, among the parts that are shown: what is attached is not.
fn part<'m, 'b>(mail: &'m ParsedMail<'b>, kind: &str, depth: usize) -> Option<&'m ParsedMail<'b>> {
    let attached = mail
        .headers
        .get_first_value("Content-Disposition")
        .is_some_and(|d| d.trim_start().to_ascii_lowercase().starts_with("attachment"));
    if depth > DEEPEST || attached {
        return None;
    }
    if mail.subparts.is_empty() {
        return mail.ctype.mimetype.eq_ignore_ascii_case(kind).then_some(mail);
    }
    mail.subparts.iter().find_map(|inner| part(inner, kind, depth + 1))
}

/// The letters of a part, by the encoding that it names.
fn letters(part: &ParsedMail<'_>, warnings: &mut Vec<Warning>) -> Result<String, ImportError> {
    let bytes = part.get_body_raw().unwrap_or_default();
    let named = part.ctype.params.get("charset").and_then(|name| Encoding::for_label(name.as_bytes()));
    match named.filter(|e| *e != UTF_8) {
        Some(encoding) => Ok(encoding.decode(&bytes).0.into_owned()),
        None => decode::declared(&bytes, warnings).map(Cow::into_owned),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::import;
    use crate::import::tests::reads_back;

    fn read(source: &str) -> Text {
        import(source.replace('\n', "\r\n").as_bytes(), &Hint::named("a.mhtml")).unwrap().text
    }

    #[test]
    fn a_page_is_read_out_of_its_parts() {
        let page = "From: <Saved by a browser>\nSubject: =?utf-8?Q?The_Mill?=\nMIME-Version: 1.0\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"B\"\n\n--B\nContent-Type: text/css\n\np { color: red }\n--B\nContent-Type: text/html; charset=iso-8859-1\nContent-Transfer-Encoding: quoted-printable\n\n<html><body><h1>The Mill</h1><p>It stands =\nat the caf=E9 =26amp; the river.</p></body></html>\n--B--\n";
        let text = read(page);
        assert_eq!(text.string(), "The Mill\nIt stands at the café & the river.");
        assert_eq!(text.meta().title.as_deref(), Some("The Mill"));
    }

    #[test]
    fn a_letter_is_read_without_its_head() {
        let letter = "From: A. B. <a@b.c>\nSubject: The mill\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=X\n\n--X\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64\n\nSXQgaXMgY2xvc2VkLg==\n--X\nContent-Type: text/html\nContent-Disposition: attachment; filename=a.html\n\n<p>Attached.\n--X--\n";
        let text = read(letter);
        assert_eq!((text.string(), text.meta().title.as_deref()), ("It is closed.", Some("The mill")));
    }

    #[test]
    fn what_has_no_text_says_so() {
        let picture = "MIME-Version: 1.0\nContent-Type: image/png\n\nxxxx\n";
        let said = import(picture.as_bytes(), &Hint::named("a.mht")).unwrap_err().to_string();
        assert!(said.contains("none of its parts"), "{said}");
    }

    proptest::proptest! {
        #[test]
        fn any_letter_is_read_or_refused(body in "(--B|\n|[a-z =:;\"<>-]{0,8}|Content-Type: (text/html|multipart/mixed; boundary=B)|=[0-9A-G]{1,2}){0,24}") {
            let source = format!("MIME-Version: 1.0\nContent-Type: multipart/related; boundary=B\n\n{body}");
            if let Ok(read) = import(source.as_bytes(), &Hint::named("a.mhtml")) {
                reads_back(&source, &read.text)?;
            }
        }
    }
}
