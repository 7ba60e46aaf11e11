//! What the interface says of the bundled example in the languages that it speaks.

#[path = "support/interface.rs"]
mod interface;
mod support;

use interface::Interface;
use support::Bench;

#[test]
fn every_claim_is_said_in_the_language_of_the_reader() {
    let bench = Bench::new();
    let case = bench.at("example");
    bench.run(&["demo", "--dir", &case, "--no-serve"]).exits(0);
    let claims = bench.run(&["claims", &case, "--json"]).exits(0).lines();
    let interface = Interface::of(&bench, &case);
    for (language, word) in [("zh-CN", "存在。"), ("nl", "bestaat."), ("es", "existe.")] {
        let page = interface.send_in(language, "claims", None);
        assert!(page.contains(word), "{language}");
        // What no template of ours made would be marked as English.
        assert!(!page.contains("<span lang=\"en\">"), "{language}: {page}");
        for claim in &claims {
            let text = claim["text"].as_str().expect("a sentence");
            assert!(!page.contains(&format!(">{text}</a>")), "{language}: {text}");
        }
    }
    let page = interface.send_in("en", "claims", None);
    assert!(claims.iter().any(|claim| page.contains(claim["text"].as_str().expect("a sentence"))));
}
