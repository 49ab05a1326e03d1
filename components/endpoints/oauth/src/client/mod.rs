//! Programs that people let act for them.

mod authentication;
mod document;
mod fetch;
mod metadata;
mod name;
pub mod redirect_uri;
mod registration;

pub use authentication::authenticate;
pub use document::{find as find_described, is_address};
pub use registration::{counted_under, register};

/// How a client may prove who it is at the token endpoint (RFC 7591, section 2). `none` is for programs on people's own machines,
/// which can't keep a secret.
pub const AUTH_METHODS: [&str; 3] = ["none", "client_secret_basic", "client_secret_post"];

/// Where a program is described.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Description {
    /// It registered.
    Registered,
    /// By a document at the address that is its id, as it was fetched lately.
    Fresh,
    /// By such a document, as it was fetched some time ago.
    Stale,
}

/// A program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Client {
    /// Its id.
    pub id: String,
    /// What it calls itself.
    pub name: String,
    /// Where people may be sent back to.
    pub redirect_uris: Vec<String>,
    /// In which ways it gets tokens.
    pub grant_types: Vec<String>,
    /// One of [`AUTH_METHODS`].
    pub auth_method: String,
    /// SHA-256 of its secret, if it has one.
    pub secret_hash: Option<Vec<u8>>,
    /// Where people may be sent after they signed out.
    pub post_logout_redirect_uris: Vec<String>,
    /// Where it is described.
    pub description: Description,
}

impl Client {
    /// Whether it registered for this way of getting tokens.
    pub fn uses(&self, grant_type: &str) -> bool {
        self.grant_types.iter().any(|one| one == grant_type)
    }
}
