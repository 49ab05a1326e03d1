//! Fetching a small JSON object from elsewhere: no redirect is followed, and what is too large, too slow or no JSON is nothing.
//!
//! Which addresses may be asked is the caller's to check.

#![warn(missing_docs)]

mod cache_control;
mod fetch;

pub use cache_control::Lifetime;
pub use fetch::{FetchError, Fetched, Limits, fetch};
