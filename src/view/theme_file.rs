//! Themes as TOML: roles by name, each a colour or `{ fg, bg, modifiers }`, with a palette and a theme to begin with. As
//! Helix has it (<https://docs.helix-editor.com/themes.html>), so that a palette can be taken over from there.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;
use std::str::FromStr as _;

use ratatui::style::{Color, Modifier, Style};
use toml_edit::{Document, Item, Key, TableLike, Value};

use super::colour::{Colours, fitted};
use super::theme::{Depth, Ground, THREADS, Theme};
use crate::model::own_theme::{INHERITS, OwnTheme, ThemeFile};
use crate::model::settings::ThemeName;
use crate::topic::fault::line_column;
use crate::word::nearest::nearest;

/// Something wrong in the file of a theme.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThemeFault {
    /// The file.
    pub path: PathBuf,
    /// Line and column in characters, from 1.
    pub at: (u32, u32),
    /// What is wrong, and what to write instead.
    pub message: String,
}

/// A role: its name, what it is, and where a theme has its look.
struct Role {
    name: &'static str,
    about: &'static str,
    of: fn(&mut Theme) -> &mut Style,
}

const fn role(name: &'static str, about: &'static str, of: fn(&mut Theme) -> &mut Style) -> Role {
    Role { name, about, of }
}

/// The roles, in the order in which they are printed.
const ROLES: [Role; 15] = [
    role("text", "running text", |t| &mut t.text),
    role("faint", "what is found when looked for: numbers, rules, the head of the other pane", |t| &mut t.faint),
    role("heading", "headings within a text", |t| &mut t.heading),
    role("strong", "the title of the pane that leads, and keys", |t| &mut t.strong),
    role("mention", "a mention of the held topic", |t| &mut t.mention),
    role("shared", "a word that both passages of a pair have", |t| &mut t.shared),
    role("topic", "the name of the held topic, and where it is treated", |t| &mut t.topic),
    role("lead", "the bar of the passage that leads, and the joint", |t| &mut t.lead),
    role("across", "the bar of the passage across", |t| &mut t.across),
    role("code", "code within running text", |t| &mut t.code),
    role("hit", "a hit of the search", |t| &mut t.hit),
    role("selected", "the selection, and the selected line of a list", |t| &mut t.selected),
    role("silent", "silence, and what has gone wrong", |t| &mut t.silent),
    role("changed", "words that only one of two versions has", |t| &mut t.changed),
    role("matched", "letters of a list that match what is typed", |t| &mut t.matched),
];

const GROUND: &str = "ground";
const PALETTE: &str = "palette";
const LOOM: &str = "threads";

/// A colour that is the terminal's own.
const TERMINAL: &str = "terminal";

const MODIFIERS: [(&str, Modifier); 6] = [
    ("bold", Modifier::BOLD),
    ("dim", Modifier::DIM),
    ("italic", Modifier::ITALIC),
    ("underlined", Modifier::UNDERLINED),
    ("reversed", Modifier::REVERSED),
    ("crossed_out", Modifier::CROSSED_OUT),
];

/// The built-in theme of this name, where the terminal's ground is this.
pub fn built_in(name: ThemeName, ground: Ground, depth: Depth) -> Theme {
    match name {
        ThemeName::Dark => Theme::new(Ground::Dark, depth),
        ThemeName::Light => Theme::new(Ground::Light, depth),
        ThemeName::ProjectorDark => Theme::projector(Ground::Dark, depth),
        ThemeName::ProjectorLight => Theme::projector(Ground::Light, depth),
        ThemeName::Mono => Theme::new(ground, Depth::Mono),
        // Of the reader's own nothing is known here.
        ThemeName::Auto | ThemeName::Own => Theme::new(ground, depth),
    }
}

/// A theme of the reader's own on a terminal with these colours, and all that is wrong with it. What is wrong looks as in
/// the theme it begins with; without colours that is all of it.
pub fn read(own: &OwnTheme, ground: Ground, colours: Colours) -> (Theme, Vec<ThemeFault>) {
    let mut theme = built_in(own.base, ground, colours.depth());
    let mut faults = Vec::new();
    let mut laid = theme.clone();
    let mut palette = BTreeMap::new();
    for file in &own.files {
        Layer { file, palette: &mut palette, faults: &mut faults }.lay_over(&mut laid);
    }
    if colours.depth() != Depth::Mono {
        theme = laid;
        let fit = |style: &mut Style| {
            style.fg = style.fg.map(|color| fitted(color, colours));
            style.bg = style.bg.map(|color| fitted(color, colours));
        };
        for role in &ROLES {
            fit((role.of)(&mut theme));
        }
        theme.threads.iter_mut().for_each(fit);
        theme.ground = theme.ground.map(|(fg, bg)| (fitted(fg, colours), fitted(bg, colours)));
    }
    (theme, faults)
}

/// A file that is laid over a theme.
struct Layer<'a> {
    file: &'a ThemeFile,
    /// The names of colours, those of the files below among them.
    palette: &'a mut BTreeMap<String, Color>,
    faults: &'a mut Vec<ThemeFault>,
}

impl Layer<'_> {
    fn lay_over(mut self, theme: &mut Theme) {
        let document = match Document::parse(self.file.source.as_str()) {
            Ok(document) => document,
            Err(e) => {
                let at = e.span().map_or(0, |span| span.start);
                return self.wrong(at, format!("not TOML: {}", e.message().replace('\n', " ")));
            }
        };
        if let Some(item) = document.get(PALETTE) {
            self.learn(item);
        }
        for (name, item) in document.iter() {
            let at = document.key(name).and_then(Key::span).or_else(|| item.span()).map_or(0, |span| span.start);
            match name {
                PALETTE => {}
                INHERITS if item.is_str() => {}
                INHERITS => self.wrong(at, format!("`{INHERITS}` is the name of a theme in quotation marks")),
                GROUND => self.ground(theme, item),
                LOOM => self.threads(theme, item),
                _ => self.role(theme, name, (item, at)),
            }
        }
    }

    fn role(&mut self, theme: &mut Theme, name: &str, (item, at): (&Item, usize)) {
        if let Some(role) = ROLES.iter().find(|role| role.name == name) {
            if let Some(style) = self.style(item) {
                *(role.of)(theme) = style;
            }
            return;
        }
        let names = ROLES.iter().map(|role| role.name).chain([GROUND, LOOM, PALETTE, INHERITS]);
        let hint = nearest(name, names.clone()).map_or_else(
            || format!("a theme has {}", names.collect::<Vec<_>>().join(", ")),
            |near| format!("did you mean `{near}`?"),
        );
        self.wrong(at, format!("nothing on the screen is called `{name}`; {hint}"));
    }

    /// The names of the palette. They stand for colours only, not for each other.
    fn learn(&mut self, item: &Item) {
        let Some(table) = item.as_table_like() else {
            return self.wrong(start(item), format!("`{PALETTE}` is a table of names and colours"));
        };
        for (name, item) in table.iter() {
            match named_color(item, &BTreeMap::new()) {
                Ok(color) => drop(self.palette.insert(name.to_owned(), color)),
                Err(why) => self.wrong(start(item), why),
            }
        }
    }

    fn ground(&mut self, theme: &mut Theme, item: &Item) {
        if item.as_str() == Some(TERMINAL) {
            theme.ground = None;
            return;
        }
        match self.style(item) {
            Some(Style { fg: Some(fg), bg: Some(bg), .. }) => theme.ground = Some((fg, bg)),
            Some(_) => {
                self.wrong(start(item), format!("`{GROUND}` is {{ fg = …, bg = … }}, both of them, or \"{TERMINAL}\""));
            }
            None => {}
        }
    }

    fn threads(&mut self, theme: &mut Theme, item: &Item) {
        let looks: Vec<Item> =
            item.as_array().map_or_else(Vec::new, |looks| looks.iter().cloned().map(Item::Value).collect());
        if looks.is_empty() || looks.len() > THREADS {
            return self.wrong(start(item), format!("`{LOOM}` is a list of one to {THREADS} colours, taken in turn"));
        }
        let styles: Vec<Style> = looks.iter().filter_map(|look| self.style(look)).collect();
        if styles.len() == looks.len() {
            theme.threads = std::array::from_fn(|at| styles[at % styles.len()]);
        }
    }

    /// A colour alone, or a table of what is to be seen.
    fn style(&mut self, item: &Item) -> Option<Style> {
        if let Some(table) = item.as_table_like() {
            return self.style_of(table);
        }
        self.color(item).map(|color| Style::new().fg(color))
    }

    fn color(&mut self, item: &Item) -> Option<Color> {
        named_color(item, self.palette).map_err(|why| self.wrong(start(item), why)).ok()
    }

    fn style_of(&mut self, table: &dyn TableLike) -> Option<Style> {
        let (mut style, mut is_whole) = (Style::new(), true);
        for (name, item) in table.iter() {
            let next = match name {
                "fg" => self.color(item).map(|color| style.fg(color)),
                "bg" => self.color(item).map(|color| style.bg(color)),
                "modifiers" => self.modifiers(item).map(|modifiers| style.add_modifier(modifiers)),
                _ => {
                    self.wrong(start(item), format!("a look has no `{name}`; it has fg, bg, modifiers"));
                    None
                }
            };
            match next {
                Some(next) => style = next,
                None => is_whole = false,
            }
        }
        is_whole.then_some(style)
    }

    fn modifiers(&mut self, item: &Item) -> Option<Modifier> {
        let known = || MODIFIERS.map(|(name, _)| name).join(", ");
        let Some(list) = item.as_array() else {
            self.wrong(start(item), format!("`modifiers` is a list of words: {}", known()));
            return None;
        };
        let mut all = Modifier::empty();
        for word in list {
            let found = word.as_str().and_then(|word| MODIFIERS.iter().find(|(name, _)| *name == word));
            let Some((_, modifier)) = found else {
                let at = word.span().map_or_else(|| start(item), |span| span.start);
                self.wrong(at, format!("{} is not a modifier; they are {}", word.to_string().trim(), known()));
                return None;
            };
            all |= *modifier;
        }
        Some(all)
    }

    fn wrong(&mut self, at: usize, message: String) {
        let at = line_column(&self.file.source, at);
        self.faults.push(ThemeFault { path: self.file.path.clone(), at, message });
    }
}

/// A colour by its name or number; else why it is none.
fn named_color(item: &Item, palette: &BTreeMap<String, Color>) -> Result<Color, String> {
    let written = match item.as_value() {
        Some(Value::String(name)) => name.value().clone(),
        Some(Value::Integer(number)) => number.value().to_string(),
        _ => String::new(),
    };
    if let Some(color) = palette.get(&written) {
        return Ok(*color);
    }
    if written == TERMINAL || written == "default" {
        return Ok(Color::Reset);
    }
    if let Ok(color) = Color::from_str(&written) {
        return Ok(color);
    }
    let hint = nearest(&written, palette.keys().map(String::as_str))
        .map_or_else(String::new, |near| format!("did you mean \"{near}\"? "));
    let shown = item.to_string();
    Err(format!(
        "{} is not a colour; {hint}a colour is \"#rrggbb\", 0 to 255, one of the terminal's sixteen such as \"light-red\", \
         or a name of the palette",
        shown.trim()
    ))
}

fn start(item: &Item) -> usize {
    item.span().map_or(0, |span| span.start)
}

/// A theme as a file that reads back to the same.
pub fn print(theme: &Theme) -> String {
    let mut theme = theme.clone();
    let mut out = String::new();
    let ground = match theme.ground {
        Some((fg, bg)) => format!("{{ fg = {}, bg = {} }}", written(fg), written(bg)),
        None => format!("\"{TERMINAL}\""),
    };
    let _ = writeln!(
        out,
        "# letters and paper of all that has no other: {{ fg, bg }}, or \"{TERMINAL}\" for its own\n{GROUND} = {ground}"
    );
    for role in ROLES {
        let _ = writeln!(out, "# {}\n{} = {}", role.about, role.name, look(*(role.of)(&mut theme)));
    }
    let threads: Vec<String> = theme.threads.iter().map(|style| look(*style)).collect();
    let _ = writeln!(
        out,
        "# the threads of the loom, by topic in turn: one to {THREADS}\n{LOOM} = [{}]",
        threads.join(", ")
    );
    out
}

/// A look as it is written: a colour alone where it is no more.
fn look(style: Style) -> String {
    if let (Some(fg), None, true) = (style.fg, style.bg, style.add_modifier.is_empty()) {
        return written(fg);
    }
    let words: Vec<&str> =
        MODIFIERS.iter().filter(|(_, is)| style.add_modifier.contains(*is)).map(|(name, _)| *name).collect();
    let mut fields = Vec::new();
    fields.extend(style.fg.map(|fg| format!("fg = {}", written(fg))));
    fields.extend(style.bg.map(|bg| format!("bg = {}", written(bg))));
    if !words.is_empty() {
        fields
            .push(format!("modifiers = [{}]", words.iter().map(|w| format!("\"{w}\"")).collect::<Vec<_>>().join(", ")));
    }
    if fields.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", fields.join(", ")) }
}

/// A colour as it is written.
fn written(color: Color) -> String {
    match color {
        Color::Reset => format!("\"{TERMINAL}\""),
        Color::Indexed(number) => number.to_string(),
        color => format!("\"{}\"", color.to_string().to_lowercase()),
    }
}
