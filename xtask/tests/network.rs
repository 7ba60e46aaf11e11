//! One door to the network.

#[test]
fn only_collect_reaches_the_network() {
    let metadata = xtask::metadata(&xtask::root()).expect("cargo metadata");
    assert_eq!(xtask::network::check(&xtask::root(), &metadata), Vec::<String>::new());
}
