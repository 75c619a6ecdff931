//! What is said in a film: `SubRip` (`.srt`) and `WebVTT` (`.vtt`).
//!
//! Numbers and times are left out. What is said in several lines one after another is one passage up to the end of its
//! sentence, since subtitles are cut by time and not by sense.

use std::collections::HashSet;

use crate::text::Text;

use super::evidence::is_timing;
use super::flow::Mark;
use super::flow::compose::Composer;
use super::xml::named;

/// A sentence that goes on after a pause longer than this has ended without its sign, in milliseconds.
const PAUSE: u64 = 3000;

/// A passage without an end of its own is no longer than this.
const LONGEST: usize = 600;

/// Reads subtitles.
pub(super) fn read(source: &str) -> Text {
    let mut said = Transcript { composer: Composer::new(), last_lines: Vec::new(), ended: 0, voice: String::new() };
    let mut block: Vec<&str> = Vec::new();
    for line in source.trim_start_matches('\u{feff}').lines().chain([""]) {
        if line.trim().is_empty() {
            said.block(&block);
            block.clear();
        } else if is_timing(line) && block.iter().any(|l| is_timing(l)) {
            // The blank line between two is missing: the number of the second stands before its time.
            let number = block.last().is_some_and(|l| l.trim().bytes().all(|b| b.is_ascii_digit()));
            let end = block.len() - usize::from(number);
            said.block(&block[..end]);
            block = vec![line];
        } else {
            block.push(line);
        }
    }
    said.composer.finish()
}

struct Transcript {
    composer: Composer,
    /// The lines of the one before: some programs show each line twice.
    last_lines: Vec<String>,
    /// When the one before ended, in milliseconds.
    ended: u64,
    /// Who speaks, where that is said.
    voice: String,
}

impl Transcript {
    /// Lines between blank ones.
    fn block(&mut self, lines: &[&str]) {
        let Some(at) = lines.iter().position(|line| is_timing(line)) else { return };
        let (from, to) = times(lines[at]);
        let lines: Vec<String> = lines[at + 1..].iter().map(|line| line.trim().to_owned()).collect();
        let pause = from.saturating_sub(self.ended) > PAUSE;
        self.ended = to;
        if pause && !self.composer.is_blank() {
            self.composer.end();
        }
        let before: HashSet<&String> = self.last_lines.iter().collect();
        let repeated = lines.iter().take_while(|line| before.contains(line)).count();
        let fresh = if repeated < lines.len() || self.last_lines == lines { repeated } else { 0 };
        for line in lines.iter().skip(fresh) {
            self.line(line);
        }
        self.last_lines = lines;
    }

    fn line(&mut self, line: &str) {
        // A dash begins what another one says.
        if line.starts_with(['-', '–', '—']) && !self.composer.is_blank() {
            self.composer.end();
        }
        self.composer.space();
        let mut open = 0;
        let mut rest = line;
        while !rest.is_empty() {
            let first = rest.chars().next().unwrap_or(' ');
            let length = first.len_utf8();
            let end = rest[length..].find(['<', '{', '&']).map_or(rest.len(), |at| at + length);
            rest = match first {
                '<' | '{' => self.tag(rest, &mut open),
                '&' => self.entity(rest),
                _ => {
                    self.composer.push(&rest[..end]);
                    &rest[end..]
                }
            };
        }
        (0..open).for_each(|_| self.composer.unmark());
        let shown = self.composer.gathered();
        let end = shown.trim_end_matches(['"', '”', '’', '»', ')', ']', '\'']);
        let is_over = end.ends_with(['.', '!', '?', '…', '。', '！', '？', '♪']) || shown.len() > LONGEST;
        if is_over {
            self.composer.end();
        }
    }

    /// A tag, or the sign that begins one.
    fn tag<'l>(&mut self, rest: &'l str, open: &mut usize) -> &'l str {
        let closer = if rest.starts_with('<') { '>' } else { '}' };
        let inner = rest[1..].split_once(closer).filter(|(inner, _)| {
            let name = inner.trim_start_matches('/');
            name.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '\\') && inner.len() < 120
        });
        let Some((inner, after)) = inner else {
            self.composer.push(&rest[..1]);
            return &rest[1..];
        };
        if closer == '}' && !inner.starts_with('\\') {
            self.composer.push(&rest[..1]);
            return &rest[1..];
        }
        match inner.split(|c: char| c.is_whitespace() || c == '.').next().unwrap_or("") {
            "i" | "em" => self.mark(Mark::Emphasis, open),
            "b" | "strong" => self.mark(Mark::Strong, open),
            "/i" | "/b" | "/em" | "/strong" if *open > 0 => {
                self.composer.unmark();
                *open -= 1;
            }
            "v" => {
                let voice = inner[1..].trim_start_matches(|c: char| !c.is_whitespace()).trim();
                if !voice.is_empty() && voice != self.voice {
                    self.composer.end();
                    self.composer.push(voice);
                    self.composer.push(": ");
                    voice.clone_into(&mut self.voice);
                }
            }
            _ => {}
        }
        after
    }

    fn mark(&mut self, mark: Mark, open: &mut usize) {
        self.composer.mark(mark);
        *open += 1;
    }

    fn entity<'l>(&mut self, rest: &'l str) -> &'l str {
        let name = rest[1..].split_once(';').filter(|(name, _)| name.len() < 12);
        if let Some((letters, after)) = name.and_then(|(name, after)| named(name).map(|letters| (letters, after))) {
            self.composer.push(&letters);
            after
        } else {
            self.composer.push("&");
            &rest[1..]
        }
    }
}

/// When a line begins and ends, in milliseconds.
fn times(line: &str) -> (u64, u64) {
    let time = |written: &str| {
        let written = written.split_whitespace().next().unwrap_or("");
        let (clock, rest) = written.split_once([',', '.']).unwrap_or((written, "0"));
        let seconds =
            clock.split(':').fold(0u64, |sum, part| sum.saturating_mul(60).saturating_add(part.parse().unwrap_or(0)));
        seconds.saturating_mul(1000).saturating_add(rest.parse().unwrap_or(0))
    };
    let (from, to) = line.split_once("-->").unwrap_or((line, ""));
    (time(from), time(to))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::of_markdown;
    use crate::import::to_markdown::to_markdown;

    fn passages(source: &str) -> Vec<String> {
        let text = read(source);
        assert_eq!(of_markdown(&to_markdown(&text)).string(), text.string());
        text.string().lines().map(str::to_owned).collect()
    }

    #[test]
    fn what_is_said_goes_on_to_the_end_of_its_sentence() {
        let srt = "1\r\n00:00:01,000 --> 00:00:04,000\r\nThe boat is late\r\nfor the third\r\n\r\n2\r\n00:00:04,500 --> 00:00:06,000\r\ntime. {\\an8}Who saw it?\r\n\r\n3\r\n00:00:07,000 --> 00:00:08,000\r\n- Nobody & <i>no one</i>.\r\n- Not I\r\n\r\n4\r\n00:01:00,000 --> 00:01:02,000\r\nLater 1 < 2\r\n";
        let expected =
            ["The boat is late for the third time. Who saw it?", "- Nobody & no one.", "- Not I", "Later 1 < 2"];
        assert_eq!(passages(srt), expected);
    }

    #[test]
    fn voices_notes_and_lines_that_are_shown_twice() {
        let vtt = "WEBVTT Kind: captions\n\nNOTE not said\n\nSTYLE\n::cue {}\n\nid\n00:01.000 --> 00:02.000 align:start\n<v A. B.>So<00:01.500><c> it</c>\n\n00:02.000 --> 00:03.000\n<v A. B.>So<00:01.500><c> it</c>\nbegan &amp; ended.\n\n00:03.000 --> 00:04.000\n<v C.>It did.\n";
        assert_eq!(passages(vtt), ["A. B.: So it began & ended.", "C.: It did."]);
    }

    proptest::proptest! {
        #[test]
        fn any_lines_are_read(source in "(00:00:01,000 --> 00:00:02,000\n|1\n|\n|[a-z<>{}&;./ ü*#-]{0,12}\n?){0,24}") {
            let text = read(&source);
            let written = to_markdown(&text);
            let again = of_markdown(&written);
            proptest::prop_assert_eq!(again.string(), text.string(), "{}", written);
        }
    }
}
