//! Plain text: nothing in it is markup, but its layout shows what most of it is.
//!
//! A text is its lines ([`super::lines`]), whatever follows from them is told by [`super::compose`].

use std::borrow::Cow;

use memchr::memmem;

use crate::text::Text;

use super::Hint;
use super::compose::compose;
use super::error::ImportError;
use super::front;
use super::lines::Lines;
use super::repair::Repair;
use super::warning::Warning;

/// Reads a plain text. Nothing but an order of pages that it does not have makes it fail.
pub(super) fn read(source: &str, hint: &Hint<'_>, warnings: &mut Vec<Warning>) -> Result<Text, ImportError> {
    let source = &*with_known_line_ends(source);
    let front = front::read(source, warnings).unwrap_or_default();
    let lines = Lines::of(source, front.body, front.lines);
    compose(lines, front, Repair::new(!hint.as_is, hint.pages), warnings)
}

/// The rarer ends of lines (U+2028, U+2029, U+0085, vertical tab) as the usual one.
fn with_known_line_ends(source: &str) -> Cow<'_, str> {
    let bytes = source.as_bytes();
    let rare = [b"\xe2\x80\xa8".as_slice(), b"\xe2\x80\xa9", b"\xc2\x85", b"\x0b"];
    if rare.iter().all(|end| memmem::find(bytes, end).is_none()) {
        return Cow::Borrowed(source);
    }
    Cow::Owned(source.replace(['\u{2028}', '\u{2029}', '\u{85}', '\u{b}'], "\n"))
}

/// Where the last whole paragraph of the beginning of a text ends; in one endless paragraph, the last whole word.
pub(super) fn whole_paragraphs(prefix: &str) -> usize {
    let bytes = prefix.as_bytes();
    let blank = memmem::rfind(bytes, b"\n\n").or_else(|| memmem::rfind(bytes, b"\n\r\n"));
    let end = blank.or_else(|| memchr::memrchr2(b'\n', b'\r', bytes)).or_else(|| memchr::memrchr(b' ', bytes));
    end.filter(|at| *at > 0).unwrap_or(prefix.len())
}

#[cfg(test)]
mod note_tests;
#[cfg(test)]
mod order_tests;
#[cfg(test)]
mod set_tests;
#[cfg(test)]
mod tests;
