//! Targets of `resolve`: names and bodies, tables of registers and gazetteers.

use plainsight_lens::Gazetteer;
use plainsight_resolve::{
    NameInput, RegisterOptions, match_names, parse_agency, read_gazetteer, read_registers,
};

/// Two names on two lines: a score that does not depend on their order, with its reasons.
pub fn names(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    let (a, b) = text.split_once('\n').unwrap_or((&text, ""));
    let gazetteer = Gazetteer::builtin();
    let (left, right) = (NameInput::of(a), NameInput::of(b));
    let found = match_names(&left, &right, None, gazetteer);
    let turned = match_names(&right, &left, None, gazetteer);
    assert!((0.0..=1.0).contains(&found.score), "{}", found.score);
    assert!(
        (found.score - turned.score).abs() < 1e-9,
        "{a:?} and {b:?}: {} and {}",
        found.score,
        turned.score
    );
    assert!(!found.reasons.is_empty(), "a verdict says why");
    for name in [a, b] {
        let _ = parse_agency(name, None, gazetteer, None);
        let _ = plainsight_resolve::find_agencies(name, gazetteer, None);
        let _ = plainsight_resolve::places(name, None, gazetteer);
    }
}

/// A table as register and as gazetteer; what stands before a form feed is the TOML of `--map`.
pub fn tables(bytes: &[u8]) {
    let cut = bytes.iter().position(|b| *b == 0x0c);
    let (map, table) =
        cut.map_or((None, bytes), |at| (Some(String::from_utf8_lossy(&bytes[..at])), &bytes[at + 1..]));
    let map = map.map(|map| map.into_owned());
    let (rows, _) = read_gazetteer(table, map.as_deref());
    if !rows.is_empty() {
        // Rows of a case are laid over the built-in ones.
        let _ = Gazetteer::builtin().with_rows(&rows).digest();
    }
    let (registers, complaints) =
        read_registers("register.csv", table, &RegisterOptions { map, ..RegisterOptions::default() });
    for (register, rows) in &registers {
        assert_eq!(register.rows, rows.len());
        assert!(!rows.is_empty() || !complaints.is_empty(), "an empty register is complained about");
    }
}
