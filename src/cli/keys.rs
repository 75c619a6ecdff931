//! `diptych keys`: the keymap in force, as a table by section or as a keymap.toml.

use std::io::{self, Write};

use anyhow::Result;

use super::args::KeysFormat;
use super::ending::{Ending, say_all};
use super::print::to_stdout;
use crate::app::command::{Command, Context, Group, Takes};
use crate::app::commands;
use crate::app::keymap::{Keymap, KeymapFault};
use crate::layout::cells;
use crate::library::Library;
use crate::library::preferences::{Mistake, OwnFile};
use crate::library::said::{shortened, shown};
use crate::model::hook::Hook;
use crate::text::clean::Clean;

/// Runs it.
pub(super) fn run(library: &Library, format: KeysFormat) -> Result<Ending> {
    let hooks = library.settings_as_written().0.commands;
    let (keymap, mistakes) = in_force(library, &hooks);
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
            write_table(out, &keymap, &hooks)?;
            own.map_or(Ok(()), |own| writeln!(out, "\n{own}; `diptych keys --format toml` prints these as one"))
        }
    })?;
    Ok(Ending::Done)
}

/// The keymap in force: the default with the reader's file, if there is one, laid over it, and the keys of these commands;
/// and the mistakes in that.
pub(super) fn in_force(library: &Library, hooks: &[Hook]) -> (Keymap, Vec<Mistake>) {
    let (keymap, mistakes) = read(library, hooks);
    (keymap, mistakes.into_iter().filter_map(|(in_doubt, mistake)| (!in_doubt).then_some(mistake)).collect())
}

/// Everything that is to be said of the reader's file: its mistakes, and the keys in it that most terminals do not send.
pub(super) fn looked_at(library: &Library, hooks: &[Hook]) -> Vec<Mistake> {
    read(library, hooks).1.into_iter().map(|(_, mistake)| mistake).collect()
}

/// The keymap, and its mistakes with whether they depend on the terminal.
fn read(library: &Library, hooks: &[Hook]) -> (Keymap, Vec<(bool, Mistake)>) {
    let (mut keymap, _) = Keymap::built_in();
    let mut mistakes = match library.keymap_file() {
        Ok(Some(OwnFile { path, source })) => {
            let mistake = |f: KeymapFault| {
                let message = Clean::line(&f.message);
                (f.in_doubt, Mistake { path: path.clone(), at: Some((f.line, f.column)), message })
            };
            keymap.lay_over(&source).into_iter().map(mistake).collect()
        }
        Ok(None) => Vec::new(),
        Err(mistake) => vec![(false, mistake)],
    };
    for (at, message) in keymap.lay_hooks(hooks) {
        let (path, place) = &hooks[at].at;
        let path = library.folders().map_or_else(|| path.clone(), |folders| shortened(path, &folders.home));
        mistakes.push((false, Mistake { path, at: Some(*place), message: Clean::line(&message) }));
    }
    (keymap, mistakes)
}

fn write_table(out: &mut dyn Write, keymap: &Keymap, hooks: &[Hook]) -> io::Result<()> {
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
            rows.iter().try_for_each(|(keys, command)| row(out, keys, command.name, command.help))?;
        }
        writeln!(out)?;
    }
    if !hooks.is_empty() {
        writeln!(out, "Your own commands, from config.toml")?;
    }
    for (at, hook) in hooks.iter().enumerate() {
        row(out, &keymap.keys_of_hook(at).unwrap_or_default(), &hook.name, &hook.help())?;
    }
    let unbound: Vec<_> = commands::all().filter(|c| is_unbound(keymap, c)).collect();
    if !unbound.is_empty() {
        writeln!(out, "Without a key, by name from the palette")?;
        unbound.iter().try_for_each(|command| row(out, "", command.name, command.help))?;
    }
    Ok(())
}

fn row(out: &mut dyn Write, keys: &str, name: &str, help: &str) -> io::Result<()> {
    let gap = 18usize.saturating_sub(cells::width(keys)).max(1);
    writeln!(out, "    {keys}{:gap$}{name:<22} {help}", "")
}

fn keys(keymap: &Keymap, context: Context, command: &Command) -> String {
    let letter = if command.takes == Takes::Letter { "{a-z}" } else { "" };
    let keys = keymap.keys_for(context, command);
    keys.into_iter().map(|k| format!("{k}{letter}")).collect::<Vec<_>>().join("  ")
}

fn is_unbound(keymap: &Keymap, command: &Command) -> bool {
    Context::ALL.into_iter().all(|context| keymap.keys_for(context, command).is_empty())
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::sync::Arc;

    use super::*;
    use crate::library::disk::Os;
    use crate::library::folders::Folders;

    #[test]
    fn the_own_keymap_lies_over_the_default() {
        let dir = tempfile::tempdir().unwrap();
        let folders = Folders::under(dir.path());
        let path = folders.keymap();
        let library = Library::new(Arc::new(Os), Some(folders));
        assert_eq!(in_force(&library, &[]), (Keymap::built_in().0, Vec::new()));
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, "[reading]\n\"z\" = \"sollo\"\n\"Z\" = \"solo\"\n").unwrap();
        let (map, mistakes) = in_force(&library, &[]);
        assert_ne!(map, Keymap::built_in().0);
        let said = mistakes[0].to_string();
        assert!(said.starts_with("~/") && said.contains("keymap.toml:2:1: ") && said.contains("`solo`"), "{said}");
    }
}
