//! Lists and entities that others made: `xref`, `import … ftm`, the round trip through FollowTheMoney.

#[path = "../../archive/tests/common/oracles.rs"]
mod oracles;
mod support;

use serde_json::{Value, json};
use support::{Bench, has, kept, small_case, strings};

/// The entries of a kind in a case's ledger.
fn entries(bench: &Bench, case: &str, kind: &str) -> Vec<Value> {
    let log = bench.run(&["log", case, "--json"]).exits(0).lines();
    log.into_iter().filter(|entry| entry["kind"] == kind).collect()
}

/// JSON lines of a file that was written.
fn read_lines(path: &str) -> Vec<Value> {
    let text = std::fs::read_to_string(path).expect("the file");
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

#[test]
fn xref_meets_bodies_and_posts_with_reasons_and_leaves_an_entry_each_time() {
    let bench = Bench::new();
    let case = small_case(&bench);
    let list = bench
        .write("list.csv", "name,note\n箧垣县公安局,the bureau\nLantern Trading BV,nothing to do with it\n");
    let hits = bench.run(&["xref", &case, &list, "--json"]).exits(0).lines();
    hits.iter().for_each(|hit| has(hit, "row entity score verdict reasons"));
    let bureau = hits.iter().find(|hit| hit["row"] == 1).expect("the bureau is met");
    assert!(bureau["score"].as_f64().is_some_and(|score| score >= 0.70), "{bureau}");
    assert!(bureau["entity"].as_str().is_some_and(|id| id.starts_with("ent-")), "{bureau}");
    assert!(bureau["reasons"].as_array().is_some_and(|r| !r.is_empty() && r[0]["sentence"].is_string()));
    assert!(hits.iter().all(|hit| hit["row"] == 1), "the other row is met by nothing: {hits:?}");

    bench.run(&["xref", &case, &list]).exits(0);
    let uses = entries(&bench, &case, "xref");
    assert_eq!(uses.len(), 2, "every use is an entry");
    assert_eq!(uses[0]["body"]["capture"], uses[1]["body"]["capture"], "the list is kept once");
    assert_eq!((&uses[0]["body"]["rows"], &uses[0]["body"]["hits"]), (&json!(2), &json!(hits.len())));
    let body = uses[0]["body"].to_string();
    assert!(!body.contains("ent-") && !body.contains("公安局"), "no word of a document: {body}");

    let before = kept(&case);
    let dry = bench.run(&["xref", &case, &list, "--dry-run"]).exits(0);
    assert!(
        dry.out.contains("2 rows") && !dry.out.contains("公安局"),
        "what leaves no trace gives no answer"
    );
    assert_eq!(kept(&case), before);

    // The table of the list is derived: it is there once, and without it the answer is the same.
    let tables = || std::fs::read_dir(format!("{case}/derived/lists")).map(|f| f.count()).unwrap_or(0);
    assert_eq!(tables(), 1);
    std::fs::remove_dir_all(format!("{case}/derived/lists")).expect("the tables");
    assert_eq!(bench.run(&["xref", &case, &list, "--json"]).exits(0).lines(), hits);
    assert_eq!(tables(), 1);
    assert!(!std::path::Path::new(&format!("{case}/derived/list.part")).exists(), "the copy is gone");

    let before = kept(&case);
    let none = bench.write("none.csv", "colour\nred\n");
    let ran = bench.run(&["xref", &case, &none]).exits(1);
    assert!(ran.err.contains("none.csv") && ran.err.contains("name"), "{}", ran.err);
    assert_eq!(kept(&case), before, "what is no list leaves nothing");
}

/// Two hundred invented people, half of them with a name in Han.
fn people() -> Vec<String> {
    let (first, last) = (
        ["Tavi", "Orsa", "Milo", "Benna", "Irel", "Juno", "Kesh", "Luda", "Nemo", "Pavo"],
        [
            "Brandal", "Costerry", "Dulvane", "Ferrigan", "Holbrack", "Jessamin", "Karrowby", "Lindqvar",
            "Morvane", "Tessaly",
        ],
    );
    let (surname, given) =
        (["欧阳", "司徒", "王", "林", "陈", "周", "胡", "郑", "潘", "叶"], "澄岚霖屿筠芷珩沅舒棠");
    let latin = first.iter().flat_map(|f| last.iter().map(move |l| format!("{f} {l}")));
    let han = surname.iter().flat_map(|s| given.chars().map(move |g| format!("{s}{g}")));
    latin.chain(han).collect()
}

#[test]
fn a_forum_of_two_hundred_people_gives_no_hit_no_entity_and_no_row() {
    let bench = Bench::new();
    let case = small_case(&bench);
    let people = people();
    assert_eq!(people.len(), 200);
    let posts: String = people
        .iter()
        .map(|name| format!("<p>{name}: dank je, tot morgen op het feest van de vereniging.</p><p>{name} 写道：谢谢大家，明天见。</p>"))
        .collect();
    let page = format!(
        "<!doctype html><html lang=nl><head><meta charset=utf-8><title>Forum van Halvoort</title></head>\
         <body><main><h1>Forum van Halvoort</h1><p>Alle namen hier zijn verzonnen.</p>{posts}</main></body></html>"
    );
    let forum = bench.write("forum.html", page);
    bench.run(&["add", &case, &forum, "--public"]).exits(0);
    bench.run(&["run", &case]).exits(0);

    let csv: String =
        std::iter::once("name\n".to_owned()).chain(people.iter().map(|n| format!("{n}\n"))).collect();
    let ftm: String = people
        .iter()
        .enumerate()
        .map(|(n, name)| {
            let address = json!({"id": format!("p{n}-a"), "schema": "Address", "properties": {"full": [format!("Zilverpad {n}, Halvoort")]}});
            format!("{}\n{address}\n", json!({"id": format!("p{n}"), "schema": "Person", "properties": {"name": [name], "addressEntity": [format!("p{n}-a")]}}))
        })
        .collect();
    let (csv, ftm) = (bench.write("list.csv", csv), bench.write("list.ftm.jsonl", ftm));
    for list in [&csv, &ftm] {
        assert_eq!(
            bench.run(&["xref", &case, list, "--json"]).exits(0).lines(),
            Vec::<Value>::new(),
            "{list}"
        );
    }
    // What was compared by mistake can be forgotten for good, with every entry about it.
    bench.run(&["forget", &case, "list.csv", "--reason", "no business of ours", "--yes"]).exits(0);
    let left = support::occurrences(&case, &["Orsa Costerry".to_owned()]);
    assert!(left.iter().all(|place| !place.contains("chain") && !place.contains("bodies")), "{left:?}");
    assert_eq!(entries(&bench, &case, "xref").iter().filter(|use_| use_["body"].is_null()).count(), 1);
    bench.run(&["verify", &case, "--allow-unsigned"]).exits(0);
    // Imported they are kept as bytes, and still nobody is an entity.
    let line = bench.run(&["import", &case, "ftm", &ftm, "--json"]).exits(0).line();
    assert_eq!((&line["in"], &line["held_back"]), (&json!(400), &json!(400)));
    assert_eq!(bench.run(&["xref", &case, &csv, "--json"]).exits(0).lines(), Vec::<Value>::new());

    let mut said = String::new();
    for args in
        [&["findings", &case, "--json"][..], &["claims", &case, "--json"], &["names", &case, "--json"]]
    {
        said += &bench.run(args).exits(0).out;
    }
    for format in ["ftm", "csv", "geojson", "graphml"] {
        let out = bench.at(&format!("forum-{format}.{format}"));
        bench.run(&["export", &case, "--format", format, "--out", &out, "--draft"]).exits(0);
        said += &std::fs::read_to_string(&out).expect("the export");
    }
    assert!(said.contains("Lindelaan"), "what is no private person's is there");
    let met: Vec<&String> = people.iter().filter(|name| said.contains(name.as_str())).collect();
    assert!(met.is_empty() && !said.contains("Zilverpad"), "{met:?}");
}

/// Invented entities: a body with what the model does not know, one inside another, one of an
/// unknown schema, a person, and a value that is none.
const ENTITIES: &str = concat!(
    r#"{"id":"lantern","schema":"Company","properties":{"name":["Lantern Trading BV"],"country":["Nederland"],"jurisdiction":["nl"],"lanternColour":["amber"],"incorporationDate":["2019-5-3","yesterday"]},"datasets":["invented"]}"#,
    "\n",
    r#"{"id":"lantern","schema":"Organization","properties":{"alias":["Lantern"]}}"#,
    "\n",
    r#"{"id":"ship","schema":"Vessel","properties":{"name":["Amber"],"flag":["nl"],"ownershipAsset":[{"id":"owns","schema":"Ownership","properties":{"owner":["lantern"],"percentage":["60"]}}]}}"#,
    "\n",
    r#"{"id":"lamp","schema":"Lamp","properties":{"name":["Lamp One"],"watt":[40]}}"#,
    "\n",
    r#"{"id":"ann","schema":"Person","properties":{"name":["Ann Example"],"addressEntity":["home"]}}"#,
    "\n",
    r#"{"id":"home","schema":"Address","properties":{"full":["Lampstraat 1, Lanternburg"]}}"#,
    "\nno line at all\n"
);

#[test]
fn entities_come_in_and_go_out_with_what_the_model_does_not_know() {
    let bench = Bench::new();
    let case = small_case(&bench);
    let file = bench.write("entities.ftm.jsonl", ENTITIES);
    let before = kept(&case);
    let dry = bench.run(&["import", &case, "ftm", &file, "--dry-run", "--json"]).exits(0).line();
    assert_eq!(kept(&case), before);
    let line = bench.run(&["import", &case, "ftm", &file, "--json"]).exits(0).line();
    assert_eq!(dry, line);
    has(&line, "in kept_unknown complaints");
    assert_eq!((&line["in"], &line["kept_unknown"], &line["held_back"]), (&json!(6), &json!(2), &json!(2)));
    let complaints = line["complaints"].to_string();
    for part in ["yesterday", "line 7", "persons"] {
        assert!(complaints.contains(part), "{part} is missing in {complaints}");
    }
    bench.run(&["import", &case, "ftm", &file]).exits(0);
    let imports = entries(&bench, &case, "import").len();
    assert_eq!(imports, 1, "the same file again adds nothing");
    bench.run(&["run", &case]).exits(0);

    let out = bench.at("out.ftm.jsonl");
    bench.run(&["export", &case, "--format", "ftm", "--out", &out, "--draft"]).exits(0);
    let find = |lines: &[Value], id: &str| lines.iter().find(|e| e["id"] == id).cloned();
    let lines = read_lines(&out);
    let company = find(&lines, "lantern").expect("the company");
    assert_eq!(company["schema"], "Company", "the finer schema of two parts");
    assert_eq!(company["properties"]["lanternColour"], json!(["amber"]));
    assert_eq!(company["properties"]["country"], json!(["nl"]));
    assert_eq!(company["properties"]["incorporationDate"], json!(["2019-05-03"]));
    assert_eq!(company["properties"]["alias"], json!(["Lantern"]));
    assert_eq!(company["datasets"], json!(["invented"]));
    let owns = find(&lines, "owns").expect("the entity inside another");
    assert_eq!(
        (&owns["properties"]["asset"], &owns["properties"]["owner"]),
        (&json!(["ship"]), &json!(["lantern"]))
    );
    let lamp = find(&lines, "lamp").expect("the entity of an unknown schema");
    assert_eq!(lamp["schema"], "Note", "it goes out as a note");
    assert!(
        find(&lines, "ann").is_none() && find(&lines, "home").is_none(),
        "a person and a dwelling do not"
    );

    // Into another case and out again: as lines and as statements the same entities.
    let statements = bench.at("out.csv");
    bench.run(&["export", &case, "--format", "ftm", "--out", &statements, "--draft"]).exits(0);
    for (name, from) in [("second", &out), ("third", &statements)] {
        let other = bench.case(name);
        bench.run(&["import", &other, "ftm", from, "--json"]).exits(0);
        let again = bench.at(&format!("{name}.jsonl"));
        bench.run(&["export", &other, "--format", "ftm", "--out", &again, "--draft"]).exits(0);
        let again = read_lines(&again);
        for id in ["lantern", "ship", "owns", "lamp"] {
            let (a, b) = (
                find(&lines, id).expect(id),
                find(&again, id).unwrap_or_else(|| panic!("{id} is lost in {name}")),
            );
            assert_eq!((&a["schema"], sorted(&a)), (&b["schema"], sorted(&b)), "{id}");
        }
    }
    // A note of ours becomes again what it carries.
    let hits = bench.write("lamps.csv", "name\nLamp One\n");
    let met = bench.run(&["xref", &case, &hits, "--json"]).exits(0).lines();
    assert_eq!(met.first().map(|hit| hit["entity"].clone()), Some(json!("lamp")));
}

/// Properties with their values in order.
fn sorted(entity: &Value) -> Vec<(String, Vec<String>)> {
    let properties = entity["properties"].as_object().expect("properties");
    let values = |value: &Value| {
        let mut values = strings(value);
        values.sort();
        values
    };
    properties.iter().map(|(name, value)| (name.clone(), values(value))).collect()
}

#[test]
fn the_reference_accepts_what_goes_out() {
    let test = "the_reference_accepts_what_goes_out";
    let Some(ftm) = oracles::tool(test, "ftm") else { return };
    let bench = Bench::new();
    let case = small_case(&bench);
    let file = bench.write("entities.ftm.jsonl", ENTITIES);
    bench.run(&["import", &case, "ftm", &file]).exits(0);
    let (lines, statements) = (bench.at("out.ftm.jsonl"), bench.at("out.csv"));
    for out in [&lines, &statements] {
        bench.run(&["export", &case, "--format", "ftm", "--out", out, "--draft"]).exits(0);
    }
    let ours = read_lines(&lines);
    // It drops what its model has not, and a number in a plan that is invented.
    let known = |entity: &Value| -> Vec<(String, Vec<String>)> {
        sorted(entity).into_iter().filter(|(name, _)| name != "lanternColour" && name != "phone").collect()
    };
    for (name, args) in [
        ("validate", ["validate", "-i", &lines, "-o"]),
        ("aggregate", ["aggregate", "-i", &lines, "-o"]),
        ("statements", ["aggregate-statements", "-i", &statements, "-o"]),
    ] {
        let theirs = bench.at(&format!("{name}.jsonl"));
        let mut args = args.to_vec();
        args.push(&theirs);
        if name == "statements" {
            args.extend(["-f", "csv"]);
        }
        assert!(oracles::content(&ftm, &args), "ftm {name} accepts it");
        let theirs = read_lines(&theirs);
        // Statements carry what the model has no property for in a note of its own.
        let notes = usize::from(name == "statements");
        assert_eq!(theirs.len(), ours.len() + notes, "ftm {name} keeps every entity");
        for entity in &ours {
            let same =
                theirs.iter().find(|e| e["id"] == entity["id"]).unwrap_or_else(|| panic!("{name}: {entity}"));
            assert_eq!((&same["schema"], known(same)), (&entity["schema"], known(entity)), "ftm {name}");
        }
    }
}

#[test]
fn registers_are_added_with_a_map_and_compared() {
    let bench = Bench::new();
    let case = bench.case("case");
    let map = bench.write("map.toml", "seat = \"Stad\"\nclass = \"Soort\"\nsending_state = \"Zendstaat\"\n");
    let older = bench.write(
        "2021.csv",
        "Zendstaat,Stad,Soort,Adres\nBrenmar,Halvoort,consulate,Kade 1\nBrenmar,Oostmeer,embassy,Plein 2\n",
    );
    let newer = bench.write(
        "2022.csv",
        "Soort;Zendstaat;Stad;Adres\nconsulate;Brenmar;Halvoort;Kade 9\nconsulate;Brenmar;Zuidhaven;Pier 3\n",
    );
    // Without the map the tool says which columns it needs, and keeps nothing.
    let before = kept(&case);
    let ran = bench.run(&["register", "add", &case, &older]).exits(1);
    assert!(ran.err.contains("Zendstaat") && ran.err.contains("--map"), "{}", ran.err);
    assert_eq!(kept(&case), before);
    let add = |file: &str, day: &str| {
        let args =
            ["register", "add", &case, file, "--name", "Posts", "--as-of", day, "--map", &map, "--json"];
        bench.run(&args).exits(0).line()
    };
    let (a, b) = (add(&older, "2021-01-01"), add(&newer, "2022-01-01"));
    has(&a, "register rows complaints");
    assert_eq!((&a["rows"], &a["complaints"]), (&json!(2), &json!([])));
    let listed = bench.run(&["register", "list", &case, "--json"]).exits(0).lines();
    assert_eq!(listed.len(), 2);
    let uses = entries(&bench, &case, "register");
    assert!(
        uses.iter().all(|u| u["body"]["capture"]["payload"].is_string() && u["body"]["map"].is_string()),
        "{uses:?}"
    );

    let ids = [&a["register"], &b["register"]].map(|id| id.as_str().expect("an id").to_owned());
    let by_id = bench.run(&["register", "diff", &case, &ids[0], &ids[1], "--json"]).exits(0).lines();
    let by_file = bench.run(&["register", "diff", &older, &newer, "--map", &map, "--json"]).exits(0).lines();
    assert_eq!(by_id, by_file);
    by_id.iter().for_each(|line| has(line, "row change before after"));
    let seen: Vec<_> = by_id.iter().map(|line| (line["row"].clone(), line["change"].clone())).collect();
    assert_eq!(seen, [(json!(2), json!("gone")), (json!(1), json!("changed")), (json!(2), json!("added"))]);
    assert_eq!(
        (&by_id[1]["before"]["Adres"], &by_id[1]["after"]["Adres"]),
        (&json!("Kade 1"), &json!("Kade 9"))
    );
    assert_eq!((&by_id[0]["after"], &by_id[2]["before"]), (&Value::Null, &Value::Null));
    let told = bench.run(&["register", "diff", &case, &ids[0], &ids[1]]).exits(0).out;
    assert!(told.contains("Kade 1 → Kade 9"), "{told}");

    let places = bench.write("places.csv", "Plaats,Soort,Land\nZuidhaven,city,Quelland\n");
    let of_places = bench.write("places.toml", "name = \"Plaats\"\nkind = \"Soort\"\ncountry = \"Land\"\n");
    bench.run(&["gazetteer", "add", &case, &places]).exits(1);
    let line =
        bench.run(&["gazetteer", "add", &case, &places, "--map", &of_places, "--json"]).exits(0).line();
    assert_eq!(line, json!({"rows": 1, "complaints": []}));
}
