#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| (plainsight_fuzzing::target("resolve_tables").expect("a target"))(bytes));
