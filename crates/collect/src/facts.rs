//! How an exchange came about, as lines of a `metadata` record.

use crate::Exchange;
use std::fmt::Write;

impl Exchange {
    /// The facts that stand in neither request nor answer, in the form of
    /// `application/warc-fields` (WARC 1.1, section 6.5). Nothing in it can break a line.
    ///
    /// `fetchTimeMs` is the name that crawlers use; the others are ours. A
    /// certificate is base64 of its DER, one line each, leaf first.
    pub fn facts(&self) -> String {
        let mut lines = String::new();
        let mut line = |name: &str, value: &str| {
            let value: String = value.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
            // Writing to a string cannot fail.
            let _ = write!(lines, "{name}: {value}\r\n");
        };
        line("started", &self.started);
        line("finished", &self.finished);
        line("fetchTimeMs", &self.took.as_millis().to_string());
        for ip in self.route.looked_up.iter().flatten() {
            line("looked-up", &ip.to_string());
        }
        if let Some(ip) = self.route.ip {
            line("dialled", &ip.to_string());
        }
        if let Some(proxy) = &self.route.proxy {
            line("proxy", proxy);
        }
        if let Some(tls) = &self.tls {
            line("tls-version", &tls.version);
            line("tls-cipher", &tls.cipher);
            for certificate in &tls.chain {
                line("tls-certificate", &data_encoding::BASE64.encode(certificate));
            }
        }
        if let Some(date) = &self.server_date {
            line("server-clock", date);
        }
        if let Some(seconds) = self.clock_difference {
            line("server-clock-ahead-seconds", &seconds.to_string());
        }
        if let Some(cut) = self.cut {
            line("truncated", cut.word());
        }
        for complaint in &self.complaints {
            line("complaint", complaint);
        }
        lines
    }
}

#[cfg(test)]
mod tests {
    use crate::{Cut, Exchange, Route, TlsFacts};
    use std::time::Duration;

    #[test]
    fn all_that_was_noticed_has_its_line() {
        let ip = "9.9.9.9".parse().expect("an address");
        let exchange = Exchange {
            uri: "https://zilverhaven.org/".into(),
            started: "2022-05-06T07:08:09Z".into(),
            finished: "2022-05-06T07:08:10Z".into(),
            took: Duration::from_millis(1234),
            route: Route { ip: Some(ip), looked_up: Some(vec![ip]), proxy: None },
            tls: Some(TlsFacts {
                version: "TLSv1.3".into(),
                cipher: "TLS_AES_128_GCM_SHA256".into(),
                chain: vec![vec![1, 2], vec![3]],
            }),
            request: Vec::new(),
            response: Vec::new(),
            head: None,
            server_date: Some("2022-05-06T07:08:07Z".into()),
            clock_difference: Some(-2),
            cut: Some(Cut::Time),
            complaints: vec!["incomplete: a\r\nWARC-Type: b".into()],
        };
        let expected = "started: 2022-05-06T07:08:09Z\r\nfinished: 2022-05-06T07:08:10Z\r\nfetchTimeMs: 1234\r\n\
            looked-up: 9.9.9.9\r\ndialled: 9.9.9.9\r\ntls-version: TLSv1.3\r\ntls-cipher: TLS_AES_128_GCM_SHA256\r\n\
            tls-certificate: AQI=\r\ntls-certificate: Aw==\r\nserver-clock: 2022-05-06T07:08:07Z\r\n\
            server-clock-ahead-seconds: -2\r\ntruncated: time\r\ncomplaint: incomplete: a  WARC-Type: b\r\n";
        assert_eq!(exchange.facts(), expected);
    }
}
