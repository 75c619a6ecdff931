//! RTF: a word processor's document as letters between control words.
//!
//! Styles say what is a heading, a quotation, program text; the marker that a list shows says what its item is. What is
//! in groups that nobody reads (pictures, headers, indexes, what others' programs need) is passed over.

mod lexer;
mod paragraphs;
mod tables;

#[cfg(test)]
mod tests;

use encoding_rs::Encoding;

use crate::text::Text;
use crate::text::clean::Clean;

use super::flow::Mark;
use super::flow::compose::Composer;
use super::warning::Warning;
use super::watch::Meter;

use self::lexer::{Lexer, Token};
use self::paragraphs::{Paragraph, ReadingState};
use self::tables::Tables;

/// Groups nest this deep; what is in deeper ones is passed over.
const DEEPEST: usize = 400;

/// What a group's letters are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Destination {
    #[default]
    Body,
    Nothing,
    Fonts,
    Styles,
    Info,
    Title,
    Author,
    Created,
    /// The marker of an item.
    Marker,
    /// What a field is: its code.
    Field,
}

/// What a group changes and what its end undoes.
#[derive(Debug, Clone, Copy, Default)]
#[allow(clippy::struct_excessive_bools, reason = "toggles of the format, each independent of the others")]
struct GroupState {
    destination: Destination,
    strong: bool,
    emphasis: bool,
    strike: bool,
    raised: bool,
    lowered: bool,
    hidden: bool,
    font: Option<i32>,
    /// How many characters after one of Unicode stand for it.
    fallback: usize,
    paragraph: Paragraph,
    /// What the end of the group ends besides.
    ends: Ends,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Ends {
    #[default]
    Nothing,
    Note,
    Link,
    Style,
}

struct Reader {
    composer: Composer,
    tables: Tables,
    state: GroupState,
    states: Vec<GroupState>,
    /// Groups beyond the deepest.
    beyond: usize,
    place: ReadingState,
    places: Vec<ReadingState>,
    /// Bytes whose letters are not known before all of them are there.
    bytes: Vec<u8>,
    /// The first half of a character beyond 16 bits.
    surrogate: Option<u16>,
    /// Characters to pass over, since one of Unicode stands for them.
    passed: usize,
    star: bool,
    /// The code of the field that is read.
    field: String,
    said: String,
    date: [i32; 3],
}

/// Reads a document.
pub(super) fn read(bytes: &[u8], watch: Meter<'_>, warnings: &mut Vec<Warning>) -> Text {
    let mut reader = Reader {
        composer: Composer::new(),
        tables: Tables::default(),
        state: GroupState { fallback: 1, ..GroupState::default() },
        states: Vec::new(),
        beyond: 0,
        place: ReadingState::default(),
        places: Vec::new(),
        bytes: Vec::new(),
        surrogate: None,
        passed: 0,
        star: false,
        field: String::new(),
        said: String::new(),
        date: [0; 3],
    };
    for (number, token) in Lexer::new(bytes).enumerate() {
        if number % 65_536 == 0 {
            watch.tell(number / 65_536, 0);
        }
        reader.token(token);
    }
    if !reader.states.is_empty() {
        warnings.push(Warning::fault("the document breaks off within its markup: what stands before that was read"));
    }
    reader.finish()
}

impl Reader {
    fn token(&mut self, token: Token<'_>) {
        if !matches!(token, Token::Hex(_) | Token::Letters(_)) {
            self.flush();
        }
        match token {
            Token::Open if self.states.len() >= DEEPEST => self.beyond += 1,
            Token::Close if self.beyond > 0 => self.beyond -= 1,
            _ if self.beyond > 0 => {}
            Token::Open => {
                self.passed = 0;
                self.states.push(self.state);
                self.state.ends = Ends::Nothing;
                if self.state.destination == Destination::Styles {
                    self.state.ends = Ends::Style;
                }
            }
            Token::Close => self.close(),
            Token::Word(word, number) => {
                let star = std::mem::take(&mut self.star);
                self.word(word, number, star);
            }
            Token::Symbol(symbol) => self.symbol(symbol),
            Token::Hex(byte) => {
                if self.passed > 0 {
                    self.passed -= 1;
                } else {
                    self.bytes.push(byte);
                }
            }
            Token::Letters(letters) => {
                let passed = self.passed.min(letters.len());
                self.passed -= passed;
                self.bytes.extend_from_slice(&letters[passed..]);
            }
        }
    }

    fn close(&mut self) {
        self.passed = 0;
        self.star = false;
        let closed = self.state;
        match closed.ends {
            Ends::Note => {
                self.end_paragraph();
                self.leave_table();
                self.composer.end_note();
                self.place = self.places.pop().unwrap_or_default();
            }
            Ends::Link => self.composer.unmark(),
            Ends::Style => self.tables.end_style(),
            Ends::Nothing => {}
        }
        let said = Clean::line(self.said.trim()).as_str().trim().to_owned();
        match closed.destination {
            Destination::Title if !said.is_empty() => self.composer.meta.title = Some(said),
            Destination::Author if !said.is_empty() => self.composer.meta.author = Some(said),
            Destination::Created => {
                let [year, month, day] = self.date;
                if year > 0 {
                    self.composer.meta.date = Some(format!("{year:04}-{:02}-{:02}", month.max(1), day.max(1)));
                }
            }
            _ => {}
        }
        self.said.clear();
        if let Some(state) = self.states.pop() {
            // A paragraph that a group began goes on after it in the manner in which it began.
            self.state = state;
        }
    }

    /// The letters of the bytes that have come.
    fn flush(&mut self) {
        if self.bytes.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.bytes);
        let encoding: &'static Encoding =
            self.state.font.and_then(|f| self.tables.fonts.get(&f).copied()).unwrap_or(self.tables.encoding);
        let letters = encoding.decode_without_bom_handling(&bytes).0;
        self.letters(&letters);
        self.bytes = bytes;
        self.bytes.clear();
    }

    fn letters(&mut self, letters: &str) {
        match self.state.destination {
            Destination::Body => self.body(letters),
            Destination::Styles => self.tables.style_name(letters),
            Destination::Title | Destination::Author => {
                if self.said.len() < 400 {
                    self.said.push_str(letters);
                }
            }
            Destination::Marker => {
                if self.place.marker.len() < 24 {
                    self.place.marker.push_str(letters);
                }
            }
            Destination::Field => {
                if self.field.len() < 2000 {
                    self.field.push_str(letters);
                }
            }
            Destination::Nothing | Destination::Fonts | Destination::Info | Destination::Created => {}
        }
    }

    fn body(&mut self, letters: &str) {
        let state = self.state;
        if state.hidden {
            return;
        }
        if !self.place.begun {
            if letters.trim().is_empty() && !self.place.code {
                return;
            }
            self.begin_paragraph();
        }
        let marks = [
            (state.strong, Mark::Strong),
            (state.emphasis, Mark::Emphasis),
            (state.strike, Mark::Strike),
            (state.raised, Mark::Raised),
            (state.lowered, Mark::Lowered),
        ];
        let leaf = self.composer.in_leaf();
        let marks =
            marks.into_iter().filter(|(on, mark)| *on && !(leaf && *mark == Mark::Strong)).map(|(_, mark)| mark);
        self.composer.push_marked(marks, letters);
    }

    fn symbol(&mut self, symbol: u8) {
        if self.passed > 0 {
            self.passed -= 1;
            return;
        }
        match symbol {
            b'*' => self.star = true,
            b'~' => self.letters("\u{a0}"),
            b'_' => self.letters("\u{2011}"),
            b'{' => self.letters("{"),
            b'}' => self.letters("}"),
            b'\\' => self.letters("\\"),
            b'\r' | b'\n' => self.word("par", None, false),
            _ => {}
        }
    }

    fn word(&mut self, word: &str, number: Option<i32>, star: bool) {
        let on = number != Some(0);
        match self.state.destination {
            Destination::Fonts => return self.tables.font(word, number),
            Destination::Styles => return self.tables.style(word, number),
            Destination::Created => {
                let at = ["yr", "mo", "dy"].iter().position(|known| *known == word);
                if let (Some(at), Some(number)) = (at, number) {
                    self.date[at] = number.clamp(0, 9999);
                }
                return;
            }
            _ => {}
        }
        if self.destination(word, star) {
            return;
        }
        let state = &mut self.state;
        match word {
            "ansicpg" => self.tables.code_page(number.unwrap_or(1252)),
            "mac" => self.tables.code_page(10000),
            "uc" => state.fallback = number.unwrap_or(1).clamp(0, 16) as usize,
            "u" => self.unicode(number.unwrap_or(0)),
            "b" => state.strong = on,
            "i" => state.emphasis = on,
            "strike" | "striked" => state.strike = on,
            "super" => (state.raised, state.lowered) = (on, false),
            "sub" => (state.raised, state.lowered) = (false, on),
            "nosupersub" => (state.raised, state.lowered) = (false, false),
            "v" | "deleted" => state.hidden = on,
            "plain" => self.plain(),
            "f" => state.font = number,
            "pard" => state.paragraph = Paragraph::default(),
            "s" => state.paragraph.style = number.unwrap_or(0),
            "outlinelevel" => state.paragraph.outline = number.filter(|l| (0..6).contains(l)).map(|l| l as u8),
            "ls" => state.paragraph.list = number,
            "ilvl" => state.paragraph.level = number.unwrap_or(0).clamp(0, 8) as u8,
            "intbl" => state.paragraph.in_table = true,
            "li" | "lin" => state.paragraph.indent.0 = number.unwrap_or(0),
            "ri" | "rin" => state.paragraph.indent.1 = number.unwrap_or(0),
            _ => self.sign(word),
        }
    }

    fn plain(&mut self) {
        let state = &mut self.state;
        (state.strong, state.emphasis, state.strike) = (false, false, false);
        (state.raised, state.lowered, state.hidden) = (false, false, false);
        state.font = None;
    }

    /// Whether a control word says what the group is for.
    fn destination(&mut self, word: &str, star: bool) -> bool {
        // What is within a group that is passed over is passed over.
        if self.state.destination == Destination::Nothing {
            return true;
        }
        self.state.destination = match word {
            "fonttbl" => Destination::Fonts,
            "stylesheet" => Destination::Styles,
            "info" => Destination::Info,
            "title" if self.state.destination == Destination::Info => Destination::Title,
            "author" if self.state.destination == Destination::Info => Destination::Author,
            "creatim" if self.state.destination == Destination::Info => Destination::Created,
            "listtext" | "pntext" => {
                self.place.marker.clear();
                Destination::Marker
            }
            "fldinst" => {
                self.field.clear();
                Destination::Field
            }
            "fldrslt" => return self.field_shown(),
            "footnote" => return self.begin_note(),
            "shpinst" | "shptxt" | "field" | "upr" | "ud" if star || word != "upr" => return true,
            "colortbl" | "pict" | "object" | "header" | "headerl" | "headerr" | "headerf" | "footer" | "footerl"
            | "footerr" | "footerf" | "ftnsep" | "ftnsepc" | "aftnsep" | "aftnsepc" | "ftncn" | "aftncn" | "xe"
            | "tc" | "rxe" | "bkmkstart" | "bkmkend" | "nonshppict" | "shprslt" | "sp" | "upr" | "revtbl"
            | "filetbl" | "operator" | "subject" | "keywords" | "doccomm" | "company" | "private" | "template" => {
                Destination::Nothing
            }
            _ if star => Destination::Nothing,
            _ => return false,
        };
        true
    }

    /// The result of a field: a link where its code says so, and nothing where it is a list of contents.
    fn field_shown(&mut self) -> bool {
        let code = std::mem::take(&mut self.field);
        let mut words = code.split_whitespace();
        match words.next().unwrap_or("").to_ascii_uppercase().as_str() {
            "TOC" | "INDEX" => self.state.destination = Destination::Nothing,
            "HYPERLINK" => {
                let address = code.split('"').nth(1).or_else(|| words.next()).unwrap_or("");
                if address.contains(':') && !self.composer.in_leaf() {
                    if !self.place.begun {
                        self.begin_paragraph();
                    }
                    self.composer.mark(Mark::Link(address.to_owned()));
                    self.state.ends = Ends::Link;
                }
            }
            _ => {}
        }
        true
    }

    fn begin_note(&mut self) -> bool {
        if self.composer.in_note() {
            self.state.destination = Destination::Nothing;
            return true;
        }
        if !self.place.begun {
            self.begin_paragraph();
        }
        self.composer.begin_note_here(None);
        self.places.push(std::mem::take(&mut self.place));
        self.plain();
        self.state.paragraph = Paragraph::default();
        self.state.ends = Ends::Note;
        true
    }

    fn unicode(&mut self, number: i32) {
        let unit = (number & 0xffff) as u16;
        self.passed = self.state.fallback;
        let units = match self.surrogate.take() {
            Some(first) => vec![first, unit],
            None if (0xd800..0xdc00).contains(&unit) => {
                self.surrogate = Some(unit);
                return;
            }
            None => vec![unit],
        };
        let letters = String::from_utf16_lossy(&units);
        self.letters(&letters);
    }

    /// What stands for a letter or a break.
    fn sign(&mut self, word: &str) {
        if self.state.destination == Destination::Body {
            self.sign_of_body(word);
        }
        let letters = match word {
            "tab" => "\t",
            "emdash" => "—",
            "endash" => "–",
            "lquote" => "‘",
            "rquote" => "’",
            "ldblquote" => "“",
            "rdblquote" => "”",
            "bullet" => "•",
            "emspace" | "enspace" | "qmspace" => " ",
            _ => return,
        };
        self.letters(letters);
    }

    /// What ends a paragraph, a line or a cell.
    fn sign_of_body(&mut self, word: &str) {
        match word {
            "par" | "sect" | "page" => self.end_paragraph(),
            "cell" | "nestcell" => {
                self.end_paragraph();
                if self.place.table {
                    self.begin_cell();
                    self.place.cell = true;
                }
            }
            "row" | "nestrow" => {
                self.end_paragraph();
                (self.place.row, self.place.cell) = (true, true);
            }
            "line" | "softline" if self.place.begun => self.composer.line_break(),
            _ => {}
        }
    }

    fn finish(mut self) -> Text {
        self.flush();
        while !self.states.is_empty() {
            self.close();
        }
        self.end_paragraph();
        self.leave_table();
        self.composer.finish()
    }
}
