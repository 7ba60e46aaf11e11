#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| (plainsight_fuzzing::target("find_proposals").expect("a target"))(bytes));
