//! Better Auth's client.

use harness::{App, Options};

use serde_json::json;

use crate::script::{node, output_of_module, succeeds};

/// Known, so that the script can check signatures and forge some.
const SECRET: &str = "better-auth-secret-12345678901234567890";

#[test]
fn the_official_better_auth_client_signs_up_in_and_out_and_gets_tokens() {
    let app = App::start(Options { secret: Some(SECRET.to_owned()), ..Options::default() }).unwrap();
    succeeds(node(), "auth/official_client.mjs", &["--url", &app.url, "--secret", SECRET]);
}

#[test]
fn the_official_better_auth_client_keeps_an_account() {
    let app = App::start(Options { secret: Some(SECRET.to_owned()), ..Options::default() }).unwrap();
    for script in ["auth/account_client.mjs", "auth/link_client.mjs"] {
        succeeds(node(), script, &["--url", &app.url, "--secret", SECRET]);
    }
}

#[test]
fn a_real_better_auth_server_is_the_issuer_of_tokens() {
    let port = scratch_postgres::free_port().unwrap();
    let issuer = format!("http://127.0.0.1:{port}");
    let variables = [
        ("auth_issuer", issuer.as_str()),
        ("auth_issuer_origin", &issuer),
        ("auth_issuer_keys_path", "/api/auth/jwks"),
        ("auth_issuer_secret", SECRET),
    ];
    let variables = variables.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
    let app = App::start(Options { variables, ..Options::default() }).unwrap();
    let port = port.to_string();
    succeeds(node(), "auth/issuer_client.mjs", &["--url", &app.url, "--port", &port, "--secret", SECRET]);
}

#[test]
fn the_official_better_auth_client_makes_tokens_for_programs() {
    let app = App::start(Options { secret: Some(SECRET.to_owned()), ..Options::default() }).unwrap();
    succeeds(node(), "auth/api_key_client.mjs", &["--url", &app.url]);
}

#[test]
fn the_official_better_auth_client_signs_in_with_a_second_factor() {
    let app = App::start(Options { secret: Some(SECRET.to_owned()), ..Options::default() }).unwrap();
    succeeds(node(), "auth/two_factor_client.mjs", &["--url", &app.url, "--secret", SECRET]);
}

#[test]
fn the_sample_in_the_documentation_runs_in_node_as_it_stands() {
    let app = App::shared();
    let account = json!({"name": "Ann", "email": "ann@example.org", "password": "correct horse battery"});
    app.nobody().post("/api/auth/sign-up/email", &account).expect(200);
    let page = std::fs::read_to_string(harness::repository().join("docs/auth.md")).unwrap();
    let sample = page.split("```js\n").nth(1).and_then(|rest| rest.split("```").next()).expect("a sample");
    let here = sample.replace("http://127.0.0.1:3000", &app.url);
    assert_ne!(sample, here);
    let said = output_of_module(node(), "auth", &here);
    assert!(said.contains("items: []"), "{said}");
}
