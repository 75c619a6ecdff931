//! The text that a page draws: each letter with its place, its size and its face.
//!
//! The operators are those of ISO 32000-1, 9.3 and 9.4; pictures and colours are passed over, straight lines kept. A form that a page
//! draws is read in its place. How much a page may draw is limited: a page of a million operators is no page of prose.

use std::collections::HashMap;
use std::rc::Rc;

use lopdf::{Dictionary, Document, Object, ObjectId};

use super::font::{Face, Font};
use super::glyph_name::Names;
use super::lexer::{Lexer, Token};
use super::matrix::Matrix;
use super::object::{LARGEST_STREAM, dict, numbers, value};
use super::rules::{Path, Rules};

/// Forms within forms within forms.
const DEEPEST: usize = 12;

/// Operators that all pages together may have.
const MOST_OPERATORS: usize = 60_000_000;

/// Letters that all pages together may have, and one of them.
const MOST_GLYPHS: usize = 60_000_000;
const MOST_ON_PAGE: usize = 1_000_000;

/// Operands of one operator, saved states and open marks that are kept.
const MOST_KEPT: usize = 1 << 16;

/// A letter on the page. Distances are in points; y grows upward.
#[derive(Debug, Clone, Copy)]
pub(super) struct Glyph {
    /// Its characters in [`Page::letters`]; none where its font does not say them.
    pub at: u32,
    pub len: u16,
    /// How many times 90 degrees, counter-clockwise, it is turned.
    pub turn: u8,
    pub face: Face,
    /// Its left and right edges and its base line.
    pub left: f32,
    pub right: f32,
    pub base: f32,
    /// Height of its type.
    pub size: f32,
    /// One more than the number (MCID) of the marked content that it stands in, and then the number of its element of
    /// the document's structure; 0 for neither.
    pub element: u32,
}

/// The letters of a page, in the order in which it draws them.
#[derive(Debug, Clone, Default)]
pub(super) struct Page {
    pub letters: String,
    pub glyphs: Vec<Glyph>,
    /// The straight lines that it draws.
    pub rules: Rules,
    /// Codes whose fonts do not say what they mean.
    pub unknown: usize,
    /// Whether something of it could not be read.
    pub damaged: bool,
}

impl Page {
    /// What a glyph says.
    pub(super) fn str(&self, glyph: &Glyph) -> &str {
        let at = glyph.at as usize;
        self.letters.get(at..at + usize::from(glyph.len)).unwrap_or("")
    }
}

/// Reads the pages of a document, keeping its fonts.
pub(super) struct Reader<'a> {
    doc: &'a Document,
    names: Names<'a>,
    fonts: HashMap<ObjectId, Rc<Font>>,
    operators: usize,
    glyphs: usize,
    /// One more than the number of the marked content that is being drawn; 0 outside of any.
    mark: u32,
}

#[derive(Clone)]
struct GraphicsState {
    map: Matrix,
    font: Option<Rc<Font>>,
    size: f32,
    /// Between letters, and between words.
    spacing: (f32, f32),
    stretch: f32,
    leading: f32,
    rise: f32,
}

/// What is drawn between `BMC` and `EMC`.
struct Mark {
    /// What it says, where the file tells that apart from its glyphs; and where its glyphs begin.
    says: Option<(String, usize)>,
    /// The mark outside of it.
    outer: u32,
}

impl<'a> Reader<'a> {
    pub(super) fn new(doc: &'a Document) -> Self {
        Self { doc, names: Names::new(doc), fonts: HashMap::new(), operators: 0, glyphs: 0, mark: 0 }
    }

    /// Whether the limits of all pages together have been passed.
    pub(super) fn exhausted(&self) -> bool {
        self.operators >= MOST_OPERATORS || self.glyphs >= MOST_GLYPHS
    }

    /// The letters of a page.
    pub(super) fn page(&mut self, id: ObjectId) -> Page {
        let mut page = Page::default();
        let Ok(node) = self.doc.get_dictionary(id) else {
            page.damaged = true;
            return page;
        };
        let Ok(content) = self.doc.get_page_content_with_limit(id, LARGEST_STREAM) else {
            page.damaged = true;
            return page;
        };
        let turn = inherited(self.doc, node, b"Rotate").and_then(|o| o.as_float().ok()).map_or(0, |d| d as i64 / 90);
        let resources = inherited(self.doc, node, b"Resources").and_then(|o| o.as_dict().ok());
        self.mark = 0;
        self.run(&content, resources, Matrix::UNIT.turned(turn), &mut page, 0);
        page
    }

    fn run(&mut self, content: &[u8], resources: Option<&Dictionary>, map: Matrix, page: &mut Page, depth: usize) {
        let mut state =
            GraphicsState { map, font: None, size: 1.0, spacing: (0.0, 0.0), stretch: 1.0, leading: 0.0, rise: 0.0 };
        let mut saved: Vec<GraphicsState> = Vec::new();
        let (mut text, mut line) = (Matrix::UNIT, Matrix::UNIT);
        let mut marks: Vec<Mark> = Vec::new();
        let mut path = Path::default();
        let mut operands: Vec<Token<'_>> = Vec::new();
        let mut lexer = Lexer::new(content);
        while let Some(token) = lexer.next() {
            let Token::Word(operator) = token else {
                if operands.len() < MOST_KEPT {
                    operands.push(token);
                }
                continue;
            };
            self.operators += 1;
            if self.exhausted() {
                page.damaged = true;
                return;
            }
            let n = |i: usize| match operands.get(i) {
                Some(Token::Number(n)) => *n,
                _ => 0.0,
            };
            let six = || Matrix([n(0), n(1), n(2), n(3), n(4), n(5)]);
            match operator {
                b"q" if saved.len() < MOST_KEPT => saved.push(state.clone()),
                b"Q" => state = saved.pop().unwrap_or(state),
                b"cm" => state.map = six().then(state.map),
                b"BT" => (text, line) = (Matrix::UNIT, Matrix::UNIT),
                b"Tc" => state.spacing.0 = n(0),
                b"Tw" => state.spacing.1 = n(0),
                b"Tz" => state.stretch = n(0) / 100.0,
                b"TL" => state.leading = n(0),
                b"Ts" => state.rise = n(0),
                b"Tf" => {
                    if let Some(Token::Name(name)) = operands.first() {
                        state.font = self.font(resources, name).or(state.font);
                    }
                    state.size = n(1);
                }
                b"Td" | b"TD" => {
                    if operator == b"TD" {
                        state.leading = -n(1);
                    }
                    line = line.moved(n(0), n(1));
                    text = line;
                }
                b"Tm" => (text, line) = (six(), six()),
                b"T*" => {
                    line = line.moved(0.0, -state.leading);
                    text = line;
                }
                b"Tj" | b"TJ" => self.show(&operands, &state, &mut text, page),
                b"'" | b"\"" => {
                    if operator == b"\"" {
                        state.spacing = (n(1), n(0));
                    }
                    line = line.moved(0.0, -state.leading);
                    text = line;
                    self.show(&operands[operands.len().saturating_sub(1)..], &state, &mut text, page);
                }
                b"Do" => {
                    if let Some(Token::Name(name)) = operands.first() {
                        self.form(resources, name, state.map, page, depth);
                    }
                }
                b"BI" => lexer.skip_image(),
                b"BMC" | b"BDC" if marks.len() < MOST_KEPT => {
                    let says = self.says(&operands, resources).map(|s| (s, page.glyphs.len()));
                    marks.push(Mark { says, outer: self.mark });
                    // The numbers within a form are its own.
                    if let Some(number) = self.number(&operands, resources).filter(|_| depth == 0) {
                        self.mark = number.saturating_add(1);
                    }
                }
                b"EMC" => {
                    if let Some(Mark { says, outer }) = marks.pop() {
                        self.mark = outer;
                        if let Some((says, from)) = says {
                            replace(page, from, &says);
                        }
                    }
                }
                _ => path.take(operator, n, state.map, &mut page.rules),
            }
            operands.clear();
        }
    }

    /// Adds the letters of a string, or of a list of strings and shifts.
    fn show(&mut self, operands: &[Token<'_>], state: &GraphicsState, text: &mut Matrix, page: &mut Page) {
        let Some(font) = state.font.clone() else { return };
        let (size, stretch) = (state.size, state.stretch);
        for operand in operands {
            let bytes = match operand {
                Token::Bytes(bytes) => bytes,
                Token::Number(shift) => {
                    *text = text.moved(-shift * 0.001 * size * stretch, 0.0);
                    continue;
                }
                _ => continue,
            };
            let mut rest = &bytes[..];
            while !rest.is_empty() {
                let shown = font.first(rest);
                let space = shown.length == 1 && rest[0] == b' ';
                rest = &rest[shown.length.max(1)..];
                let width = shown.width * size * stretch;
                let all = text.then(state.map);
                let (left, base) = all.at(0.0, state.rise);
                let (right, other) = all.at(width, state.rise);
                let (turn, scale) = all.turn();
                let (left, right, base) = match turn {
                    0 => (left, right, base),
                    1 => (base, other, -left),
                    2 => (-left, -right, -base),
                    _ => (-base, -other, left),
                };
                let said = shown.text.as_deref().unwrap_or("");
                page.unknown += usize::from(said.is_empty());
                let size = size.abs() * scale * font.em;
                if left.is_finite() && right.is_finite() && base.is_finite() && size.is_finite() && size > 0.0 {
                    let (at, len) = (page.letters.len() as u32, said.len().min(usize::from(u16::MAX)) as u16);
                    page.letters.push_str(said);
                    page.glyphs.push(Glyph {
                        at,
                        len,
                        turn,
                        face: font.face,
                        left,
                        right: right.max(left),
                        base,
                        size,
                        element: self.mark,
                    });
                    self.glyphs += 1;
                }
                let spacing = state.spacing.0 + if space { state.spacing.1 } else { 0.0 };
                *text = text.moved(width + spacing * stretch, 0.0);
                if page.glyphs.len() >= MOST_ON_PAGE {
                    page.damaged = true;
                    return;
                }
            }
        }
    }

    fn form(&mut self, resources: Option<&Dictionary>, name: &[u8], map: Matrix, page: &mut Page, depth: usize) {
        let found = resources.and_then(|r| dict(self.doc, r, b"XObject")).and_then(|all| value(self.doc, all, name));
        let Some(Object::Stream(form)) = found else { return };
        let is_form = form.dict.get(b"Subtype").and_then(Object::as_name).is_ok_and(|kind| kind == b"Form");
        if !is_form || depth >= DEEPEST {
            return;
        }
        let Ok(content) = form.get_plain_content_with_limit(LARGEST_STREAM) else {
            page.damaged = true;
            return;
        };
        // An empty form that draws itself many times over still costs.
        self.operators += 1 + content.len() / 64;
        let own = numbers::<6>(self.doc, &form.dict, b"Matrix").map_or(Matrix::UNIT, Matrix);
        let resources = dict(self.doc, &form.dict, b"Resources").or(resources);
        self.run(&content, resources, own.then(map), page, depth + 1);
    }

    fn font(&mut self, resources: Option<&Dictionary>, name: &[u8]) -> Option<Rc<Font>> {
        let fonts = dict(self.doc, resources?, b"Font")?;
        let entry = fonts.get(name).ok()?;
        if let Ok(id) = entry.as_reference() {
            if let Some(font) = self.fonts.get(&id) {
                return Some(Rc::clone(font));
            }
            let font = Rc::new(Font::read(&mut self.names, self.doc.get_dictionary(id).ok()?));
            self.fonts.insert(id, Rc::clone(&font));
            return Some(font);
        }
        Some(Rc::new(Font::read(&mut self.names, entry.as_dict().ok()?)))
    }

    /// The number of the marked content that begins, where it is a part of the document's structure.
    fn number(&self, operands: &[Token<'_>], resources: Option<&Dictionary>) -> Option<u32> {
        if let Some(Token::Name(list)) = operands.get(1) {
            let all = dict(self.doc, resources?, b"Properties")?;
            let number = value(self.doc, dict(self.doc, all, list)?, b"MCID")?;
            return u32::try_from(number.as_i64().ok()?).ok();
        }
        let at = operands.iter().position(|t| matches!(t, Token::Name(key) if key == b"MCID"))?;
        match operands.get(at + 1) {
            Some(Token::Number(n)) if *n >= 0.0 && *n < 16_000_000.0 => Some(*n as u32),
            _ => None,
        }
    }

    /// What the marked content that begins says, where the file tells it apart from its glyphs.
    fn says(&self, operands: &[Token<'_>], resources: Option<&Dictionary>) -> Option<String> {
        if let Some(Token::Name(list)) = operands.get(1) {
            let all = dict(self.doc, resources?, b"Properties")?;
            let says = value(self.doc, dict(self.doc, all, list)?, b"ActualText")?;
            return lopdf::decode_text_string(says).ok();
        }
        let at = operands.iter().position(|t| matches!(t, Token::Name(key) if key == b"ActualText"))?;
        let Some(Token::Bytes(bytes)) = operands.get(at + 1) else { return None };
        lopdf::decode_text_string(&Object::string_literal(bytes.clone())).ok()
    }
}

/// The glyphs from `from` on give way to one that says `says`: a ligature, a word cut at the end of a line.
fn replace(page: &mut Page, from: usize, says: &str) {
    /// What replaces more glyphs than this is a description, not a spelling.
    const LONGEST: usize = 24;
    let Some(glyphs) = page.glyphs.get(from..).filter(|g| (1..=LONGEST).contains(&g.len())) else { return };
    let (first, last) = (glyphs[0], glyphs[glyphs.len() - 1]);
    let one_line = (first.base - last.base).abs() < first.size * 0.5 && first.turn == last.turn;
    if !one_line || says.len() > LONGEST * 4 {
        return;
    }
    let said = super::readable::readable(says).unwrap_or_default();
    let unknown = glyphs.iter().filter(|g| g.len == 0).count();
    page.unknown -= unknown.min(page.unknown);
    page.glyphs.truncate(from);
    let (at, len) = (page.letters.len() as u32, said.len() as u16);
    page.letters.push_str(&said);
    page.glyphs.push(Glyph { at, len, right: last.right.max(first.right), ..first });
}

/// A value of a page, or of the node above it.
fn inherited<'a>(doc: &'a Document, node: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
    let mut node = node;
    for _ in 0..64 {
        if let Some(found) = value(doc, node, key) {
            return Some(found);
        }
        node = dict(doc, node, b"Parent")?;
    }
    None
}
