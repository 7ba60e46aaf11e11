//! A proxy of a test's own.

use plainsight_collect::Proxy;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// A proxy that leads every name to one web, and keeps what it was asked for.
/// After so many connections it dies.
pub struct Gate {
    pub proxy: Proxy,
    pub asked: Arc<Mutex<Vec<String>>>,
}

pub fn gate(socks: bool, web: u16, lives: usize) -> Gate {
    let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
    let port = listener.local_addr().expect("bound").port();
    let asked = Arc::<Mutex<Vec<String>>>::default();
    let log = asked.clone();
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten().take(lives) {
            let host = if socks { socks5(stream, web) } else { connect(stream, web) };
            log.lock().expect("log").extend(host);
        }
    });
    let scheme = if socks { "socks5" } else { "http" };
    Gate { proxy: Proxy::typed(&format!("{scheme}://127.0.0.1:{port}")).expect("a proxy"), asked }
}

fn socks5(mut stream: TcpStream, web: u16) -> Option<String> {
    let mut hello = [0; 3];
    stream.read_exact(&mut hello).ok()?;
    stream.write_all(&[5, 0]).ok()?;
    let mut head = [0; 5];
    stream.read_exact(&mut head).ok()?;
    // Only names are expected: nothing was looked up before.
    assert_eq!(head[..4], [5, 1, 0, 3]);
    let mut name = vec![0; usize::from(head[4]) + 2];
    stream.read_exact(&mut name).ok()?;
    stream.write_all(b"\x05\x00\x00\x01\x00\x00\x00\x00\x00\x00").ok()?;
    join(stream, web);
    Some(String::from_utf8_lossy(&name[..name.len() - 2]).into_owned())
}

fn connect(mut stream: TcpStream, web: u16) -> Option<String> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut octet = [0];
        stream.read_exact(&mut octet).ok()?;
        head.extend(octet);
    }
    stream.write_all(b"HTTP/1.1 200 Connected\r\n\r\n").ok()?;
    join(stream, web);
    let text = String::from_utf8_lossy(&head).into_owned();
    let host = text.strip_prefix("CONNECT ")?.split(' ').next()?;
    Some(host.rsplit_once(':')?.0.to_owned())
}

fn join(outside: TcpStream, web: u16) {
    let inside = TcpStream::connect(("127.0.0.1", web)).expect("the web");
    for (mut from, mut to) in
        [(outside.try_clone().expect("a clone"), inside.try_clone().expect("a clone")), (inside, outside)]
    {
        std::thread::spawn(move || {
            let _ = std::io::copy(&mut from, &mut to);
            let _ = to.shutdown(std::net::Shutdown::Write);
        });
    }
}
