//! Programs that people let act for them.

mod assertion;
mod authentication;
mod document;
mod fetch;
mod jwks;
mod metadata;
mod name;
pub mod redirect_uri;
mod registration;

use access_token::PublicKey;
use uuid::Uuid;

pub use authentication::authenticate;
pub use document::{find as find_described, is_address};
pub use jwks::read as read_jwks;
pub use name::tidy as tidy_name;
pub use registration::{counted_under, register};

/// How a client may prove who it is at the token endpoint (RFC 7591, section 2). `none` is for programs on people's own machines,
/// which can't keep a secret; by `private_key_jwt` it signs who it is.
pub const AUTH_METHODS: [&str; 4] = ["none", "client_secret_basic", "client_secret_post", PRIVATE_KEY_JWT];
/// A program signs who it is (RFC 7523).
pub const PRIVATE_KEY_JWT: &str = "private_key_jwt";

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
    /// What it signs with who it is, if it does.
    pub keys: Vec<PublicKey>,
    /// For whom it acts by itself, if it is a service.
    pub service: Option<Service>,
    /// Where it is described.
    pub description: Description,
}

/// A service: it acts for its owner, without anybody being asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Service {
    /// Who made it.
    pub owner_id: Uuid,
    /// What they allowed it.
    pub scope: String,
}

/// The keys of a program as they are stored.
pub fn stored_jwks(client: &Client) -> Option<String> {
    (!client.keys.is_empty()).then(|| jwks::write(&client.keys).to_string())
}

impl Client {
    /// Whether it registered for this way of getting tokens.
    pub fn uses(&self, grant_type: &str) -> bool {
        self.grant_types.iter().any(|one| one == grant_type)
    }
}
