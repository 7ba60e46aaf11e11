use super::*;
use crate::registers::{Listed, RegisterOptions, read_registers};

const LIST: &str = "register,as_of,complete,official,host_state,class,seat,address,closed_on\n\
    Consular list,2022-06-01,yes,yes,Netherlands,consulate,Rotterdam,Kadelaan 12,\n\
    Consular list,2022-06-01,yes,yes,Netherlands,service station,Utrecht,Wolweg 7,\n\
    Consular list,2022-06-01,yes,yes,Netherlands,service station,The Hague,,\n\
    Consular list,2022-06-01,yes,yes,Netherlands,service station,Rotterdam,Vlieland 3,2020-01-01\n";

fn post(city: &str, address: &str, day: &str) -> PostFacts {
    let gazetteer = Gazetteer::builtin();
    let city = gazetteer.by_key(city);
    PostFacts {
        country: city.and_then(|c| gazetteer.country_of(c)),
        city,
        addresses: [address.to_owned()].into_iter().filter(|a| !a.is_empty()).collect(),
        names: vec!["Overseas service station".into()],
        day: Day::parse(day),
        ..PostFacts::default()
    }
}

/// What registers answer whose rows are all held.
fn ask(post: &PostFacts, listed: &Vec<Listed>, gazetteer: &Gazetteer) -> Vec<Verdict> {
    let registers: Vec<Register> = listed.iter().map(|(register, _)| register.clone()).collect();
    let Ok(verdicts) = super::ask(post, &registers, listed, gazetteer);
    verdicts
}

fn list(options: &RegisterOptions, text: &str) -> Vec<Listed> {
    read_registers("list.csv", text.as_bytes(), options).0
}

#[test]
fn seat_address_class_and_date_decide_never_the_city_alone() {
    let registers = list(&RegisterOptions::default(), LIST);
    for (city, address, day, outcome) in [
        ("Netherlands/Utrecht", "Wolweg 7", "2021-05-01", "listed"),
        ("Netherlands/Utrecht", "7, Wolweg", "2021-05-01", "listed"),
        ("Netherlands/Utrecht", "Wolweg 9", "2021-05-01", "not listed"),
        // A consulate in the same house declares no station.
        ("Netherlands/Rotterdam", "Kadelaan 12", "2021-05-01", "not listed"),
        // The listed station there has closed.
        ("Netherlands/Rotterdam", "Vlieland 3", "2021-05-01", "not listed"),
        ("Netherlands/The Hague", "Duinpad 1", "2021-05-01", "cannot tell"),
        ("Netherlands/Utrecht", "", "2021-05-01", "cannot tell"),
        ("Netherlands/Utrecht", "Wolweg 9", "2023-01-01", "cannot tell"),
        ("Spain/Madrid", "Calle Uno 1", "2021-05-01", "cannot tell"),
    ] {
        let verdicts = ask(&post(city, address, day), &registers, Gazetteer::builtin());
        assert_eq!(verdicts.len(), 1);
        assert_eq!(verdicts[0].outcome.as_str(), outcome, "{city} {address} {day}: {}", verdicts[0].why);
    }
}

#[test]
fn a_miss_keeps_its_proof() {
    let registers = list(&RegisterOptions::default(), LIST);
    let verdict =
        &ask(&post("Netherlands/Utrecht", "Wolweg 9", "2021-05-01"), &registers, Gazetteer::builtin())[0];
    let Some(Proof::Miss { asked, snapshot, day }) = &verdict.proof else { panic!("a miss has a proof") };
    assert_eq!((snapshot, day.as_deref()), (&registers[0].0.snapshot, Some("2021-05-01")));
    for form in ["Overseas service station", "Wolweg 9", "Utrecht", "烏特勒支"] {
        assert!(asked.iter().any(|a| fold(a) == fold(form)), "{form} in {asked:?}");
    }
}

#[test]
fn only_an_official_and_complete_register_tells_by_silence() {
    let ask_one = |text: &str| {
        let registers = list(&RegisterOptions::default(), text);
        ask(&post("Netherlands/Utrecht", "Wolweg 9", "2021-05-01"), &registers, Gazetteer::builtin())[0]
            .outcome
    };
    assert_eq!(ask_one(LIST), Outcome::NotListed);
    assert_eq!(ask_one(&LIST.replace(",yes,yes,", ",no,yes,")), Outcome::CannotTell);
    assert_eq!(ask_one(&LIST.replace(",yes,yes,", ",yes,no,")), Outcome::CannotTell);
    assert_eq!(ask(&PostFacts::default(), &Vec::new(), Gazetteer::builtin())[0].outcome, Outcome::CannotTell);
}

#[test]
fn of_several_editions_the_one_that_fits_the_day_answers() {
    let old = LIST.replace("2022-06-01", "2019-01-01").replace("Wolweg 7", "Wolweg 9");
    let mut registers = list(&RegisterOptions::default(), LIST);
    registers.extend(list(&RegisterOptions::default(), &old));
    let on = |day| ask(&post("Netherlands/Utrecht", "Wolweg 9", day), &registers, Gazetteer::builtin());
    assert_eq!(
        (on("2018-06-18")[0].outcome, on("2021-01-01")[0].outcome),
        (Outcome::Listed, Outcome::NotListed)
    );
}
