//! A web on the loopback device: invented sites that do what they are told,
//! a resolver that knows only them, and a clock that stands still.

#![allow(dead_code)]

pub mod cable;
pub mod gate;
pub mod sites;
pub mod tls;

use plainsight_collect::{Address, Collector, Exchange, Fetched, Limits, Resolver, Roots, Settings};
use plainsight_model::Clock;
use std::collections::HashMap;
use std::io::{Read, Write};
use std::net::{IpAddr, Ipv4Addr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Duration;

pub const NOW: &str = "2022-05-06T07:08:09Z";

/// What a site does with a connection, one after the other; then it closes.
#[derive(Clone)]
pub enum Act {
    Send(Vec<u8>),
    Wait(u64),
    /// Closes so that the other side gets a reset.
    Reset,
    /// Sends this every so many milliseconds until nobody listens.
    Drip(Vec<u8>, u64),
}

/// Sends this.
pub fn send(octets: impl AsRef<[u8]>) -> Vec<Act> {
    vec![Act::Send(octets.as_ref().to_vec())]
}

/// An ordinary answer with this header and body.
pub fn page(fields: &str, body: impl AsRef<[u8]>) -> Vec<Act> {
    let body = body.as_ref();
    let head = format!("HTTP/1.1 200 OK\r\n{fields}Content-Length: {}\r\n\r\n", body.len());
    send([head.as_bytes(), body].concat())
}

/// A redirect.
pub fn to(status: u16, location: &str) -> Vec<Act> {
    send(format!("HTTP/1.1 {status} Elsewhere\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n"))
}

/// What one request was answered with.
#[derive(Clone, Default)]
pub struct Served {
    pub request: Vec<u8>,
    pub sent: Vec<u8>,
}

type Routes = Arc<Mutex<HashMap<String, Vec<Act>>>>;

/// Sites behind one port of the loopback device.
pub struct Web {
    pub port: u16,
    pub connections: Arc<AtomicUsize>,
    pub log: Arc<Mutex<Vec<Served>>>,
    routes: Routes,
}

impl Default for Web {
    fn default() -> Self {
        Self::new()
    }
}

impl Web {
    pub fn new() -> Self {
        Self::speaking(|stream| Some(Box::new(stream)))
    }

    /// A web whose connections are first turned into something else (TLS).
    pub fn speaking(greet: impl Fn(TcpStream) -> Option<Box<dyn Both>> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).expect("a port");
        let port = listener.local_addr().expect("bound").port();
        let (connections, log, routes) = (Arc::default(), Arc::default(), Routes::default());
        let web = Self { port, connections, log, routes };
        let (count, log, routes) = (web.connections.clone(), web.log.clone(), web.routes.clone());
        let greet = Arc::new(greet);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                count.fetch_add(1, Ordering::SeqCst);
                let (log, routes, greet) = (log.clone(), routes.clone(), greet.clone());
                std::thread::spawn(move || {
                    if let Some(mut stream) = greet(stream) {
                        serve(stream.as_mut(), &log, &routes);
                    }
                });
            }
        });
        web
    }

    /// Says what `host/path` answers; a robots.txt that nobody set is not there.
    pub fn at(&self, place: &str, acts: Vec<Act>) -> &Self {
        self.routes.lock().expect("routes").insert(place.to_owned(), acts);
        self
    }

    pub fn address(&self, place: &str) -> Address {
        Address::typed(&self.uri(place)).expect(place)
    }

    pub fn uri(&self, place: &str) -> String {
        let (host, path) = place.split_once('/').expect("host/path");
        format!("http://{host}:{}/{path}", self.port)
    }

    pub fn count(&self) -> usize {
        self.connections.load(Ordering::SeqCst)
    }

    /// The targets that were asked for, without robots.txt.
    pub fn asked(&self) -> Vec<String> {
        let log = self.log.lock().expect("log");
        let targets = log.iter().map(|served| target(&served.request));
        targets.filter(|target| target != "/robots.txt").collect()
    }

    /// What was served for the last request of a target.
    pub fn served(&self, wanted: &str) -> Served {
        let log = self.log.lock().expect("log");
        log.iter().rfind(|served| target(&served.request) == wanted).cloned().unwrap_or_default()
    }
}

pub trait Both: Read + Write + Send {
    /// Looks at what came without taking it, where the connection can.
    fn look(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        self.read(buffer)
    }
    fn can_look(&self) -> bool {
        false
    }
}

impl Both for TcpStream {
    fn look(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        self.peek(buffer)
    }
    fn can_look(&self) -> bool {
        true
    }
}

fn target(request: &[u8]) -> String {
    String::from_utf8_lossy(request).split(' ').nth(1).unwrap_or_default().to_owned()
}

fn serve(stream: &mut dyn Both, log: &Mutex<Vec<Served>>, routes: &Mutex<HashMap<String, Vec<Act>>>) {
    let mut request = Vec::new();
    let mut buffer = [0; 8192];
    // A request that is only looked at and never taken makes the close a reset.
    while !request.windows(4).any(|four| four == b"\r\n\r\n") {
        match stream.look(&mut buffer) {
            Ok(0) | Err(_) => return,
            Ok(count) if stream.can_look() => request = buffer[..count].to_vec(),
            Ok(count) => request.extend(&buffer[..count]),
        }
    }
    let text = String::from_utf8_lossy(&request).into_owned();
    let host = text.lines().find_map(|line| line.strip_prefix("Host: ")).unwrap_or_default();
    let host =
        host.rsplit_once(':').filter(|(_, port)| port.parse::<u16>().is_ok()).map_or(host, |(host, _)| host);
    let place = format!("{host}{}", target(&request));
    let missing = send("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
    let acts = routes.lock().expect("routes").get(&place).cloned().unwrap_or(missing);
    if stream.can_look() && !acts.iter().any(|act| matches!(act, Act::Reset)) {
        let mut taken = vec![0; request.len()];
        stream.read_exact(&mut taken).expect("it was there");
    }
    let mut served = Served { request, sent: Vec::new() };
    for act in acts {
        match act {
            Act::Send(octets) => {
                // Who hangs up early is not our concern; what was written counts.
                if stream.write_all(&octets).is_ok() {
                    served.sent.extend(&octets);
                }
            }
            Act::Wait(milliseconds) => std::thread::sleep(Duration::from_millis(milliseconds)),
            Act::Reset => std::thread::sleep(Duration::from_millis(100)),
            Act::Drip(octets, milliseconds) => {
                while stream.write_all(&octets).is_ok() {
                    std::thread::sleep(Duration::from_millis(milliseconds));
                }
            }
        }
        let _ = stream.flush();
    }
    log.lock().expect("log").push(served);
}

/// A resolver that knows the names it is told, and counts.
#[derive(Default)]
pub struct Names {
    answers: Mutex<HashMap<String, Vec<Vec<IpAddr>>>>,
    pub asked: Mutex<Vec<String>>,
}

impl Names {
    /// A name and its answers, one a look-up; the last one stays.
    pub fn know(&self, name: &str, answers: &[&[&str]]) -> &Self {
        let ips = |answer: &&[&str]| answer.iter().map(|ip| ip.parse().expect(ip)).collect();
        self.answers.lock().expect("names").insert(name.to_owned(), answers.iter().map(ips).collect());
        self
    }

    pub fn asked(&self) -> Vec<String> {
        self.asked.lock().expect("names").clone()
    }
}

impl Resolver for Names {
    fn resolve(&self, name: &str, _within: Duration) -> Result<Vec<IpAddr>, String> {
        self.asked.lock().expect("names").push(name.to_owned());
        let mut answers = self.answers.lock().expect("names");
        match answers.get_mut(name) {
            Some(answers) if answers.len() > 1 => Ok(answers.remove(0)),
            Some(answers) => Ok(answers[0].clone()),
            // Every invented site lives on this machine.
            None if name.ends_with(".test") => Ok(vec![Ipv4Addr::LOCALHOST.into()]),
            None => Err("nobody knows it".to_owned()),
        }
    }
}

pub struct Still;

impl Clock for Still {
    fn now(&self) -> String {
        NOW.to_owned()
    }
}

/// Settings for tests: no pause, short times, these hosts allowed.
pub fn settings(allowed: &[&str]) -> Settings {
    let second = Duration::from_secs(1);
    Settings {
        pause: Duration::ZERO,
        limits: Limits { total: second * 4, stall: second, body: 100_000, ..Limits::default() },
        allow_private: allowed.iter().map(|host| (*host).to_owned()).collect(),
        ..Settings::default()
    }
}

pub fn collector(settings: Settings, names: &Arc<Names>) -> Collector {
    collector_trusting(settings, names, Roots::of([]).0)
}

pub fn collector_trusting(settings: Settings, names: &Arc<Names>, roots: Roots) -> Collector {
    Collector::new(settings, names.clone(), roots, Arc::new(Still)).expect("settings")
}

/// Fetches one place of the web with these hosts allowed.
pub fn fetch(web: &Web, place: &str, allowed: &[&str]) -> Fetched {
    collector(settings(allowed), &Arc::default()).fetch(&web.address(place))
}

pub fn statuses(hops: &[Exchange]) -> Vec<u16> {
    hops.iter().filter_map(Exchange::status).collect()
}
