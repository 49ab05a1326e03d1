//! What every kind of problem has.

/// What is fixed about a kind.
pub(crate) struct Definition<K> {
    pub(crate) kind: K,
    pub(crate) name: &'static str,
    pub(crate) status: u16,
    pub(crate) title: &'static str,
    pub(crate) description: &'static str,
}

/// Makes the enum and the table from one list, so that the two can't differ.
macro_rules! kinds {
    ($($(#[$doc:meta])* $kind:ident = $name:literal, $status:literal, $title:literal, $description:literal;)+) => {
        /// A kind of problem: what `type` names. Each is explained to people at its URI, `/problems/<name>`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        pub enum Kind {
            $($(#[$doc])* $kind,)+
        }

        impl Kind {
            /// A kind's number is its place.
            pub(crate) const DEFINITIONS: &'static [$crate::kind::Definition<Self>] = &[$($crate::kind::Definition {
                kind: Self::$kind,
                name: $name,
                status: $status,
                title: $title,
                description: $description,
            },)+];
        }
    };
}

pub(crate) use kinds;

use crate::Kind;

impl Kind {
    /// Every kind, by status.
    pub fn all() -> impl Iterator<Item = Self> {
        Self::DEFINITIONS.iter().map(|definition| definition.kind)
    }

    /// The kind of this name.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::DEFINITIONS.iter().find(|definition| definition.name == name).map(|definition| definition.kind)
    }

    #[allow(clippy::indexing_slicing, reason = "the table and the enum are made from one list")]
    fn definition(self) -> &'static Definition<Self> {
        &Self::DEFINITIONS[self as usize]
    }

    /// Its name, the last segment of [`Kind::uri`].
    #[must_use]
    pub fn name(self) -> &'static str {
        self.definition().name
    }

    /// The member `type` (RFC 9457, section 3.1.1): a URI reference relative to the service's origin.
    #[must_use]
    pub fn uri(self) -> String {
        format!("/problems/{}", self.name())
    }

    /// The HTTP status it is answered with.
    #[must_use]
    pub fn status(self) -> http::StatusCode {
        http::StatusCode::from_u16(self.definition().status)
            .unwrap_or(http::StatusCode::INTERNAL_SERVER_ERROR)
    }

    /// The member `title`: the same for every problem of the kind.
    #[must_use]
    pub fn title(self) -> &'static str {
        self.definition().title
    }

    /// What it means and what to do next, for people.
    #[must_use]
    pub fn description(self) -> &'static str {
        self.definition().description
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::Kind;

    #[test]
    fn each_kind_is_found_by_its_name_and_number() {
        for definition in Kind::DEFINITIONS {
            assert_eq!(definition.kind.name(), definition.name);
            assert_eq!(Kind::from_name(definition.name), Some(definition.kind));
        }
        assert_eq!(Kind::from_name("no-such-kind"), None);
    }

    #[test]
    fn names_are_unique_kebab_case_and_statuses_are_errors() {
        let names: HashSet<_> = Kind::all().map(Kind::name).collect();
        assert_eq!(names.len(), Kind::DEFINITIONS.len());
        for kind in Kind::all() {
            assert!(kind.name().bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-'));
            assert_eq!(kind.status().as_u16(), kind.definition().status);
            assert!(kind.status().is_client_error() || kind.status().is_server_error());
            assert!(kind.description().ends_with('.'), "{}", kind.name());
            assert!(!kind.description().contains("  "), "{}", kind.name());
        }
    }

    #[test]
    fn kinds_are_listed_by_status() {
        assert!(Kind::DEFINITIONS.is_sorted_by_key(|definition| definition.status));
    }
}
