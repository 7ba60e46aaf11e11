//! Asking the machines that `case.toml` names: what would be sent, the button that sends it, what came of it.
//!
//! Nothing leaves before a person has seen how much goes where. What comes back moves nothing by itself.

use crate::act;
use crate::desk::{Answered, Asking, Machine};
use crate::labels::machine::S;
use crate::labels::{L, form, show};
use crate::routes::{Ctx, lock};
use crate::{DeskError, job, words};
use maud::{Markup, html};
use plainsight_case::{AskMachine, Case, CaseError, Fetching, Progress};

/// What a machine would be sent; `allowed` are the hosts that may be asked although they are not public, none
/// where nothing may be asked from here.
pub(crate) fn asking(
    case: &Case,
    machine: Machine,
    what: &[String],
    allowed: Option<&[String]>,
) -> Result<Option<Asking>, CaseError> {
    let (service, checked, letters) = match machine {
        Machine::Model => {
            let Ok(model) = case.model() else { return Ok(None) };
            (model.clone(), model.check("model", allowed.unwrap_or_default()), case.letters(what, false)?)
        }
        Machine::Translator => {
            let Ok(translator) = case.translator() else { return Ok(None) };
            let checked = translator.check(allowed.unwrap_or_default());
            (translator.service(), checked, case.translation_letters(what, false)?)
        }
    };
    let trouble = match (allowed, checked.and_then(|()| service.secret())) {
        (None, _) => Some(S.no_way_out.to_owned()),
        (_, Err(why)) => Some(why.to_string()),
        _ => None,
    };
    Ok(Some(Asking {
        host: service.host(),
        name: service.name,
        questions: letters.len(),
        bytes: letters.iter().map(|letter| letter.body.len()).sum(),
        trouble,
    }))
}

/// Asks; a host that is not public and that a person allowed becomes an entry of the ledger.
pub(crate) fn ask(
    case: &mut Case,
    patient: &Fetching,
    (machine, what): (Machine, &[String]),
    author: &str,
    progress: &dyn Progress,
) -> Result<Answered, CaseError> {
    let wire = patient.collector.as_ref();
    let allowed = &patient.allow_private;
    let service = match machine {
        Machine::Model => case.model()?.clone(),
        Machine::Translator => case.translator()?.service(),
    };
    let key = service.secret()?;
    let key = key.as_deref();
    case.allow_private(patient, author)?;
    let ask = AskMachine { wire, key, allowed, what, again: false, author };
    let rows: Vec<(String, Vec<String>)> = match machine {
        Machine::Model => {
            case.propose(&ask, progress)?.into_iter().map(|row| (row.status, row.complaints)).collect()
        }
        Machine::Translator => {
            case.translate(&ask, progress)?.into_iter().map(|row| (row.status, row.complaints)).collect()
        }
    };
    let mut out = Answered::default();
    for (status, complaints) in rows {
        match status.as_str() {
            "failed" => out.failed.push(complaints.join("; ")),
            "known" => {}
            _ => out.answered += 1,
        }
    }
    Ok(out)
}

/// The panel with the button; nothing where `case.toml` names no such machine. `what` are documents or quotes.
pub(crate) fn panel(ctx: &Ctx, machine: Machine, what: &[String]) -> Result<Markup, DeskError> {
    let Some(asking) = ctx.desk().asking(machine, what)? else { return Ok(html! {}) };
    let (title, act, all_known, would) = match machine {
        Machine::Model => (S.ask_model, "ask-model", S.all_asked, S.would_send_documents),
        Machine::Translator => (S.ask_translator, "ask-translator", S.all_translated, S.would_send_quotes),
    };
    let nameless = lock(&ctx.app.author).is_empty();
    Ok(html! {
        section class="panel" id="machine" aria-label=(title) {
            p { b { (asking.name) } ": " code { (asking.host) } ". "
                @if asking.questions == 0 { (all_known) } @else {
                    (show(form(asking.questions, would), &[("n", &words::number(asking.questions as u64)), ("bytes", &words::number(asking.bytes as u64)), ("host", &html! { code { (asking.host) } })])) } }
            @if let Some(trouble) = &asking.trouble { p class="complaint" { (trouble) } }
            @else if asking.questions > 0 {
                form method="post" action=(ctx.to(act)) class="btns" {
                    (act::back(ctx))
                    @for id in what { input type="hidden" name="what" value=(id); }
                    @if nameless { input class="input name" name="reader" placeholder=(L.your_name) aria-label=(L.your_name) required autocomplete="off"; }
                    button class="btn" { (title) }
                    span class="small quiet" { (S.moves_nothing) }
                }
            }
        }
        (job::fragment(ctx))
    })
}
