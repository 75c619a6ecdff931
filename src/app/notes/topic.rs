//! The topic that a note belongs to.

use crate::app::halves::Halves;
use crate::app::notes::Notes;
use crate::app::out::Out;
use crate::app::overlay::Overlay;
use crate::app::scene::Screens;
use crate::app::topics::Topics;
use crate::link::sides::BOTH;

impl Notes {
    /// Gives the note that is being written the next topic: of the held one and those of the passages it is about; after
    /// the last one none.
    pub(in crate::app) fn change_note_topic(
        &mut self,
        halves: &Halves,
        topics: &Topics,
        screens: &mut Screens,
        out: &mut Out,
    ) {
        let Some(Overlay::Editor(editor)) = screens.overlay() else { return };
        if editor.stop().is_some() {
            return out.tell("a remark belongs to its stop");
        }
        let draft = editor.draft();
        let is_about = |request: &str| draft.requests.iter().any(|r| r == request);
        let mut topics: Vec<String> = topics.held_id().into_iter().map(ToString::to_string).collect();
        for side in BOTH {
            if halves.pane(side).open().is_some_and(|open| is_about(&open.request)) {
                topics.extend(halves.topics_here(side).iter().map(ToString::to_string));
            }
        }
        // One that was chosen elsewhere, or that the passage does not treat any more.
        topics.extend(draft.of.as_ref().and_then(|base| base.topic.clone()));
        topics.extend(draft.topic.clone());
        let mut seen = std::collections::HashSet::new();
        topics.retain(|topic| seen.insert(topic.clone()));
        let next = match draft.topic.as_ref().and_then(|now| topics.iter().position(|topic| topic == now)) {
            Some(now) => topics.get(now + 1).cloned(),
            None => topics.first().cloned(),
        };
        if topics.is_empty() {
            return out.tell("no topic is held, and none is treated here");
        }
        if let Some(Overlay::Editor(editor)) = screens.overlay_mut() {
            editor.draft_mut().topic = next;
        }
        self.typed(out);
    }
}
