//! Sixty terms located in a large text, and their treatments computed, beside `rg -ioF` with the same terms.
//!
//! `cargo bench --bench terms [-- FILE [TERMS]]`: in FILE (plain text), else in 100 MB of the project's own prose; the
//! terms are the lines of TERMS, else sixty of the bundled topics. Processor time of one thread, the median of five
//! runs; ripgrep's is that of its process. Without `rg` on the path only our own times are told.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use diptych::import::{Hint, import};
use diptych::topic::codebook::{Codebook, Topic};
use diptych::topic::coverage::Coverage;
use diptych::topic::matcher::mentions_of_all;
use diptych::word::language::Language;

const TERMS: usize = 60;
const RUNS: usize = 5;

fn main() {
    let mut words = std::env::args().skip(1).filter(|a| !a.starts_with("--"));
    let room = tempfile::tempdir().unwrap();
    let file = words.next().map_or_else(|| own_prose(room.path()), PathBuf::from);
    let terms = words
        .next()
        .map_or_else(bundled_terms, |path| fs::read_to_string(path).unwrap().lines().map(str::to_owned).collect());
    let text = import(&fs::read(&file).unwrap(), &Hint::named("a.txt")).unwrap().text;
    let codebook =
        Codebook::new([Topic::of_terms("all", "All", &terms.iter().map(String::as_str).collect::<Vec<_>>())]);
    let each =
        Codebook::new(terms.iter().enumerate().map(|(n, term)| Topic::of_terms(&format!("t{n}"), term, &[term])));
    let language = Language::of(&text);
    println!("{} terms in {} MB ({language:?})", terms.len(), text.string().len() / 1_000_000);

    let go_on = |_, _| ControlFlow::Continue(());
    let mut found = 0;
    let located = median(|| {
        thread_time(|| {
            let ControlFlow::Continue(mentions) = mentions_of_all(&text, codebook.topics(), language, &go_on) else {
                return;
            };
            found = mentions.iter().map(Vec::len).sum();
        })
    });
    println!("located, {found} mentions: {located:.0} ms");
    let treated = median(|| thread_time(|| drop(Coverage::of(&text, &codebook, language, &go_on))));
    println!("treatments of one topic of them all: {treated:.0} ms");
    let apart = median(|| thread_time(|| drop(Coverage::of(&text, &each, language, &go_on))));
    println!("treatments of a topic for each: {apart:.0} ms");

    let patterns = room.path().join("terms.txt");
    fs::write(&patterns, terms.join("\n") + "\n").unwrap();
    let mut ripgrep = Command::new("rg");
    ripgrep.arg("-ioFf").arg(&patterns).arg(&file).stdout(Stdio::null());
    if ripgrep.status().is_err() {
        return println!("no rg here to compare with");
    }
    let theirs = median(|| children_time(|| assert!(ripgrep.status().is_ok())));
    let times = |ours: f64| ours / theirs;
    println!(
        "rg -ioF: {theirs:.0} ms; located {:.2} ×, treatments {:.2} × and {:.2} ×",
        times(located),
        times(treated),
        times(apart)
    );
}

/// Sixty terms of the bundled topics, without those that only give a beginning, which `rg -F` cannot look for.
fn bundled_terms() -> Vec<String> {
    let (codebook, _) = Codebook::parse(include_str!("../texts/topics.toml"));
    let all = codebook.topics().iter().flat_map(|topic| &topic.terms).map(|term| term.as_str().to_owned());
    let whole: Vec<String> = all.filter(|term| !term.contains('*')).collect();
    (0..TERMS).map(|n| whole[n * whole.len() / TERMS].clone()).collect()
}

fn own_prose(folder: &Path) -> PathBuf {
    let texts = [
        include_str!("../texts/the-party-as-instrument.md"),
        include_str!("../texts/power-from-below.md"),
        include_str!("../texts/biography-of-a-slogan.md"),
    ];
    let path = folder.join("prose.txt");
    fs::write(&path, texts.concat().repeat(100_000_000 / texts.concat().len())).unwrap();
    path
}

fn median(mut run: impl FnMut() -> f64) -> f64 {
    let mut times: Vec<f64> = (0..RUNS).map(|_| run()).collect();
    times.sort_by(f64::total_cmp);
    times[RUNS / 2]
}

/// Milliseconds that this thread was on a processor for `work` (the first number of Linux's `schedstat`, nanoseconds).
fn thread_time(work: impl FnOnce()) -> f64 {
    let now = || -> f64 {
        let stat = fs::read_to_string("/proc/thread-self/schedstat").unwrap();
        stat.split(' ').next().unwrap().parse::<f64>().unwrap() / 1e6
    };
    let before = now();
    work();
    now() - before
}

/// Milliseconds of processor time of the children that `work` waits for (fields 16 and 17 of `/proc/self/stat`, in
/// hundredths of a second).
fn children_time(work: impl FnOnce()) -> f64 {
    let now = || -> f64 {
        let stat = fs::read_to_string("/proc/self/stat").unwrap();
        let fields: Vec<&str> = stat.rsplit_once(") ").unwrap().1.split(' ').collect();
        fields[13].parse::<f64>().unwrap() + fields[14].parse::<f64>().unwrap()
    };
    let before = now();
    work();
    (now() - before) * 10.0
}
