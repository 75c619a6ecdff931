//! Every screen in every size and look, to be looked through after a change: more than the README shows, and kept nowhere.

use std::path::Path;
use std::{fs, io};

use diptych::view;
use diptych::view::signs::Signs;
use diptych::view::theme::{Depth, Ground, Theme};
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::play::Play;
use crate::svg::Picture;

/// Each screen by its name and the keys that lead to it from the start of the bundled pair.
const SCREENS: &[(&str, &str)] = &[
    ("start", ""),
    ("pair", "t \"soviets\" enter"),
    ("bent", "t \"soviets\" enter J"),
    ("pinned-away", "t \"soviets\" enter J J J J J J J J"),
    ("silent", "t \"dual\" enter n G"),
    ("right-leads", "t \"soviets\" enter tab"),
    ("topics", "t down down"),
    ("topics-narrowed", "t \"state\""),
    ("why", "t \"soviets\" enter w"),
    ("why-none", "w"),
    ("search", "/ \"strike\""),
    ("hits", "/ \"strike\" enter n"),
    ("quotations", "g q"),
    ("dispute", "g q enter"),
    ("wordings", "g q enter g c"),
    ("synopsis", "t \"soviets\" enter g s"),
    ("synopsis-alone", "t \"soviets\" enter g s G"),
    ("synopsis-said", "t \"soviets\" enter + tab tab \"a_remark\" enter g s z n"),
    ("map", "g m"),
    ("map-narrowed", "g m / \"party\" enter"),
    ("loom", "g L"),
    ("loom-topic", "t \"soviets\" enter g L"),
    ("join", "t \"soviets\" enter +"),
    ("linked", "t \"soviets\" enter + tab tab \"a_remark\" enter"),
    ("links", "t \"soviets\" enter + tab tab \"a_remark\" enter g l"),
    ("take-apart", "t \"soviets\" enter + tab tab \"a_remark\" enter -"),
    ("note", "t \"soviets\" enter A \"Both_call_a_witness.\""),
    ("jot", "i \"in_a_line\""),
    ("notes", "t \"soviets\" enter i \"in_a_line\" enter A \"Both_call_a_witness.\" ctrl-s g n"),
    ("notes-beside", "t \"soviets\" enter A \"Both_call_a_witness.\" ctrl-s z n"),
    ("new-topic", "T \"strike\""),
    ("new-topic-none", "T \"zeppelin\""),
    ("terms", "t \"soviets\" enter g t"),
    ("help", "?"),
    ("help-narrowed", "? \"note\""),
    ("palette", ":"),
    ("palette-narrowed", ": \"note\""),
    ("contents", "c"),
    ("footnote", "f"),
    ("sources", "g o"),
    ("open", "o"),
    ("shelf", "g b"),
    ("tour", "t \"soviets\" enter P n P g r"),
    ("present-title", "t \"soviets\" enter P g p"),
    ("present-both", "t \"soviets\" enter P g p space space"),
    ("cards", "t \"soviets\" enter + tab tab \"a_remark\" enter g k"),
    ("selecting", "v )"),
    ("solo", "t \"soviets\" enter z o"),
    ("stacked", "t \"soviets\" enter z s"),
    ("linear", "t \"soviets\" enter z l"),
    ("chord", "g"),
    ("export", "g h"),
];

const SIZES: &[(u16, u16)] = &[(80, 24), (120, 35), (200, 55)];

/// A way to look: its name, and what it is drawn with.
fn looks() -> [(&'static str, Ground, Theme); 6] {
    let many = |ground| Theme::new(ground, Depth::Many);
    let ascii = Theme { signs: Signs::Ascii, ..Theme::new(Ground::Dark, Depth::Sixteen) };
    [
        ("dark", Ground::Dark, many(Ground::Dark)),
        ("light", Ground::Light, many(Ground::Light)),
        ("projector", Ground::Light, Theme::projector(Ground::Light, Depth::Many)),
        ("sixteen", Ground::Dark, Theme::new(Ground::Dark, Depth::Sixteen)),
        ("mono", Ground::Dark, Theme::new(Ground::Dark, Depth::Mono)),
        ("ascii", Ground::Dark, ascii),
    ]
}

/// Writes them all into a folder, `SCREEN-COLUMNSxROWS-LOOK.svg` each.
pub fn write(folder: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for (name, keys) in SCREENS {
        let mut play = Play::bundled();
        play.keys(keys);
        for (columns, rows) in SIZES {
            play.resize(*columns, *rows);
            for (look, ground, theme) in looks() {
                let mut buffer = Buffer::empty(Rect::new(0, 0, *columns, *rows));
                let cursor = view::draw(&play.app, &theme, &mut buffer);
                let picture = Picture { buffer: &buffer, cursor, ground, title: name }.to_string();
                fs::write(folder.join(format!("{name}-{columns}x{rows}-{look}.svg")), picture)?;
            }
        }
    }
    println!("{} screens in {} sizes and {} looks", SCREENS.len(), SIZES.len(), looks().len());
    Ok(())
}
