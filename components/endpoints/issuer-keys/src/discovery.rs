//! What an issuer says of itself.

use serde_json::{Map, Value};
use thiserror::Error;
use url::Url;

use crate::settings::Place;

/// Why its metadata names no keys that are fetched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum DiscoveryError {
    /// RFC 8414, section 3.3: somebody else's metadata.
    #[error("issuer is not what auth_issuer says")]
    OtherIssuer,
    /// There is no `jwks_uri`.
    #[error("it names no keys")]
    NoKeys,
    /// Only the issuer is asked; where keys are elsewhere, the operator says so.
    #[error("its keys are at another origin: set auth_issuer_origin and auth_issuer_keys_path")]
    OtherOrigin,
}

/// Where its metadata may be, the likeliest first: behind its path (OpenID Connect Discovery, section 4), and before it (RFC 8414, section
/// 3.1 and 5).
pub fn addresses(place: &Place) -> Vec<String> {
    let (origin, path) = (&place.origin, place.issuer.path().trim_end_matches('/'));
    let mut addresses = vec![
        format!("{origin}{path}/.well-known/openid-configuration"),
        format!("{origin}/.well-known/oauth-authorization-server{path}"),
        format!("{origin}/.well-known/openid-configuration{path}"),
    ];
    // For an issuer without a path the first and the last are one.
    addresses.truncate(if path.is_empty() { 2 } else { 3 });
    addresses
}

/// Where its keys are, by its metadata: at the issuer's own origin, which is reached as the operator says.
///
/// # Errors
/// [`DiscoveryError`].
pub fn keys_address(place: &Place, metadata: &Map<String, Value>) -> Result<String, DiscoveryError> {
    let text = |name: &str| metadata.get(name).and_then(Value::as_str);
    if text("issuer") != Some(&place.name) {
        return Err(DiscoveryError::OtherIssuer);
    }
    let keys = text("jwks_uri").ok_or(DiscoveryError::NoKeys)?;
    let keys = Url::parse(keys).map_err(|_| DiscoveryError::NoKeys)?;
    let is_own = keys.origin() == place.issuer.origin()
        || keys.origin().ascii_serialization() == place.origin.as_str();
    if !is_own {
        return Err(DiscoveryError::OtherOrigin);
    }
    let query = keys.query().map(|query| format!("?{query}")).unwrap_or_default();
    Ok(format!("{}{}{query}", place.origin, keys.path()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::settings;

    fn place(issuer: &str, origin: &str) -> Place {
        settings::read(issuer, origin, "").unwrap()
    }

    fn found(place: &Place, metadata: &Value) -> Result<String, DiscoveryError> {
        keys_address(place, metadata.as_object().unwrap())
    }

    #[test]
    fn metadata_is_looked_for_where_the_standards_have_it() {
        assert_eq!(
            addresses(&place("https://id.example/realms/todo", "http://id.internal:8080")),
            [
                "http://id.internal:8080/realms/todo/.well-known/openid-configuration",
                "http://id.internal:8080/.well-known/oauth-authorization-server/realms/todo",
                "http://id.internal:8080/.well-known/openid-configuration/realms/todo",
            ]
        );
        let addresses = addresses(&place("https://id.example/", "https://id.example"));
        assert_eq!(addresses.len(), 2);
        assert_eq!(addresses[0], "https://id.example/.well-known/openid-configuration");
    }

    #[test]
    fn keys_of_the_issuer_alone_are_fetched_and_as_the_operator_reaches_it() {
        let place = place("https://id.example/a", "http://id.internal:8080");
        for jwks_uri in ["https://id.example/keys?v=1", "http://id.internal:8080/keys?v=1"] {
            let metadata = json!({"issuer": "https://id.example/a", "jwks_uri": jwks_uri});
            assert_eq!(found(&place, &metadata).unwrap(), "http://id.internal:8080/keys?v=1");
        }
        for (metadata, error) in [
            (
                json!({"issuer": "https://id.example/b", "jwks_uri": "https://id.example/keys"}),
                DiscoveryError::OtherIssuer,
            ),
            (
                json!({"issuer": "https://id.example/a/", "jwks_uri": "https://id.example/keys"}),
                DiscoveryError::OtherIssuer,
            ),
            (json!({"jwks_uri": "https://id.example/keys"}), DiscoveryError::OtherIssuer),
            (json!({"issuer": "https://id.example/a"}), DiscoveryError::NoKeys),
            (json!({"issuer": "https://id.example/a", "jwks_uri": "/keys"}), DiscoveryError::NoKeys),
            (
                json!({"issuer": "https://id.example/a", "jwks_uri": "https://evil.example/keys"}),
                DiscoveryError::OtherOrigin,
            ),
            (
                json!({"issuer": "https://id.example/a", "jwks_uri": "http://id.example/keys"}),
                DiscoveryError::OtherOrigin,
            ),
            (
                json!({"issuer": "https://id.example/a", "jwks_uri": "file:///etc/passwd"}),
                DiscoveryError::OtherOrigin,
            ),
        ] {
            assert_eq!(found(&place, &metadata), Err(error), "{metadata}");
        }
    }
}
