#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| (plainsight_fuzzing::target("search_query").expect("a target"))(bytes));
