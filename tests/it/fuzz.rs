//! The targets of `fuzz/`, fed for a moment with every run of the tests: always the same nonsense. For longer, and with other
//! nonsense each time: `DIPTYCH_FUZZ_SECONDS=60 cargo test --test it fuzz`, seconds for each target.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use targets::TARGETS;
use targets::feeding::feed;
use targets::mutate::Dice;

#[path = "../../fuzz/src/lib.rs"]
mod targets;

/// Inputs for each target, where it is not fed for a time; a session takes longer than a parser.
const INPUTS: u64 = 120;
const INPUTS_OF_KEYS: u64 = 6;

#[test]
fn nonsense_makes_nothing_panic() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/seeds");
    let seconds = std::env::var("DIPTYCH_FUZZ_SECONDS").ok().and_then(|seconds| seconds.parse().ok());
    let now = || SystemTime::now().duration_since(UNIX_EPOCH).map_or(1, |since| since.as_nanos() as u64);
    let seed = if seconds.is_some() { now() } else { 1902 };
    let only = std::env::var("DIPTYCH_FUZZ_TARGET").ok();
    let mut failed: Vec<PathBuf> = Vec::new();
    for target in TARGETS.iter().filter(|target| only.as_ref().is_none_or(|name| target.name == name)) {
        let most = if target.name == "keys" { INPUTS_OF_KEYS } else { INPUTS };
        let begin = Instant::now();
        let goes_on = |count: u64| seconds.map_or(count < most, |of| begin.elapsed() < Duration::from_secs(of));
        let fed = feed(target, &seeds, &mut Dice::new(seed), &goes_on);
        let (count, failures, slowest) = (fed.count, fed.failed.len(), fed.slowest.as_secs_f64());
        println!("{}: {count} inputs, {failures} failures, the slowest {slowest:.2} s", target.name);
        for (nth, data) in fed.failed.iter().enumerate() {
            let file = std::env::temp_dir().join(format!("diptych-fuzz-{}-{seed}-{nth}", target.name));
            std::fs::write(&file, data).unwrap();
            failed.push(file);
        }
    }
    assert!(failed.is_empty(), "a target panicked on {failed:?}");
}

#[test]
fn its_lock_file_has_what_the_program_depends_on() {
    let read = |path: &str| -> toml::Table {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
        std::fs::read_to_string(path).unwrap().parse().unwrap()
    };
    let (manifest, lock) = (read("Cargo.toml"), read("fuzz/Cargo.lock"));
    let packages = lock["package"].as_array().unwrap();
    let own = packages.iter().find(|package| package["name"].as_str() == Some("diptych")).unwrap();
    let known: Vec<&str> =
        own["dependencies"].as_array().unwrap().iter().filter_map(|known| known.as_str()?.split(' ').next()).collect();
    for name in manifest["dependencies"].as_table().unwrap().keys() {
        assert!(known.contains(&name.as_str()), "{name} is not in fuzz/Cargo.lock: run `cargo metadata` in fuzz/");
    }
}
