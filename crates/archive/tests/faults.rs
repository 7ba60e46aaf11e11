//! A disk that says no (row R3 of the evidence), and a machine that falls (R2):
//! nothing that was acknowledged is lost, and nothing half is to be seen.
//! `PLAINSIGHT_CRASH_SEED` draws other falls. All texts are invented.

mod common;

use common::faulty::{Dice, Fails, FaultyStore};
use common::*;
use plainsight_archive::{
    Archive, ArchiveError, Entry, EntryKind, Exchange, ForgetPlan, Ledger, Limits, PersonKey, Tombstone,
    Verdict, captures, hash_file, verify,
};
use plainsight_model::{Digest, RecordPlace};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Falls of the machine that are played.
const FALLS: usize = 1000;

/// Small, so that the scenario fills several files.
const ROLL: u64 = 2500;

/// What was acknowledged.
#[derive(Clone, Debug)]
enum Acknowledged {
    /// Archive and ledger.
    Made,
    /// A record with its payload.
    Record(RecordPlace, Vec<u8>),
    /// A received file.
    File(String, Digest),
    /// A line of the chain with its number.
    Entry(u64, String),
    /// Forgetting began: what is in the plan may be gone.
    Forgetting,
    /// Forgetting is done: what is in the plan has to be gone.
    Forgotten,
}

/// A case on a faulty disk, and what it acknowledged at which moment.
struct World {
    root: PathBuf,
    store: FaultyStore,
    archive: Option<Archive>,
    ledger: Option<Ledger>,
    acknowledged: Vec<(usize, Acknowledged)>,
    plan: Option<ForgetPlan>,
}

/// Steps of the scenario.
const STEPS: usize = 11;

/// The step whose capture is forgotten.
const GONE: usize = 3;

impl World {
    fn new(root: &Path, fails: Fails) -> Self {
        let store = FaultyStore::new(fails);
        let (acknowledged, plan) = (Vec::new(), None);
        Self { root: root.join("case"), store, archive: None, ledger: None, acknowledged, plan }
    }

    fn acknowledge(&mut self, what: Acknowledged) {
        self.acknowledged.push((self.store.moment(), what));
    }

    fn archive(&mut self) -> &mut Archive {
        self.archive.as_mut().expect("made by an earlier step")
    }

    /// Appends entries, signed by one person in the first half and another in the second.
    fn log(&mut self, step: usize, kind: EntryKind, bodies: Vec<Value>) -> Result<Vec<u64>, ArchiveError> {
        let ledger = self.ledger.as_mut().expect("made by an earlier step");
        if step >= 5 {
            ledger.sign_with(key(usize::from(step >= 8)));
        }
        let entry = |body| Entry { kind, author: "Ilse Vonk".into(), time: DAY.into(), body };
        let appended = ledger.append_all(bodies.into_iter().map(entry).collect())?;
        for line in &appended {
            self.acknowledge(Acknowledged::Entry(line.line.number, line.text.clone()));
        }
        Ok(appended.iter().map(|line| line.line.number).collect())
    }

    fn keep(&mut self, step: usize, count: usize) -> Result<(), ArchiveError> {
        let texts: Vec<Vec<u8>> = (0..count).map(|number| text(step, number)).collect();
        let uri = format!("file:///{step}.txt");
        let resources: Vec<_> = texts.iter().map(|text| resource(text, &uri)).collect();
        let places = self.archive().put_all(&resources)?;
        let mut bodies = Vec::new();
        for (place, text) in places.into_iter().zip(texts) {
            bodies.push(capture_body(&place, &text));
            self.acknowledge(Acknowledged::Record(place, text));
        }
        self.log(step, EntryKind::Capture, bodies)?;
        Ok(())
    }

    fn forget(&mut self, step: usize) -> Result<(), ArchiveError> {
        if self.plan.is_none() {
            let gone = text(GONE, 0);
            let places: Vec<RecordPlace> = self
                .acknowledged
                .iter()
                .filter_map(|(_, it)| match it {
                    Acknowledged::Record(place, text) if *text == gone => Some(place.clone()),
                    _ => None,
                })
                .chain(self.received_record())
                .collect();
            self.plan = Some(self.archive().reader().plan_forget(&places)?);
        }
        let plan = self.plan.clone().expect("just made");
        let ledger = self.ledger.as_ref().expect("made by an earlier step");
        let names = |body: &Value| {
            let id = body["place"]["record_id"].as_str().unwrap_or("?");
            plan.record_ids().iter().any(|gone| gone == id) || body["file"].is_string()
        };
        let entries: Vec<u64> = (1..=ledger.size())
            .filter(|number| ledger.body(*number).is_some_and(|body| names(&body)))
            .collect();
        let body = json!({"entries": entries, "records": plan.record_ids(), "received": plan.received, "reason": "op verzoek"});
        self.acknowledge(Acknowledged::Forgetting);
        self.log(step, EntryKind::Forget, vec![body])?;
        let words = ["bron".to_owned()];
        let stone = Tombstone { time: DAY, reason: "op verzoek", who: "Ilse Vonk", words: &words };
        self.archive().forget(&plan, &stone)?;
        self.ledger.as_mut().expect("made").destroy(&entries)?;
        self.acknowledge(Acknowledged::Forgotten);
        Ok(())
    }

    /// A record of the received file.
    fn received_record(&self) -> Option<RecordPlace> {
        let file = self.acknowledged.iter().find_map(|(_, it)| match it {
            Acknowledged::File(file, _) => Some(file),
            _ => None,
        })?;
        let mut found = None;
        captures(&self.root.join("archive").join(file), file, &Limits::default(), &mut |capture| {
            found.get_or_insert(capture.record);
        })
        .expect("opened");
        found
    }

    fn step(&mut self, step: usize) -> Result<(), ArchiveError> {
        let store = || Arc::new(self.store.clone());
        match step {
            0 => {
                std::fs::create_dir_all(&self.root).expect("a folder");
                let archive = Archive::create_in(&self.root.join("archive"), store())?;
                self.archive = Some(archive.with_roll(ROLL).with_ids(counting()));
            }
            1 => {
                self.ledger = Some(Ledger::create_in(&self.root.join("ledger"), "zilverhaven", store())?);
                self.acknowledge(Acknowledged::Made);
            }
            5 => self.keep(step, 6)?,
            6 => {
                let kept = self.archive().put_exchanges(&[exchange(), exchange()])?;
                let places = kept.into_iter().filter_map(|kept| kept.response);
                let mut bodies = Vec::new();
                for place in places {
                    bodies.push(capture_body(&place, b"blad"));
                    self.acknowledge(Acknowledged::Record(place, b"blad".to_vec()));
                }
                self.log(step, EntryKind::Capture, bodies)?;
            }
            7 => {
                let source = source(&self.root);
                let (file, digest) = self.archive().receive(&source, "bron.warc.gz")?;
                self.acknowledge(Acknowledged::File(file.clone(), digest));
                self.log(step, EntryKind::Import, vec![json!({"file": file, "sha256": digest.hex()})])?;
            }
            8 => {
                let bodies = (0..3).map(|number| json!({"answer": "confirm", "reason": number})).collect();
                self.log(step, EntryKind::Decision, bodies)?;
            }
            9 => self.forget(step)?,
            _ => self.keep(step, 1)?,
        }
        Ok(())
    }

    /// The process ends, and another one opens the case.
    fn reopen(&mut self) {
        (self.archive, self.ledger) = (None, None);
        if self.acknowledged.iter().any(|(_, it)| matches!(it, Acknowledged::Made)) {
            let store = || Arc::new(self.store.clone());
            let archive = Archive::open_in(&self.root.join("archive"), store()).expect("opens again");
            // Ids that no earlier process drew.
            let first = self.store.count() as u128;
            let mut number = first << 64;
            self.archive = Some(archive.with_roll(ROLL).with_ids(move || {
                number += 1;
                number.to_be_bytes()
            }));
            self.ledger = Some(Ledger::open_in(&self.root.join("ledger"), store()).expect("opens again"));
        }
    }
}

/// The payload of a record: noise, so that it takes its room when packed.
fn text(step: usize, number: usize) -> Vec<u8> {
    let mut dice = Dice((step * 100 + number) as u64);
    (0..300).map(|_| dice.below(256) as u8).collect()
}

fn exchange() -> Exchange {
    Exchange {
        uri: "http://zilverhaven.example/blad".into(),
        date: DAY.into(),
        request: b"GET /blad HTTP/1.1\r\nHost: zilverhaven.example\r\n\r\n".to_vec(),
        response: b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n\r\nblad".to_vec(),
        facts: "server-clock: 2022-05-06T07:08:11Z\r\n".into(),
        ..Exchange::default()
    }
}

/// A sound WARC that somebody hands over.
fn source(root: &Path) -> PathBuf {
    static BYTES: std::sync::OnceLock<Vec<u8>> = std::sync::OnceLock::new();
    let bytes = BYTES.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut archive = Archive::create(&folder.path().join("a")).expect("created");
        for number in 0..3 {
            archive.put(&resource(&text(20, number), "file:///bron.txt")).expect("kept");
        }
        std::fs::read(folder.path().join("a/plainsight-00001.warc.gz")).expect("readable")
    });
    let path = root.with_file_name("bron.warc.gz");
    std::fs::write(&path, bytes).expect("written");
    path
}

fn key(number: usize) -> PersonKey {
    static KEYS: std::sync::OnceLock<[PersonKey; 2]> = std::sync::OnceLock::new();
    let draw = |name| PersonKey::draw(Some(name)).expect("drawn");
    let keys = KEYS.get_or_init(|| ["ilse", "teun"].map(draw));
    keys[number].clone()
}

/// Looks at a case that was opened again: everything that was acknowledged is
/// there, and nothing that is there is half.
fn look(root: &Path, acknowledged: &[Acknowledged], plan: Option<&ForgetPlan>, when: &str) {
    let archive = Archive::open_in(&root.join("archive"), Arc::new(FaultyStore::new(Fails::Never)));
    let archive = archive.unwrap_or_else(|why| panic!("{when}: {why}"));
    let ledger = Ledger::open_in(&root.join("ledger"), Arc::new(FaultyStore::new(Fails::Never)));
    let ledger = ledger.unwrap_or_else(|why| panic!("{when}: {why}"));
    let verified = verify(root);
    assert!(matches!(verified.verdict, Verdict::Valid | Verdict::Unsigned), "{when}: {verified:?}");
    let open = ["ledger-unnamed", "ledger-signature"];
    let wrong: Vec<_> = verified.faults.iter().filter(|fault| !open.contains(&fault.rule.as_str())).collect();
    assert!(wrong.is_empty(), "{when}: {wrong:?}");
    let may_be_gone = acknowledged.iter().any(|it| matches!(it, Acknowledged::Forgetting));
    let is_gone = acknowledged.iter().any(|it| matches!(it, Acknowledged::Forgotten));
    let gone = plan.filter(|_| may_be_gone).map(ForgetPlan::record_ids).unwrap_or_default();
    for it in acknowledged {
        match it {
            Acknowledged::Record(place, text) => match archive.payload(place) {
                Ok(found) => {
                    assert_eq!(&found, text, "{when}: {place:?}");
                    assert!(!is_gone || !gone.contains(&place.record_id), "{when}: {place:?} is still there");
                }
                Err(ArchiveError::Forgotten { .. }) if gone.contains(&place.record_id) => {}
                Err(why) => panic!("{when}: {why}"),
            },
            Acknowledged::File(file, digest) if !may_be_gone => {
                let found = hash_file(&root.join("archive").join(file));
                assert_eq!(found.ok(), Some(*digest), "{when}: {file}");
            }
            Acknowledged::Entry(number, text) => {
                let line = ledger.entries().get(*number as usize - 1).map(|line| &line.text);
                assert_eq!(line, Some(text), "{when}: entry {number}");
            }
            Acknowledged::Made
            | Acknowledged::File(..)
            | Acknowledged::Forgetting
            | Acknowledged::Forgotten => {}
        }
    }
}

fn everything(world: &World) -> Vec<Acknowledged> {
    world.acknowledged.iter().map(|(_, it)| it.clone()).collect()
}

/// Runs the scenario on a disk of which a step fails; gives whether one did.
fn with_fault(fails: Fails, number: usize) -> bool {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut world = World::new(folder.path(), fails);
    let mut faults = 0;
    for step in 0..STEPS {
        let when = format!("{fails:?}, in step {step}");
        let Err(why) = world.step(step) else { continue };
        faults += 1;
        let ArchiveError::Io { path, .. } = &why else { panic!("{when}: {why}") };
        assert!(path.starts_with(&world.root), "{when}: {why}");
        world.store.heal();
        if matches!(fails, Fails::From(_)) {
            world.reopen();
            if world.ledger.take().and(world.archive.take()).is_some() {
                look(&world.root, &everything(&world), world.plan.as_ref(), &when);
            }
            world.reopen();
            if world.archive.is_none() && step > 0 {
                world.archive = Some(Archive::open(&world.root.join("archive")).expect("opens again"));
            }
        }
        if matches!(fails, Fails::While(_)) && world.ledger.is_some() {
            // Shorter than what failed: nothing of that may stay behind it.
            world.log(step, EntryKind::Vault, vec![json!({})]).expect("the disk is well again");
            let verified = verify(&world.root);
            let torn = verified.faults.iter().find(|fault| fault.rule == "ledger-chain");
            assert!(torn.is_none(), "{when}: {torn:?}");
        }
        world.step(step).unwrap_or_else(|why| panic!("{when}, the second time: {why}"));
    }
    let failed = world.store.count() >= number;
    assert_eq!(faults, usize::from(failed), "{fails:?}: a fault is told, once");
    (world.archive, world.ledger) = (None, None);
    look(&world.root, &everything(&world), world.plan.as_ref(), &format!("{fails:?}, in the end"));
    failed
}

#[test]
fn whichever_step_of_the_disk_fails_it_is_told_and_nothing_is_lost() {
    for fails in [Fails::Once as fn(usize) -> Fails, Fails::From, Fails::While] {
        let mut number = 1;
        while with_fault(fails(number), number) {
            number += 1;
        }
        assert!(number > 150, "the scenario has {number} steps");
    }
}

#[test]
fn wherever_the_machine_falls_what_was_acknowledged_stays() {
    let seed = std::env::var("PLAINSIGHT_CRASH_SEED").ok().and_then(|text| text.parse().ok()).unwrap_or(1);
    eprintln!("{FALLS} falls; others with PLAINSIGHT_CRASH_SEED, this was {seed}");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut world = World::new(folder.path(), Fails::Never);
    for step in 0..STEPS {
        world.step(step).expect("nothing fails");
    }
    (world.archive, world.ledger) = (None, None);
    let (mut dice, mut looked) = (Dice(seed), 0);
    for fall in 0..FALLS {
        let moment = dice.below(world.store.moment() + 1);
        let when = format!("seed {seed}, fall {fall}, after step {moment} of the disk");
        let so_far = world.acknowledged.iter().filter(|(at, _)| *at <= moment);
        let so_far: Vec<Acknowledged> = so_far.map(|(_, it)| it.clone()).collect();
        let fallen = tempfile::tempdir().expect("a temporary folder");
        world.store.fall(moment, &world.root, fallen.path(), &mut dice);
        if so_far.is_empty() {
            continue;
        }
        looked += 1;
        look(fallen.path(), &so_far, world.plan.as_ref(), &when);
        // Work goes on, and what stood stays; a part of the falls is enough to show it.
        if fall % 4 != 0 {
            continue;
        }
        let mut archive = Archive::open(&fallen.path().join("archive")).expect("opens");
        let mut ledger = Ledger::open(&fallen.path().join("ledger")).expect("opens");
        let place = archive.put(&resource(b"na de val", "file:///na.txt")).expect("kept");
        log(&mut ledger, EntryKind::Capture, capture_body(&place, b"na de val"));
        drop((archive, ledger));
        look(fallen.path(), &so_far, world.plan.as_ref(), &format!("{when}, and work went on"));
    }
    assert!(looked > FALLS * 8 / 10, "only {looked} falls came after the case was made");
}
