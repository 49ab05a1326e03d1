//! What a program may register, and how many may.

use harness::{App, Options};
use serde_json::{Value, json};

use crate::program::CALLBACK;

const REGISTER: &str = "/api/auth/oauth2/register";

#[test]
fn what_the_clients_of_mcp_send_is_registered() {
    let app = App::shared();
    let registration = json!({
        "client_name": "Visual Studio Code", "client_uri": "https://code.visualstudio.com",
        "grant_types": ["authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:device_code"],
        "response_types": ["code"],
        "redirect_uris": [
            "https://insiders.vscode.dev/redirect", "https://vscode.dev/redirect", "http://127.0.0.1/", "http://127.0.0.1:33418/",
        ],
        "token_endpoint_auth_method": "none", "application_type": "native",
        "scope": "tasks:read tasks:write tasks:delete", "software_id": "x", "contacts": [],
    });
    let answer = app.nobody().post(REGISTER, &registration).expect(201);
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let client = answer.json();
    for member in ["client_name", "redirect_uris", "token_endpoint_auth_method", "application_type"] {
        assert_eq!(client[member], registration[member], "{member}");
    }
    assert!(client["client_id"].is_string() && client["client_id_issued_at"].is_u64());
    assert!(client.get("client_secret").is_none());
    let confidential =
        app.nobody().post(REGISTER, &json!({"redirect_uris": ["https://app.example/cb"]})).expect(201).json();
    assert_eq!(confidential["token_endpoint_auth_method"], "client_secret_basic");
    assert_eq!(confidential["client_secret_expires_at"], 0);
    assert!(confidential["client_secret"].as_str().unwrap().len() >= 43);
}

#[test]
fn what_can_not_be_registered_is_refused_by_name() {
    let app = App::shared();
    let long = "x".repeat(3000);
    let uri = |uri: &str| json!({"redirect_uris": [uri]});
    let with = |name: &str, value: Value| {
        let mut registration = json!({"redirect_uris": [CALLBACK]});
        registration[name] = value;
        registration
    };
    for (registration, error) in [
        (json!({}), "invalid_redirect_uri"),
        (json!({"redirect_uris": []}), "invalid_redirect_uri"),
        (json!({"redirect_uris": vec![CALLBACK; 11]}), "invalid_redirect_uri"),
        (uri("http://app.example/cb"), "invalid_redirect_uri"),
        (uri("http://169.254.169.254/cb"), "invalid_redirect_uri"),
        (uri("javascript:alert(1)"), "invalid_redirect_uri"),
        (uri("data:text/html,x"), "invalid_redirect_uri"),
        (uri("https://app.example/cb#x"), "invalid_redirect_uri"),
        (uri("https://a@app.example/cb"), "invalid_redirect_uri"),
        (uri(&format!("https://app.example/{long}")), "invalid_redirect_uri"),
        (uri("cb"), "invalid_redirect_uri"),
        (json!({"redirect_uris": "https://app.example"}), "invalid_client_metadata"),
        (with("token_endpoint_auth_method", json!("tls_client_auth")), "invalid_client_metadata"),
        (with("grant_types", json!(["password"])), "invalid_client_metadata"),
        (with("response_types", json!(["token"])), "invalid_client_metadata"),
        (with("client_name", json!("a\u{202e}b")), "invalid_client_metadata"),
        (with("client_name", json!(long)), "invalid_client_metadata"),
        (with("application_type", json!("other")), "invalid_client_metadata"),
        (json!([]), "invalid_client_metadata"),
        (json!("x"), "invalid_client_metadata"),
    ] {
        let answer = app.nobody().post(REGISTER, &registration).expect(400);
        assert_eq!(answer.json()["error"], error, "{registration:.60}");
    }
    app.nobody().request("POST", REGISTER).header("content-type", "text/plain").body("x").send().expect(415);
    app.nobody()
        .request("POST", REGISTER)
        .json(&json!({"client_name": "x".repeat(20_000)}))
        .send()
        .expect(413);
}

#[test]
fn a_network_that_registers_too_many_has_to_wait_and_no_other_has() {
    let header = "x-client-address";
    let variables = [("client_address_header", header), ("oauth_registrations_per_hour", "3")];
    let variables = variables.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
    let app = App::start(Options { variables, ..Options::default() }).unwrap();
    let register = |address: &str| {
        let registration = json!({"redirect_uris": [CALLBACK]});
        app.nobody().request("POST", REGISTER).json(&registration).header(header, address).send()
    };
    for _ in 0..3 {
        register("203.0.113.7").expect(201);
    }
    let refused = register("203.0.113.7").expect(429);
    let wait: u32 = refused.header("retry-after").unwrap().parse().unwrap();
    assert!((1..=1200).contains(&wait), "{wait}");
    register("203.0.113.8").expect(201);
    assert_eq!(app.sql("SELECT count(*) FROM todo.oauth_clients").unwrap().trim(), "4");
    let stored = app.sql("SELECT sign_in_attempts::text FROM todo.sign_in_attempts").unwrap();
    assert!(!stored.contains("203.0.113"), "{stored}");
}

#[test]
fn a_program_that_nobody_ever_used_is_forgotten_after_a_day() {
    let app = App::start(Options::default()).unwrap();
    let register = || app.nobody().post(REGISTER, &json!({"redirect_uris": [CALLBACK]})).expect(201);
    register();
    app.sql("UPDATE todo.oauth_clients SET registered_at = registered_at - interval '25 hours'").unwrap();
    register();
    assert_eq!(app.sql("SELECT count(*) FROM todo.oauth_clients").unwrap().trim(), "1");
}
