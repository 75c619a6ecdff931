//! Whether the terminal's ground is dark or light, and how many colours it has.
//!
//! The ground is asked of the terminal after the first screen (OSC 11). The answer comes in among the keys, so the keys
//! go through here: what spells an answer is kept back and read, everything else is passed on. A terminal that never
//! answers delays nothing.

use std::io::{self, Write as _};
use std::time::{Duration, Instant};

use super::Io;
use super::guard::Environment;
use crate::app::key::{Key, KeyCode};
use crate::app::message::Msg;
use crate::app::settings::ThemeName;
use crate::view::theme::{Depth, Ground, Theme};

/// Listens for the terminal's answer, and knows the theme.
#[derive(Debug)]
pub struct Listener {
    depth: Depth,
    ground: Ground,
    /// Until when an answer is expected.
    until: Option<Instant>,
    /// The keys of what may become an answer.
    held: Vec<Key>,
    /// When the last of them came.
    heard: Option<Instant>,
}

/// How long an answer may take: a slow line, not a mute terminal.
const PATIENCE: Duration = Duration::from_secs(2);
/// How long an answer that has begun may pause.
const PAUSE: Duration = Duration::from_millis(60);

impl Listener {
    /// What the environment says, until the terminal says more.
    pub fn new(theme: ThemeName, environment: Environment) -> Self {
        let depth = if theme == ThemeName::Mono { Depth::Mono } else { depth(&environment) };
        Self { depth, ground: ground(&environment), until: None, held: Vec::new(), heard: None }
    }

    /// Asks the terminal for its ground, where the theme depends on it.
    pub fn ask(&mut self, theme: ThemeName) -> Io<()> {
        if theme != ThemeName::Auto || self.depth == Depth::Mono {
            return Ok(());
        }
        self.until = Some(Instant::now() + PATIENCE);
        let mut out = io::stdout();
        out.write_all(b"\x1b]11;?\x1b\\")?;
        out.flush()
    }

    /// The theme for a setting.
    pub fn theme(&self, setting: ThemeName) -> Theme {
        match setting {
            ThemeName::Auto => Theme::new(self.ground, self.depth),
            ThemeName::Dark => Theme::new(Ground::Dark, self.depth),
            ThemeName::Light => Theme::new(Ground::Light, self.depth),
            ThemeName::Mono => Theme::new(Ground::Dark, Depth::Mono),
        }
    }

    /// Takes in a key: passes it on, or keeps it back as part of an answer.
    pub fn hear(&mut self, key: Key, messages: &mut Vec<Msg>) {
        let opens = key == OPENS;
        if self.held.is_empty() && !(opens && self.until.is_some()) {
            messages.push(Msg::Key(key));
            return;
        }
        self.held.push(key);
        self.heard = Some(Instant::now());
        match spelled(&self.held) {
            Spelled::Part => {}
            Spelled::Answer(ground) => {
                self.held.clear();
                self.until = None;
                if let Some(ground) = ground {
                    self.ground = ground;
                }
            }
            Spelled::Nothing => messages.extend(self.held.drain(..).map(Msg::Key)),
        }
    }

    /// When to look again at keys that are kept back.
    pub fn deadline(&self) -> Option<Instant> {
        self.heard.filter(|_| !self.held.is_empty()).map(|heard| heard + PAUSE)
    }

    /// Passes on keys that have been kept back for too long, and stops waiting when it has been long enough.
    pub fn give_up(&mut self, now: Instant, messages: &mut Vec<Msg>) {
        if self.until.is_some_and(|until| now >= until) {
            self.until = None;
        }
        if self.deadline().is_some_and(|at| now >= at) {
            messages.extend(self.held.drain(..).map(Msg::Key));
        }
    }
}

/// How the escape that opens an answer arrives: as Alt and a bracket.
const OPENS: Key = Key { code: KeyCode::Char(']'), ctrl: false, alt: true };

#[derive(Debug, PartialEq, Eq)]
enum Spelled {
    Part,
    Answer(Option<Ground>),
    Nothing,
}

fn spelled(keys: &[Key]) -> Spelled {
    const BEGINNING: &str = "11;rgb:";
    let Some((_, rest)) = keys.split_first() else { return Spelled::Nothing };
    let (body, closed) = match rest.split_last() {
        Some((last, body)) if closes(*last) => (body, true),
        _ => (rest, false),
    };
    let Some(said) = body.iter().map(|k| k.typed()).collect::<Option<String>>() else { return Spelled::Nothing };
    let begins = said.starts_with(BEGINNING) || BEGINNING.starts_with(&said);
    if !begins || said.len() > 40 {
        return Spelled::Nothing;
    }
    if closed { Spelled::Answer(said.strip_prefix(BEGINNING).and_then(brightness)) } else { Spelled::Part }
}

/// An answer is closed by BEL (Ctrl-G) or by ST (Alt and a backslash).
fn closes(key: Key) -> bool {
    key == Key::ctrl('g') || key == Key { code: KeyCode::Char('\\'), ctrl: false, alt: true }
}

/// The ground of a colour `rrrr/gggg/bbbb`, by its luma (ITU-R BT.601 weights).
fn brightness(color: &str) -> Option<Ground> {
    let mut parts = color.split('/').map(|p| {
        let most = 16_u32.checked_pow(p.len() as u32)?.checked_sub(1).filter(|m| *m > 0)?;
        Some(f64::from(u32::from_str_radix(p, 16).ok()?) / f64::from(most))
    });
    let (r, g, b) = (parts.next()??, parts.next()??, parts.next()??);
    Some(if 0.299 * r + 0.587 * g + 0.114 * b > 0.5 { Ground::Light } else { Ground::Dark })
}

fn depth(environment: &Environment) -> Depth {
    let term = environment.term.as_str();
    if environment.no_color || term.ends_with("-m") || term.starts_with("vt1") || term.starts_with("vt2") {
        Depth::Mono
    } else if !environment.color_term.is_empty() || term.contains("256") || term.contains("direct") || term.contains("kitty") {
        Depth::Many
    } else {
        Depth::Sixteen
    }
}

/// `COLORFGBG` is `letters;ground`, by number; 7 and 15 are the light ones.
fn ground(environment: &Environment) -> Ground {
    match environment.color_fg_bg.rsplit(';').next() {
        Some("7" | "15") => Ground::Light,
        _ => Ground::Dark,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(answer: &str) -> Vec<Key> {
        let mut keys = vec![OPENS];
        keys.extend(answer.chars().map(|c| match c {
            '\x07' => Key::ctrl('g'),
            '$' => Key { code: KeyCode::Char('\\'), ctrl: false, alt: true },
            c => Key::char(c),
        }));
        keys
    }

    #[test]
    fn reads_the_ground_from_an_answer() {
        assert_eq!(spelled(&keys("11;rgb:1e1e/1e1e/1e1e$")), Spelled::Answer(Some(Ground::Dark)));
        assert_eq!(spelled(&keys("11;rgb:fdfd/f6f6/e3e3\x07")), Spelled::Answer(Some(Ground::Light)));
        assert_eq!(spelled(&keys("11;rgb:ff/ff/ff$")), Spelled::Answer(Some(Ground::Light)));
        assert_eq!(spelled(&keys("11;rgb:zz$")), Spelled::Answer(None));
        assert_eq!(spelled(&keys("11;r")), Spelled::Part);
        assert_eq!(spelled(&keys("jj")), Spelled::Nothing);
    }

    #[test]
    fn what_is_no_answer_is_passed_on_as_typed() {
        let mut listener = Listener::new(ThemeName::Auto, Environment::default());
        listener.until = Some(Instant::now() + PATIENCE);
        let mut messages = Vec::new();
        for key in keys("1j") {
            listener.hear(key, &mut messages);
        }
        assert_eq!(messages.len(), 3);
        for key in keys("11;rgb:ff/ff/ff$") {
            listener.hear(key, &mut messages);
        }
        assert_eq!(messages.len(), 3);
        assert_eq!(listener.ground, Ground::Light);
    }

    #[test]
    fn colours_by_the_environment() {
        let environment = |no_color, color_term: &str, term: &str| Environment {
            no_color,
            color_term: color_term.into(),
            term: term.into(),
            color_fg_bg: String::new(),
        };
        assert_eq!(depth(&environment(true, "truecolor", "xterm")), Depth::Mono);
        assert_eq!(depth(&environment(false, "truecolor", "xterm")), Depth::Many);
        assert_eq!(depth(&environment(false, "", "screen-256color")), Depth::Many);
        assert_eq!(depth(&environment(false, "", "linux")), Depth::Sixteen);
        assert_eq!(depth(&environment(false, "", "vt100")), Depth::Mono);
    }
}
