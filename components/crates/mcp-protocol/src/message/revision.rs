//! The revisions of the protocol that are spoken here.

use std::fmt;

use rmcp::model::ProtocolVersion;

/// A revision of the protocol, by its date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Revision {
    /// Streamable HTTP comes in; JSON-RPC batches are allowed.
    V2025_03_26,
    /// Structured content and the `MCP-Protocol-Version` header come in; batches go.
    V2025_06_18,
    /// The last one with a handshake.
    V2025_11_25,
    /// Stateless: every request says its version and the client's capabilities itself.
    V2026_07_28,
}

impl Revision {
    /// All of them, newest first.
    pub const ALL: [Self; 4] = [Self::V2026_07_28, Self::V2025_11_25, Self::V2025_06_18, Self::V2025_03_26];

    /// What `initialize` answers to a client that asks for a revision it can't have.
    pub const LATEST_HANDSHAKE: Self = Self::V2025_11_25;

    /// What a request without a `MCP-Protocol-Version` header speaks (2025-11-25, Transports, "Protocol Version Header").
    pub const UNNAMED: Self = Self::V2025_03_26;

    /// The revision of this date.
    #[must_use]
    pub fn parse(date: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|revision| revision.as_str() == date)
    }

    /// Its date.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::V2025_03_26 => "2025-03-26",
            Self::V2025_06_18 => "2025-06-18",
            Self::V2025_11_25 => "2025-11-25",
            Self::V2026_07_28 => "2026-07-28",
        }
    }

    /// Whether each request stands on its own: its metadata in `params._meta`, no `initialize`.
    #[must_use]
    pub const fn is_stateless(self) -> bool {
        matches!(self, Self::V2026_07_28)
    }

    /// Whether one body may hold several messages (JSON-RPC 2.0, section 6).
    #[must_use]
    pub const fn allows_batches(self) -> bool {
        matches!(self, Self::V2025_03_26)
    }
}

impl fmt::Display for Revision {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

impl From<Revision> for ProtocolVersion {
    fn from(revision: Revision) -> Self {
        match revision {
            Revision::V2025_03_26 => Self::V_2025_03_26,
            Revision::V2025_06_18 => Self::V_2025_06_18,
            Revision::V2025_11_25 => Self::V_2025_11_25,
            Revision::V2026_07_28 => Self::V_2026_07_28,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_revision_is_found_by_its_date_and_no_other_text_is_one() {
        for revision in Revision::ALL {
            assert_eq!(Revision::parse(revision.as_str()), Some(revision));
            assert_eq!(ProtocolVersion::from(revision).as_str(), revision.as_str());
        }
        for text in ["", "2024-11-05", "2026-07-29", " 2026-07-28", "2026-7-28", "latest"] {
            assert_eq!(Revision::parse(text), None, "{text}");
        }
    }

    #[test]
    fn revisions_are_listed_newest_first() {
        assert!(Revision::ALL.is_sorted_by(|newer, older| newer > older));
    }
}
