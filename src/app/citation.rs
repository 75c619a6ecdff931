//! What is copied: the words and their citation.

use super::message::Copied;
use crate::app::halves::Halves;
use crate::app::hinge::Hinge;
use crate::app::out::Out;
use crate::app::topics::Topics;
use crate::app::versions::Versions;
use crate::link::Side;
use crate::model::citation::cite;
use crate::text::passage::PassageNo;

impl Versions {
    /// What a pane's text has at the place that is read: in two versions of one work all that lies across, or that it has
    /// nothing there; else its passage of the pair.
    fn cited_side(&self, halves: &Halves, hinge: &Hinge, side: Side, passage: PassageNo) -> Option<String> {
        let level = self.keeps_level(hinge) && !hinge.pinned();
        let lead = halves.focus();
        let across = || self.across(lead, halves.lead().current()?);
        let Some(across) = level.then(across).flatten() else { return halves.cited(side, passage) };
        let open = halves.pane(side).open()?;
        let passages = if side == lead { &across.here } else { &across.there };
        if let Some(block) = across.heading().filter(|_| side != lead) {
            let next = PassageNo((passages.start + 1).min(open.text.passage_count() as u32));
            return Some(cite(open, open.text.block_str(block as usize), (next, next)));
        }
        if passages.is_empty() {
            return Some(format!("Nothing in *{}* at this place.", open.name));
        }
        let all: Vec<&str> = passages.clone().map(|at| open.text.passage_str(PassageNo(at + 1))).collect();
        Some(cite(open, &all.join("\n\n"), (PassageNo(passages.start + 1), PassageNo(passages.end))))
    }

    /// Both passages of a pair, quoted and cited, with the command that opens them again.
    pub(super) fn cited_pair(
        &self,
        halves: &Halves,
        hinge: &Hinge,
        topics: &Topics,
        (left, right): (PassageNo, PassageNo),
    ) -> Option<String> {
        let link = |side: Side, passage: PassageNo| {
            Some(shell_word(&format!("{}:{passage}", halves.pane(side).open()?.request)))
        };
        let links = (link(Side::Left, left)?, link(Side::Right, right)?);
        let left = self.cited_side(halves, hinge, Side::Left, left)?;
        let right = self.cited_side(halves, hinge, Side::Right, right)?;
        let topic = topics.held().map_or_else(String::new, |t| format!("{}\n\n", t.name));
        Some(format!("{topic}{left}\n\n{right}\n\ndiptych {} {}\n", links.0, links.1))
    }
}

impl Out {
    /// Tells the reader whether the words were copied.
    pub(super) fn copied(&mut self, what: &str, by: Copied) {
        self.tell(match by {
            Copied::ToClipboard => format!("copied {what}"),
            Copied::ToTmux => format!("copied {what}; tmux has it"),
            Copied::ToTmuxAlone => format!("copied {what} into tmux's buffer, not to its terminal: tmux is too old"),
            Copied::ToTerminal => format!("{what}: on the clipboard, if this terminal takes OSC 52"),
            Copied::Nowhere => format!("not copied: tmux did not take {what}"),
        });
    }
}

impl Halves {
    /// The current passage of a pane's text, quoted and cited.
    pub(super) fn cited_passage(&self, side: Side) -> Option<String> {
        self.cited(side, self.pane(side).current()?)
    }

    fn cited(&self, side: Side, passage: PassageNo) -> Option<String> {
        let open = self.pane(side).open()?;
        Some(cite(open, open.text.passage_str(passage), (passage, passage)))
    }

    /// The selection, quoted and cited.
    pub(super) fn cited_selection(&self) -> Option<String> {
        let selection = self.selection()?;
        let open = self.pane(selection.side).open()?;
        let passages = selection.passages(&open.text)?;
        Some(cite(open, &open.text.string()[selection.range.clone()], passages))
    }
}

/// `word` as a shell reads it back.
fn shell_word(word: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./:~".contains(c);
    if word.chars().all(plain) { word.to_owned() } else { format!("'{}'", word.replace('\'', r"'\''")) }
}
