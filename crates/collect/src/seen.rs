//! What came back instead of the page: a wall, a riddle, an empty shell.
//!
//! A capture that exists need not show anything. The signs are few and narrow:
//! words count only on a page that has little else to say, so that an article
//! *about* captchas is an article.

mod words;

use crate::{redirect, without_secrets};
use plainsight_text::{fold, is_han};
use url::Url;
use words::{
    BLOCKED, EMPTY_ROOTS, LEADING_SCRIPTS, LOGIN, LOGIN_WORDS, MISSING, NEEDS_SCRIPT, RIDDLE_CODE, RIDDLES,
};

/// A page with less to say than this (letters; a Han character counts three) is
/// judged by its words alone.
const LITTLE: usize = 900;

/// A page with less to say than this shows nothing.
const NOTHING: usize = 200;

/// What came back, as its reader sees it.
#[derive(Clone, Copy, Debug, Default)]
pub struct Page<'a> {
    /// The address that was asked for.
    pub asked: &'a str,
    /// The address that answered, after redirects.
    pub uri: &'a str,
    /// The status of the answer.
    pub status: u16,
    /// The header fields of the answer.
    pub fields: &'a [(String, Vec<u8>)],
    /// The body as characters, free of codings; empty where it is no text.
    pub markup: &'a str,
    /// What a person can read of it: title excluded, scripts excluded.
    pub text: &'a str,
    /// The title.
    pub title: &'a str,
    /// The language of the text as code (`zh`, `nl`), where that is sure.
    pub lang: Option<&'a str>,
}

/// What came back instead of the page.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sight {
    /// It wants to be logged in to.
    LoginWall,
    /// It wants to know whether a person asks.
    Captcha,
    /// It does not answer to this country, or for legal reasons.
    GeoBlock,
    /// It asks to come back later.
    Busy,
    /// It says in words that there is no such page, and with its status that there is.
    SoftMissing,
    /// It shows little and sends its reader on to another address.
    SendsOn,
    /// It waits for a script to fill it.
    EmptyShell,
    /// It is written in another language than the address asks for.
    OtherLanguage,
}

/// What came back, in words, with what to try next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// What it is.
    pub sight: Sight,
    /// What is wrong, and the sign of it.
    pub what: String,
    /// What to try next.
    pub next: &'static str,
}

/// Tells what came back instead of the page; nothing for a page that shows what it should.
pub fn seen(page: &Page<'_>) -> Vec<Notice> {
    let read = Read { page, text: fold(page.text), title: fold(page.title), weight: weight(page.text) };
    // A wall explains what stands behind it, so the first that fits is told, the language beside it.
    let walls = [captcha, login, blocked, busy, sends_on, missing, shell];
    let wall = walls.iter().find_map(|wall| wall(&read));
    wall.map_or_else(|| other_language(page), Some).into_iter().collect()
}

struct Read<'a> {
    page: &'a Page<'a>,
    text: String,
    title: String,
    weight: usize,
}

impl Read<'_> {
    fn field(&self, name: &str) -> Option<String> {
        let named = self.page.fields.iter().find(|(field, _)| field.eq_ignore_ascii_case(name));
        named.map(|(_, value)| String::from_utf8_lossy(value).trim().to_owned())
    }

    /// The first of some phrases that stands in title or text, where these say little else.
    fn says<'w>(&self, phrases: &[&'w str]) -> Option<&'w str> {
        if self.weight >= LITTLE {
            return None;
        }
        let says = |phrase: &&&str| [&self.title, &self.text].iter().any(|text| text.contains(&fold(phrase)));
        phrases.iter().find(says).copied()
    }

    fn has_code<'w>(&self, codes: &[&'w str]) -> Option<&'w str> {
        codes.iter().find(|code| self.page.markup.contains(**code)).copied()
    }
}

fn notice(sight: Sight, what: String, next: &'static str) -> Option<Notice> {
    Some(Notice { sight, what, next })
}

fn captcha(read: &Read<'_>) -> Option<Notice> {
    let code =
        (read.page.status >= 400 || read.weight < NOTHING).then(|| read.has_code(&RIDDLE_CODE)).flatten();
    let marked =
        read.field("cf-mitigated").filter(|value| value == "challenge").map(|_| "cf-mitigated: challenge");
    let sign = marked.or(code).or_else(|| read.says(&RIDDLES))?;
    notice(
        Sight::Captcha,
        format!("the site wants to know whether a person asks, and did not show the page (“{sign}”)"),
        "open the address in a browser, solve the riddle there and save the page as WACZ or MHTML; or look for it in a public web archive",
    )
}

fn login(read: &Read<'_>) -> Option<Notice> {
    let elsewhere = names_login(read.page.uri).filter(|_| names_login(read.page.asked).is_none());
    let bare = || read.page.markup.to_ascii_lowercase().replace(['"', '\''], "");
    let password = read.weight < LITTLE && bare().contains("type=password");
    let sign = if read.page.status == 401 {
        "status 401".to_owned()
    } else if let Some(place) = elsewhere {
        format!("it leads to “{place}”")
    } else if let Some(words) = read.says(&LOGIN_WORDS) {
        format!("“{words}”")
    } else if password {
        "it shows little but a field for a password".to_owned()
    } else {
        return None;
    };
    notice(
        Sight::LoginWall,
        format!("the site wants a login, and did not show the page ({sign})"),
        "look for the same text at another address or in a public web archive; with an account of your own, save the page from a browser, and mind that the account can be seen in it",
    )
}

/// The part of an address that names a login, whole words only.
fn names_login(address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    let host = url.host_str()?.split('.').next().unwrap_or_default().to_owned();
    let parts = std::iter::once(host).chain(url.path_segments()?.map(str::to_ascii_lowercase));
    let stem = |part: &String| part.split('.').next().unwrap_or_default().to_owned();
    parts.map(|part| stem(&part)).find(|part| LOGIN.contains(&part.as_str()))
}

fn blocked(read: &Read<'_>) -> Option<Notice> {
    let sign = match read.page.status {
        451 => "status 451, for legal reasons (RFC 7725)",
        _ => read.says(&BLOCKED)?,
    };
    notice(
        Sight::GeoBlock,
        format!("the site does not show the page to this country (“{sign}”)"),
        "try by a way out in another country (--proxy), or look for it in a public web archive; say in the case which way you took",
    )
}

fn busy(read: &Read<'_>) -> Option<Notice> {
    let after = read.field("Retry-After").filter(|after| after.len() < 40);
    let wait = after.map(|after| format!(", after {after}")).unwrap_or_default();
    matches!(read.page.status, 429 | 503).then_some(())?;
    notice(
        Sight::Busy,
        format!("the site asks to come back later (status {}{wait})", read.page.status),
        "wait, and add the address again, with a longer --pause",
    )
}

fn missing(read: &Read<'_>) -> Option<Notice> {
    if !(200..300).contains(&read.page.status) {
        return None;
    }
    let front = (is_deep(read.page.asked) && is_front(read.page.uri)).then_some("it leads to the front page");
    let number =
        read.weight < NOTHING && read.title.split(|c: char| !c.is_alphanumeric()).any(|word| word == "404");
    let sign = front.or(number.then_some("404")).or_else(|| read.says(&MISSING))?;
    notice(
        Sight::SoftMissing,
        format!("the site says that there is no such page, though its status says that there is ({sign})"),
        "check the address; if the page was there once, look for it in a public web archive",
    )
}

fn sends_on(read: &Read<'_>) -> Option<Notice> {
    let target = (read.weight < LITTLE).then(|| redirect::sends_on(read.page.markup)).flatten()?;
    let target = Url::parse(read.page.uri).and_then(|here| here.join(&target)).ok()?;
    if target.as_str() == read.page.uri || !matches!(target.scheme(), "http" | "https") {
        return None;
    }
    notice(
        Sight::SendsOn,
        format!("the page shows little and sends its reader on to {}", without_secrets(target.as_str())),
        "add that address",
    )
}

fn is_deep(address: &str) -> bool {
    Url::parse(address).is_ok_and(|url| {
        url.path_segments().is_some_and(|parts| parts.filter(|part| !part.is_empty()).count() > 1)
    })
}

fn is_front(address: &str) -> bool {
    Url::parse(address).is_ok_and(|url| url.path() == "/" && url.query().is_none())
}

fn shell(read: &Read<'_>) -> Option<Notice> {
    let markup = read.page.markup;
    if read.page.status != 200 || read.weight >= NOTHING || !markup.contains("<script") {
        return None;
    }
    let sign = read.has_code(&EMPTY_ROOTS).map(|_| "nothing in its place for content");
    let leads = (read.weight < NOTHING / 4).then(|| read.has_code(&LEADING_SCRIPTS)).flatten();
    let sign = sign.or(leads.map(|_| "a script leads to another address"));
    let sign = sign.or_else(|| {
        let words = fold(markup);
        NEEDS_SCRIPT.iter().find(|phrase| words.contains(&fold(phrase))).copied()
    })?;
    notice(
        Sight::EmptyShell,
        format!("the page is empty until a script has filled it ({sign})"),
        "open it in a browser and save it from there as WACZ; or look for its print, mobile or feed address",
    )
}

fn other_language(page: &Page<'_>) -> Option<Notice> {
    let asked = language_of(page.asked)?;
    let came = page.lang.map(primary).or_else(|| language_of(page.uri))?;
    if asked == came {
        return None;
    }
    notice(
        Sight::OtherLanguage,
        format!("the address asks for “{asked}”, and the page came in “{came}”"),
        "check the address in a browser; sites choose by country or by what a browser asks for",
    )
}

/// The languages that addresses name here; two letters mean a country as often as a language.
const LANGUAGES: [&str; 12] = ["zh", "en", "nl", "es", "de", "fr", "it", "pt", "ru", "ja", "ko", "ar"];

/// The language that the first part of a path names: `/zh-cn/…`.
fn language_of(address: &str) -> Option<String> {
    let url = Url::parse(address).ok()?;
    let first = url.path_segments()?.next()?.to_ascii_lowercase();
    let code = primary(&first);
    let rest = first.strip_prefix(&code)?;
    let tagged = rest.is_empty() || (rest.starts_with(['-', '_']) && rest.len() <= 5);
    (tagged && LANGUAGES.contains(&code.as_str())).then_some(code)
}

fn primary(tag: &str) -> String {
    tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase()
}

/// How much a text says: letters and digits, a Han character as three.
fn weight(text: &str) -> usize {
    text.chars().filter(|c| c.is_alphanumeric()).map(|c| if is_han(c) { 3 } else { 1 }).sum()
}

#[cfg(test)]
mod tests;
