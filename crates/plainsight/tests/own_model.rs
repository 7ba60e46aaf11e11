//! `find --names --model`: a model of one's own marks the names.
//!
//! The model is made here, byte by byte: a table whose row for a token is the token's logits. `cargo test
//! --workspace --features plainsight/onnx --test own_model` runs all of it; without the feature it is seen
//! that the program says what it lacks. People and towns are invented.

mod support;

use support::Bench;

/// Tags in the order of the logits.
const LABELS: &str = "O\nB-PER\nI-PER\nB-LOC\nI-LOC\n";
/// Tokens with the number of the tag that the model gives each.
const TOKENS: [(&str, usize); 11] = [
    ("[UNK]", 0),
    ("[CLS]", 0),
    ("[SEP]", 0),
    ("林", 1),
    ("远", 2),
    ("航", 2),
    ("灯", 3),
    ("港", 4),
    ("anna", 1),
    ("lant", 2),
    // What stands inside a word is not asked: its tag would say that a place begins.
    ("##ern", 3),
];

/// A field of a protobuf message: its number, then a length and bytes.
fn field(number: u8, bytes: &[u8]) -> Vec<u8> {
    let mut out = vec![number << 3 | 2];
    let mut length = bytes.len();
    while length >= 0x80 {
        out.push(length as u8 | 0x80);
        length >>= 7;
    }
    out.push(length as u8);
    [out, bytes.to_vec()].concat()
}

/// A field with a small number.
fn number(field: u8, value: u8) -> Vec<u8> {
    assert!(value < 0x80);
    vec![field << 3, value]
}

/// An input or output of so many numbers: 7 is int64, 1 is float.
fn value(name: &str, kind: u8) -> Vec<u8> {
    let sizes: Vec<u8> = [&b"one"[..], b"length"].iter().flat_map(|size| field(1, &field(2, size))).collect();
    let tensor = field(1, &[number(1, kind), field(2, &sizes)].concat());
    [field(1, name.as_bytes()), field(2, &tensor)].concat()
}

/// `logits = Gather(rows, input_ids)`, in the form of ONNX (onnx.proto: ModelProto, GraphProto, NodeProto, TensorProto).
fn model(input: &str, tags: usize) -> Vec<u8> {
    let row = |tag: usize| (0..tags).map(move |at| if at == tag { 1f32 } else { 0f32 });
    let values: Vec<u8> = TOKENS.iter().flat_map(|(_, tag)| row(*tag)).flat_map(f32::to_le_bytes).collect();
    let rows = [
        number(1, TOKENS.len() as u8),
        number(1, tags as u8),
        number(2, 1),
        field(8, b"rows"),
        field(9, &values),
    ]
    .concat();
    let gather =
        [field(1, b"rows"), field(1, input.as_bytes()), field(2, b"logits"), field(4, b"Gather")].concat();
    let graph = [
        field(1, &gather),
        field(2, b"names"),
        field(5, &rows),
        field(11, &value(input, 7)),
        field(12, &value("logits", 1)),
    ]
    .concat();
    [number(1, 8), field(7, &graph), field(8, &number(2, 17))].concat()
}

/// Writes a model's folder and says where it is.
fn folder(bench: &Bench, name: &str, model: &[u8], labels: &str) -> String {
    let tokens: String = TOKENS.iter().map(|(token, _)| format!("{token}\n")).collect();
    bench.write(&format!("{name}/vocab.txt"), tokens);
    bench.write(&format!("{name}/labels.txt"), labels);
    bench.write(&format!("{name}/model.onnx"), model);
    bench.at(name)
}

fn line(text: &str) -> Vec<u8> {
    serde_json::json!({"id": "t", "text": text}).to_string().into_bytes()
}

#[cfg(feature = "onnx")]
#[test]
fn a_model_of_ones_own_marks_names_and_is_named_with_its_hash() {
    let bench = Bench::new();
    let folder = folder(&bench, "lantern-1", &model("input_ids", 5), LABELS);
    let read = |name: &str| std::fs::read(format!("{folder}/{name}")).expect("a file");
    let bytes = ["model.onnx", "vocab.txt", "labels.txt"].map(read).concat();
    let hash = plainsight_model::Digest::of(&bytes).hex();
    // Long enough for many windows; a name stands where each of them ends.
    let long = format!("{}林远航", "是".repeat(1_000)).repeat(3) + &"林远".repeat(1_000);
    for (text, wanted) in [
        ("林远航在灯港。", vec!["林远航/person", "灯港/place"]),
        ("Anna Lantern saw 灯港", vec!["Anna Lantern/person", "灯港/place"]),
        ("林\n远航", vec!["林/person", "远航/person"]),
        ("", vec![]),
        (long.as_str(), [vec!["林远航/person"; 3], vec!["林远/person"; 1_000]].concat()),
    ] {
        let ran = bench.feed(&["find", "--names", "--model", &folder], &line(text)).exits(0);
        let names = ran.line()["names"].as_array().expect("names").clone();
        let letters: Vec<char> = text.chars().collect();
        let mut shown = Vec::new();
        for name in &names {
            let at = |key: &str| name[key].as_u64().expect("a place") as usize;
            let word: String = letters[at("start")..at("end")].iter().collect();
            assert_eq!(name["text"], word.as_str());
            assert_eq!((&name["model"], &name["sha256"]), (&"lantern-1".into(), &hash.as_str().into()));
            shown.push(format!("{word}/{}", name["kind"].as_str().expect("a kind")));
        }
        assert_eq!(shown, wanted, "{text}");
    }
}

#[cfg(feature = "onnx")]
#[test]
fn a_broken_model_says_what_to_do() {
    let bench = Bench::new();
    let good = model("input_ids", 5);
    let fails = |name: &str, model: &[u8], labels: &str, words: &[&str]| {
        let folder = folder(&bench, name, model, labels);
        let ran = bench.feed(&["find", "--names", "--model", &folder], &line("林远航")).exits(1);
        for word in words {
            assert!(ran.err.contains(word) || ran.out.contains(word), "{word}: {}{}", ran.err, ran.out);
        }
        assert!(!ran.out.contains("\"names\""), "{}", ran.out);
    };
    fails("empty", b"", LABELS, &["model.onnx cannot be used", "docs/models.md"]);
    fails("page", b"<!doctype html><p>no model", LABELS, &["model.onnx cannot be used"]);
    fails("cut", &good[..good.len() / 2], LABELS, &["model.onnx cannot be used"]);
    fails("asks", &model("pictures", 5), LABELS, &["asks for an input “pictures”"]);
    fails("tags", &model("input_ids", 4), LABELS, &["labels.txt has 5 lines"]);
    fails("labels", &good, "O\nLABEL_1\n", &["line 2, “LABEL_1”, is no tag"]);
    // Whatever is changed in the file: an answer, and never a panic that ends the program.
    for at in (0..good.len()).step_by(13) {
        let mut bytes = good.clone();
        bytes[at] ^= 0x55;
        let folder = folder(&bench, "changed", &bytes, LABELS);
        let ran = bench.feed(&["find", "--names", "--model", &folder], &line("林远航"));
        assert!(ran.code == 0 || ran.code == 1, "byte {at}: {} {}", ran.code, ran.err);
    }
}

#[cfg(not(feature = "onnx"))]
#[test]
fn a_program_without_the_runtime_says_what_it_lacks() {
    let bench = Bench::new();
    let folder = folder(&bench, "lantern-1", &model("input_ids", 5), LABELS);
    let ran = bench.feed(&["find", "--names", "--model", &folder], &line("林远航")).exits(1);
    assert!(ran.err.contains("built without a runtime for models"), "{}", ran.err);
    assert!(ran.err.contains("--features onnx") && ran.out.is_empty(), "{}{}", ran.err, ran.out);
}

#[test]
fn a_folder_that_is_none_names_what_it_has_to_hold() {
    let bench = Bench::new();
    let ran = bench.feed(&["find", "--names", "--model", &bench.at("nowhere")], b"").exits(1);
    assert!(ran.err.contains("labels.txt cannot be read") && ran.err.contains("vocab.txt"), "{}", ran.err);
    // A model without --names would mark nothing.
    bench.feed(&["find", "--model", &bench.at("nowhere")], b"").exits(2);
}
