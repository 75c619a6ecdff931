//! A screen as SVG: letters as text in a grid, rules and bars as shapes.
//!
//! Every run of letters says how long it is (`textLength`), so that the columns hold in any monospaced font.

use std::collections::BTreeSet;
use std::fmt::{self, Write as _};

use diptych::layout::cells;
use diptych::view::theme::Ground;
use ratatui::buffer::Buffer;
use ratatui::layout::Position;
use ratatui::style::Modifier;

use crate::colour::{Look, ground, hex, look};
use crate::shape::{Shape, rule, shape};

/// The units of a cell: with letters of 15 units, a monospaced font is about as wide.
pub const WIDTH: u32 = 9;
/// Its height.
pub const HEIGHT: u32 = 20;
const LETTERS: u32 = 15;
/// From the top of a cell to the feet of its letters.
const BASE: u32 = 15;
/// Around the screen.
const MARGIN: u32 = 16;

/// A screen to be written as SVG.
pub struct Picture<'a> {
    pub buffer: &'a Buffer,
    pub cursor: Option<Position>,
    pub ground: Ground,
    pub title: &'a str,
}

/// Looks in use, each a class of the style sheet.
#[derive(Default)]
struct Classes(Vec<(Look, Kind)>);

/// What a class is for: the same colour is put differently on letters and on lines.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Letters,
    Line,
    Filled,
}

impl Classes {
    fn of(&mut self, look: Look, kind: Kind) -> String {
        let modifier = if kind == Kind::Letters { look.modifier } else { Modifier::empty() };
        let entry = (Look { paper: None, modifier, ..look }, kind);
        let at = self.0.iter().position(|e| *e == entry).unwrap_or_else(|| {
            self.0.push(entry);
            self.0.len() - 1
        });
        format!("c{at}")
    }

    fn sheet(&self) -> String {
        let mut sheet = String::new();
        for (i, (look, kind)) in self.0.iter().enumerate() {
            let ink = hex(look.ink);
            let rules = match kind {
                Kind::Letters => format!("fill:{ink}{}", letters(look.modifier)),
                Kind::Line => format!("fill:none;stroke:{ink}"),
                Kind::Filled => format!("fill:{ink}"),
            };
            let _ = writeln!(sheet, ".c{i}{{{rules}}}");
        }
        sheet
    }
}

fn letters(modifier: Modifier) -> String {
    let mut css = String::new();
    for (of, rule) in [
        (Modifier::BOLD, ";font-weight:bold"),
        (Modifier::ITALIC, ";font-style:italic"),
        (Modifier::UNDERLINED, ";text-decoration:underline"),
        (Modifier::CROSSED_OUT, ";text-decoration:line-through"),
        (Modifier::DIM, ";opacity:.65"),
    ] {
        if modifier.contains(of) {
            css.push_str(rule);
        }
    }
    css
}

impl Picture<'_> {
    fn symbol(&self, x: u16, y: u16) -> &str {
        self.buffer[(x, y)].symbol()
    }

    fn look(&self, x: u16, y: u16) -> Look {
        let mut look = look(&self.buffer[(x, y)], self.ground);
        if self.cursor == Some(Position::new(x, y)) {
            (look.ink, look.paper) = (ground(self.ground).0, Some(ground(self.ground).1));
        }
        look
    }

    fn corner(x: u16, y: u16) -> (u32, u32) {
        (MARGIN + u32::from(x) * WIDTH, MARGIN + u32::from(y) * HEIGHT)
    }

    /// The grounds of cells that have one of their own.
    fn papers(&self, out: &mut String) {
        let area = self.buffer.area;
        for y in 0..area.height {
            let mut x = 0;
            while x < area.width {
                let paper = self.look(x, y).paper;
                let end = (x..area.width).find(|at| self.look(*at, y).paper != paper).unwrap_or(area.width);
                if let Some(paper) = paper {
                    let ((left, top), width) = (Self::corner(x, y), u32::from(end - x) * WIDTH);
                    let _ = writeln!(
                        out,
                        "<rect x=\"{left}\" y=\"{top}\" width=\"{width}\" height=\"{HEIGHT}\" fill=\"{}\"/>",
                        hex(paper)
                    );
                }
                x = end;
            }
        }
    }

    /// Rules, bars and the like; those that continue each other are drawn as one.
    fn shapes(&self, classes: &mut Classes, out: &mut String) {
        let area = self.buffer.area;
        let mut drawn = BTreeSet::new();
        for y in 0..area.height {
            for x in 0..area.width {
                let Some(kind) = shape(self.symbol(x, y)).filter(|_| drawn.insert((x, y))) else { continue };
                let ink = self.look(x, y);
                let same = |x, y| shape(self.symbol(x, y)) == Some(kind) && self.look(x, y).ink == ink.ink;
                let mut cells = 1;
                match kind {
                    Shape::Across { .. } => {
                        while x + cells < area.width && same(x + cells, y) {
                            drawn.insert((x + cells, y));
                            cells += 1;
                        }
                    }
                    Shape::Down { .. } | Shape::Bar(_) => {
                        while y + cells < area.height && same(x, y + cells) {
                            drawn.insert((x, y + cells));
                            cells += 1;
                        }
                    }
                    Shape::Path { .. } => {}
                }
                let filled = matches!(kind, Shape::Bar(_) | Shape::Path { line: None, .. });
                let class = classes.of(ink, if filled { Kind::Filled } else { Kind::Line });
                out.push_str(&rule(kind, Self::corner(x, y), u32::from(cells), &class));
            }
        }
    }

    /// The letters, a row at a time. A run ends where the look changes, at a shape, and where two spaces follow.
    fn words(&self, classes: &mut Classes, out: &mut String) {
        let area = self.buffer.area;
        for y in 0..area.height {
            let blank = |x: u16| x >= area.width || self.symbol(x, y).trim().is_empty();
            let drawn = |x: u16| shape(self.symbol(x, y)).is_some();
            let mut x = 0;
            while x < area.width {
                if blank(x) || drawn(x) {
                    x += 1;
                    continue;
                }
                let (start, style) = (x, self.look(x, y));
                let mut run = String::new();
                while x < area.width && !drawn(x) && self.look(x, y) == style && !(blank(x) && blank(x + 1)) {
                    run.push_str(self.symbol(x, y));
                    x += cells::width(self.symbol(x, y)).max(1) as u16;
                }
                let length = cells::width(run.trim_end()) as u32 * WIDTH;
                let (left, top) = Self::corner(start, y);
                let _ = writeln!(
                    out,
                    "<text class=\"{}\" x=\"{left}\" y=\"{}\" textLength=\"{length}\">{}</text>",
                    classes.of(style, Kind::Letters),
                    top + BASE,
                    escaped(run.trim_end()),
                );
            }
        }
    }
}

fn escaped(s: &str) -> String {
    s.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

impl Picture<'_> {
    /// What is on the screen.
    fn body(&self, classes: &mut Classes) -> String {
        let mut body = String::new();
        self.papers(&mut body);
        self.shapes(classes, &mut body);
        self.words(classes, &mut body);
        body
    }

    /// The frame around one screen or several: their size and ground are those of this one.
    fn page(&self, sheet: &str, body: &str, f: &mut impl fmt::Write) -> fmt::Result {
        let area = self.buffer.area;
        let (width, height) =
            (u32::from(area.width) * WIDTH + 2 * MARGIN, u32::from(area.height) * HEIGHT + 2 * MARGIN);
        let (paper, _) = ground(self.ground);
        writeln!(
            f,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
             height=\"{height}\" role=\"img\">"
        )?;
        writeln!(f, "<title>{}</title>", escaped(self.title))?;
        writeln!(
            f,
            "<style>\ntext{{font:{LETTERS}px ui-monospace,\"SF Mono\",Menlo,Consolas,\"DejaVu Sans Mono\",\
             \"Liberation Mono\",monospace;white-space:pre}}\n{sheet}</style>"
        )?;
        writeln!(
            f,
            "<rect x=\".5\" y=\".5\" width=\"{}\" height=\"{}\" rx=\"10\" fill=\"{}\" stroke=\"#80808055\"/>",
            width - 1,
            height - 1,
            hex(paper)
        )?;
        f.write_str(body)?;
        writeln!(f, "</svg>")
    }
}

impl fmt::Display for Picture<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut classes = Classes::default();
        let body = self.body(&mut classes);
        self.page(&classes.sheet(), &body, f)
    }
}

/// Screens that follow each other, each for so many seconds, over and over. Who has asked for less motion sees the one at
/// `still` alone.
pub fn moving(pictures: &[(Picture<'_>, f64)], still: usize) -> String {
    let whole: f64 = pictures.iter().map(|(_, seconds)| seconds).sum();
    let (mut classes, mut body, mut begins) = (Classes::default(), String::new(), 0.0);
    let mut motion = format!("g{{visibility:hidden;animation:{whole}s step-end infinite}}\n");
    for (nth, (picture, seconds)) in pictures.iter().enumerate() {
        let _ = writeln!(body, "<g id=\"f{nth}\">\n{}</g>", picture.body(&mut classes));
        let [from, to] = [begins, begins + seconds].map(|at: f64| at * 100.0 / whole);
        let before = if nth == 0 { "" } else { "0%{visibility:hidden}" };
        let _ = writeln!(
            motion,
            "#f{nth}{{animation-name:k{nth}}}@keyframes k{nth}{{{before}{from:.2}%{{visibility:visible}}{to:.2}%{{visibility:hidden}}}}"
        );
        begins += seconds;
    }
    let _ = writeln!(motion, "@media(prefers-reduced-motion){{g{{animation:none}}#f{still}{{visibility:visible}}}}");
    let mut out = String::new();
    if let Some((first, _)) = pictures.first() {
        let _ = first.page(&(classes.sheet() + &motion), &body, &mut out);
    }
    out
}
