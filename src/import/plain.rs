//! Plain text: paragraphs by blank lines, or one a line.

use memchr::memmem;

use crate::text::block::BlockKind;
use crate::text::clean::clean_text;
use crate::text::{Builder, Text};

use super::front;
use super::markdown;
use super::warning::Warning;

/// How much of a text its mode is told by.
const SAMPLE: usize = 64 * 1024;

/// Reads a plain text.
pub(super) fn read(source: &str, _as_is: bool, warnings: &mut Vec<Warning>) -> Text {
    let front = front::read(source, warnings).unwrap_or_default();
    let body = &source[front.body..];
    let by_blank_lines = paragraphs_by_blank_lines(body);
    let mut builder = Builder::new();
    builder.reserve(body.len());
    let mut line = front.lines;
    let mut at = 0;
    while at < body.len() {
        let rest = &body.as_bytes()[at..];
        let end = memchr::memchr3(b'\n', b'\r', 0xc, rest).map_or(body.len(), |e| at + e);
        line += 1;
        let one = body[at..end].trim();
        if one.is_empty() {
            builder.end();
        } else if by_blank_lines && builder.is_open() {
            builder.push(" ").push(&clean_text(one));
        } else {
            builder.begin(BlockKind::Paragraph, line).push(&clean_text(one));
        }
        at = end + if body[end..].starts_with("\r\n") { 2 } else { 1 };
    }
    markdown::finish(builder, front)
}

/// Whether lines are parts of paragraphs, judged by the first 64 KiB: there are blank lines, and most lines are no
/// longer than what fits a page.
fn paragraphs_by_blank_lines(body: &str) -> bool {
    let sample = &body.as_bytes()[..body.len().min(SAMPLE)];
    let lines: Vec<usize> = sample.split(|b| *b == b'\n').map(|l| l.trim_ascii().len()).collect();
    let blank = lines.iter().filter(|l| **l == 0).count();
    let full = lines.iter().filter(|l| **l > 0).count();
    let long = lines.iter().filter(|l| **l > 120).count();
    blank * 40 >= full && long * 4 <= full
}

/// Where the last whole paragraph of the beginning of a text ends; in one endless paragraph, the last whole word.
pub(super) fn whole_paragraphs(prefix: &str) -> usize {
    let bytes = prefix.as_bytes();
    let blank = memmem::rfind(bytes, b"\n\n").or_else(|| memmem::rfind(bytes, b"\n\r\n"));
    let end = blank.or_else(|| memchr::memrchr2(b'\n', b'\r', bytes)).or_else(|| memchr::memrchr(b' ', bytes));
    end.filter(|at| *at > 0).unwrap_or(prefix.len())
}
