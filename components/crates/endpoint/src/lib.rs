//! What every endpoint does alike, so that a client meets the same behaviour everywhere: request ids, security headers,
//! cross-origin rules, strict reading of JSON and parameters, entity tags, and problems (RFC 9457) for whatever fails.
//!
//! An endpoint is one call of [`serve`] around its own function:
//!
//! ```text
//! #[spin_sdk::http_service]
//! async fn handle(request: endpoint::Request) -> endpoint::Response {
//!     guest_log::start(env!("CARGO_PKG_NAME"));
//!     endpoint::serve(request, async |context, request| { … }).await
//! }
//! ```

#![warn(missing_docs)]

pub mod accept;
pub mod body;
mod chained;
mod context;
mod cors;
pub mod etag;
pub mod json;
mod other_issuer;
mod own_origin;
mod pointer;
pub mod query;
mod respond;
pub mod routing;
mod serde_messages;
mod serve;
pub mod sse;

#[cfg(feature = "identity")]
mod authenticate;
#[cfg(feature = "identity")]
mod caller;

pub use body::{Body, Response};
pub use chained::is_chained;
pub use context::Context;
pub use other_issuer::{OtherIssuer, other_issuer};
pub use own_origin::{FORWARDED, forwarded, own_origin};
pub use problem_details::{Kind, Problem, Violation};
pub use respond::respond;
pub use serve::serve;
pub use spin_sdk::http::Request;
pub use web_origin::Origin;

/// What a request's body arrives as.
pub type RequestBody = spin_sdk::wasip3::http_compat::IncomingRequestBody;

#[cfg(feature = "identity")]
pub use authenticate::{Principal, Recipient, authenticate, authenticate_for};
#[cfg(feature = "identity")]
pub use caller::caller;
