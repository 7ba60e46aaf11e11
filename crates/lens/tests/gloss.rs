//! Sentences term by term: sound and sense of each.

use plainsight_lens::{Gloss, GlossRow, Lens};
use plainsight_text::is_han;
use std::time::{Duration, Instant};

fn lens() -> Lens {
    Lens::builtin("overseas-posts").expect("built in")
}

/// `text=pinyin=meaning(source)`, a line a row.
fn shown(gloss: &Gloss) -> Vec<String> {
    let line =
        |row: &GlossRow| format!("{}={}={}({})", row.text, row.pinyin, row.meaning, row.source.as_str());
    gloss.rows.iter().map(line).collect()
}

#[test]
fn sentences_term_by_term() {
    let lens = lens();
    for (sentence, rows) in [
        (
            "警侨驿站在重庆成立。",
            &[
                "警侨驿站=jǐng qiáo yì zhàn=police and overseas-Chinese relay station(lens)",
                "在=zài=(located) at; (to be) in; to exist(dictionary)",
                "重庆=Chóng qìng=Chongqing (province)(gazetteer)",
                "成立=chéng lì=found(lens)",
            ][..],
        ),
        // The same words in both scripts; what no dictionary has is shown by its parts.
        (
            "当地电话咨询，Ａ座",
            &[
                "当地=dāng dì=local(dictionary)",
                "电话=diàn huà=telephone; phone call; phone number(dictionary)",
                "咨询=zī xún=to consult; to seek advice; consultation(dictionary)",
                "Ａ==(plain)",
                "座=zuò=seat; base; stand(dictionary)",
            ],
        ),
        (
            "當地電話",
            &[
                "當地=dāng dì=local(dictionary)",
                "電話=diàn huà=telephone; phone call; phone number(dictionary)",
            ],
        ),
        ("no Han at all, ２０２２", &[]),
        ("", &[]),
    ] {
        assert_eq!(shown(&lens.gloss(sentence)), rows, "{sentence}");
    }
}

#[test]
fn rows_follow_the_sentence_and_are_cut_from_it() {
    let lens = lens();
    for sentence in [
        "２０２２年１月２２日，甲市公安局（A座）在米兰设立“警务服务站”。",
        "警務(wù)聯(lián)絡(luò)官於本月換證",
        "㐀𠀀龘〇\u{300}ab\u{200d}中\u{0}",
        "青田\n县\t公安局",
        "ﬁ中ﬃ国㎏",
    ] {
        let letters: Vec<char> = sentence.chars().collect();
        let mut last = 0;
        let gloss = lens.gloss(sentence);
        for row in &gloss.rows {
            assert!(last <= row.start && row.start < row.end, "{sentence}: {row:?}");
            assert_eq!(row.text, letters[row.start..row.end].iter().collect::<String>(), "{sentence}");
            last = row.end;
        }
        let inside = |n: usize| gloss.rows.iter().any(|row| row.start <= n && n < row.end);
        let lost: Vec<char> =
            (0..letters.len()).filter(|n| is_han(letters[*n]) && !inside(*n)).map(|n| letters[n]).collect();
        assert!(lost.is_empty(), "{sentence} lost {lost:?}");
        assert_eq!(lens.gloss(sentence), gloss, "{sentence}");
    }
}

#[test]
fn a_huge_text_is_cut_and_says_so() {
    let lens = lens();
    lens.gloss("警务");
    for text in ["警".repeat(3_500_000), "警务, ".repeat(1_200_000), "a".repeat(10_000_000)] {
        let begun = Instant::now();
        let gloss = lens.gloss(&text);
        assert!(gloss.cut && gloss.rows.len() <= 600);
        assert!(begun.elapsed() < Duration::from_secs(2), "{:?}", begun.elapsed());
    }
}

proptest::proptest! {
    #[test]
    fn no_sentence_makes_it_panic(sentence in "[\\PC警务站重庆ａ１，（\n]{0,60}") {
        let gloss = Lens::builtin("overseas-posts").expect("built in").gloss(&sentence);
        proptest::prop_assert!(gloss.rows.iter().all(|row| row.start < row.end));
    }
}
