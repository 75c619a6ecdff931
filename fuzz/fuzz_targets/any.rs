//! All targets for cargo-fuzz: the first byte chooses. `cargo +nightly fuzz run any --features libfuzzer`.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    if let Some((which, rest)) = data.split_first() {
        let targets = diptych_fuzz::TARGETS;
        (targets[usize::from(*which) % targets.len()].run)(rest);
    }
});
