//! Programs on devices without a browser: a short code, which a person types elsewhere (RFC 8628).

use harness::{Answer, App};
use serde_json::{Value, json};

use crate::person::Person;
use crate::program::{Program, form};

const GRANT_TYPE: &str = "urn:ietf:params:oauth:grant-type:device_code";

fn device(app: &App) -> Program {
    let registration = json!({
        "client_name": "Kitchen display", "grant_types": [GRANT_TYPE, "refresh_token"], "token_endpoint_auth_method": "none",
    });
    Program::at(&app.url, &registration)
}

fn begin(program: &Program) -> Value {
    program.posts("/api/auth/oauth2/device-authorization", &[("scope", "tasks:read")]).expect(200).json()
}

fn poll(program: &Program, begun: &Value) -> Answer {
    program.asks(&[("grant_type", GRANT_TYPE), ("device_code", begun["device_code"].as_str().unwrap())])
}

/// Lets the program ask again at once.
fn later(app: &App, interval: &str) {
    app.sql(&format!(
        "UPDATE todo.oauth_device_codes SET next_poll_at = next_poll_at - interval '{interval}',
             expires_at = expires_at - interval '{interval}'"
    ))
    .unwrap();
}

fn page(begun: &Value) -> String {
    let complete = begun["verification_uri_complete"].as_str().unwrap();
    complete[complete.find("/api/").unwrap()..].to_owned()
}

fn answer(app: &App, person: &Person, request: &str, answer: &str) -> Answer {
    app.nobody()
        .request("POST", "/api/auth/oauth2/device-consent")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("cookie", &person.cookie)
        .header("origin", &app.url)
        .body(form(&[("request", request), ("answer", answer)]))
        .send()
}

#[test]
fn a_device_gets_tokens_once_its_person_said_yes_elsewhere() {
    let app = App::start(harness::Options::default()).unwrap();
    let (person, program) = (Person::new(&app), device(&app));
    let begun = begin(&program);
    assert_eq!((&begun["expires_in"], &begun["interval"]), (&json!(600), &json!(5)));
    assert_eq!(begun["verification_uri"], json!(format!("{}/api/auth/oauth2/device", app.url)));
    assert_eq!(poll(&program, &begun).expect(400).json()["error"], "authorization_pending");
    assert_eq!(poll(&program, &begun).expect(400).json()["error"], "slow_down");

    // Typed in small letters and with a space, as people do.
    let typed = begun["user_code"].as_str().unwrap().to_lowercase().replace('-', " ");
    let path = format!("/api/auth/oauth2/device?{}", form(&[("user_code", typed.as_str())]));
    let shown = person.opens(&path).expect(200).body;
    for text in ["Kitchen display", "See your tasks", begun["user_code"].as_str().unwrap()] {
        assert!(shown.contains(text), "{text}: {shown}");
    }
    let request = person.is_asked(&path);
    assert!(answer(&app, &person, &request, "allow").expect(200).body.contains("Allowed"));
    answer(&app, &person, &request, "allow").expect(400);

    later(&app, "5 seconds");
    let tokens = poll(&program, &begun).expect(200).json();
    assert_eq!(tokens["scope"], "tasks:read");
    app.nobody()
        .with_token(tokens["access_token"].as_str().unwrap())
        .mcp("tools/list", json!({}))
        .expect(200);
    program.refreshes(tokens["refresh_token"].as_str().unwrap()).expect(200);
    assert_eq!(poll(&program, &begun).expect(400).json()["error"], "invalid_grant", "a code is good once");
}

#[test]
fn a_no_and_no_answer_in_time_are_told() {
    let app = App::start(harness::Options::default()).unwrap();
    let (person, program) = (Person::new(&app), device(&app));
    let begun = begin(&program);
    let request = person.is_asked(&page(&begun));
    answer(&app, &person, &request, "deny").expect(200);
    assert_eq!(poll(&program, &begun).expect(400).json()["error"], "access_denied");

    let begun = begin(&program);
    let request = person.is_asked(&page(&begun));
    later(&app, "10 minutes");
    assert_eq!(poll(&program, &begun).expect(400).json()["error"], "expired_token");
    answer(&app, &person, &request, "allow").expect(400);
    assert!(!person.opens(&page(&begun)).expect(200).body.contains("name=\"request\""));
}

#[test]
fn a_devices_codes_are_its_own() {
    let app = App::shared();
    let (ann, bob) = (Person::new(app), Person::new(app));
    let (program, thief) = (device(app), device(app));
    let begun = begin(&program);
    assert_eq!(poll(&thief, &begun).expect(400).json()["error"], "invalid_grant");
    // The short code is not what is asked with.
    let asked =
        program.asks(&[("grant_type", GRANT_TYPE), ("device_code", begun["user_code"].as_str().unwrap())]);
    assert_eq!(asked.expect(400).json()["error"], "invalid_grant");
    // Somebody else's page is nobody else's answer, and a page for a browser is none for a device.
    let shown_to_ann = ann.is_asked(&page(&begun));
    answer(app, &bob, &shown_to_ann, "allow").expect(403);
    let of_a_browser = ann.is_asked(&Program::new(app).address(&[]));
    answer(app, &ann, &of_a_browser, "allow").expect(403);
    ann.answers(&shown_to_ann, "allow").expect(403);
    // A program that registered for a browser alone has no device.
    let browser = Program::new(app).posts("/api/auth/oauth2/device-authorization", &[]);
    assert_eq!(browser.expect(400).json()["error"], "unauthorized_client");
}

#[test]
fn codes_can_not_be_tried_in_numbers() {
    let app = App::shared();
    let person = Person::new(app);
    let statuses: Vec<u16> =
        (0..40).map(|_| person.opens("/api/auth/oauth2/device?user_code=BBBB-BBBB").status).collect();
    assert!(statuses.contains(&429) && statuses[0] == 200, "{statuses:?}");
    assert!(statuses.iter().filter(|status| **status == 200).count() <= 31, "{statuses:?}");
}
