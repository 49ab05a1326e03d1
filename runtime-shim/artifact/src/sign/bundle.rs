//! What is signed in Sigstore's bundle format (v0.3), cosign's default since version 3: an in-toto statement that names a
//! manifest's digest, in a DSSE envelope.

use super::{Key, PublicKey};
use crate::{Digest, media_type};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

/// What an envelope holds.
const PAYLOAD_TYPE: &str = "application/vnd.in-toto+json";
const STATEMENT: &str = "https://in-toto.io/Statement/v1";
/// Says no more than that the subject is signed.
const PREDICATE: &str = "https://sigstore.dev/cosign/sign/v1";

/// A signature with all it takes to check it.
#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Bundle {
    media_type: String,
    verification_material: Value,
    dsse_envelope: Envelope,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct Envelope {
    payload: String,
    payload_type: String,
    signatures: Vec<EnvelopeSignature>,
}

#[derive(Debug, Deserialize, Serialize)]
struct EnvelopeSignature {
    sig: String,
}

#[derive(Debug, Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct Statement {
    #[serde(rename = "_type")]
    kind: String,
    subject: Vec<Subject>,
    predicate_type: String,
    predicate: Value,
}

#[derive(Debug, Deserialize, Serialize)]
struct Subject {
    digest: SubjectDigest,
}

#[derive(Debug, Deserialize, Serialize)]
struct SubjectDigest {
    sha256: String,
}

impl Bundle {
    /// Signs the manifest `digest`. The same each time.
    ///
    /// # Errors
    /// None that the content could cause.
    pub fn new(key: &Key, digest: &Digest) -> Result<Self, serde_json::Error> {
        let statement = serde_json::to_vec(&Statement {
            kind: STATEMENT.to_owned(),
            subject: vec![Subject { digest: SubjectDigest { sha256: digest.hex().to_owned() } }],
            predicate_type: PREDICATE.to_owned(),
            predicate: json!({}),
        })?;
        Ok(Self {
            media_type: media_type::BUNDLE.to_owned(),
            verification_material: json!({ "publicKey": { "hint": key.public().hint() } }),
            dsse_envelope: Envelope {
                signatures: vec![EnvelopeSignature { sig: key.sign(&encoded(PAYLOAD_TYPE, &statement)) }],
                payload: BASE64_STANDARD.encode(statement),
                payload_type: PAYLOAD_TYPE.to_owned(),
            },
        })
    }

    /// Whether `key` has signed the manifest `digest` with this. A valid signature over another manifest, or one that says
    /// something else about it, does not count.
    pub fn holds(&self, key: &PublicKey, digest: &Digest) -> bool {
        let envelope = &self.dsse_envelope;
        let Ok(payload) = BASE64_STANDARD.decode(&envelope.payload) else { return false };
        let signed = encoded(&envelope.payload_type, &payload);
        envelope.payload_type == PAYLOAD_TYPE
            && envelope.signatures.iter().any(|signature| key.verifies(&signed, &signature.sig))
            && serde_json::from_slice::<Statement>(&payload).is_ok_and(|statement| statement.names(digest))
    }
}

impl Statement {
    fn names(&self, digest: &Digest) -> bool {
        self.kind == STATEMENT
            && self.predicate_type == PREDICATE
            && self.subject.iter().any(|subject| subject.digest.sha256 == digest.hex())
    }
}

/// DSSE's pre-authentication encoding (DSSE v1, protocol.md): what is signed.
fn encoded(payload_type: &str, payload: &[u8]) -> Vec<u8> {
    let head = format!("DSSEv1 {} {payload_type} {} ", payload_type.len(), payload.len());
    [head.as_bytes(), payload].concat()
}
