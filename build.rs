//! Tells the program which commit it was built from, where that can be told.

use std::fs;
use std::path::Path;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    if let Some(commit) = of_checkout(Path::new(".git")).or_else(of_package) {
        println!("cargo::rustc-env=DIPTYCH_COMMIT={commit}");
    }
}

/// The commit that is checked out. Git itself need not be there.
fn of_checkout(git: &Path) -> Option<String> {
    let head = git.join("HEAD");
    println!("cargo::rerun-if-changed={}", head.display());
    let said = fs::read_to_string(head).ok()?;
    let Some(branch) = said.trim().strip_prefix("ref: ") else {
        return Some(short(&said));
    };
    let file = git.join(branch);
    println!("cargo::rerun-if-changed={}", file.display());
    if let Ok(commit) = fs::read_to_string(file) {
        return Some(short(&commit));
    }
    let packed = fs::read_to_string(git.join("packed-refs")).ok()?;
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
