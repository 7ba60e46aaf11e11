//! Certificates of invented authorities, and sites that show them.

use super::{Both, Web};
use rcgen::{BasicConstraints, CertificateParams, DnType, IsCa, Issuer, KeyPair, date_time_ymd};
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use std::net::TcpStream;
use std::sync::Arc;

/// An authority that a test may trust.
pub struct Authority {
    issuer: Issuer<'static, KeyPair>,
    pub root: Vec<u8>,
}

/// A certificate with its key.
pub struct Shown {
    pub chain: Vec<Vec<u8>>,
    key: Vec<u8>,
}

impl Authority {
    pub fn named(name: &str) -> Self {
        let key = KeyPair::generate().expect("a key");
        let mut params = CertificateParams::new(Vec::new()).expect("no names");
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let root = params.self_signed(&key).expect("signed").der().to_vec();
        Self { issuer: Issuer::new(params, key), root }
    }

    /// A certificate for a name; valid for 20 years, or expired long ago.
    pub fn vouch(&self, name: &str, expired: bool) -> Shown {
        let key = KeyPair::generate().expect("a key");
        let mut params = CertificateParams::new(vec![name.to_owned()]).expect("a name");
        params.not_before = date_time_ymd(2019, 1, 1);
        params.not_after = date_time_ymd(if expired { 2020 } else { 2039 }, 1, 1);
        let leaf = params.signed_by(&key, &self.issuer).expect("signed").der().to_vec();
        Shown { chain: vec![leaf, self.root.clone()], key: key.serialize_der() }
    }
}

/// A certificate that vouches for itself.
pub fn self_signed(name: &str) -> Shown {
    let key = KeyPair::generate().expect("a key");
    let params = CertificateParams::new(vec![name.to_owned()]).expect("a name");
    let leaf = params.self_signed(&key).expect("signed").der().to_vec();
    Shown { chain: vec![leaf], key: key.serialize_der() }
}

impl Both for StreamOwned<ServerConnection, TcpStream> {}

/// A web over TLS; its addresses are those of [`Web`] with https.
pub fn web(shown: &Shown, versions: &[&'static rustls::SupportedProtocolVersion]) -> Web {
    let chain = shown.chain.iter().map(|one| CertificateDer::from(one.clone())).collect();
    let key = PrivateKeyDer::try_from(shown.key.clone()).expect("a key");
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config =
        ServerConfig::builder_with_provider(provider).with_protocol_versions(versions).expect("versions");
    let config = Arc::new(config.with_no_client_auth().with_single_cert(chain, key).expect("a certificate"));
    Web::speaking(move |mut stream| {
        let mut connection = ServerConnection::new(config.clone()).ok()?;
        while connection.is_handshaking() {
            connection.complete_io(&mut stream).ok()?;
        }
        Some(Box::new(StreamOwned::new(connection, stream)))
    })
}
