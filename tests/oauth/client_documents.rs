//! Programs whose id is the address of a document that describes them. What a good document looks like is tested beside the code; here,
//! that nothing else is asked, and that the last good copy counts.

use harness::{App, Options};
use serde_json::json;

use crate::person::Person;
use crate::program::{CALLBACK, Program, claims, parameter};

/// Stores a copy of a document, as it was fetched some time ago: at a name that nobody can have (RFC 6761), so that it can't be had again.
fn keep(app: &App, id: &str, is_fresh: bool) {
    let interval = if is_fresh { "1 hour" } else { "-1 hour" };
    app.sql(&format!(
        "INSERT INTO todo.oauth_clients
             (id, name, redirect_uris, grant_types, auth_method, registered_at, document_fresh_until)
         VALUES ('{id}', 'Vendor', ARRAY['{CALLBACK}'], ARRAY['authorization_code', 'refresh_token'], 'none', now(),
             now() + interval '{interval}')"
    ))
    .unwrap();
}

#[test]
fn a_program_that_is_described_at_an_address_gets_tokens_also_while_that_is_out_of_reach() {
    let app = App::shared();
    let person = Person::new(app);
    for (id, is_fresh) in [("https://fresh.invalid/client", true), ("https://stale.invalid/client", false)] {
        keep(app, id, is_fresh);
        let program = Program::known_as(app, id);
        let page = person.opens(&program.address(&[])).expect(200).body;
        let host = id.trim_start_matches("https://").trim_end_matches("/client");
        assert!(page.contains(host) && page.contains("Vendor"), "{page}");
        let tokens = program.tokens_from(&person);
        assert_eq!(claims(tokens["access_token"].as_str().unwrap())["client_id"], json!(id));
        program.refreshes(tokens["refresh_token"].as_str().unwrap()).expect(200);
        // A copy has no right to other addresses.
        let elsewhere = program.address(&[("redirect_uri", Some("https://evil.example/cb"))]);
        assert_eq!(person.opens(&elsewhere).expect(400).header("location"), None);
    }
}

#[test]
fn an_address_that_may_not_be_asked_is_not_asked_and_nobody_is_sent_anywhere() {
    let app = App::shared();
    let person = Person::new(app);
    let postgres = app.database_url.rsplit('@').next().unwrap().split('/').next().unwrap();
    for id in [
        "https://127.0.0.1/client",
        "https://localhost/client",
        "https://[::1]/client",
        "https://169.254.169.254/latest/meta-data/",
        "https://10.0.0.1/client",
        "https://2130706433/client",
        "https://metadata.google.internal/client",
        "https://identity.spin.internal/api/auth/ok",
        "https://client-documents.spin.internal/?url=x",
        "https://todo.default.svc.cluster.local/client",
        "https://vendor.invalid:8443/client",
        "https://user@vendor.invalid/client",
        "https://vendor.invalid/client#x",
        "https://vendor.invalid/a/../client",
        "https://vendor.invalid",
        "https://",
        &format!("https://{postgres}/client"),
    ] {
        let program = Program::known_as(app, id);
        let answer = person.opens(&program.address(&[])).expect(400);
        assert_eq!(answer.header("location"), None, "{id}");
        assert!(!answer.body.contains("name=\"request\""), "{id}: {}", answer.body);
        assert_eq!(program.exchanges("x").expect(401).json()["error"], "invalid_client", "{id}");
    }
}

#[test]
fn nobody_who_is_not_signed_in_has_an_address_asked() {
    let app = App::shared();
    let program = Program::known_as(app, "https://unknown.invalid/client");
    let page = app.nobody().get(&program.address(&[])).expect(200).body;
    assert!(page.contains("/api/auth/sign-in/email") && page.contains("unknown.invalid"), "{page}");
}

#[test]
fn what_fetches_documents_can_not_be_asked_from_outside() {
    let app = App::shared();
    for (path, host) in [
        ("/?url=https://vendor.invalid/client", "client-documents.spin.internal"),
        ("/client-documents?url=https://vendor.invalid/client", "127.0.0.1"),
    ] {
        let answer = app.nobody().request("GET", path).header("host", host).send();
        assert!(
            !answer.body.contains("document of a program") && !answer.body.contains("max_age"),
            "{answer:?}"
        );
    }
}

#[test]
fn an_operator_may_do_without() {
    let variables = vec![("oauth_client_documents".to_owned(), "false".to_owned())];
    let app = App::start(Options { variables, ..Options::default() }).unwrap();
    let metadata = app.nobody().get("/.well-known/oauth-authorization-server").expect(200).json();
    assert_eq!(metadata["client_id_metadata_document_supported"], json!(false));
    let program = Program::known_as(&app, "https://vendor.invalid/client");
    let answer = Person::new(&app).opens(&program.address(&[])).expect(400);
    assert_eq!(
        parameter(&format!("{}{}", app.url, program.address(&[])), "client_id").as_deref(),
        Some("https://vendor.invalid/client")
    );
    assert_eq!(answer.header("location"), None);
}
