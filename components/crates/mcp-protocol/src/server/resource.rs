//! Resources: pages of them, and what is in one.

use rmcp::model::ResourceContents;

/// Some entries of a list.
#[derive(Clone, Debug)]
pub struct Page<T> {
    /// The entries.
    pub items: Vec<T>,
    /// Where the next page begins; `None` on the last one.
    pub next_cursor: Option<String>,
}

impl<T> Default for Page<T> {
    fn default() -> Self {
        Self { items: Vec::new(), next_cursor: None }
    }
}

/// For how long, and for whom, a client may keep an answer (2026-07-28, Caching).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CachePolicy {
    /// Milliseconds.
    pub ttl_ms: u64,
    /// Whether the same answer serves every user.
    pub is_public: bool,
}

impl CachePolicy {
    /// Not at all, and certainly not for another user.
    pub const NOT: Self = Self { ttl_ms: 0, is_public: false };

    /// For this user alone.
    #[must_use]
    pub const fn private(ttl_ms: u64) -> Self {
        Self { ttl_ms, is_public: false }
    }

    /// For everyone.
    #[must_use]
    pub const fn public(ttl_ms: u64) -> Self {
        Self { ttl_ms, is_public: true }
    }
}

/// What is in a resource.
#[derive(Clone, Debug)]
pub struct ReadResult {
    /// The contents.
    pub contents: Vec<ResourceContents>,
    /// How long they may be kept.
    pub cached: CachePolicy,
}
