//! `diptych config` and `diptych theme`: the settings and the themes, printed as the files one would write.

use anyhow::{Result, bail};

use super::args::{Config, Theme as Asked};
use super::ending::{Ending, say_all};
use super::print::to_stdout;
use crate::library::Library;
use crate::library::preferences::Mistake;
use crate::library::said::{shortened, shown};
use crate::model::own_theme::OwnTheme;
use crate::model::settings::{Settings, ThemeName};
use crate::text::clean::Clean;
use crate::view::colour::Colours;
use crate::view::theme::{Depth, Ground};
use crate::view::theme_file;

/// Prints the settings: those in force, or the defaults with a line on each.
pub(super) fn config(library: &Library, asked: &Config) -> Result<Ending> {
    let path = library.folders().map(|f| shown(&shortened(&f.settings(), &f.home)));
    let (settings, mistakes) =
        if asked.print_default { (Settings::default(), Vec::new()) } else { library.settings_as_written() };
    say_all(&mistakes);
    to_stdout(|out| {
        match (&path, asked.print_default) {
            (Some(path), true) => writeln!(
                out,
                "# The settings of Diptych with their defaults; what you want otherwise goes into {path}.\n"
            )?,
            (Some(path), false) => writeln!(out, "# The settings of Diptych as they are in force, from {path}.\n")?,
            (None, _) => {}
        }
        out.write_all(settings.to_toml().as_bytes())
    })?;
    Ok(Ending::Done)
}

/// Lists the themes, or prints one.
pub(super) fn theme(library: &Library, asked: &Asked) -> Result<Ending> {
    let (settings, _) = library.settings();
    if asked.print {
        return print(library, &settings, asked.name.as_deref());
    }
    let own = library.theme_names();
    let folder = library.folders().map(|f| shown(&shortened(&f.themes(), &f.home)));
    let chosen = settings.theme_name();
    to_stdout(|out| {
        let built_in = ThemeName::BUILT_IN.iter().map(|name| name.name());
        for name in built_in.chain(own.iter().map(String::as_str)) {
            let mark = if name == chosen { "  in force" } else { "" };
            writeln!(out, "{name}{mark}")?;
        }
        let Some(folder) = &folder else { return Ok(()) };
        writeln!(out, "\nyour own go into {folder}/NAME.toml; `diptych theme --print dark` prints one to begin with")
    })?;
    Ok(Ending::Done)
}

fn print(library: &Library, settings: &Settings, name: Option<&str>) -> Result<Ending> {
    let own = match name {
        None => settings.own_theme.as_deref().cloned(),
        Some(name) if ThemeName::of(name).is_some() => None,
        Some(name) => match library.theme(name) {
            Ok(own) => Some(own),
            Err(why) => bail!("{}", Clean::line(&why)),
        },
    };
    let base = name.and_then(ThemeName::of).unwrap_or(settings.theme);
    let (name, theme) = match &own {
        Some(own) => {
            let (theme, _) = theme_file::read(own, Ground::Dark, Colours::True);
            say_all(&faults(own));
            (own.name.as_str(), theme)
        }
        None => (base.name(), theme_file::built_in(base, Ground::Dark, Depth::Many)),
    };
    let of_ground = match own.as_ref().map_or(base, |own| own.base) {
        ThemeName::Auto => ", on a dark ground",
        _ => "",
    };
    to_stdout(|out| {
        writeln!(
            out,
            "# The theme {name}{of_ground}. A colour is \"#rrggbb\", a number of the 256, one of the terminal's sixteen"
        )?;
        writeln!(
            out,
            "# (\"light-red\"), \"terminal\" for its own, or a name that a [palette] at the end gives: gold = \"#d7af5f\"."
        )?;
        writeln!(
            out,
            "# modifiers: bold, dim, italic, underlined, reversed, crossed_out. With `inherits = \"dark\"` the rest may be left out.\n"
        )?;
        out.write_all(theme_file::print(&theme).as_bytes())
    })?;
    Ok(Ending::Done)
}

/// What is wrong with a theme of the reader's own.
pub(super) fn faults(own: &OwnTheme) -> Vec<Mistake> {
    let (_, faults) = theme_file::read(own, Ground::Dark, Colours::True);
    faults
        .into_iter()
        .map(|fault| Mistake { path: fault.path, at: Some(fault.at), message: Clean::line(&fault.message) })
        .collect()
}
