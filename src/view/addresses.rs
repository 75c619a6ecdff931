//! The addresses of the web that letters on the screen lead to, for terminals that open them at a click (OSC 8).

use std::ops::Range;

use ratatui::buffer::Buffer;

use super::Rows;
use crate::app::App;
use crate::app::areas::PaneArea;
use crate::app::references::web;
use crate::layout::cells::cells;
use crate::layout::row::Row;
use crate::link::Side;
use crate::text::Text;
use crate::text::reference::{Reference, Target, references_in, target_of};

/// Longer addresses are not put on the screen: terminals have limits of their own (2083, as browsers had).
const LONGEST: usize = 2083;

/// Which cells lead where.
#[derive(Debug, Default)]
pub struct Addresses {
    /// Whether anybody asks for them.
    pub wanted: bool,
    /// Each address once, in ASCII.
    pub each: Vec<String>,
    /// Column, row, the letters drawn there, and which address.
    cells: Vec<(u16, u16, String, usize)>,
}

impl Addresses {
    /// Those of the rows of a pane, as they have been drawn.
    pub(super) fn of_pane(&mut self, app: &App, side: Side, area: PaneArea, rows: &Rows, buffer: &Buffer) {
        let Some(text) = app.halves.pane(side).text() else { return };
        let shown: Vec<(Row, u16)> = rows.iter().zip(area.text.y..).filter_map(|(row, y)| Some(((*row)?, y))).collect();
        for of_block in shown.chunk_by(|before, after| before.0.block == after.0.block) {
            let (Some((first, _)), Some((last, _))) = (of_block.first(), of_block.last()) else { continue };
            let base = text.blocks()[first.block as usize].range().start;
            let references = references_in(text, base + first.start as usize..base + last.end as usize);
            let leads = |to: Reference| Some((to.range, self.number_of(on_screen(&to.address)?)));
            let references: Vec<_> = references.into_iter().filter_map(leads).collect();
            let rows = of_block.iter().filter(|(row, y)| row.is_text() && *y < area.text.bottom());
            for (row, y) in rows.filter(|_| !references.is_empty()) {
                self.of_row(text, *row, &references, (area.text.x, *y), buffer);
            }
        }
    }

    /// The number of an address; each is there once.
    fn number_of(&mut self, address: String) -> usize {
        self.each.iter().position(|known| *known == address).unwrap_or_else(|| {
            self.each.push(address);
            self.each.len() - 1
        })
    }

    /// The cells of a row that lead somewhere, by the ranges that do and the numbers of their addresses.
    fn of_row(
        &mut self,
        text: &Text,
        row: Row,
        references: &[(Range<usize>, usize)],
        (x, y): (u16, u16),
        buffer: &Buffer,
    ) {
        let base = text.blocks()[row.block as usize].range().start;
        for (column, bytes) in row.pieces(text) {
            let words = &text.block_str(row.block as usize)[bytes.clone()];
            let mut x = x + row.indent + column;
            for cell in cells(words) {
                let at = base + bytes.start + cell.at;
                let here = references.iter().filter(|(range, _)| range.contains(&at) && x < buffer.area.right());
                self.cells.extend(here.map(|(_, to)| (x, y, buffer[(x, y)].symbol().to_owned(), *to)));
                x += cell.width;
            }
        }
    }

    /// Which address the cells of a finished screen lead to; what was drawn over leads nowhere.
    pub fn on(&self, buffer: &Buffer) -> Vec<(u16, u16, usize)> {
        let cells = self.cells.iter().filter(|(x, y, symbol, _)| buffer[(*x, *y)].symbol() == symbol);
        cells.map(|(x, y, _, at)| (*x, *y, *at)).collect()
    }
}

/// An address as it may be told to a terminal: of the web, in ASCII, without anything that could end the sequence.
fn on_screen(address: &str) -> Option<String> {
    let Target::Web(address) = target_of(address) else { return None };
    web(&address).filter(|address| address.len() <= LONGEST && address.bytes().all(|b| b.is_ascii_graphic()))
}
