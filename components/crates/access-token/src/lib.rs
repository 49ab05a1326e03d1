//! Access tokens: JSON Web Tokens (RFC 7519) signed with HMAC-SHA-256 (`HS256`, RFC 7518, section 3.2).
//!
//! One secret signs and checks. The algorithm is fixed here, never taken from a token: a token that names another
//! one (`none`, `RS256`, …) is refused before its signature is looked at (RFC 8725, section 3.1). Issuer, audience,
//! subject and expiry must be there and right.
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
mod hs256;
mod recipient;
mod secret;
mod sign;
mod verify;

pub use bearer::bearer_token;
pub use claims::{Audience, Claims};
pub use recipient::Recipient;
pub use secret::{Secret, SecretError};
pub use sign::{SignError, Signer};
pub use verify::{LEEWAY_SECONDS, Verifier, VerifyError};
