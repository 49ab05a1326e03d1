use harness::{App, IssuerServer, Options, Published};
use serde_json::{Value, json};

use super::{KEYS, Key, ask, claims, issuer_with};

const KEY: Key = Key::EdDsa(1);

/// An app that is told the issuer's name and where it is reached, and nothing of its keys.
fn app_of(name: &str, issuer: &IssuerServer) -> App {
    let variables = [("auth_issuer", name), ("auth_issuer_origin", &issuer.origin)];
    let variables = variables.map(|(name, value)| (name.to_owned(), value.to_owned()));
    App::start(Options { variables: variables.to_vec(), ..Options::default() }).unwrap()
}

fn status(app: &App, issuer: &IssuerServer, name: &str) -> u16 {
    let mut said = claims(app, issuer, "ann");
    said["iss"] = json!(name);
    ask(app, &KEY.token(&said)).status
}

#[test]
fn keys_are_found_by_openid_connect_discovery_and_by_rfc_8414() {
    for place in [
        "/realms/todo/.well-known/openid-configuration",
        "/.well-known/oauth-authorization-server/realms/todo",
        "/.well-known/openid-configuration/realms/todo",
    ] {
        let issuer = issuer_with(&[KEY]);
        let name = format!("{}/realms/todo", issuer.origin);
        let metadata = json!({"issuer": name, "jwks_uri": format!("{}{KEYS}", issuer.origin)});
        issuer.publish(place, Published::json(&metadata));
        let app = app_of(&name, &issuer);
        assert_eq!(status(&app, &issuer, &name), 200, "{place}: {:?}", issuer.asked());
        assert_eq!(issuer.asked().last().map(String::as_str), Some(KEYS));
    }
}

#[test]
fn an_issuer_is_known_by_its_public_name_and_reached_by_one_inside_the_network() {
    let issuer = issuer_with(&[KEY]);
    let metadata = json!({"issuer": "https://id.example", "jwks_uri": "https://id.example/keys"});
    issuer.publish("/.well-known/openid-configuration", Published::json(&metadata));
    let app = app_of("https://id.example", &issuer);
    assert_eq!(status(&app, &issuer, "https://id.example"), 200);
}

#[test]
fn metadata_of_somebody_else_leads_nowhere() {
    for metadata in [
        json!({"issuer": "https://evil.example", "jwks_uri": "https://id.example/keys"}),
        json!({"issuer": "https://id.example/", "jwks_uri": "https://id.example/keys"}),
        json!({"issuer": "https://id.example", "jwks_uri": "https://evil.example/keys"}),
        json!({"issuer": "https://id.example", "jwks_uri": "http://169.254.169.254/keys"}),
        json!({"issuer": "https://id.example"}),
        Value::Null,
    ] {
        let issuer = issuer_with(&[KEY]);
        issuer.publish("/.well-known/openid-configuration", Published::json(&metadata));
        let app = app_of("https://id.example", &issuer);
        assert_eq!(status(&app, &issuer, "https://id.example"), 503, "{metadata}");
        assert!(!issuer.asked().contains(&KEYS.to_owned()), "{metadata}");
    }
}
