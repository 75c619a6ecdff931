//! Commands that users of vi type after a colon: `:12`, `:q`, `:w`, `:e FILE`.

use super::App;
use super::commands::command;
use super::overlay::Overlay;
use super::picker::{Choice, Item, PickerKind};
use crate::app::scene::Screens;
use crate::text::passage::PassageNo;

/// What was typed so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Colon {
    /// To go to a passage.
    Passage(u32),
    /// To leave.
    Quit,
    /// To save.
    Save,
    /// To open a text.
    Open(String),
}

impl Colon {
    /// What words after the colon mean, where they mean one of these.
    fn of(typed: &str) -> Option<Self> {
        let typed = typed.trim();
        if let Ok(number) = typed.parse::<u32>() {
            return Some(Self::Passage(number));
        }
        match typed {
            "q" | "q!" | "qa" | "qa!" | "quit" | "wq" | "x" => return Some(Self::Quit),
            "w" | "wa" | "write" => return Some(Self::Save),
            _ => {}
        }
        let (word, file) = typed.split_once(char::is_whitespace)?;
        matches!(word, "e" | "edit" | "o" | "open")
            .then(|| Self::Open(file.trim().to_owned()))
            .filter(|_| !file.trim().is_empty())
    }

    /// What it does, in a few words.
    fn about(&self) -> String {
        match self {
            Self::Passage(number) => format!("Go to ¶{number}"),
            Self::Quit => "Leave".to_owned(),
            Self::Save => "Save what is not saved yet; all else is saved as it is made".to_owned(),
            Self::Open(file) => format!("Open {file} in this pane"),
        }
    }
}

impl App {
    /// Does it.
    pub(super) fn obey(&mut self, colon: Colon) {
        match colon {
            Colon::Quit => self.run(command!("quit"), None),
            Colon::Save => self.run(command!("save-again"), None),
            Colon::Open(file) => {
                self.leave();
                let focus = self.halves.focus();
                self.open_text(focus, &file);
            }
            Colon::Passage(number) => {
                let last = self.halves.lead().text().map_or(0, |text| text.passage_count() as u32);
                if last == 0 {
                    return self.tell("no text is open here");
                }
                self.leave();
                self.halves.lead_mut().jump_to_passage(PassageNo(number.clamp(1, last)), None);
                self.moved();
            }
        }
    }
}

impl Screens {
    /// Puts what was typed into the palette first, where it means something by itself.
    pub(super) fn offer_colon(&mut self) {
        let Some(Overlay::Picker(picker)) = self.overlay_mut() else { return };
        if picker.kind != PickerKind::Palette {
            return;
        }
        let had = picker.items.last().is_some_and(|item| matches!(item.choice, Choice::Colon(_)));
        let Some(colon) = Colon::of(picker.input.value()) else {
            if had {
                picker.items.pop();
                picker.narrow();
            }
            return;
        };
        if had {
            picker.items.pop();
        }
        picker.narrow();
        let label = format!(":{}", picker.input.value().trim());
        let about = colon.about();
        picker.items.push(Item {
            label,
            detail: about.clone(),
            about,
            depth: 0,
            dim: false,
            choice: Choice::Colon(colon),
        });
        picker.matching.insert(0, (picker.items.len() - 1, Vec::new()));
    }
}

#[cfg(test)]
mod tests {
    use super::Colon;

    #[test]
    fn what_hands_type_after_a_colon() {
        for (typed, expected) in [
            ("12", Some(Colon::Passage(12))),
            ("q!", Some(Colon::Quit)),
            ("w", Some(Colon::Save)),
            ("e notes/a b.md", Some(Colon::Open("notes/a b.md".to_owned()))),
            ("e ", None),
            ("quotations", None),
            ("export", None),
        ] {
            assert_eq!(Colon::of(typed), expected, "{typed}");
        }
    }
}
