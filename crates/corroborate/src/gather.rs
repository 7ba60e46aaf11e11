//! Frames to claims with their evidence, before origins and grades.

use crate::counters::{counter, spellings, wrong_join};
use crate::statements::{POST_SLOTS, said, slots, statements};
use crate::view::View;
use plainsight_model::{CountOf, DocumentId, Frame, Predicate, Quote, Side, Span, Stance, Subject};
use plainsight_text::fold;
use std::collections::{BTreeMap, BTreeSet};

/// A claim in the making.
#[derive(Clone)]
pub(crate) struct Draft {
    pub subject: Subject,
    pub predicate: Predicate,
    pub object_key: String,
    /// The spellings of the object, with how often each stands there.
    pub objects: BTreeMap<String, usize>,
    pub valid: Option<String>,
    pub count: Option<CountOf>,
    pub items: Vec<Item>,
    /// The earliest day of a document that supports it.
    pub first_day: Option<String>,
    /// Agency keys of the post's operators.
    pub operators: BTreeSet<String>,
}

/// A quote for or against a claim.
#[derive(Clone)]
pub(crate) struct Item {
    pub document: usize,
    pub frame: usize,
    pub quote: Quote,
    pub stance: Stance,
    pub speaker: Option<Speaker>,
    /// On which side whoever says it stands.
    pub side: Side,
    /// A party's bare denial.
    pub denial: bool,
    /// A record of a register.
    pub record: bool,
    /// Taken back by its own publisher.
    pub taken_back: bool,
}

/// Who is credited in the sentence.
#[derive(Clone)]
pub(crate) struct Speaker {
    pub text: String,
    pub key: Option<String>,
    pub verbatim: bool,
}

impl Item {
    /// The same quote with another stance; a party that says no denies.
    fn with(&self, stance: Stance) -> Self {
        let denial = stance == Stance::Contradicts && is_party(self.side);
        Self { stance, denial, ..self.clone() }
    }
}

impl Draft {
    /// Tells whether nobody but parties supports it.
    pub fn only_parties(&self) -> bool {
        let mut supporting = self.items.iter().filter(|i| i.stance == Stance::Supports).peekable();
        supporting.peek().is_some() && supporting.all(|i| is_party(i.side))
    }
}

/// A body with an interest in the answer.
pub(crate) fn is_party(side: Side) -> bool {
    matches!(side, Side::SendingBody | Side::SendingMission | Side::HostBody)
}

type Key = (String, Predicate, String);

/// Makes the drafts of a case, by subject, predicate and object.
pub(crate) fn gather(view: &View<'_>) -> Vec<Draft> {
    let mut drafts = Drafts { view, all: BTreeMap::new(), spellings: spellings(view) };
    let mut posts: Vec<_> = view.input.posts.iter().collect();
    posts.sort_by(|a, b| (&a.key, a.id).cmp(&(&b.key, b.id)));
    let mut post_of: BTreeMap<(DocumentId, usize), Subject> = BTreeMap::new();
    for post in posts {
        let subject = Subject { key: post.key.clone(), text: post.text.clone(), post: Some(post.id) };
        let mut frames = post.frames.clone();
        frames.sort();
        frames.dedup();
        for place in &frames {
            post_of.entry(*place).or_insert_with(|| subject.clone());
        }
        drafts.post(&subject, &frames);
    }
    drafts.errors(&post_of);
    drafts.free_frames(&post_of);
    drafts.registers();
    let mut all: Vec<Draft> = drafts.all.into_values().collect();
    for draft in &mut all {
        finish(draft, view);
    }
    // A claim that nothing supports or contradicts is only named: it stays if a mention carries it.
    all.retain(|d| !d.items.is_empty());
    all
}

fn finish(draft: &mut Draft, view: &View<'_>) {
    draft.items.sort_by(|a, b| {
        (a.document, a.quote.span, a.frame, a.stance, a.speaker.as_ref().map(|s| &s.text)).cmp(&(
            b.document,
            b.quote.span,
            b.frame,
            b.stance,
            b.speaker.as_ref().map(|s| &s.text),
        ))
    });
    // One quote counts once, however many frames of its sentence say so.
    draft.items.dedup_by(|b, a| a.quote.id == b.quote.id && a.stance == b.stance);
    draft.first_day = (draft.items.iter())
        .filter(|i| i.stance == Stance::Supports)
        .filter_map(|i| view.documents[i.document].day())
        .min()
        .map(str::to_owned);
}

struct Drafts<'v, 'a> {
    view: &'v View<'a>,
    all: BTreeMap<Key, Draft>,
    spellings: BTreeMap<String, String>,
}

impl Drafts<'_, '_> {
    fn post(&mut self, subject: &Subject, frames: &[(DocumentId, usize)]) {
        let view = self.view;
        let held: Vec<(usize, usize, &Frame)> = frames
            .iter()
            .filter(|place| !view.errors.contains_key(place))
            .filter_map(|(id, frame)| view.frame(id, *frame).map(|(n, f)| (n, *frame, f)))
            .collect();
        let operators: BTreeSet<String> = held
            .iter()
            .flat_map(|(_, _, f)| slots(f, "operator"))
            .filter(|s| !s.key.is_empty())
            .map(|s| s.key.clone())
            .collect();
        for (document, number, frame) in &held {
            let Some(item) = self.item(*document, *number, frame.span, frame) else { continue };
            self.statement(subject, &item, frame, &held, &operators);
        }
    }

    /// Adds what one frame says about a post.
    fn statement(
        &mut self,
        subject: &Subject,
        item: &Item,
        frame: &Frame,
        all: &[(usize, usize, &Frame)],
        operators: &BTreeSet<String>,
    ) {
        for said in statements(item, frame, all) {
            let draft = self.draft(subject, said.predicate, &said.key, &said.object, operators);
            draft.valid = draft.valid.take().or(said.valid);
            draft.items.push(item.with(said.stance));
        }
    }

    /// A copying error is a mention of the true claim; all else that the frame says stands, as far
    /// as the text says so that it copies.
    fn errors(&mut self, post_of: &BTreeMap<(DocumentId, usize), Subject>) {
        let view = self.view;
        for error in view.errors.values() {
            let Some(subject) = post_of.get(&error.like) else { continue };
            let Some((document, frame)) = view.frame(&error.document, error.frame) else { continue };
            let Some(item) = self.item(document, error.frame, frame.span, frame) else { continue };
            let predicate = POST_SLOTS.iter().find(|(slot, _)| *slot == error.slot).map(|(_, p)| *p);
            let mention = predicate.map(|p| (p, error.right.clone(), Stance::Mentions));
            let mut sound = frame.clone();
            if let Some(fills) = sound.slots.get_mut(&error.slot) {
                fills.retain(|slot| slot.key != error.wrong);
            }
            let frames = view.documents[document].findings.frames.iter().enumerate();
            let all: Vec<_> = frames.map(|(number, f)| (document, number, f)).collect();
            let said = statements(&item, &sound, &all).into_iter().map(|s| (s.predicate, s.key, s.stance));
            for (predicate, key, stance) in said.chain(mention) {
                if let Some(draft) = self.all.get_mut(&(subject.key.clone(), predicate, key)) {
                    draft.items.push(item.with(stance));
                }
            }
        }
    }

    /// Counts, and pressure that no post is bound to.
    fn free_frames(&mut self, post_of: &BTreeMap<(DocumentId, usize), Subject>) {
        let view = self.view;
        for (document, input) in view.documents.iter().enumerate() {
            for (number, frame) in input.findings.frames.iter().enumerate() {
                let place = (input.document.id, number);
                let Some(item) = self.item(document, number, frame.span, frame) else { continue };
                match frame.kind.as_str() {
                    "count" => self.counts(&item, frame),
                    "pressure" if !post_of.contains_key(&place) => self.pressure(&item, frame),
                    _ => {}
                }
            }
        }
    }

    fn pressure(&mut self, item: &Item, frame: &Frame) {
        let Some(by) = slots(frame, "by").find(|s| !s.key.is_empty()) else { return };
        let subject = Subject { key: format!("by|{}", by.key), text: by.text.clone(), post: None };
        for act in slots(frame, "act").filter(|s| !s.key.is_empty()) {
            let draft = self.draft(&subject, Predicate::PressureBy, &act.key, &act.text, &BTreeSet::new());
            draft.items.push(Item { stance: said(frame), ..item.clone() });
        }
    }

    fn counts(&mut self, item: &Item, frame: &Frame) {
        let view = self.view;
        let counter = counter(view, item, frame);
        for value in slots(frame, "count") {
            let Some((number, unit)) = value.key.split_once('|') else { continue };
            let joined = wrong_join(view, item, frame, counter.as_ref(), value);
            let number = joined.as_deref().unwrap_or(number);
            let name = counter.as_ref().map_or("unstated", |c| c.0.as_str());
            let shown = counter.as_ref().map(|c| self.spellings.get(&c.0).unwrap_or(&c.1).clone());
            let text = shown.clone().unwrap_or_else(|| "somebody who is not named".to_owned());
            let subject = Subject {
                key: format!("count|{name}|{unit}"),
                text: format!("{unit} as {text} counts them"),
                post: None,
            };
            let as_of = slots(frame, "as_of").next().map(|s| s.key.clone()).filter(|k| !k.is_empty());
            let draft = self.draft(&subject, Predicate::Count, number, number, &BTreeSet::new());
            let stance = if joined.is_some() { Stance::Mentions } else { said(frame) };
            draft.items.push(Item { stance, ..item.clone() });
            let count = draft.count.get_or_insert_with(|| CountOf {
                unit: unit.to_owned(),
                counter: None,
                definition: None,
                as_of: None,
            });
            // The smallest spelling and the earliest day, so that the order of documents changes nothing.
            count.counter = count.counter.take().into_iter().chain(shown).min();
            count.as_of = count.as_of.take().into_iter().chain(as_of).min();
            draft.valid.clone_from(&count.as_of);
        }
    }

    fn registers(&mut self) {
        let view = self.view;
        for fact in view.input.registers {
            let Some(post) = view.input.posts.iter().find(|p| p.id == fact.post) else { continue };
            let subject = Subject { key: post.key.clone(), text: post.text.clone(), post: Some(post.id) };
            let Some(document) = view.number(&fact.quote.document) else { continue };
            let name = fold(&fact.register);
            for listed in [true, false] {
                let (key, object) = if listed {
                    (format!("{name}|yes"), fact.register.clone())
                } else {
                    (format!("{name}|no"), format!("not {}", fact.register))
                };
                if listed != fact.listed {
                    continue;
                }
                let draft =
                    self.draft(&subject, Predicate::ListedInRegister, &key, &object, &BTreeSet::new());
                draft.valid = draft.valid.take().or_else(|| fact.day.clone());
                draft.items.push(Item {
                    document,
                    frame: usize::MAX,
                    quote: fact.quote.clone(),
                    stance: Stance::Supports,
                    speaker: None,
                    side: Side::HostState,
                    denial: false,
                    record: fact.record,
                    taken_back: false,
                });
            }
        }
    }

    fn item(&self, document: usize, frame: usize, span: Span, of: &Frame) -> Option<Item> {
        let input = self.view.documents[document];
        let quote = Quote::cut(input.document.id, &input.document.text, span)?;
        let speaker = of.voice.speaker.as_ref().map(|text| Speaker {
            text: text.clone(),
            key: of.voice.key.clone().filter(|k| !k.is_empty()),
            verbatim: of.voice.verbatim,
        });
        let side = if speaker.is_some() { of.voice.side } else { input.side() };
        let (denial, record, taken_back) = (false, false, false);
        Some(Item {
            document,
            frame,
            quote,
            stance: Stance::Supports,
            speaker,
            side,
            denial,
            record,
            taken_back,
        })
    }

    fn draft(
        &mut self,
        subject: &Subject,
        predicate: Predicate,
        key: &str,
        object: &str,
        operators: &BTreeSet<String>,
    ) -> &mut Draft {
        let draft =
            self.all.entry((subject.key.clone(), predicate, key.to_owned())).or_insert_with(|| Draft {
                subject: subject.clone(),
                predicate,
                object_key: key.to_owned(),
                objects: BTreeMap::new(),
                valid: None,
                count: None,
                items: Vec::new(),
                first_day: None,
                operators: operators.clone(),
            });
        *draft.objects.entry(object.to_owned()).or_default() += 1;
        draft
    }
}
