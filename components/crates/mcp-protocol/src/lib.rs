//! The Model Context Protocol over streamable HTTP, for servers that keep nothing between requests.
//!
//! A server implements [`Server`]; [`answer`] turns one HTTP request into one HTTP answer. Both ways of speaking are
//! served on the same path: revision 2026-07-28, in which each request stands on its own, and the revisions with a
//! handshake (2025-11-25, 2025-06-18, 2025-03-26), without sessions.
//!
//! The types that describe a server are those of `rmcp`, the official SDK. Its dispatch needs a task per connection and
//! a tokio runtime, which a component has not; and it reads a message into a tree several times over. So messages are
//! read and written here, each once: what no one looks into is never parsed, and what never changes is written
//! beforehand.
//!
//! Which HTTP status goes with which error: what is wrong with the message or its headers is 400 (415, 406, 413, 405
//! where HTTP has a word for it), an unknown method 404 in the stateless revision, a token that allows too little 403;
//! what a method itself says about its parameters is part of the conversation, hence 200.

#![warn(missing_docs)]
#![allow(deprecated, reason = "clients of the revisions before 2026-07-28 have logging, sampling and roots")]

mod http;
mod message;
mod methods;
mod server;

pub use http::{
    AllowedHosts, AllowedOrigins, Body, EventStream, MAX_BODY_BYTES, ProtectedResource, Reply, ServerEvent,
    answer,
};
pub use message::Revision;
pub use rmcp::model;
pub use server::*;
