//! Every address of the interface in one table, and how an answer goes out.

use crate::door::{self, Doors, OneTime};
use crate::job::Job;
use crate::labels::{self, Language};
use crate::query::Query;
use crate::{
    Desk, DeskError, Seal, act, assets, claim, claims, document, dossier, entities, entity, inert, ledger,
    map_page, names, network, overview, pair, post, posts, proposed, register, registers, replies, search,
    shell, sources, timeline, to_read, upload,
};
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::response::Response;
use axum::{Router, body};
use maud::Markup;
use plainsight_case::views::Overview;
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

/// The largest form, in bytes; files come in another way.
const FORM_BOUND: usize = 64 * 1024;
/// How long a form may take to arrive.
const FORM_TIME: Duration = Duration::from_secs(30);

/// What the interface keeps while it runs; nothing of it outlives the process.
pub(crate) struct App {
    pub(crate) desk: Arc<dyn Desk>,
    pub(crate) doors: Doors,
    pub(crate) author: Mutex<String>,
    /// The language that a person chose for the labels; else the browser tells.
    pub(crate) language: Mutex<Option<Language>>,
    pub(crate) last: Mutex<Option<act::Last>>,
    pub(crate) job: Mutex<Option<Arc<Job>>>,
    pub(crate) seal: Mutex<Option<(Seal, String)>>,
    one_time: Mutex<Option<OneTime>>,
}

impl App {
    pub(crate) fn new(desk: Arc<dyn Desk>, doors: Doors, author: String, one_time: Option<OneTime>) -> Self {
        Self {
            desk,
            doors,
            author: Mutex::new(author),
            language: Mutex::default(),
            last: Mutex::default(),
            job: Mutex::default(),
            seal: Mutex::default(),
            one_time: Mutex::new(one_time),
        }
    }
}

/// A lock that a panicked thread left behind still holds a whole value here.
pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}

/// What a page knows of its request.
pub(crate) struct Ctx<'a> {
    pub(crate) app: &'a Arc<App>,
    /// The path below the secret, without a leading slash.
    pub(crate) path: &'a str,
    pub(crate) query: Query,
}

impl Ctx<'_> {
    pub(crate) fn desk(&self) -> &dyn Desk {
        &*self.app.desk
    }
    /// The counts of the rail and of the first page, as they are now.
    pub(crate) fn counts(&self) -> Result<Overview, DeskError> {
        self.desk().overview()
    }
    /// An address of this interface.
    pub(crate) fn to(&self, path: &str) -> String {
        format!("/{}/{path}", self.app.doors.secret)
    }
    /// An address of archived bytes.
    pub(crate) fn foreign(&self, path: &str) -> String {
        format!("/{}/{path}", self.app.doors.frame)
    }
}

/// An answer before it becomes HTTP.
pub(crate) struct Reply {
    status: StatusCode,
    media: String,
    body: Vec<u8>,
    location: Option<String>,
    file_name: Option<String>,
    foreign: bool,
}

impl Reply {
    pub(crate) fn page(markup: Markup) -> Self {
        Self::bytes("text/html; charset=utf-8", markup.into_string().into_bytes())
    }
    pub(crate) fn bytes(media: &str, body: Vec<u8>) -> Self {
        Self {
            status: StatusCode::OK,
            media: media.to_owned(),
            body,
            location: None,
            file_name: None,
            foreign: false,
        }
    }
    /// A file to keep; `name` is ours, never somebody else's.
    pub(crate) fn csv(name: &str, body: Vec<u8>) -> Self {
        Self::file(name, "text/csv; charset=utf-8", body)
    }
    /// The same of another type.
    pub(crate) fn file(name: &str, media: &str, body: Vec<u8>) -> Self {
        Self { file_name: Some(name.to_owned()), ..Self::bytes(media, body) }
    }
    pub(crate) fn see_other(to: String) -> Self {
        Self {
            status: StatusCode::SEE_OTHER,
            location: Some(to),
            ..Self::bytes("text/plain; charset=utf-8", vec![])
        }
    }
    /// What everybody gets who knows no address: nothing.
    pub(crate) fn nothing() -> Self {
        Self { status: StatusCode::NOT_FOUND, ..Self::bytes("text/plain; charset=utf-8", vec![]) }
    }
    pub(crate) fn status(mut self, status: StatusCode) -> Self {
        self.status = status;
        self
    }
    fn foreign(media: &str, body: Vec<u8>) -> Self {
        Self { foreign: true, ..Self::bytes(media, body) }
    }

    fn into_response(self) -> Response {
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        door::armour(headers, self.foreign);
        let text = |value: &str| HeaderValue::from_str(value).ok();
        if let Some(media) = text(&self.media)
            .filter(|_| self.status != StatusCode::NOT_FOUND || !self.media.starts_with("text/plain"))
        {
            headers.insert(header::CONTENT_TYPE, media);
        }
        if let Some(location) = self.location.as_deref().and_then(text) {
            headers.insert(header::LOCATION, location);
        }
        if let Some(name) =
            self.file_name.as_deref().and_then(|n| text(&format!("attachment; filename=\"{n}\"")))
        {
            headers.insert(header::CONTENT_DISPOSITION, name);
        }
        response
    }
}

/// The secrets of an interface that runs without a socket.
pub struct Inside {
    /// In front of every page.
    pub secret: String,
    /// In front of archived bytes.
    pub frame: String,
}

/// The whole interface as one service with new secrets, for whoever brings a
/// socket of their own; [`crate::serve`] keeps secrets and port.
pub fn router(desk: Arc<dyn Desk>, port: u16, author: &str) -> Result<(Router, Inside), getrandom::Error> {
    let doors = Doors { secret: door::new_secret()?, frame: door::new_secret()?, port };
    let inside = Inside { secret: doors.secret.clone(), frame: doors.frame.clone() };
    Ok((of(Arc::new(App::new(desk, doors, author.to_owned(), None))), inside))
}

pub(crate) fn of(app: Arc<App>) -> Router {
    Router::new().fallback(answer).with_state(app)
}

async fn answer(State(app): State<Arc<App>>, request: Request) -> Response {
    let (head, body) = request.into_parts();
    if !door::admits(&head.method, &head.headers, app.doors.port) {
        return Reply::nothing().into_response();
    }
    let path = head.uri.path().to_owned();
    let (key, rest) =
        path.trim_start_matches('/').split_once('/').unwrap_or((path.trim_start_matches('/'), ""));
    let get = head.method != Method::POST;
    // All three are compared whatever the outcome of the first.
    let inside = door::same(key, &app.doors.secret);
    let frame = door::same(key, &app.doors.frame);
    let opened = get
        && head.method != Method::HEAD
        && key == "open"
        && lock(&app.one_time).as_mut().is_some_and(|door| door.opens(rest));
    if opened {
        return Reply::see_other(format!("/{}/", app.doors.secret)).into_response();
    }
    let archived_only = frame && get;
    if !inside && !archived_only {
        return Reply::nothing().into_response();
    }
    if inside && path.trim_start_matches('/') == key {
        return Reply::see_other(format!("/{key}/")).into_response();
    }
    let rest = rest.to_owned();
    let query = Query::parse(head.uri.query().unwrap_or_default());
    let language = language(&app, &head.headers, &rest);
    if inside && !get && rest == "add" {
        return upload::add(app, language, &head.headers, body).await.into_response();
    }
    let form = if get {
        Query::default()
    } else {
        let read = tokio::time::timeout(FORM_TIME, body::to_bytes(body, FORM_BOUND)).await;
        match read {
            Ok(Ok(bytes)) => Query::parse(&String::from_utf8_lossy(&bytes)),
            _ => return Reply::nothing().status(StatusCode::PAYLOAD_TOO_LARGE).into_response(),
        }
    };
    // A page asks the catalog: work for a thread that may block.
    let work = tokio::task::spawn_blocking(move || {
        labels::speak(language);
        let ctx = Ctx { app: &app, path: &rest, query };
        let drawn = match (frame, get) {
            (true, _) => archived(&ctx),
            (false, true) => page(&ctx),
            (false, false) => act::post(&ctx, &form),
        };
        drawn.unwrap_or_else(|fault| shell::fault(&ctx, &fault))
    });
    match work.await {
        Ok(reply) => reply.into_response(),
        Err(error) => {
            tracing::error!(%error, "a page failed");
            Reply::nothing().status(StatusCode::INTERNAL_SERVER_ERROR).into_response()
        }
    }
}

/// The language that was chosen, else the browser's. A list to keep says the same to everybody.
fn language(app: &App, headers: &HeaderMap, path: &str) -> Language {
    if path.ends_with(".csv") {
        return Language::default();
    }
    let accepted = || headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    lock(&app.language).unwrap_or_else(|| accepted().map(Language::accepted).unwrap_or_default())
}

/// The table of pages.
fn page(ctx: &Ctx) -> Result<Reply, DeskError> {
    let segments: Vec<&str> = ctx.path.split('/').collect();
    match segments.as_slice() {
        [""] => overview::page(ctx),
        ["posts"] => posts::page(ctx),
        ["posts.csv"] => posts::csv(ctx),
        ["post", id] => post::page(ctx, id),
        ["claims"] => claims::page(ctx),
        ["claims.csv"] => claims::csv(ctx),
        ["claim", id] => claim::page(ctx, id),
        ["doc", id] => document::page(ctx, id),
        ["search"] => search::page(ctx),
        ["search.csv"] => search::csv(ctx),
        ["sources"] => sources::page(ctx),
        ["sources.csv"] => sources::csv(ctx),
        ["names"] => names::page(ctx),
        ["names.csv"] => names::csv(ctx),
        ["pair", id] => pair::page(ctx, id),
        ["entities"] => entities::page(ctx),
        ["entities.csv"] => entities::csv(ctx),
        ["entity", id] => entity::page(ctx, id),
        ["registers"] => registers::page(ctx),
        ["registers.csv"] => registers::csv(ctx),
        ["register", id] => register::page(ctx, id),
        ["proposals"] => proposed::page(ctx),
        ["to-read"] => to_read::page(ctx),
        ["to-read.html"] => to_read::sheet(ctx),
        ["replies"] => replies::page(ctx),
        ["replies.csv"] => replies::csv(ctx),
        ["map"] => map_page::page(ctx),
        ["map.csv"] => map_page::csv(ctx),
        ["timeline"] => timeline::page(ctx),
        ["timeline.csv"] => timeline::csv(ctx),
        ["network"] => network::page(ctx),
        ["network.csv"] => network::csv(ctx),
        ["dossier"] => dossier::page(ctx),
        ["dossier.csv"] => dossier::csv(ctx),
        ["ledger"] => ledger::page(ctx),
        ["ledger.csv"] => ledger::csv(ctx),
        ["job"] => Ok(Reply::page(crate::job::fragment(ctx))),
        ["a", name] => Ok(assets::file(name)
            .map_or_else(Reply::nothing, |(media, bytes)| Reply::bytes(media, bytes.to_vec()))),
        _ => Ok(Reply::nothing()),
    }
}

/// Archived bytes, under the second secret alone.
fn archived(ctx: &Ctx) -> Result<Reply, DeskError> {
    let (kind, id) = ctx.path.split_once('/').unwrap_or_default();
    if !matches!(kind, "raw" | "page") {
        return Ok(Reply::nothing());
    }
    let Some((bytes, media)) = ctx.desk().payload(id)? else { return Ok(Reply::nothing()) };
    if kind == "raw" {
        let reply = Reply::foreign("application/octet-stream", bytes);
        return Ok(Reply { file_name: Some(format!("{}.bin", safe(id))), ..reply });
    }
    let view = ctx.desk().document(id)?;
    let encoding = view.as_ref().and_then(|view| view.encoding.as_deref());
    let media = media.unwrap_or_default().split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let html = match view.as_ref().map(|view| view.kind.as_str()) {
        Some("page") => inert::page(&bytes, encoding),
        Some("text" | "chat") => inert::text(&bytes, encoding),
        Some("picture") => inert::picture(&bytes, picture_type(&bytes)),
        _ if media.contains("html") => inert::page(&bytes, encoding),
        _ => inert::text(labels::documents::S.not_drawn.as_bytes(), None),
    };
    Ok(Reply::foreign("text/html; charset=utf-8", html.into_bytes()))
}

/// By the first bytes: what somebody sent as a type may be anything.
fn picture_type(bytes: &[u8]) -> &'static str {
    match bytes {
        [0x89, b'P', b'N', b'G', ..] => "image/png",
        [b'G', b'I', b'F', ..] => "image/gif",
        [b'R', b'I', b'F', b'F', ..] => "image/webp",
        _ => "image/jpeg",
    }
}

fn safe(id: &str) -> String {
    id.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect()
}
