//! The topic that a note belongs to.

use std::collections::HashSet;

use crate::app::App;
use crate::app::overlay::Overlay;
use crate::link::sides::BOTH;

impl App {
    /// Gives the note that is being written the next topic: of the held one and those of the passages it is about; after
    /// the last one none.
    pub(in crate::app) fn change_note_topic(&mut self) {
        let Some(Overlay::Editor(editor)) = self.screens.overlay() else { return };
        if editor.stop().is_some() {
            return self.out.tell("a remark belongs to its stop");
        }
        let draft = editor.draft();
        let is_about = |request: &str| draft.requests.iter().any(|r| r == request);
        let mut topics: Vec<String> = self.topics.held_id().into_iter().map(ToString::to_string).collect();
        for side in BOTH {
            if self.halves.pane(side).open().is_some_and(|open| is_about(&open.request)) {
                topics.extend(self.halves.topics_here(side).iter().map(ToString::to_string));
            }
        }
        // One that was chosen elsewhere, or that the passage does not treat any more.
        topics.extend(draft.of.as_ref().and_then(|base| base.topic.clone()));
        topics.extend(draft.topic.clone());
        let mut seen = HashSet::new();
        topics.retain(|topic| seen.insert(topic.clone()));
        let next = match draft.topic.as_ref().and_then(|now| topics.iter().position(|topic| topic == now)) {
            Some(now) => topics.get(now + 1).cloned(),
            None => topics.first().cloned(),
        };
        if topics.is_empty() {
            return self.out.tell("no topic is held, and none is treated here");
        }
        if let Some(Overlay::Editor(editor)) = self.screens.overlay_mut() {
            editor.draft_mut().topic = next;
        }
        self.notes.typed(&mut self.out);
    }
}
