//! How a client learns what token it needs (2026-07-28, Authorization; RFC 9728).

use serde::Serialize;

/// Where RFC 9728, section 3, puts the metadata of a protected resource.
const WELL_KNOWN: &str = "/.well-known/oauth-protected-resource";

/// A resource that wants a token, and the server that gives them out.
#[derive(Clone, Debug)]
pub struct ProtectedResource {
    origin: String,
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
    /// The resource at `path` of an origin such as `https://todo.example`, which is its own authorization server.
    #[must_use]
    pub fn new(
        origin: &str,
        path: &'static str,
        name: &'static str,
        scopes: &'static [&'static str],
    ) -> Self {
        Self { origin: origin.trim_end_matches('/').to_owned(), path, name, scopes }
    }

    /// The metadata document at a path, where there is one: that of the resource, and that of the whole origin for
    /// clients which only look there.
    #[must_use]
    pub fn metadata_at(&self, path: &str) -> Option<Vec<u8>> {
        let resource_path = path.strip_prefix(WELL_KNOWN)?;
        if !resource_path.is_empty() && resource_path != self.path {
            return None;
        }
        serde_json::to_vec(&Metadata {
            resource: format!("{}{resource_path}", self.origin),
            authorization_servers: [&self.origin],
            scopes_supported: self.scopes,
            bearer_methods_supported: ["header"],
            resource_name: self.name,
        })
        .ok()
    }

    /// The value of `WWW-Authenticate` for a request without a valid token (RFC 6750, section 3): what `challenge` says
    /// (`Bearer`, or `Bearer error="…"`), where to learn more, and which scopes to ask for.
    #[must_use]
    pub fn challenge(&self, challenge: &str) -> String {
        let comma = if challenge.contains('=') { "," } else { "" };
        format!(
            "{challenge}{comma} resource_metadata=\"{}\", scope=\"{}\"",
            self.metadata_url(),
            self.scopes.join(" ")
        )
    }

    /// The value of `WWW-Authenticate` for a token that lacks a scope.
    #[must_use]
    pub fn scope_challenge(&self, scope: &str) -> String {
        format!(
            "Bearer error=\"insufficient_scope\", scope=\"{scope}\", resource_metadata=\"{}\", \
             error_description=\"The access token lacks the scope {scope}.\"",
            self.metadata_url()
        )
    }

    fn metadata_url(&self) -> String {
        format!("{}{WELL_KNOWN}{}", self.origin, self.path)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn resource() -> ProtectedResource {
        ProtectedResource::new("https://todo.example/", "/mcp", "Tasks", &["tasks:read", "tasks:write"])
    }

    #[test]
    fn metadata_names_the_resource_that_its_address_stands_for() {
        let at =
            |path| resource().metadata_at(path).map(|json| serde_json::from_slice::<Value>(&json).unwrap());
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
            resource().challenge("Bearer"),
            "Bearer resource_metadata=\"https://todo.example/.well-known/oauth-protected-resource/mcp\", scope=\"tasks:read tasks:write\""
        );
        assert!(
            resource()
                .challenge("Bearer error=\"invalid_token\"")
                .starts_with("Bearer error=\"invalid_token\", resource_metadata=")
        );
        assert!(
            resource()
                .scope_challenge("tasks:delete")
                .starts_with("Bearer error=\"insufficient_scope\", scope=\"tasks:delete\", ")
        );
    }
}
