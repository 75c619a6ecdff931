//! Tells the program which commit it was built from, where that can be told.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    // A build to try things with would be made anew, all of it, after every commit.
    let kept = env::var("PROFILE").is_ok_and(|profile| profile == "release");
    if kept && let Some(commit) = git_folder().and_then(|git| of_checkout(&git)).or_else(of_package) {
        println!("cargo::rustc-env=DIPTYCH_COMMIT={commit}");
    }
}

/// Where git keeps what is checked out here: `.git`, or in a worktree what the file of that name says.
fn git_folder() -> Option<PathBuf> {
    let git = Path::new(".git");
    if git.is_dir() {
        return Some(git.to_owned());
    }
    fs::read_to_string(git).ok()?.trim().strip_prefix("gitdir: ").map(PathBuf::from)
}

/// The commit that is checked out. Git itself need not be there.
fn of_checkout(git: &Path) -> Option<String> {
    let head = git.join("HEAD");
    println!("cargo::rerun-if-changed={}", head.display());
    let said = fs::read_to_string(head).ok()?;
    let Some(branch) = said.trim().strip_prefix("ref: ") else {
        return Some(short(&said));
    };
    // A worktree has the branches in common with the others.
    let common = fs::read_to_string(git.join("commondir")).map_or_else(|_| git.to_owned(), |to| git.join(to.trim()));
    let file = common.join(branch);
    println!("cargo::rerun-if-changed={}", file.display());
    if let Ok(commit) = fs::read_to_string(file) {
        return Some(short(&commit));
    }
    let packed = fs::read_to_string(common.join("packed-refs")).ok()?;
    packed.lines().find_map(|line| line.strip_suffix(branch)).map(short)
}

/// The commit that a published package was made of.
fn of_package() -> Option<String> {
    let said = fs::read_to_string(".cargo_vcs_info.json").ok()?;
    said.split("\"sha1\"").nth(1)?.split('"').nth(1).map(short)
}

fn short(commit: &str) -> String {
    commit.trim().chars().take(12).collect()
}
