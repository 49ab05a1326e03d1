//! People sign in at another server, which the operator named: its tokens are taken, and no others.

mod discovery;
mod keys;
mod off;
mod tokens;

use std::sync::OnceLock;
use std::time::{SystemTime, UNIX_EPOCH};

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use ed25519_dalek::Signer as _;
use harness::{Answer, App, Database, EVERY_SCOPE, IssuerServer, Options, Published};
use rsa::pkcs1v15;
use rsa::signature::SignatureEncoding as _;
use rsa::traits::PublicKeyParts as _;
use serde_json::{Value, json};
use sha2::Sha256;

/// Where it publishes its keys.
const KEYS: &str = "/keys";

/// A key of the issuer: an algorithm, and a number that makes it.
#[derive(Debug, Clone, Copy)]
pub enum Key {
    EdDsa(u8),
    Es256(u8),
    Rs256(usize),
}

impl Key {
    fn id(self) -> String {
        format!("{self:?}")
    }

    fn jwk(self) -> Value {
        let kid = self.id();
        match self {
            Self::EdDsa(number) => {
                let key = ed25519_dalek::SigningKey::from_bytes(&[number; 32]).verifying_key();
                json!({"kty": "OKP", "crv": "Ed25519", "x": encode(key.to_bytes()), "kid": kid, "alg": "EdDSA"})
            }
            Self::Es256(number) => {
                let key = p256::ecdsa::SigningKey::from_slice(&[number; 32]).unwrap();
                let point = key.verifying_key().to_sec1_point(false);
                let (x, y) = (encode(point.x().unwrap()), encode(point.y().unwrap()));
                json!({"kty": "EC", "crv": "P-256", "x": x, "y": y, "kid": kid, "use": "sig"})
            }
            Self::Rs256(number) => {
                let key = rsa_key(number).to_public_key();
                let (n, e) = (number_of(&key.n().to_be_bytes()), number_of(&key.e().to_be_bytes()));
                json!({"kty": "RSA", "n": n, "e": e, "kid": kid, "alg": "RS256", "use": "sig"})
            }
        }
    }

    fn algorithm(self) -> &'static str {
        match self {
            Self::EdDsa(_) => "EdDSA",
            Self::Es256(_) => "ES256",
            Self::Rs256(_) => "RS256",
        }
    }

    fn sign(self, message: &[u8]) -> Vec<u8> {
        match self {
            Self::EdDsa(number) => {
                ed25519_dalek::SigningKey::from_bytes(&[number; 32]).sign(message).to_bytes().to_vec()
            }
            Self::Es256(number) => {
                let key = p256::ecdsa::SigningKey::from_slice(&[number; 32]).unwrap();
                let signature: p256::ecdsa::Signature = p256::ecdsa::signature::Signer::sign(&key, message);
                signature.to_bytes().to_vec()
            }
            Self::Rs256(number) => {
                pkcs1v15::SigningKey::<Sha256>::new(rsa_key(number).clone()).sign(message).to_vec()
            }
        }
    }

    /// A token with these claims.
    fn token(self, claims: &Value) -> String {
        self.token_with(&json!({"alg": self.algorithm(), "kid": self.id()}), claims)
    }

    /// The same with this header, whatever it says.
    fn token_with(self, header: &Value, claims: &Value) -> String {
        let message = format!("{}.{}", encode(header.to_string()), encode(claims.to_string()));
        let signature = encode(self.sign(message.as_bytes()));
        format!("{message}.{signature}")
    }
}

fn encode(bytes: impl AsRef<[u8]>) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

/// A number without zeros in front (RFC 7518, section 2).
fn number_of(bytes: &[u8]) -> String {
    encode(&bytes[bytes.iter().take_while(|byte| **byte == 0).count()..])
}

/// There are two: making one takes a while.
fn rsa_key(number: usize) -> &'static rsa::PrivateKey {
    static KEYS: [OnceLock<rsa::PrivateKey>; 2] = [OnceLock::new(), OnceLock::new()];
    KEYS[number].get_or_init(|| {
        rsa::PrivateKey::new(&mut getrandom::rand_core::UnwrapErr(getrandom::SysRng), 2048).unwrap()
    })
}

/// An issuer that publishes these keys.
fn issuer_with(keys: &[Key]) -> IssuerServer {
    let issuer = IssuerServer::start().unwrap();
    publish(&issuer, keys);
    issuer
}

fn publish(issuer: &IssuerServer, keys: &[Key]) {
    let keys: Vec<Value> = keys.iter().map(|key| key.jwk()).collect();
    issuer.publish(KEYS, Published::json(&json!({ "keys": keys })));
}

/// The app of an operator who named this issuer, with more variables.
fn app_of(issuer: &IssuerServer, more: &[(&str, &str)]) -> App {
    start(issuer, more, Database::Shared)
}

/// Another process with the same database, which knows nothing else.
fn another_process(app: &App, issuer: &IssuerServer) -> App {
    start(issuer, &[], Database::At(app.database_url.clone()))
}

fn start(issuer: &IssuerServer, more: &[(&str, &str)], database: Database) -> App {
    let named = [
        ("auth_issuer", issuer.origin.as_str()),
        ("auth_issuer_origin", &issuer.origin),
        ("auth_issuer_keys_path", KEYS),
    ];
    let variables = named.iter().chain(more).map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    App::start(Options { variables: variables.collect(), database, ..Options::default() }).unwrap()
}

fn now() -> i64 {
    i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs()).unwrap()
}

/// What a good token says.
fn claims(app: &App, issuer: &IssuerServer, subject: &str) -> Value {
    json!({"iss": issuer.origin, "aud": app.url, "sub": subject, "iat": now(), "exp": now() + 900, "scope": EVERY_SCOPE})
}

/// What the app answers to this token.
fn ask(app: &App, token: &str) -> Answer {
    app.nobody().with_token(token).get("/api/v1/tasks")
}

/// Makes the app look for keys as if the last time had been long ago.
fn forget_when_asked(app: &App) {
    app.sql("UPDATE todo.issuer_keys SET asked_at = asked_at - interval '1 minute'").unwrap();
}
