//! The palette: what is typed into it that means something by itself.

use super::App;
use super::colon::Colon;
use super::commands::command;
use super::overlay::Overlay;
use super::picker::{Choice, Item, PickerKind};
use super::scene::Screens;

impl App {
    /// Does it.
    pub(super) fn obey(&mut self, colon: Colon) {
        match colon {
            Colon::Quit => self.run(command!("quit"), None),
            Colon::Save => self.run(command!("save-again"), None),
            Colon::Again => {
                let side = self.halves.focus();
                self.reload(side);
            }
            Colon::Open(file) => self.open_allowed(&file, false),
            Colon::Passage(number) => self.go_to_passage(number),
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
