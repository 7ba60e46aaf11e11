//! Habits that a machine can check.

#[test]
fn files_are_in_order() {
    assert_eq!(xtask::tidy::check(&xtask::root()), Vec::<String>::new());
}

#[test]
fn no_name_of_the_example_stands_in_the_program() {
    assert_eq!(xtask::names::check(&xtask::root()).expect("swap.csv"), Vec::<String>::new());
}
