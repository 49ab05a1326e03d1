//! Gives out tokens for a registry, as the hosted ones do it (distribution's token authentication): anyone may pull,
//! one user may push.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::thread;
use std::time::{SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::prelude::{BASE64_STANDARD, BASE64_URL_SAFE_NO_PAD};
use p256::ecdsa::signature::Signer as _;
use p256::ecdsa::{Signature, SigningKey};
use p256::pkcs8::DecodePrivateKey as _;
use rcgen::{Certificate, CertificateParams, KeyPair};
use serde_json::{Value, json};
use url::Url;

use crate::server::{PASSWORD, USER};

pub const ISSUER: &str = "tokens of this test";
pub const SERVICE: &str = "registry of this test";

/// The server. It stops with the test program.
pub struct TokenServer {
    address: SocketAddr,
    certificate: Certificate,
}

impl TokenServer {
    pub fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let key = KeyPair::generate().unwrap();
        let certificate = CertificateParams::new(Vec::new()).unwrap().self_signed(&key).unwrap();
        let chain = BASE64_STANDARD.encode(certificate.der());
        let key = SigningKey::from_pkcs8_der(&key.serialize_der()).unwrap();
        thread::spawn(move || {
            for caller in listener.incoming().flatten() {
                // A client that goes away ends its own request alone.
                drop(answer(caller, &key, &chain));
            }
        });
        Self { address, certificate }
    }

    /// Where tokens are asked for.
    pub fn realm(&self) -> String {
        format!("http://{}/token", self.address)
    }

    /// What its signatures are checked with.
    pub fn certificate(&self) -> String {
        self.certificate.pem()
    }
}

fn answer(mut caller: TcpStream, key: &SigningKey, chain: &str) -> std::io::Result<()> {
    let mut lines = BufReader::new(caller.try_clone()?).lines();
    let first = lines.next().transpose()?.unwrap_or_default();
    // Clients open a second connection ahead, and close it when the first one was quicker.
    let Some(target) = first.split(' ').nth(1) else { return Ok(()) };
    let headers: Vec<String> = lines.map_while(Result::ok).take_while(|line| !line.is_empty()).collect();
    let basic = headers.iter().find_map(|line| {
        let (name, value) = line.split_once(": ")?;
        name.eq_ignore_ascii_case("authorization").then(|| value.trim_start_matches("Basic ").to_owned())
    });
    let known = BASE64_STANDARD.encode(format!("{USER}:{PASSWORD}"));
    let asked = Url::options().base_url(Some(&Url::parse("http://here").unwrap())).parse(target).unwrap();
    let (status, body) = match basic {
        Some(basic) if basic != known => ("401 Unauthorized", json!({ "errors": [] })),
        basic => ("200 OK", json!({ "token": token(&asked, basic.is_some(), key, chain), "expires_in": 60 })),
    };
    let body = body.to_string();
    write!(
        caller,
        "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    )
}

fn token(asked: &Url, may_push: bool, key: &SigningKey, chain: &str) -> String {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
    let scopes = asked.query_pairs().filter(|(name, _)| name == "scope");
    let access: Vec<Value> = scopes.filter_map(|(_, scope)| granted(&scope, may_push)).collect();
    let header = json!({ "typ": "JWT", "alg": "ES256", "x5c": [chain] });
    let claims = json!({
        "iss": ISSUER, "aud": SERVICE, "sub": if may_push { USER } else { "" },
        "nbf": now - 10, "iat": now, "exp": now + 60, "jti": fastrand::u64(..).to_string(), "access": access,
    });
    let part = |value: &Value| BASE64_URL_SAFE_NO_PAD.encode(value.to_string());
    let signed = format!("{}.{}", part(&header), part(&claims));
    let signature: Signature = key.sign(signed.as_bytes());
    format!("{signed}.{}", BASE64_URL_SAFE_NO_PAD.encode(signature.to_bytes()))
}

/// What is granted of `repository:NAME:ACTIONS`.
fn granted(scope: &str, may_push: bool) -> Option<Value> {
    let (rest, actions) = scope.rsplit_once(':')?;
    let (kind, name) = rest.split_once(':')?;
    let actions: Vec<&str> = actions.split(',').filter(|action| may_push || *action == "pull").collect();
    Some(json!({ "type": kind, "name": name, "actions": actions }))
}
