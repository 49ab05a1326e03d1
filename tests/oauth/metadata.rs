//! What a program that knows the address of `/mcp` alone finds out (RFC 9728, RFC 8414).

use harness::{App, Caller};
use serde_json::json;
use uuid::Uuid;

#[test]
fn the_issuer_is_what_the_protected_resource_names_at_each_name_of_this_machine() {
    let app = App::shared();
    for url in app.names() {
        let nobody = Caller::new(&url, Uuid::nil(), None);
        let resource = nobody.get("/.well-known/oauth-protected-resource/mcp").expect(200).json();
        for path in ["/.well-known/oauth-authorization-server", "/.well-known/oauth-authorization-server/mcp"]
        {
            let metadata = nobody.get(path).expect(200).json();
            assert_eq!(metadata["issuer"], resource["authorization_servers"][0], "{url}{path}");
            for endpoint in
                ["authorization_endpoint", "token_endpoint", "registration_endpoint", "revocation_endpoint"]
            {
                let address = metadata[endpoint].as_str().unwrap();
                assert!(address.starts_with(&format!("{url}/")), "{endpoint}: {address}");
            }
        }
    }
}

#[test]
fn the_metadata_says_what_clients_insist_on() {
    let metadata = App::shared().nobody().get("/.well-known/oauth-authorization-server").expect(200);
    assert_eq!(metadata.header("content-type"), Some("application/json"));
    let metadata = metadata.json();
    assert_eq!(metadata["code_challenge_methods_supported"], json!(["S256"]));
    assert_eq!(metadata["response_types_supported"], json!(["code"]));
    assert_eq!(metadata["authorization_response_iss_parameter_supported"], json!(true));
    assert_eq!(metadata["client_id_metadata_document_supported"], json!(true));
    let holds = |member: &str, value: &str| metadata[member].as_array().unwrap().contains(&json!(value));
    assert!(holds("token_endpoint_auth_methods_supported", "none"));
    assert!(holds("grant_types_supported", "authorization_code"));
    assert!(holds("grant_types_supported", "refresh_token"));
    assert!(holds("scopes_supported", "tasks:read"));
}

#[test]
fn a_program_in_a_page_of_any_origin_may_read_what_programs_need_and_nothing_that_a_cookie_opens() {
    let nobody = App::shared().nobody();
    let from_a_page =
        |method: &str, path: &str| nobody.request(method, path).header("origin", "https://inspector.example");
    for path in ["/.well-known/oauth-authorization-server", "/.well-known/oauth-protected-resource/mcp"] {
        assert_eq!(
            from_a_page("GET", path).send().header("access-control-allow-origin"),
            Some("*"),
            "{path}"
        );
    }
    for path in ["/api/auth/oauth2/register", "/api/auth/oauth2/token", "/api/auth/oauth2/revoke"] {
        let asked =
            from_a_page("OPTIONS", path).header("access-control-request-method", "POST").send().expect(204);
        assert_eq!(asked.header("access-control-allow-origin"), Some("*"), "{path}");
        assert!(
            asked.header("access-control-allow-headers").unwrap().contains("mcp-protocol-version"),
            "{path}"
        );
        // A refusal can be read as well.
        let refused = from_a_page("POST", path).json(&json!({})).send();
        assert_eq!(refused.header("access-control-allow-origin"), Some("*"), "{path}");
        assert!(
            refused.status >= 400 && refused.header("access-control-allow-credentials").is_none(),
            "{path}"
        );
    }
    for path in ["/api/auth/oauth2/authorize", "/api/auth/oauth2/consent"] {
        let asked = from_a_page("OPTIONS", path).header("access-control-request-method", "POST").send();
        assert_eq!(asked.header("access-control-allow-origin"), None, "{path}");
    }
}
