//! Drawing: the state of the session onto a buffer of cells.
//!
//! Nothing here changes the session or reads a key. What has colour has a glyph or a text style too.

pub(crate) mod addresses;
pub mod colour;
pub mod lines;
pub mod signs;
pub mod sized;
pub mod theme;
pub mod theme_file;

mod asked;
mod beside;
mod chord;
mod dispute;
mod editor;
mod excerpt;
mod first;
mod footer;
mod form;
mod gutter;
mod header;
mod hinge;
mod ink;
mod line;
mod linear;
mod loom;
mod map;
mod map_said;
mod news;
mod page;
mod pane;
mod passage;
mod picker;
mod present;
mod preview;
mod recall;
mod room;
mod scenes;
mod small;
mod synopsis;
mod tour;

use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect};

use self::addresses::Addresses;
use self::sized::SizedRow;
use self::theme::Theme;
use crate::app::App;
use crate::app::areas::Areas;
use crate::app::overlay::{Overlay, PageKind};
use crate::app::scene::Scene;
use crate::layout::row::Row;
use crate::link::sides::{BOTH, Sides};

/// The rows of a pane's screen, from the top; `None` beyond the ends of its text.
type Rows = [Option<Row>];

/// Whether what lies over the panes takes their place, rather than standing beside the pair.
fn covers(app: &App) -> bool {
    match app.screens.overlay() {
        Some(Overlay::Page(page)) => !page.kind.leaves_the_pair_in_sight(),
        Some(Overlay::Picker(_)) => app.screens.list_area(&app.halves, &app.settings).1.is_none(),
        _ => false,
    }
}

/// Whether the page of keys is open.
fn is_help(app: &App) -> bool {
    matches!(app.screens.overlay(), Some(Overlay::Page(page)) if page.kind == PageKind::Help)
}

/// What is on the screen besides cells.
#[derive(Debug, Default)]
pub struct Beyond {
    /// Where its letters lead.
    pub addresses: Addresses,
    /// Letters larger than a cell.
    pub sized: Vec<SizedRow>,
}

/// Draws the whole screen. Returns where the cursor stands, where something is being typed.
pub fn draw(app: &App, theme: &Theme, buffer: &mut Buffer) -> Option<Position> {
    draw_with(app, theme, buffer, None)
}

/// What lies over the two texts in one column, and nothing of them: for who has heard them already.
fn draw_over(app: &App, theme: &Theme, buffer: &mut Buffer) {
    if small::draw(theme, buffer) {
        return;
    }
    footer::draw(app, app.areas().footer, theme, buffer);
    overlay(app, theme, buffer);
    ink::without_lines(buffer);
    ink::finish(buffer, theme);
}

/// Draws what lies over the panes. Returns where the cursor stands, where something is typed there.
fn overlay(app: &App, theme: &Theme, buffer: &mut Buffer) -> Option<Position> {
    match app.screens.overlay()? {
        Overlay::Form(form) => form::draw(app, form, theme, buffer),
        Overlay::Picker(picker) => picker::draw(app, picker, theme, buffer),
        Overlay::Page(page) => {
            page::draw(app, page, theme, buffer);
            None
        }
        Overlay::Editor(editor) => editor::draw(app, editor, theme, buffer),
        Overlay::Prompt(_) | Overlay::Asked(_) => None,
    }
}

/// The same, and what cells cannot say, where somebody asks for it.
pub fn draw_with(app: &App, theme: &Theme, buffer: &mut Buffer, beyond: Option<&mut Beyond>) -> Option<Position> {
    if small::draw(theme, buffer) {
        return None;
    }
    let areas: Areas = app.areas();
    let mut beyond = beyond;
    let mut read = None;
    match app.screens.scene() {
        Scene::Reading if app.halves.is_linear() => {
            let body = Rect { y: 0, height: buffer.area.height - areas.footer.height, ..buffer.area };
            read = linear::draw(app, body, theme, buffer);
        }
        // The ends of lines beside the page of keys are nothing to read, and would be drawn with every letter typed.
        Scene::Reading if is_help(app) => {}
        Scene::Reading => {
            panes(app, &areas, theme, buffer, beyond.as_deref_mut().map(|beyond| &mut beyond.addresses));
        }
        Scene::Synopsis(synopsis) => synopsis::draw(app, synopsis, &areas, theme, buffer),
        Scene::Map(map) => map::draw(app, map, theme, buffer),
        Scene::Loom(loom) => loom::draw(app, loom, theme, buffer),
        Scene::Dispute(page) => dispute::draw(app, page, theme, buffer),
        Scene::Tour(list) => tour::draw(app, list, theme, buffer),
        Scene::Cards(review) => recall::draw(app, review, theme, buffer),
        Scene::Present(present) => {
            let sized = beyond.as_deref_mut().map(|beyond| &mut beyond.sized);
            present::draw(app, present, theme, buffer, sized);
        }
        Scene::Lectern => room::lectern::draw(app, theme, buffer),
        Scene::Room => room::draw(app, theme, buffer),
    }
    let is_linear = app.halves.is_linear();
    // Nothing lies behind it.
    let is_bare = !is_linear && is_help(app) && matches!(app.screens.scene(), Scene::Reading);
    if !is_linear && !is_bare {
        beside::draw(app, &areas, theme, buffer);
    }
    if covers(app) && is_linear {
        // Half-covered words are nothing to listen to.
        buffer.reset();
    } else if covers(app) && !is_bare {
        ink::recede(buffer, theme);
    }
    let cursor = if has_footer(app) { footer::draw(app, areas.footer, theme, buffer) } else { None };
    let cursor = match app.screens.overlay() {
        None => cursor.or(read),
        Some(Overlay::Prompt(_) | Overlay::Asked(_)) => cursor,
        Some(_) => overlay(app, theme, buffer),
    };
    if app.halves.is_linear() && (app.screens.overlay().is_some() || !matches!(app.screens.scene(), Scene::Reading)) {
        ink::without_lines(buffer);
    }
    if let Some(beyond) = beyond {
        // What lies over them, the keys that can follow a half-typed one for instance, is not to be drawn over.
        beyond.sized.retain(|row| row.lies_open(buffer));
    }
    ink::finish(buffer, theme);
    cursor
}

/// A presentation keeps the last row to itself, but for keys that are half typed.
fn has_footer(app: &App) -> bool {
    let typing = app.keys.is_half_typed() || app.screens.overlay().is_some();
    typing || !matches!(app.screens.scene(), Scene::Present(_))
}

fn panes(app: &App, areas: &Areas, theme: &Theme, buffer: &mut Buffer, mut addresses: Option<&mut Addresses>) {
    // Wrapped once a frame: header, text and hinge look at the same rows.
    let rows = Sides::from_fn(|side| areas.panes[side].map_or_else(Vec::new, |_| app.halves.pane(side).rows()));
    for side in BOTH {
        if let Some(area) = areas.panes[side] {
            header::draw(app, side, area, &rows[side], theme, buffer);
            pane::draw(app, side, area, &rows[side], theme, buffer);
            if let Some(addresses) = addresses.as_mut().filter(|addresses| addresses.wanted) {
                addresses.of_pane(app, side, area, &rows[side], buffer);
            }
        }
    }
    hinge::draw(app, areas, &rows, theme, buffer);
}
