//! How a client learns what token it needs (2026-07-28, Authorization; RFC 9728).

use serde::Serialize;

/// Where RFC 9728, section 3, puts the metadata of a protected resource.
const WELL_KNOWN: &str = "/.well-known/oauth-protected-resource";

/// A resource that wants a token. It may be reached at several origins, so each answer is told which one is meant, such as
/// `https://todo.example`.
#[derive(Clone, Debug)]
pub struct ProtectedResource {
    path: &'static str,
    name: &'static str,
    scopes: &'static [&'static str],
}

/// The metadata of a protected resource (RFC 9728, section 2).
#[derive(Serialize)]
struct Metadata<'a> {
    resource: String,
    authorization_servers: [&'a str; 1],
    scopes_supported: &'a [&'a str],
    bearer_methods_supported: [&'a str; 1],
    resource_name: &'a str,
}

impl ProtectedResource {
    /// The resource at `path` of an origin.
    #[must_use]
    pub const fn new(path: &'static str, name: &'static str, scopes: &'static [&'static str]) -> Self {
        Self { path, name, scopes }
    }

    /// The resource's own URL, which tokens may be for (RFC 8707, section 2).
    #[must_use]
    pub fn url(&self, origin: &str) -> String {
        format!("{origin}{}", self.path)
    }

    /// The metadata document at a path, where there is one: that of the resource, and that of the whole origin for
    /// clients which only look there. `issuer` gives tokens out: the origin itself, or another one.
    #[must_use]
    pub fn metadata_at(&self, origin: &str, path: &str, issuer: &str) -> Option<Vec<u8>> {
        let resource_path = path.strip_prefix(WELL_KNOWN)?;
        if !resource_path.is_empty() && resource_path != self.path {
            return None;
        }
        serde_json::to_vec(&Metadata {
            resource: format!("{origin}{resource_path}"),
            authorization_servers: [issuer],
            scopes_supported: self.scopes,
            bearer_methods_supported: ["header"],
            resource_name: self.name,
        })
        .ok()
    }

    /// The value of `WWW-Authenticate` for a request without a valid token (RFC 6750, section 3): what `challenge` says
    /// (`Bearer`, or `Bearer error="…"`), where to learn more, and which scopes to ask for.
    #[must_use]
    pub fn challenge(&self, origin: &str, challenge: &str) -> String {
        let comma = if challenge.contains('=') { "," } else { "" };
        format!(
            "{challenge}{comma} resource_metadata=\"{}\", scope=\"{}\"",
            self.metadata_url(origin),
            self.scopes.join(" ")
        )
    }

    /// The value of `WWW-Authenticate` for a token that lacks a scope: the one that is missing, and those of this resource that the
    /// token has, so that a client which asks for what is named here loses none (2026-07-28, Authorization, "Scope Challenge
    /// Handling").
    #[must_use]
    pub fn scope_challenge(&self, origin: &str, held: &[String], missing: &str) -> String {
        let is_wanted = |scope: &str| scope == missing || held.iter().any(|one| one == scope);
        let wanted: Vec<&str> = self.scopes.iter().copied().filter(|scope| is_wanted(scope)).collect();
        format!(
            "Bearer error=\"insufficient_scope\", scope=\"{}\", resource_metadata=\"{}\", \
             error_description=\"The access token lacks the scope {missing}.\"",
            wanted.join(" "),
            self.metadata_url(origin)
        )
    }

    fn metadata_url(&self, origin: &str) -> String {
        format!("{origin}{WELL_KNOWN}{}", self.path)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    const ORIGIN: &str = "https://todo.example";

    fn resource() -> ProtectedResource {
        ProtectedResource::new("/mcp", "Tasks", &["tasks:read", "tasks:write"])
    }

    #[test]
    fn metadata_names_the_resource_that_its_address_stands_for() {
        let at = |path| {
            let document = resource().metadata_at(ORIGIN, path, ORIGIN);
            document.map(|json| serde_json::from_slice::<Value>(&json).unwrap())
        };
        assert_eq!(
            at("/.well-known/oauth-protected-resource/mcp"),
            Some(json!({
                "resource": "https://todo.example/mcp",
                "authorization_servers": ["https://todo.example"],
                "scopes_supported": ["tasks:read", "tasks:write"],
                "bearer_methods_supported": ["header"],
                "resource_name": "Tasks",
            }))
        );
        assert_eq!(at("/.well-known/oauth-protected-resource").unwrap()["resource"], "https://todo.example");
        for path in [
            "/mcp",
            "/.well-known/oauth-protected-resource/",
            "/.well-known/oauth-protected-resource/x",
            "/.well-known/oauth-protected-resources",
        ] {
            assert_eq!(at(path), None, "{path}");
        }
    }

    #[test]
    fn a_challenge_says_where_to_learn_more_and_what_to_ask_for() {
        assert_eq!(
            resource().challenge(ORIGIN, "Bearer"),
            "Bearer resource_metadata=\"https://todo.example/.well-known/oauth-protected-resource/mcp\", scope=\"tasks:read tasks:write\""
        );
        assert!(
            resource()
                .challenge(ORIGIN, "Bearer error=\"invalid_token\"")
                .starts_with("Bearer error=\"invalid_token\", resource_metadata=")
        );
        let held = ["tasks:read".to_owned(), "chat".to_owned()];
        assert!(
            resource()
                .scope_challenge(ORIGIN, &held, "tasks:write")
                .starts_with("Bearer error=\"insufficient_scope\", scope=\"tasks:read tasks:write\", ")
        );
    }

    #[test]
    fn each_origin_has_metadata_of_its_own() {
        for origin in ["http://localhost:3000", "http://127.0.0.1:3000", "http://[::1]:3000"] {
            let document =
                resource().metadata_at(origin, "/.well-known/oauth-protected-resource/mcp", origin).unwrap();
            let document: Value = serde_json::from_slice(&document).unwrap();
            assert_eq!(document["resource"], resource().url(origin));
            assert_eq!(document["authorization_servers"], json!([origin]));
            assert!(resource().challenge(origin, "Bearer").contains(&format!("=\"{origin}/.well-known/")));
        }
    }
}
