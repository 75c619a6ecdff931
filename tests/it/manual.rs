//! The manual says what the program says: its pages of keys and commands are made of the command table and of the
//! description of the arguments, and its links lead somewhere. `UPDATE=1 cargo test --test it manual` writes the pages anew.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use clap::CommandFactory as _;
use diptych::app::command::{Context, Group, Takes};
use diptych::app::commands;
use diptych::app::keymap::Keymap;
use diptych::cli::args::Cli;

fn manual() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/manual")
}

#[test]
fn the_page_of_keys_is_the_keymap() {
    is_up_to_date("keys.md", &keys());
}

#[test]
fn the_page_of_commands_is_the_help() {
    is_up_to_date("commands.md", &commands_page());
}

#[test]
fn every_link_of_the_manual_leads_to_a_page() {
    for page in fs::read_dir(manual()).unwrap() {
        let page = page.unwrap().path();
        let text = fs::read_to_string(&page).unwrap();
        for target in text.split("](").skip(1).filter_map(|rest| rest.split(')').next()) {
            let local = !target.contains("://");
            assert!(!local || manual().join(target).exists(), "{} links to {target}", page.display());
        }
    }
}

/// Every command that the manual and README call by name in a line of shell is one that the program has.
#[test]
fn what_the_manual_has_one_type_is_understood() {
    let names: Vec<String> = Cli::command().get_subcommands().map(|c| c.get_name().to_owned()).collect();
    for page in fs::read_dir(manual()).unwrap().map(|page| page.unwrap().path()) {
        let text = fs::read_to_string(&page).unwrap();
        for line in text.lines().filter_map(|line| line.strip_prefix("    diptych ")) {
            let first = line.split_whitespace().next().unwrap();
            let is_text = first.contains(['.', ':', '-', '/']) || first.starts_with('#');
            assert!(is_text || names.iter().any(|n| n == first), "{}: diptych {line}", page.display());
        }
    }
}

fn is_up_to_date(name: &str, page: &str) {
    let path = manual().join(name);
    if std::env::var_os("UPDATE").is_some() {
        fs::write(&path, page).unwrap();
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == page, "docs/manual/{name} is behind the program: UPDATE=1 cargo test --test it manual");
}

fn keys() -> String {
    let (map, faults) = Keymap::built_in();
    assert_eq!(faults, []);
    let mut page = "# Every key\n\nOne's own go into `~/.config/diptych/keymap.toml`: `diptych keys --format toml` prints these as one.\n"
        .to_owned();
    for context in Context::ALL {
        writeln!(page, "\n## [{context}]\n").unwrap();
        page.push_str("| keys | command | |\n| --- | --- | --- |\n");
        for command in Group::ALL.iter().flat_map(|group| commands::all().filter(move |c| c.group == *group)) {
            let letter = if command.takes == Takes::Letter { "{a-z}" } else { "" };
            let keys = map.keys_for(context, command);
            if !keys.is_empty() {
                let keys: Vec<String> = keys.iter().map(|key| code(&format!("{key}{letter}"))).collect();
                writeln!(page, "| {} | {} | {} |", keys.join(" "), command.name, command.help.replace('|', "\\|"))
                    .unwrap();
            }
        }
    }
    page
}

/// A key as code in a table: a bar would end the cell, a backquote the code.
fn code(key: &str) -> String {
    let key = key.replace('|', "\\|");
    if key.contains('`') { format!("`` {key} ``") } else { format!("`{key}`") }
}

fn commands_page() -> String {
    let mut page =
        "# Every command\n\nWhat `--help` says of each, and the manual pages too (`diptych man COMMAND`).\n".to_owned();
    let mut all = Cli::command().term_width(78);
    all.build();
    section(&mut page, &mut all, "diptych");
    page
}

fn section(page: &mut String, command: &mut clap::Command, name: &str) {
    let help = command.render_long_help().to_string();
    let lines: Vec<String> = help.trim_end().lines().map(|line| format!("    {line}").trim_end().to_owned()).collect();
    write!(page, "\n## {name}\n\n{}\n", lines.join("\n")).unwrap();
    let subcommands: Vec<String> = command.get_subcommands().map(|c| c.get_name().to_owned()).collect();
    for sub in subcommands.iter().filter(|sub| *sub != "help") {
        section(page, command.find_subcommand_mut(sub).unwrap(), &format!("{name} {sub}"));
    }
}
