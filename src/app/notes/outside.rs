//! Writing in the reader's own editor: a note is handed to it as a file, and taken back when it ends.

use std::sync::Arc;

use crate::app::halves::Halves;
use crate::app::made::Made;
use crate::app::message::{Effect, Terminal};
use crate::app::notes::Notes;
use crate::app::out::Out;
use crate::app::overlay::Overlay;
use crate::app::scene::Screens;
use crate::app::topics::Topics;
use crate::model::notes::{Draft, FiledNote};
use crate::text::clean::Clean;

impl Notes {
    /// Goes on with a note in the reader's own editor.
    pub(in crate::app) fn go_on_outside(&mut self, screens: &mut Screens, out: &mut Out) {
        if matches!(screens.overlay(), Some(Overlay::Editor(editor)) if editor.stop().is_some()) {
            return out.tell("a remark is written here; notes can be written in your own editor");
        }
        let Some(Overlay::Editor(editor)) = screens.take_overlay() else { return };
        let draft = editor.take();
        self.keep_aside(screens, out, draft.clone());
        out.effect(Effect::Terminal(Terminal::Outside(Box::new(draft))));
    }

    /// Opens a kept note in the reader's own editor.
    pub(in crate::app) fn edit_note_outside(&mut self, out: &mut Out, note: &Arc<FiledNote>) {
        match self.draft_of(out, note) {
            Ok(draft) => out.effect(Effect::Terminal(Terminal::Outside(Box::new(draft)))),
            Err(line) => out.notice = Some(line.into()),
        }
    }

    /// Begins a note in the reader's own editor.
    pub(in crate::app) fn write_note_outside(&self, halves: &mut Halves, topics: &Topics, out: &mut Out) {
        if let Some(draft) = self.begun(halves, topics, out) {
            halves.select(None);
            out.effect(Effect::Terminal(Terminal::Outside(Box::new(draft))));
        }
    }

    /// The reader has come back from their own editor with these words, or it could not be run.
    pub(in crate::app) fn written_outside(
        &mut self,
        screens: &mut Screens,
        made: &mut Made,
        out: &mut Out,
        mut draft: Draft,
        result: Result<String, Clean>,
    ) {
        match result {
            Ok(body) => {
                body.trim_end_matches('\n').clone_into(&mut draft.body);
                if draft.says_something() {
                    self.save_draft(screens, made, out, draft);
                } else {
                    self.drop_draft(made, out, draft.number);
                    out.tell("nothing was written, so nothing is kept");
                }
            }
            Err(line) => {
                screens.edit_draft(self, made, draft);
                out.notice = Some(line.into());
            }
        }
    }
}
