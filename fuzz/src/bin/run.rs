//! Feeds every target for a while: `run [SECONDS A TARGET] [TARGET]`. What makes one panic is written beside the seeds, and
//! the run ends with 1.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::{Duration, Instant};

use diptych_fuzz::mutate::{Dice, mutated};
use diptych_fuzz::{TARGETS, Target};

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let seconds = arguments.next().and_then(|s| s.parse().ok()).unwrap_or(10);
    let only = arguments.next();
    let mut failed = false;
    for target in TARGETS.iter().filter(|target| only.as_ref().is_none_or(|name| target.name == name)) {
        failed |= feed(target, Duration::from_secs(seconds));
    }
    ExitCode::from(u8::from(failed))
}

fn feed(target: &Target, time: Duration) -> bool {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds").join(target.seeds);
    let mut seeds: Vec<Vec<u8>> = files(&folder).into_iter().filter_map(|file| fs::read(file).ok()).collect();
    seeds.push(Vec::new());
    let seed =
        std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).map_or(1, |since| since.as_nanos() as u64);
    let (begin, mut count, mut slowest, mut failures) = (Instant::now(), 0_u64, Duration::ZERO, 0);
    let mut dice = Dice::new(seed);
    while begin.elapsed() < time && failures < 5 {
        let data =
            if (count as usize) < seeds.len() { seeds[count as usize].clone() } else { mutated(&seeds, &mut dice) };
        let start = Instant::now();
        if catch_unwind(AssertUnwindSafe(|| (target.run)(&data))).is_err() {
            failures += 1;
            let file = folder.with_file_name(format!("failed-{}-{count}", target.name));
            let written = fs::write(&file, &data).is_ok();
            println!("{}: failed on {} ({written})", target.name, file.display());
        }
        slowest = slowest.max(start.elapsed());
        count += 1;
    }
    println!("{}: {count} inputs, {failures} failures, the slowest {:.2} s", target.name, slowest.as_secs_f64());
    failures > 0
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(folder).into_iter().flatten().filter_map(|e| Some(e.ok()?.path())).collect();
    files.sort();
    files
}
