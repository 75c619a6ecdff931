//! One walk over the tags of a document, from what its elements are to pieces.

use crate::import::flow::compose::Composer;
use crate::import::flow::{Container, Kind, Mark};
use crate::import::xml::{Token, attribute, name};
use crate::text::Text;

use super::{Role, Vocabulary};

/// Elements nest this deep; the tags of deeper ones are passed over and their letters are read.
const DEEPEST: usize = 192;

/// An element that is open, and what its end undoes.
struct Frame {
    name: String,
    then: Then,
    /// The address of a link, and how much was gathered before it: a link without letters shows where it leads.
    link: Option<(usize, String)>,
    /// The style of a list, which the lists in it follow.
    style: Option<String>,
}

/// What the end of an element does.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Then {
    Nothing,
    EndPiece,
    Space,
    CodeLine,
    EndSection,
    Close,
    EndList,
    EndTable,
    EndNote,
    Unmark,
    UnmarkAndEnd,
    Letters(&'static str),
}

/// The elements around one, outermost first.
pub(super) struct Around<'f> {
    frames: &'f [Frame],
}

impl Around<'_> {
    /// The name of the element that it stands in.
    pub(super) fn parent(&self) -> &str {
        self.up(0)
    }

    /// The name of the element so many above the parent.
    pub(super) fn up(&self, steps: usize) -> &str {
        self.frames.iter().rev().nth(steps).map_or("", |f| &f.name)
    }

    /// Whether it stands in an element of this name.
    pub(super) fn has(&self, name: &str) -> bool {
        self.frames.iter().any(|f| f.name == name)
    }

    /// Whether it stands in a note.
    pub(super) fn in_note(&self) -> bool {
        self.frames.iter().any(|f| f.then == Then::EndNote)
    }

    /// How many elements of this name it stands in.
    pub(super) fn count(&self, name: &str) -> usize {
        self.frames.iter().filter(|f| f.name == name).count()
    }

    /// The style of the innermost list that has one.
    pub(super) fn list_style(&self) -> Option<String> {
        self.frames.iter().rev().find_map(|f| f.style.clone())
    }

    /// Whether it stands in one of these.
    pub(super) fn has_any(&self, names: &[&str]) -> bool {
        self.frames.iter().any(|f| names.contains(&f.name.as_str()))
    }
}

pub(super) struct Walk<'v> {
    vocabulary: &'v dyn Vocabulary,
    composer: Composer,
    frames: Vec<Frame>,
    /// How many elements are open within one that is passed over.
    skipped: usize,
    /// How many are open beyond the deepest.
    beyond: usize,
    sections: u8,
    /// The numbers of the next items of the lists that are open.
    counters: Vec<Option<u32>>,
    /// The last piece is a line of verse, which the next line goes on with.
    in_verse: bool,
    /// The piece is program text, which the next line goes on with.
    in_code: bool,
    /// Whether notes interrupted verse.
    verses: Vec<bool>,
    /// A quotation has begun whose first letters say whether it has marks of its own.
    quoting: bool,
}

impl<'v> Walk<'v> {
    pub(super) fn new(vocabulary: &'v dyn Vocabulary, composer: Composer) -> Self {
        Self {
            vocabulary,
            composer,
            frames: Vec::new(),
            skipped: 0,
            beyond: 0,
            sections: 0,
            counters: Vec::new(),
            in_verse: false,
            in_code: false,
            verses: Vec::new(),
            quoting: false,
        }
    }

    /// Reads one token.
    pub(super) fn token(&mut self, token: Token<'_>) {
        match token {
            Token::Open(_) if self.skipped > 0 => self.skipped += 1,
            Token::Close(_) if self.skipped > 0 => self.skipped -= 1,
            Token::Open(_) if self.frames.len() >= DEEPEST => self.beyond += 1,
            Token::Close(_) if self.beyond > 0 => self.beyond -= 1,
            Token::Open(tag) => {
                let role = self.vocabulary.role(&tag, &Around { frames: &self.frames });
                let name = name(&tag).to_owned();
                let address = match &role {
                    Role::Marked(Mark::Link(address)) => Some(address.clone()),
                    _ => None,
                };
                if let Some(then) = self.begin(role) {
                    let link = address.map(|address| (self.composer.gathered().len(), address));
                    let style = attribute(&tag, "style-name").filter(|_| name == "list");
                    self.frames.push(Frame { name, then, link, style });
                }
            }
            Token::Close(closed) => {
                if self.frames.iter().any(|f| f.name == closed) {
                    while let Some(frame) = self.frames.pop() {
                        if let Some((_, address)) = frame.link.filter(|(at, _)| self.composer.gathered().len() == *at) {
                            self.composer.push(&address);
                        }
                        self.finish_frame(frame.then);
                        if frame.name == closed {
                            break;
                        }
                    }
                }
            }
            Token::Letters(_) if self.skipped > 0 => {}
            Token::Letters(letters) => self.letters(&letters),
        }
    }

    /// The text, with all that is open ended.
    pub(super) fn finish(mut self) -> Text {
        while let Some(frame) = self.frames.pop() {
            self.finish_frame(frame.then);
        }
        self.composer.finish()
    }

    fn letters(&mut self, letters: &str) {
        let blank = letters.trim().is_empty();
        if self.quoting && !blank {
            self.quoting = false;
            let signs = ['“', '”', '„', '‘', '’', '"', '«', '»', '‚', '「', '『'];
            let has = letters.trim_start().starts_with(signs) || self.composer.gathered().ends_with(signs);
            if !has {
                self.composer.push("“");
                let innermost = self.frames.iter_mut().rev().find(|f| f.then == Then::Letters(""));
                if let Some(frame) = innermost {
                    frame.then = Then::Letters("”");
                }
            }
        }
        if blank && self.in_code && !self.frames.iter().any(|f| f.then == Then::CodeLine) {
            return;
        }
        if !blank {
            self.not_between_lines();
        }
        self.composer.push(letters);
    }

    /// Letters outside of a line end the verse.
    fn not_between_lines(&mut self) {
        if self.in_verse && !self.frames.iter().rev().take(16).any(|f| f.then == Then::Space) {
            self.end();
        }
    }

    fn end(&mut self) {
        self.in_verse = false;
        self.in_code = false;
        self.quoting = false;
        self.composer.end();
    }

    /// Begins an element; what its end is to do, or nothing where all of it is passed over.
    fn begin(&mut self, role: Role) -> Option<Then> {
        let leaf = self.composer.in_leaf() && !self.in_code;
        Some(match role {
            Role::Plain => Then::Nothing,
            Role::Silent => {
                self.skipped = 1;
                return None;
            }
            // A block within a heading or a program is a part of its line.
            Role::Block | Role::Line | Role::Name | Role::Heading(..) | Role::Code | Role::CodeLine if leaf => {
                self.composer.space();
                Then::Nothing
            }
            Role::Block => {
                self.end();
                Then::EndPiece
            }
            Role::Section => {
                self.end();
                self.sections = self.sections.saturating_add(1);
                Then::EndSection
            }
            Role::Heading(level, deeper) => {
                self.end();
                let level = level.unwrap_or_else(|| self.sections.saturating_add(deeper)).clamp(1, 6);
                self.composer.begin(Kind::Heading(level));
                Then::EndPiece
            }
            Role::Name => {
                self.end();
                self.composer.mark(Mark::Strong);
                Then::UnmarkAndEnd
            }
            Role::Line => {
                if self.in_verse && !self.composer.is_blank() {
                    self.composer.line_break();
                } else {
                    self.end();
                }
                self.in_verse = true;
                Then::Space
            }
            Role::Code => {
                self.end();
                self.composer.begin(Kind::Code);
                Then::EndPiece
            }
            Role::CodeLine => {
                if self.in_code {
                    self.composer.push("\n");
                } else {
                    self.end();
                    self.composer.begin(Kind::Code);
                    self.in_code = true;
                }
                Then::CodeLine
            }
            Role::Quotation => self.open(Container::Quotation),
            other => return self.begin_container(other),
        })
    }

    /// Begins a list, an item, a table, a note.
    fn begin_container(&mut self, role: Role) -> Option<Then> {
        Some(match role {
            Role::List(first) => {
                self.end();
                self.counters.push(first);
                self.composer.open(Container::List);
                Then::EndList
            }
            Role::Item(number) => {
                self.end();
                let counter = self.counters.last_mut().and_then(Option::as_mut);
                let number = counter.map(|next| {
                    let number = number.unwrap_or(*next);
                    *next = number.saturating_add(1);
                    number
                });
                self.open(Container::Item(number))
            }
            Role::Remark(word) => {
                self.end();
                self.composer.lead(word);
                Then::EndPiece
            }
            Role::Table => {
                self.end();
                self.composer.begin_table();
                Then::EndTable
            }
            Role::Row => {
                self.end();
                self.composer.row();
                Then::EndPiece
            }
            Role::Cell => {
                self.end();
                self.composer.cell();
                Then::EndPiece
            }
            Role::Note(name) => {
                self.verses.push(std::mem::take(&mut self.in_verse));
                self.composer.begin_note_here(name);
                Then::EndNote
            }
            Role::NoteUnder(name, label) => {
                self.end();
                self.verses.push(false);
                self.composer.begin_note(&name, &label);
                Then::EndNote
            }
            inline => return self.begin_inline(inline),
        })
    }

    fn begin_inline(&mut self, role: Role) -> Option<Then> {
        Some(match role {
            Role::Marked(mark) => {
                self.composer.mark(mark);
                Then::Unmark
            }
            Role::Quoted => {
                self.quoting = true;
                Then::Letters("")
            }
            Role::Between(before, after) => {
                self.composer.push(before);
                Then::Letters(after)
            }
            Role::Cites(name, label) => {
                self.composer.cite(&name, &label);
                self.skipped = 1;
                return None;
            }
            Role::Letters(letters) => {
                self.composer.push(&letters);
                self.skipped = 1;
                return None;
            }
            Role::Picture(description, address) => {
                if self.composer.is_blank() {
                    self.composer.picture(&description, &address);
                }
                self.skipped = 1;
                return None;
            }
            Role::Break => {
                self.composer.line_break();
                Then::Nothing
            }
            _ => Then::Nothing,
        })
    }

    fn open(&mut self, container: Container) -> Then {
        self.end();
        self.composer.open(container);
        Then::Close
    }

    fn finish_frame(&mut self, then: Then) {
        match then {
            Then::Nothing | Then::CodeLine => {}
            Then::EndPiece => self.end(),
            Then::Space => self.composer.space(),
            Then::EndSection => {
                self.end();
                self.sections = self.sections.saturating_sub(1);
            }
            Then::Close => {
                self.end();
                self.composer.close();
            }
            Then::EndList => {
                self.counters.pop();
                self.end();
                self.composer.close();
            }
            Then::EndTable => {
                self.end();
                self.composer.end_table();
            }
            Then::EndNote => {
                self.quoting = false;
                self.in_verse = self.verses.pop().unwrap_or(false);
                self.composer.end_note();
            }
            Then::Unmark => self.composer.unmark(),
            Then::UnmarkAndEnd => {
                self.composer.unmark();
                self.end();
            }
            Then::Letters(letters) => {
                self.quoting = false;
                self.composer.push(letters);
            }
        }
    }
}
