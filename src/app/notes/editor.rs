//! The editor of notes, and of remarks at stops: a text area with what is written about.

use ratatui::style::Style;
use ratatui_textarea::{CursorMove, TextArea, WrapMode};
use tui_input::InputRequest;

use crate::model::notes::Draft;
use crate::text::clean::clean_text;
use crate::tour::StopId;

/// A note being written.
#[derive(Debug, Clone)]
pub struct Editor {
    /// What is written on. It keeps the wrapping of the last drawing, and nothing else of the screen.
    pub area: TextArea<'static>,
    /// What it is about; its words are those of `area` only after [`Editor::take`].
    draft: Draft,
}

/// A move of the cursor, or a change, beyond those that a single line knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stroke {
    /// To the row above.
    Up,
    /// To the row below.
    Down,
    /// To the beginning of the words.
    Top,
    /// To their end.
    Bottom,
    /// A screen up.
    PageUp,
    /// A screen down.
    PageDown,
    /// A new line.
    NewLine,
    /// Undoes what was typed last.
    Undo,
    /// Types it again.
    Redo,
}

impl Editor {
    /// Ready to write on a draft, at its end.
    pub fn new(draft: Draft) -> Self {
        let mut area = TextArea::new(draft.body.split('\n').map(str::to_owned).collect());
        area.set_wrap_mode(WrapMode::WordOrGlyph);
        area.set_cursor_line_style(Style::new());
        // The terminal's own cursor is used.
        area.set_cursor_style(Style::new());
        area.set_max_histories(10_000);
        area.move_cursor(CursorMove::Bottom);
        area.move_cursor(CursorMove::End);
        Self { area, draft }
    }

    /// The stop whose remark is written; `None` for a note.
    pub fn stop(&self) -> Option<&StopId> {
        self.draft.stop.as_ref()
    }

    /// What the note is about.
    pub fn draft(&self) -> &Draft {
        &self.draft
    }

    /// Gives the draft other anchors' lookalikes and the like; its words stay those of the area.
    pub(in crate::app) fn draft_mut(&mut self) -> &mut Draft {
        &mut self.draft
    }

    /// The draft with the words as they are now.
    pub fn take(&self) -> Draft {
        Draft { body: self.area.lines().join("\n"), ..self.draft.clone() }
    }

    /// The screen has another size: what fits is shown from the top again.
    pub fn resized(&mut self) {
        let at = self.area.cursor();
        self.area.scroll((-i16::MAX, 0));
        self.area.move_cursor(CursorMove::Jump(at.0 as u16, at.1 as u16));
    }

    /// Types or pastes text. What could mislead a terminal becomes visible signs; says how many letters that were.
    pub fn write(&mut self, text: &str) -> usize {
        let unified = text.replace("\r\n", "\n");
        let clean = clean_text(&unified);
        let changed = unified.chars().zip(clean.chars()).filter(|(a, b)| a != b).count();
        let dropped = unified.chars().count().saturating_sub(clean.chars().count());
        self.area.insert_str(&clean);
        changed.max(dropped)
    }

    /// Does what a line of typing does.
    pub fn edit(&mut self, request: InputRequest) {
        let area = &mut self.area;
        match request {
            InputRequest::InsertChar(c) => area.insert_char(c),
            InputRequest::DeletePrevChar => drop(area.delete_char()),
            InputRequest::DeleteNextChar => drop(area.delete_next_char()),
            InputRequest::DeletePrevWord => drop(area.delete_word()),
            InputRequest::DeleteNextWord => drop(area.delete_next_word()),
            InputRequest::DeleteLine => drop(area.delete_line_by_head()),
            InputRequest::DeleteTillEnd => drop(area.delete_line_by_end()),
            InputRequest::GoToPrevChar => area.move_cursor(CursorMove::Back),
            InputRequest::GoToNextChar => area.move_cursor(CursorMove::Forward),
            InputRequest::GoToPrevWord => area.move_cursor(CursorMove::WordBack),
            InputRequest::GoToNextWord => area.move_cursor(CursorMove::WordForward),
            InputRequest::GoToStart => area.move_cursor(CursorMove::Head),
            InputRequest::GoToEnd => area.move_cursor(CursorMove::End),
            _ => {}
        }
    }

    /// Does what only an area of several lines can.
    pub fn stroke(&mut self, stroke: Stroke, height: u16) {
        let area = &mut self.area;
        let screen = usize::from(height.max(2) - 1);
        match stroke {
            Stroke::Up => area.move_cursor(CursorMove::Up),
            Stroke::Down => area.move_cursor(CursorMove::Down),
            Stroke::Top => area.move_cursor(CursorMove::Top),
            Stroke::Bottom => area.move_cursor(CursorMove::Bottom),
            Stroke::PageUp => (0..screen).for_each(|_| area.move_cursor(CursorMove::Up)),
            Stroke::PageDown => (0..screen).for_each(|_| area.move_cursor(CursorMove::Down)),
            Stroke::NewLine => area.insert_newline(),
            Stroke::Undo => drop(area.undo()),
            Stroke::Redo => drop(area.redo()),
        }
    }
}
