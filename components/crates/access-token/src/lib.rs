//! Access tokens: JSON Web Tokens (RFC 7519) signed with HMAC-SHA-256 (`HS256`, RFC 7518, section 3.2) by the secret that the app's parts
//! share, or with a pair of keys (`EdDSA`, `ES256`) whose public part anybody may have.
//!
//! Which key checks a token, its kind decides and never the token alone: a secret checks HS256, a public key the algorithm that it
//! was made for. Any other algorithm (`none`, `RS256`, …) is refused before its signature is looked at (RFC 8725, section 3.1).
//! Issuer, audience, subject and expiry must be there and right.
//!
//! Tokens of another issuer, where the operator named one, are checked by [`Issuer`]: with its published keys (`EdDSA`, `ES256`, `RS256`) or
//! a secret that is shared with it.
//!
//! ```
//! use access_token::{Claims, Recipient, Secret, Signer, Verifier};
//! use web_origin::Origin;
//!
//! let secret = Secret::new("a secret of thirty-two bytes or more")?;
//! let app = Origin::new("https://todo.example")?;
//! let user = "0191f0c0-6c3e-7d64-8a57-2f6f1e0d4b11".parse()?;
//! let now = 1_795_000_000;
//!
//! let token = Signer::new(&secret).sign(&Claims::new(&app, user, now, 900))?;
//! let verifier = Verifier::new([&secret]);
//! assert_eq!(verifier.verify(&token, &Recipient::app(&app), now)?.sub, user);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#![warn(missing_docs)]

mod bearer;
mod claims;
mod crypto;
mod issuer;
mod key_algorithm;
mod key_id;
mod public_key;
mod recipient;
mod secret;
mod sign;
mod signing_key;
mod verify;
mod verify_error;

pub use bearer::bearer_token;
pub use claims::{Audience, Claims};
pub use issuer::{Issuer, IssuerError, IssuerKey, MAX_KEYS, NeededKey, user_id};
pub use key_algorithm::KeyAlgorithm;
pub use key_id::{KEY_ID_BYTES, is_own_key_id, new_key_id};
pub use public_key::PublicKey;
pub use recipient::Recipient;
pub use secret::{Secret, SecretError};
pub use sign::{SignError, Signer};
pub use signing_key::SigningKey;
pub use verify::{LEEWAY_SECONDS, Verifier, check_times, read_signed};
pub use verify_error::VerifyError;
