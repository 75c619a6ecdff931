//! Feeds every target for a while: `run [SECONDS A TARGET] [TARGET]`. What makes one panic is written beside the seeds, and
//! the run ends with 1.

use std::fs;
use std::path::Path;
use std::process::ExitCode;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use diptych_fuzz::TARGETS;
use diptych_fuzz::feeding::feed;
use diptych_fuzz::mutate::Dice;

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let seconds = arguments.next().and_then(|s| s.parse().ok()).unwrap_or(10);
    let only = arguments.next();
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds");
    let seed = SystemTime::now().duration_since(UNIX_EPOCH).map_or(1, |since| since.as_nanos() as u64);
    let mut failed = false;
    for target in TARGETS.iter().filter(|target| only.as_ref().is_none_or(|name| target.name == name)) {
        let end = Instant::now() + Duration::from_secs(seconds);
        let fed = feed(target, &seeds, &mut Dice::new(seed), &|_| Instant::now() < end);
        for (nth, data) in fed.failed.iter().enumerate() {
            let file = seeds.join(format!("failed-{}-{seed}-{nth}", target.name));
            let written = fs::write(&file, data).is_ok();
            println!("{}: failed on {} ({written})", target.name, file.display());
        }
        let (count, failures, slowest) = (fed.count, fed.failed.len(), fed.slowest.as_secs_f64());
        println!("{}: {count} inputs, {failures} failures, the slowest {slowest:.2} s", target.name);
        failed |= failures > 0;
    }
    ExitCode::from(u8::from(failed))
}
