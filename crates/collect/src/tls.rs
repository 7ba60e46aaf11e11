//! The encrypted way: rustls, with the certificates that the caller trusts.

use crate::dialer::Line;
use crate::{Address, Failure};
use rustls::client::danger::{HandshakeSignatureValid, ServerCertVerified, ServerCertVerifier};
use rustls::client::{Resumption, WebPkiServerVerifier};
use rustls::crypto::CryptoProvider;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName, UnixTime};
use rustls::{
    CertificateError, ClientConfig, ClientConnection, DigitallySignedStruct, RootCertStore, SignatureScheme,
    StreamOwned,
};
use std::io::ErrorKind;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
use url::Host;

/// The certificates that are trusted to speak for hosts.
#[derive(Clone, Debug)]
pub struct Roots(Arc<RootCertStore>);

impl Roots {
    /// Takes certificates (DER); tells how many of them cannot be read and are left out.
    pub fn of(certificates: impl IntoIterator<Item = Vec<u8>>) -> (Self, usize) {
        let mut store = RootCertStore::empty();
        let (_, bad) = store.add_parsable_certificates(certificates.into_iter().map(CertificateDer::from));
        (Self(Arc::new(store)), bad)
    }

    /// Takes a file of certificates as systems keep them (PEM, RFC 7468); tells how many are left out.
    pub fn pem(file: &[u8]) -> (Self, usize) {
        let read = CertificateDer::pem_slice_iter(file);
        let (good, bad): (Vec<_>, Vec<_>) = read.partition(Result::is_ok);
        let (roots, unread) = Self::of(good.into_iter().flatten().map(|one| one.to_vec()));
        (roots, unread + bad.len())
    }

    /// How many are trusted.
    pub fn count(&self) -> usize {
        self.0.len()
    }
}

/// What was agreed on with the host, and who it said it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TlsFacts {
    /// `TLSv1.2` or `TLSv1.3`.
    pub version: String,
    /// The cipher suite by its name in the IANA registry.
    pub cipher: String,
    /// The certificates as the host sent them, leaf first, DER.
    pub chain: Vec<Vec<u8>>,
}

pub(crate) type Encrypted = StreamOwned<ClientConnection, Line>;

/// Agrees on an encrypted connection; a host that cannot prove its name gets no request.
pub(crate) fn encrypt(
    address: &Address,
    mut line: Line,
    ip: Option<IpAddr>,
    roots: &Roots,
) -> Result<(Encrypted, TlsFacts), Failure> {
    let host = || address.host().to_owned();
    let tls = |why: String| Failure::Tls { host: host(), why };
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let checker = WebPkiServerVerifier::builder_with_provider(roots.0.clone(), provider.clone()).build();
    let checker = checker.map_err(|_| tls("no trusted certificates are known on this machine".to_owned()))?;
    let witness = Arc::new(Witness { checker, seen: Mutex::default() });
    let config = config(provider, witness.clone()).map_err(|why| tls(why.to_string()))?;
    let name =
        server_name(address).ok_or_else(|| tls("its name cannot stand in a certificate".to_owned()))?;
    let mut connection = ClientConnection::new(Arc::new(config), name).map_err(|why| tls(why.to_string()))?;
    while connection.is_handshaking() {
        if let Err(why) = connection.complete_io(&mut line) {
            if why.kind() == ErrorKind::TimedOut {
                return Err(line.failure(address));
            }
            let cause = why.get_ref().and_then(|why| why.downcast_ref::<rustls::Error>());
            return Err(match cause {
                Some(rustls::Error::InvalidCertificate(bad)) => {
                    Failure::Certificate { host: host(), ip, why: in_words(bad), chain: witness.chain() }
                }
                _ => tls(why.to_string()),
            });
        }
    }
    let version = connection.protocol_version().and_then(|version| version.as_str()).unwrap_or("unknown");
    let suite = connection.negotiated_cipher_suite().map(|suite| suite.suite());
    let cipher = suite.and_then(|suite| suite.as_str()).unwrap_or("unknown").to_owned();
    // The registry writes TLS_AES_…; rustls tells the versions apart in the name.
    let cipher = cipher.replace("TLS13_", "TLS_");
    let version = version.replace("TLSv1_", "TLSv1.");
    Ok((StreamOwned::new(connection, line), TlsFacts { version, cipher, chain: witness.chain() }))
}

fn config(provider: Arc<CryptoProvider>, witness: Arc<Witness>) -> Result<ClientConfig, rustls::Error> {
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .dangerous()
        .with_custom_certificate_verifier(witness)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    // A resumed connection shows no certificates; each capture has its own chain.
    config.resumption = Resumption::disabled();
    Ok(config)
}

fn server_name(address: &Address) -> Option<ServerName<'static>> {
    match address.parsed_host()? {
        Host::Ipv4(ip) => Some(ServerName::IpAddress(IpAddr::V4(ip).into())),
        Host::Ipv6(ip) => Some(ServerName::IpAddress(IpAddr::V6(ip).into())),
        Host::Domain(name) => ServerName::try_from(name.trim_end_matches('.').to_owned()).ok(),
    }
}

fn in_words(bad: &CertificateError) -> String {
    match bad {
        CertificateError::Expired | CertificateError::ExpiredContext { .. } => "it has expired".to_owned(),
        CertificateError::NotValidYet | CertificateError::NotValidYetContext { .. } => {
            "it is not valid yet".to_owned()
        }
        CertificateError::UnknownIssuer => "nobody who is trusted vouches for it".to_owned(),
        CertificateError::NotValidForName | CertificateError::NotValidForNameContext { .. } => {
            "it belongs to another name".to_owned()
        }
        CertificateError::BadSignature => "its signature is false".to_owned(),
        CertificateError::Revoked => "it was withdrawn".to_owned(),
        other => other.to_string(),
    }
}

/// Checks as the standard checker does, and keeps what was shown to it.
#[derive(Debug)]
struct Witness {
    checker: Arc<WebPkiServerVerifier>,
    seen: Mutex<Vec<Vec<u8>>>,
}

impl Witness {
    fn chain(&self) -> Vec<Vec<u8>> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl ServerCertVerifier for Witness {
    fn verify_server_cert(
        &self,
        leaf: &CertificateDer<'_>,
        others: &[CertificateDer<'_>],
        name: &ServerName<'_>,
        ocsp: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, rustls::Error> {
        let chain = std::iter::once(leaf).chain(others).map(|one| one.to_vec()).collect();
        *self.seen.lock().unwrap_or_else(PoisonError::into_inner) = chain;
        self.checker.verify_server_cert(leaf, others, name, ocsp, now)
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        leaf: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.checker.verify_tls12_signature(message, leaf, signed)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        leaf: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        self.checker.verify_tls13_signature(message, leaf, signed)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.checker.supported_verify_schemes()
    }
}
