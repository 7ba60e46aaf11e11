#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| (plainsight_fuzzing::target("lens_toml").expect("a target"))(bytes));
