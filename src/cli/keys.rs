//! `diptych keys`: the keymap in force, as a table by section or as a keymap.toml.

use std::io::{self, Write};

use anyhow::Result;

use super::args::KeysFormat;
use super::ending::{Ending, say_all};
use super::print::to_stdout;
use crate::app::command::{Command, Context, Group, Takes};
use crate::app::commands;
use crate::app::keymap::Keymap;
use crate::layout::cells;
use crate::library::Library;
use crate::library::said::{shortened, shown};

/// Runs it.
pub fn run(library: &Library, format: KeysFormat) -> Result<Ending> {
    let (keymap, mistakes) = library.keymap();
    say_all(&mistakes);
    let own = library.folders().map(|f| shown(&shortened(&f.keymap(), &f.home)));
    let own = own.map(|path| format!("your own keys go into {path}"));
    to_stdout(|out| match format {
        KeysFormat::Toml => {
            if let Some(own) = &own {
                writeln!(out, "# The keys of Diptych as they are in force; {own}.\n")?;
            }
            out.write_all(keymap.to_toml().as_bytes())
        }
        KeysFormat::Text => {
            write_table(out, &keymap)?;
            own.map_or(Ok(()), |own| writeln!(out, "\n{own}; `diptych keys --format toml` prints these as one"))
        }
    })?;
    Ok(Ending::Done)
}

fn write_table(out: &mut dyn Write, keymap: &Keymap) -> io::Result<()> {
    for context in Context::ALL {
        writeln!(out, "[{context}]")?;
        for group in Group::ALL {
            let rows: Vec<_> = commands::all()
                .filter(|c| c.group == group)
                .map(|c| (keys(keymap, context, c), c))
                .filter(|(keys, _)| !keys.is_empty())
                .collect();
            if !rows.is_empty() {
                writeln!(out, "  {}", group.title())?;
            }
            rows.iter().try_for_each(|(keys, command)| row(out, keys, command))?;
        }
        writeln!(out)?;
    }
    let unbound: Vec<_> = commands::all().filter(|c| is_unbound(keymap, c)).collect();
    if !unbound.is_empty() {
        writeln!(out, "Without a key, by name from the palette")?;
        unbound.iter().try_for_each(|command| row(out, "", command))?;
    }
    Ok(())
}

fn row(out: &mut dyn Write, keys: &str, command: &Command) -> io::Result<()> {
    let gap = 18usize.saturating_sub(cells::width(keys)).max(1);
    writeln!(out, "    {keys}{:gap$}{:<22} {}", "", command.name, command.help)
}

fn keys(keymap: &Keymap, context: Context, command: &Command) -> String {
    let letter = if command.takes == Takes::Letter { "{a-z}" } else { "" };
    let keys = keymap.keys_for(context, command);
    keys.into_iter().map(|k| format!("{k}{letter}")).collect::<Vec<_>>().join("  ")
}

fn is_unbound(keymap: &Keymap, command: &Command) -> bool {
    Context::ALL.into_iter().all(|context| keymap.keys_for(context, command).is_empty())
}
