//! Which crate may know which.

#[test]
fn no_crate_knows_what_it_must_not() {
    let metadata = xtask::metadata(&xtask::root()).expect("cargo metadata");
    assert_eq!(xtask::dependencies::check(&metadata), Vec::<String>::new());
}

#[test]
fn cargo_run_has_one_program_to_run() {
    let metadata = xtask::metadata(&xtask::root()).expect("cargo metadata");
    assert_eq!(xtask::tidy::one_binary(&metadata), Vec::<String>::new());
}
