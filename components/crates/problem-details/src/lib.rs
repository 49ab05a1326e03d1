//! Problem details for HTTP (RFC 9457): every kind of problem the product answers with, their body, and what becomes
//! of a tool's error.
//!
//! Which status a fault of the caller gets:
//! - **400** what was sent can't be read: not JSON, a parameter or header that is unknown, repeated or malformed;
//! - **422** it can be read, but a member of the body is missing, unknown, of the wrong type or out of its limits:
//!   each one is named in `errors`;
//! - **412** the precondition in `If-Match` failed; **409** a version sent in another way is no longer the current one.

#![warn(missing_docs)]

mod body;
mod from_tool_error;
mod kind;
mod kinds;
mod problem;
mod sentence;

pub use body::{Body, MEDIA_TYPE, Violation};
pub use kinds::Kind;
pub use problem::Problem;
pub use sentence::sentence;
