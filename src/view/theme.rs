//! Themes: what each role on the screen looks like, for a dark and a light ground, with many colours, few, or none.
//!
//! The terminal's own ground and letters are kept; only what has a role is coloured. Every role differs from plain text
//! by a text style or a glyph as well, so that the mono theme says the same.

use ratatui::style::{Color, Modifier, Style};

use super::signs::Signs;

/// How many colours there are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Depth {
    /// None: text styles only.
    Mono,
    /// The sixteen of the terminal's own palette.
    Sixteen,
    /// 256 or more.
    Many,
}

/// Whether the ground is dark or light.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ground {
    /// Light letters on dark.
    Dark,
    /// Dark letters on light.
    Light,
}

/// So many topics have a look of their own on the loom.
pub const THREADS: usize = 6;

/// The looks of every role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Theme {
    /// Letters and ground of everything that has no other; `None` for the terminal's own.
    pub ground: Option<(Color, Color)>,
    /// Running text.
    pub text: Style,
    /// What is there to be found when looked for: numbers, rules, the other pane's header.
    pub faint: Style,
    /// Headings within a text.
    pub heading: Style,
    /// The title of the leading pane, and keys.
    pub strong: Style,
    /// A mention of the held topic.
    pub mention: Style,
    /// A word that both passages of the pair have, apart from the topic's.
    pub shared: Style,
    /// The held topic's name, and where it is treated.
    pub topic: Style,
    /// The bar of the leading passage, and the joint.
    pub lead: Style,
    /// The bar of the other passage.
    pub across: Style,
    /// Code within running text.
    pub code: Style,
    /// A search hit.
    pub hit: Style,
    /// The selection, and the selected line of a list.
    pub selected: Style,
    /// Silence, and what has gone wrong.
    pub silent: Style,
    /// Words that only one of two versions has.
    pub changed: Style,
    /// Letters of a list item that match what is typed.
    pub matched: Style,
    /// The threads of the loom, by topic in turn.
    pub threads: [Style; THREADS],
    /// With which signs all of it is drawn.
    pub signs: Signs,
}

impl Theme {
    /// The theme for a ground and a number of colours.
    pub fn new(ground: Ground, depth: Depth) -> Self {
        match depth {
            Depth::Mono => Self::mono(),
            Depth::Sixteen => Self::sixteen(ground),
            Depth::Many => Self::many(ground),
        }
    }

    /// For a room: black on white or white on black, whatever the terminal's own colours are. Without colour it is the
    /// ordinary theme.
    pub fn projector(ground: Ground, depth: Depth) -> Self {
        let shades = match (depth, ground) {
            (Depth::Mono, _) => return Self::mono(),
            (Depth::Sixteen, Ground::Dark) => {
                return Self { ground: Some((Color::White, Color::Black)), ..Self::sixteen(ground) };
            }
            (Depth::Sixteen, Ground::Light) => {
                return Self { ground: Some((Color::Black, Color::White)), ..Self::sixteen(ground) };
            }
            (Depth::Many, Ground::Dark) => Shades {
                faint: 248,
                topic: 220,
                lead: 117,
                across: 110,
                hit: (16, 220),
                selected: (231, 25),
                threads: [220, 117, 213, 120, 183, 209],
            },
            (Depth::Many, Ground::Light) => Shades {
                faint: 240,
                topic: 124,
                lead: 19,
                across: 25,
                hit: (16, 222),
                selected: (231, 19),
                threads: [124, 19, 90, 22, 54, 130],
            },
        };
        let (letters, paper) = if ground == Ground::Dark { (231, 16) } else { (16, 231) };
        Self { ground: Some((Color::Indexed(letters), Color::Indexed(paper))), ..Self::shaded(&shades) }
    }

    fn mono() -> Self {
        let plain = Style::new();
        Self {
            ground: None,
            text: plain,
            faint: plain.add_modifier(Modifier::DIM),
            heading: plain.add_modifier(Modifier::BOLD),
            strong: plain.add_modifier(Modifier::BOLD),
            mention: plain.add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
            // A mention is heavy besides.
            shared: plain.add_modifier(Modifier::UNDERLINED),
            topic: plain.add_modifier(Modifier::BOLD),
            lead: plain.add_modifier(Modifier::BOLD),
            across: plain,
            // Neither emphasis nor a link, and quieter than both.
            code: plain.add_modifier(Modifier::DIM | Modifier::ITALIC),
            hit: plain.add_modifier(Modifier::REVERSED),
            selected: plain.add_modifier(Modifier::REVERSED),
            silent: plain.add_modifier(Modifier::ITALIC),
            changed: plain.add_modifier(Modifier::UNDERLINED),
            matched: plain.add_modifier(Modifier::UNDERLINED | Modifier::BOLD),
            threads: [plain; THREADS],
            signs: Signs::Unicode,
        }
    }

    fn sixteen(ground: Ground) -> Self {
        let (topic, lead, grey) = match ground {
            Ground::Dark => (Color::Yellow, Color::LightCyan, Color::Gray),
            Ground::Light => (Color::Magenta, Color::Blue, Color::DarkGray),
        };
        let base = Self::mono();
        Self {
            faint: Style::new().fg(grey),
            mention: Style::new().fg(topic).add_modifier(Modifier::BOLD),
            topic: Style::new().fg(topic).add_modifier(Modifier::BOLD),
            shared: Style::new().fg(lead).add_modifier(Modifier::UNDERLINED),
            lead: Style::new().fg(lead).add_modifier(Modifier::BOLD),
            across: Style::new().fg(lead),
            code: Style::new().fg(lead),
            silent: Style::new().fg(topic).add_modifier(Modifier::ITALIC),
            matched: Style::new().fg(topic).add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
            threads: [Color::Yellow, Color::Cyan, Color::Magenta, Color::Green, Color::Blue, Color::Red]
                .map(|color| Style::new().fg(color)),
            ..base
        }
    }

    fn many(ground: Ground) -> Self {
        // The 256-colour cube, so that what is asked for is what every such terminal shows.
        let shades = match ground {
            Ground::Dark => Shades {
                faint: 246,
                topic: 179,
                lead: 110,
                across: 67,
                hit: (16, 179),
                selected: (255, 24),
                threads: [179, 109, 174, 108, 139, 167],
            },
            Ground::Light => Shades {
                faint: 242,
                topic: 130,
                lead: 25,
                across: 67,
                hit: (16, 222),
                selected: (16, 153),
                threads: [130, 25, 125, 28, 91, 160],
            },
        };
        Self::shaded(&shades)
    }

    fn shaded(shades: &Shades) -> Self {
        let color = |n: u8| Style::new().fg(Color::Indexed(n));
        let block = |(fg, bg): (u8, u8)| color(fg).bg(Color::Indexed(bg));
        let base = Self::mono();
        Self {
            faint: color(shades.faint),
            mention: color(shades.topic).add_modifier(Modifier::BOLD),
            topic: color(shades.topic).add_modifier(Modifier::BOLD),
            shared: color(shades.lead).add_modifier(Modifier::UNDERLINED),
            lead: color(shades.lead).add_modifier(Modifier::BOLD),
            across: color(shades.across),
            code: color(shades.across),
            hit: block(shades.hit),
            selected: block(shades.selected),
            silent: color(shades.topic).add_modifier(Modifier::ITALIC),
            matched: color(shades.topic).add_modifier(Modifier::BOLD | Modifier::UNDERLINED),
            threads: shades.threads.map(color),
            ..base
        }
    }
}

/// Numbers in the 256-colour palette: letters, or letters and ground.
struct Shades {
    faint: u8,
    topic: u8,
    lead: u8,
    across: u8,
    hit: (u8, u8),
    selected: (u8, u8),
    /// For topics on the loom, in turn.
    threads: [u8; THREADS],
}
