//! The pictures and the recording of the README, made from the program itself: keys are pressed, and the screen is written as
//! SVG, and as an asciicast.
//!
//!     cargo run --example pictures                  # writes docs/pictures/*
//!     cargo run --example pictures -- target/every   # every screen in three sizes and six looks, to be looked through
//!
//! It needs nothing but the Rust toolchain. Run it after a change to what a screen looks like, or to the bundled texts.
#![allow(clippy::unwrap_used, reason = "played sessions are those of the tests, where a wrong key may panic")]

mod colour;
mod every;
mod recording;
mod shape;
mod svg;

#[allow(dead_code, reason = "the tests press and look at more than the pictures do")]
#[path = "../../tests/it/play.rs"]
mod play;
#[path = "../../tests/it/stage.rs"]
mod stage;

use std::path::Path;
use std::{fs, io};

use diptych::view;
use diptych::view::theme::{Depth, Ground, Theme};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::play::Play;
use crate::svg::Picture;

/// A screen to show.
struct Scene {
    /// The name of its files.
    name: &'static str,
    /// What it shows, for who cannot see it.
    about: &'static str,
    /// The keys that lead there from the start of the bundled pair, as `Play::keys` takes them.
    keys: &'static str,
}

const SCENES: &[Scene] = &[
    Scene {
        name: "pair",
        about: "Two passages on the same topic, on one row, with a joint across the hinge between the texts",
        keys: "t \"democratic\" enter",
    },
    Scene {
        name: "topics",
        about: "The list of topics, with how often each of the two texts treats them",
        keys: "t \"democratic\" enter t down down down down",
    },
    Scene {
        name: "why",
        about: "Why two passages are counterparts: what both have, and what else there was",
        keys: "t \"democratic\" enter w",
    },
    Scene {
        name: "search",
        about: "A search in both texts, its hits set off and counted while it is typed",
        keys: "t \"democratic\" enter / \"strike\"",
    },
    Scene {
        name: "wordings",
        about: "A quotation that both texts have, compared word by word: what each has kept, changed or left out",
        keys: "g q ctrl-t",
    },
    Scene {
        name: "synopsis",
        about: "The synopsis of a topic: what the left text says of it in rows against what the right text says",
        keys: "t \"soviets\" enter g s",
    },
    Scene {
        name: "map",
        about: "The map of the library: which of its texts treats which topic, how often and how strongly",
        keys: "g m",
    },
    Scene {
        name: "note",
        about: "A note being written below the two passages it is about",
        keys: "t \"democratic\" enter A \"Both\" space \"call\" space \"the\" space \"strike\" space \"vote\" space \"as\" space \"witness.\" space \"#strikes\"",
    },
];

/// Columns and rows of the pictures.
const SIZE: (u16, u16) = (112, 30);

/// Those of the recording.
const SMALL: (u16, u16) = (100, 26);

fn main() -> io::Result<()> {
    if let Some(folder) = std::env::args_os().nth(1) {
        return every::write(Path::new(&folder));
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/pictures");
    fs::create_dir_all(&folder)?;
    for scene in SCENES {
        let mut play = Play::bundled();
        play.resize(SIZE.0, SIZE.1).keys(scene.keys);
        for (ground, suffix) in [(Ground::Dark, "dark"), (Ground::Light, "light")] {
            let mut buffer = Buffer::empty(Rect::new(0, 0, SIZE.0, SIZE.1));
            let cursor = view::draw(&play.app, &Theme::new(ground, Depth::Many), &mut buffer);
            let picture = Picture { buffer: &buffer, cursor, ground, title: scene.about }.to_string();
            let name = format!("{}-{suffix}.svg", scene.name);
            println!("docs/pictures/{name}  {} KB", picture.len().div_ceil(1000));
            fs::write(folder.join(name), picture)?;
        }
    }
    for (name, written) in [
        ("session-dark.svg", recording::picture(Ground::Dark, SMALL)),
        ("session-light.svg", recording::picture(Ground::Light, SMALL)),
        ("session.cast", recording::asciicast(SMALL)?),
    ] {
        println!("docs/pictures/{name}  {} KB", written.len().div_ceil(1000));
        fs::write(folder.join(name), written)?;
    }
    Ok(())
}
