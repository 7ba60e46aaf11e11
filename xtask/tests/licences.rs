//! Licences of crates and bundled data.

#[test]
fn every_crate_offers_an_allowed_licence() {
    let metadata = xtask::metadata(&xtask::root()).expect("cargo metadata");
    assert_eq!(xtask::licences::check(&metadata), Vec::<String>::new());
}

#[test]
fn every_bundled_datum_is_listed_as_it_is() {
    assert_eq!(xtask::third_party::check(&xtask::root()).expect("read"), Vec::<String>::new());
}

#[test]
fn a_datum_inside_a_dependency_is_of_one_that_we_have() {
    let metadata = xtask::metadata(&xtask::root()).expect("cargo metadata");
    for inside in xtask::third_party::read(&xtask::root()).expect("read").inside {
        let there = metadata.packages.iter().any(|package| package.name.as_str() == inside.package);
        assert!(there, "{} is listed with “{}” and is no dependency", inside.package, inside.what);
    }
}

#[test]
fn a_datum_that_is_not_listed_or_changed_is_a_complaint() {
    let root = tempfile::tempdir().expect("a folder");
    let data = root.path().join("crates/read/data");
    std::fs::create_dir_all(&data).expect("made");
    std::fs::write(data.join("a.txt"), "abc").expect("written");
    std::fs::write(data.join("b.txt"), "new").expect("written");
    let list = r#"[[datum]]
path = "crates/read/data/a.txt"
source = "ours"
licence = "CC0-1.0"
attribution = "ours"
sha256 = "00"
"#;
    std::fs::write(root.path().join("THIRD-PARTY.toml"), list).expect("written");
    let complaints = xtask::third_party::check(root.path()).expect("read");
    assert_eq!(complaints.len(), 2, "{complaints:?}");
    assert_eq!(xtask::third_party::update(root.path()).expect("written").len(), 1);
    let complaints = xtask::third_party::check(root.path()).expect("read");
    assert!(complaints.len() == 1 && complaints[0].contains("b.txt"), "{complaints:?}");
}
