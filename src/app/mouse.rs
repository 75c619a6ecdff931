//! The mouse: the wheel, clicks, and dragging over words, which selects them.

use ratatui::layout::Position;

use super::App;
use super::message::MouseAct;
use super::overlay::Overlay;
use super::scene::Scene;
use super::selection::Selection;
use crate::app::halves::Halves;
use crate::app::scene::Screens;
use crate::layout::row::Row;
use crate::link::Side;
use crate::link::sides::BOTH;
use crate::model::settings::Settings;
use crate::model::settings::Sync;

impl App {
    pub(super) fn mouse(&mut self, act: MouseAct, column: u16, row: u16) {
        let areas = self.areas();
        let cell = Position::new(column, row);
        if act != MouseAct::Drag {
            self.halves.press(None);
        }
        let wheel: i64 = match act {
            MouseAct::WheelUp => -3,
            MouseAct::WheelDown => 3,
            MouseAct::Click => 0,
            MouseAct::Drag => return self.drag(cell),
            MouseAct::Release => return,
        };
        match self.screens.overlay_mut() {
            Some(Overlay::Picker(picker)) if wheel != 0 => picker.step(wheel.signum()),
            Some(Overlay::Page(_)) if wheel != 0 => self.scroll_page(wheel as i32),
            Some(_) if act == MouseAct::Click => self.clear(),
            Some(_) => {}
            None => {
                let hit = BOTH.into_iter().find(|s| areas.panes[*s].is_some_and(|a| a.whole.contains(cell)));
                match hit {
                    Some(side) if wheel != 0 => self.wheel(side, wheel as i32),
                    Some(side) => {
                        self.halves.lead_with(side);
                        self.halves.select(None);
                        self.halves.press(
                            self.screens.byte_at(&self.halves, &self.settings, side, cell).map(|byte| (side, byte)),
                        );
                    }
                    None if areas.hinge.is_some_and(|h| h.contains(cell)) && act == MouseAct::Click => {
                        self.step_counterpart(1);
                    }
                    None => {}
                }
            }
        }
    }

    fn wheel(&mut self, side: Side, rows: i32) {
        let moved = self.halves.pane_mut(side).scroll(rows);
        if side == self.halves.focus() {
            if self.hinge.sync() == Sync::Scroll {
                self.halves.pane_mut(side.other()).scroll(moved);
            }
            self.moved();
        }
    }

    /// Selects from where the button was pressed to here; beyond an edge of the pane the text goes on.
    fn drag(&mut self, cell: Position) {
        let Some((side, pressed)) = self.halves.pressed().filter(|_| self.screens.overlay().is_none()) else { return };
        let Some(area) = self.areas().panes[side] else { return };
        let beyond = i32::from(cell.y >= area.text.bottom()) - i32::from(cell.y < area.text.y);
        if beyond != 0 {
            self.wheel(side, beyond);
        }
        let within = Position::new(cell.x, cell.y.clamp(area.text.y, area.text.bottom().saturating_sub(1)));
        let Some(byte) = self.screens.byte_at(&self.halves, &self.settings, side, within) else { return };
        let range = pressed.min(byte)..pressed.max(byte);
        let selection = Selection { side, range, at_start: byte < pressed, is_fresh: false };
        self.halves.select((pressed != byte).then_some(selection));
    }
}

impl Screens {
    /// The byte of a pane's string that is drawn at a cell: the nearest one of that row.
    fn byte_at(&self, halves: &Halves, settings: &Settings, side: Side, cell: Position) -> Option<usize> {
        if !matches!(self.scene(), Scene::Reading) || halves.is_linear() {
            return None;
        }
        let area = halves.areas(settings.measure).panes[side]?.text;
        let pane = halves.pane(side);
        let text = pane.text()?;
        let row = cell.y.checked_sub(area.y)?;
        let rows = pane.rows();
        let row = rows.get(usize::from(row)).copied().flatten().filter(Row::is_text)?;
        let start = text.blocks().get(row.block as usize)?.range().start;
        Some(start + row.offset_at(text, cell.x.saturating_sub(area.x)) as usize)
    }
}
