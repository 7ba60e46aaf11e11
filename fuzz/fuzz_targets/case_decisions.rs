#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| (plainsight_fuzzing::target("case_decisions").expect("a target"))(bytes));
