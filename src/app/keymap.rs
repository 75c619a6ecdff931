//! The keymap: which keys call which command, read from keymap.toml.
//!
//! The file at the root of the project is the default and is compiled in. A reader's own file is laid over it: what it
//! binds it binds, `nop` unbinds, and what it leaves out stays. Every mistake is reported with its place, all of them
//! at once; what is right in the file still counts.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use toml_edit::{Document, Item, Key as TomlKey};

use super::command::{Command, Context};
use super::commands;
use super::key::{Chord, Key, Named};
use crate::model::hook::Hook;
use crate::topic::fault::line_column;
use crate::word::nearest::nearest;

/// The keymap that is compiled in: keymap.toml at the root of the project.
pub const DEFAULT: &str = include_str!("../../keymap.toml");

/// Keys to commands, by context.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Keymap {
    bound: BTreeMap<Context, BTreeMap<Vec<Key>, &'static Command>>,
    /// Keys of the reader's own commands, by their place among these.
    hooks: BTreeMap<Vec<Key>, usize>,
}

/// A mistake in a keymap file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeymapFault {
    /// Line, from 1.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
    /// What is wrong and what to write instead.
    pub message: String,
    /// Whether it depends on the terminal: a key that most of them do not send.
    pub in_doubt: bool,
}

/// What a sequence of keys means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lookup {
    /// A command.
    Command(&'static Command),
    /// One of the reader's own.
    Hook(usize),
    /// The start of one or more chords.
    Pending,
    /// Nothing.
    Unbound,
}

impl Keymap {
    /// The default keymap, and its mistakes (a test holds that there are none).
    pub fn built_in() -> (Self, Vec<KeymapFault>) {
        let mut map = Self::default();
        let faults = map.lay_over(DEFAULT);
        (map, faults)
    }

    /// Lays the bindings of a keymap file over these. Returns the mistakes; the rest of the file counts.
    pub fn lay_over(&mut self, source: &str) -> Vec<KeymapFault> {
        let document = match Document::parse(source) {
            Ok(document) => document,
            Err(e) => {
                let at = e.span().map_or(0, |s| s.start);
                return vec![fault(source, at, format!("not TOML: {}", e.message().replace('\n', " ")))];
            }
        };
        let mut faults = Vec::new();
        let mut own: BTreeMap<Context, Vec<Vec<Key>>> = BTreeMap::new();
        for (section, item) in document.iter() {
            let key = document.key(section);
            let Ok(context) = section.parse::<Context>() else {
                let names = Context::ALL.map(Context::name);
                let hint = nearest(section, names.into_iter()).map_or_else(
                    || format!("the sections are {}", names.join(", ")),
                    |n| format!("did you mean [{n}]?"),
                );
                faults.push(fault(source, start(key, item), format!("[{section}] is not a section; {hint}")));
                continue;
            };
            let Some(table) = item.as_table_like() else {
                let message = format!("`{section}` must be a section of bindings, as [{section}]");
                faults.push(fault(source, start(key, item), message));
                continue;
            };
            for (chord, value) in table.iter() {
                let at = start(table.key(chord), value);
                match self.bind(context, chord, value, own.entry(context).or_default()) {
                    Ok(in_doubt) => {
                        let doubt = |message| KeymapFault { in_doubt: true, ..fault(source, at, message) };
                        faults.extend(in_doubt.map(doubt));
                    }
                    Err(message) => faults.push(fault(source, at, message)),
                }
            }
        }
        faults
    }

    /// Binds a chord. Answers with what is to be doubted about it.
    fn bind(
        &mut self,
        context: Context,
        written: &str,
        value: &Item,
        own: &mut Vec<Vec<Key>>,
    ) -> Result<Option<String>, String> {
        let chord: Chord = written.parse().map_err(|e| format!("[{context}] {e}"))?;
        let name = value
            .as_str()
            .ok_or_else(|| format!("[{context}] `{written}` must be the name of a command in quotes, or \"nop\""))?;
        let keys: Vec<Key> = chord.keys().iter().map(|key| key.as_sent()).collect();
        if name == "nop" {
            own.push(keys.clone());
            self.bound.entry(context).or_default().remove(&keys);
            return Ok(None);
        }
        let command = commands::named(name).ok_or_else(|| {
            let near = nearest(name, commands::all().map(|c| c.name));
            let hint = near.map_or("`diptych keys` lists them all".to_owned(), |n| format!("did you mean `{n}`?"));
            format!("[{context}] `{written}`: no command is named `{name}`; {hint}")
        })?;
        if !command.contexts.contains(&context) {
            let fits: Vec<_> = command.contexts.iter().map(|c| format!("[{c}]")).collect();
            return Err(format!("[{context}] `{written}`: `{name}` works under {}", fits.join(" and ")));
        }
        if own.contains(&keys) {
            let one = keys.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
            return Err(format!("[{context}] `{written}` is bound twice: terminals send `{one}` for both names"));
        }
        if let Some(other) = own.iter().find(|o| **o != keys && (o.starts_with(&keys) || keys.starts_with(o))) {
            let other = other.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
            return Err(format!("[{context}] `{written}` and `{other}` cannot both be bound: one begins the other"));
        }
        let bound = self.bound.entry(context).or_default();
        // What the file binds wins over inherited chords that it begins, or that begin it.
        bound.retain(|k, _| *k == keys || !(k.starts_with(&keys) || keys.starts_with(k)));
        bound.insert(keys.clone(), command);
        let mistaken = keys.iter().find_map(|key| Some((key, key.mistaken_for()?)));
        let in_doubt = mistaken.map(|(key, how)| {
            format!(
                "[{context}] `{key}` comes {how} from terminals without the kitty keyboard protocol; bind another key"
            )
        });
        own.push(keys);
        Ok(in_doubt)
    }

    /// Has the keys of the reader's own commands call them, in the panes. They win over what is bound there, as those of a
    /// keymap file do. Returns the mistakes, each with the place of its command.
    pub fn lay_hooks(&mut self, hooks: &[Hook]) -> Vec<(usize, String)> {
        let mut faults = Vec::new();
        for (at, hook) in hooks.iter().enumerate() {
            if commands::named(&hook.name).is_some() {
                faults.push((at, format!("`{}` is a command of Diptych itself; give yours another name", hook.name)));
            }
            if hook.key.is_empty() {
                continue;
            }
            let chord: Chord = match hook.key.parse() {
                Ok(chord) => chord,
                Err(e) => {
                    faults.push((at, format!("`{}`: {e}", hook.name)));
                    continue;
                }
            };
            let keys: Vec<Key> = chord.keys().iter().map(|key| key.as_sent()).collect();
            let clash = |other: &[Key]| other.starts_with(&keys) || keys.starts_with(other);
            if let Some((_, other)) = self.hooks.iter().find(|(other, _)| clash(other)) {
                let other = &hooks[*other].name;
                faults.push((at, format!("`{}`: its key is that of `{other}`, or begins it", hook.name)));
                continue;
            }
            for context in [Context::Reading, Context::Selecting] {
                self.bound.entry(context).or_default().retain(|other, _| !clash(other));
            }
            self.hooks.insert(keys, at);
        }
        faults
    }

    /// The keys of one of the reader's own commands.
    pub fn keys_of_hook(&self, hook: usize) -> Option<String> {
        self.hooks.iter().find(|(_, at)| **at == hook).map(|(keys, _)| show(keys))
    }

    /// The keys that begin with `keys` and call one of the reader's own commands.
    pub fn hooks_after(&self, keys: &[Key]) -> Vec<(String, usize)> {
        let begun = self.hooks.iter().filter(|(k, _)| k.starts_with(keys) && k.len() > keys.len());
        begun.map(|(k, at)| (show(&k[keys.len()..]), *at)).collect()
    }

    /// What `keys` mean where the first of `contexts` that knows them answers.
    pub fn look_up(&self, contexts: &[Context], keys: &[Key]) -> Lookup {
        if contexts.contains(&Context::Reading)
            && let Some(hook) = self.hooks.get(keys)
        {
            return Lookup::Hook(*hook);
        }
        for bound in contexts.iter().filter_map(|c| self.bound.get(c)) {
            if let Some(command) = bound.get(keys) {
                return Lookup::Command(command);
            }
            if bound.range(keys.to_vec()..).next().is_some_and(|(k, _)| k.starts_with(keys)) {
                return Lookup::Pending;
            }
        }
        if contexts.contains(&Context::Reading) && self.hooks.keys().any(|k| k.starts_with(keys)) {
            return Lookup::Pending;
        }
        Lookup::Unbound
    }

    /// The chords that call `command` in `context`, the plainest first.
    pub fn keys_for(&self, context: Context, command: &Command) -> Vec<String> {
        let bound = self.bound.get(&context);
        let mut chords: Vec<_> = bound.into_iter().flatten().filter(|(_, c)| **c == command).map(|(k, _)| k).collect();
        // Esc is what everyone tries first; then what is typed with one finger, and without a shift.
        let shifted = |k: &Key| k.typed().is_some_and(char::is_uppercase);
        let effort = |k: &Key| (*k != Key::named(Named::Esc), k.typed().is_none(), k.ctrl || k.alt, shifted(k));
        chords.sort_by_key(|keys| (keys.len(), keys.iter().map(effort).max(), (*keys).clone()));
        chords.into_iter().map(|keys| show(keys)).collect()
    }

    /// The plainest chord for a command, where it has one.
    pub fn first_key(&self, context: Context, command: &Command) -> Option<String> {
        self.keys_for(context, command).into_iter().next()
    }

    /// The chords that begin with `keys`, with their commands: what a half-typed chord can still become.
    pub fn continuations(&self, context: Context, keys: &[Key]) -> Vec<(String, &'static Command)> {
        let bound = self.bound.get(&context);
        let begun = bound.into_iter().flatten().filter(|(k, _)| k.starts_with(keys) && k.len() > keys.len());
        begun.map(|(k, c)| (show(&k[keys.len()..]), *c)).collect()
    }

    /// The keymap as a keymap.toml that reads back to the same.
    pub fn to_toml(&self) -> String {
        let mut out = String::new();
        for (context, bound) in &self.bound {
            let gap = if out.is_empty() { "" } else { "\n" };
            let _ = writeln!(out, "{gap}[{context}]");
            for (keys, command) in bound {
                let chord = keys.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
                let key = TomlKey::new(chord);
                let _ = writeln!(out, "{} = \"{}\"", key.display_repr(), command.name);
            }
        }
        out
    }
}

fn show(keys: &[Key]) -> String {
    let chord = keys.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
    chord.parse::<Chord>().map_or(chord, |c| c.shown())
}

fn start(key: Option<&TomlKey>, item: &Item) -> usize {
    key.and_then(TomlKey::span).or_else(|| item.span()).map_or(0, |s| s.start)
}

fn fault(source: &str, at: usize, message: String) -> KeymapFault {
    let (line, column) = line_column(source, at);
    KeymapFault { line, column, message, in_doubt: false }
}
