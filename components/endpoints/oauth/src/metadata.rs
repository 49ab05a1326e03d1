//! What a program has to know of this server (RFC 8414; OpenID Connect Discovery, section 3).

use access_token::KeyAlgorithm;
use endpoint::{Response, body};
use http::{HeaderValue, StatusCode, header};
use serde_json::json;

use crate::client::AUTH_METHODS;
use crate::error::OAuthError;
use crate::openid::CLAIMS;
use crate::routes::paths;
use crate::scope;
use crate::site::Site;
use crate::token::GRANT_TYPES;

/// The document, for the origin that the request knows.
///
/// # Errors
/// When it can't be written.
pub fn metadata(site: &Site) -> Result<Response, OAuthError> {
    let scopes = scope::ALL.map(|(name, _)| name);
    let document = json!({
        "issuer": site.origin.as_str(),
        "authorization_endpoint": site.url(paths::AUTHORIZE),
        "token_endpoint": site.url(paths::TOKEN),
        "registration_endpoint": site.url(paths::REGISTER),
        "revocation_endpoint": site.url(paths::REVOKE),
        "introspection_endpoint": site.url(paths::INTROSPECT),
        "jwks_uri": site.url(paths::JWKS),
        "userinfo_endpoint": site.url(paths::USERINFO),
        "end_session_endpoint": site.url(paths::END_SESSION),
        "scopes_supported": scopes,
        "response_types_supported": ["code"],
        "response_modes_supported": ["query"],
        "device_authorization_endpoint": site.url(paths::DEVICE_AUTHORIZATION),
        "grant_types_supported": GRANT_TYPES,
        "token_endpoint_auth_methods_supported": AUTH_METHODS,
        "token_endpoint_auth_signing_alg_values_supported": KeyAlgorithm::ALL.map(KeyAlgorithm::name),
        "revocation_endpoint_auth_methods_supported": AUTH_METHODS,
        "introspection_endpoint_auth_methods_supported": AUTH_METHODS,
        "code_challenge_methods_supported": ["S256"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": [site.settings.id_token_algorithm().name()],
        "claims_supported": CLAIMS,
        "claim_types_supported": ["normal"],
        "claims_parameter_supported": false,
        "request_parameter_supported": false,
        "request_uri_parameter_supported": false,
        "prompt_values_supported": ["none", "consent", "login", "select_account"],
        "client_id_metadata_document_supported": site.settings.client_documents,
        "authorization_response_iss_parameter_supported": true,
        "service_documentation": site.url("/api/docs"),
    });
    let mut response = body::json(StatusCode::OK, &document)?;
    response.headers_mut().insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600"));
    Ok(response)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site;

    #[test]
    fn each_origin_is_an_issuer_of_its_own() {
        for origin in ["https://todo.example", "http://localhost:3000", "http://[::1]:3000"] {
            let response = metadata(&site::example(origin)).unwrap();
            assert_eq!(response.headers()[header::CACHE_CONTROL], "public, max-age=3600");
        }
    }
}
