//! A code is good once, for a minute, for the program that asked and with its verifier.

use harness::App;
use serde_json::json;

use crate::person::Person;
use crate::program::{CALLBACK, Program};

/// The error that a refused exchange names.
#[track_caller]
fn refused(answer: harness::Answer) -> String {
    assert!(matches!(answer.status, 400 | 401), "{answer:?}");
    assert!(!answer.body.contains("access_token"), "{answer:?}");
    answer.json()["error"].as_str().unwrap().to_owned()
}

#[test]
fn a_code_that_comes_again_ends_all_that_came_of_it() {
    let app = App::shared();
    let (person, program) = (Person::new(app), Program::new(app));
    let code = program.code_from(&person);
    let tokens = program.exchanges(&code).expect(200).json();
    assert_eq!(refused(program.exchanges(&code)), "invalid_grant");
    let refresh_token = tokens["refresh_token"].as_str().unwrap();
    assert_eq!(
        refused(program.refreshes(refresh_token)),
        "invalid_grant",
        "one of the two may have stolen it"
    );
}

#[test]
fn of_many_exchanges_at_once_one_succeeds() {
    let app = App::shared();
    let (person, program) = (Person::new(app), Program::new(app));
    let code = program.code_from(&person);
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let tries: Vec<_> = (0..8).map(|_| scope.spawn(|| program.exchanges(&code).status)).collect();
        tries.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
}

#[test]
fn another_programs_code_is_no_code_and_stays_good_for_its_own() {
    let app = App::shared();
    let (person, program, thief) = (Person::new(app), Program::new(app), Program::new(app));
    let code = program.code_from(&person);
    let exchange = |verifier: &str| {
        thief.asks(&[
            ("grant_type", "authorization_code"),
            ("code", &code),
            ("code_verifier", verifier),
            ("redirect_uri", CALLBACK),
        ])
    };
    assert_eq!(refused(exchange(&thief.verifier)), "invalid_grant");
    assert_eq!(refused(exchange(&program.verifier)), "invalid_grant", "the verifier may be stolen too");
    program.exchanges(&code).expect(200);
}

#[test]
fn a_code_needs_the_verifier_of_its_challenge() {
    let app = App::shared();
    let (person, program) = (Person::new(app), Program::new(app));
    let code = program.code_from(&person);
    let with = |more: &[(&str, &str)]| {
        let mut parameters = vec![("grant_type", "authorization_code"), ("code", code.as_str())];
        parameters.extend(more);
        program.asks(&parameters)
    };
    assert_eq!(refused(with(&[])), "invalid_request", "no verifier");
    assert_eq!(refused(with(&[("code_verifier", "")])), "invalid_request");
    assert_eq!(refused(with(&[("code_verifier", "short")])), "invalid_request");
    assert_eq!(refused(with(&[("code_verifier", &"x".repeat(64))])), "invalid_grant");
    let challenge = crate::program::challenge(&program.verifier);
    assert_eq!(
        refused(with(&[("code_verifier", &challenge)])),
        "invalid_grant",
        "the challenge is no verifier"
    );
    let right = ("code_verifier", program.verifier.as_str());
    assert_eq!(refused(with(&[right, ("redirect_uri", "http://127.0.0.1:1/callback")])), "invalid_grant");
    // OAuth 2.1 leaves the redirect URI out.
    with(&[right]).expect(200);
}

#[test]
fn a_code_is_good_for_a_minute() {
    let app = App::shared();
    let (person, program) = (Person::new(app), Program::new(app));
    let code = program.code_from(&person);
    app.sql(&format!(
        "UPDATE todo.oauth_grants SET expires_at = expires_at - interval '60 seconds' WHERE user_id = '{}'",
        person.id
    ))
    .unwrap();
    assert_eq!(refused(program.exchanges(&code)), "invalid_grant");
}

#[test]
fn a_code_of_one_name_of_this_machine_gives_no_token_of_another() {
    let app = App::shared();
    let names = app.names();
    let (one, other) = (&names[0], &names[1]);
    let registration = json!({"redirect_uris": [CALLBACK], "token_endpoint_auth_method": "none"});
    let person = Person::at(one);
    let program = Program::at(one, &registration);
    let code = program.code_from(&person);
    let sent = crate::program::form(&[
        ("grant_type", "authorization_code"),
        ("client_id", &program.id),
        ("code", &code),
        ("code_verifier", &program.verifier),
    ]);
    let elsewhere = harness::Caller::new(other, uuid::Uuid::nil(), None)
        .request("POST", "/api/auth/oauth2/token")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(sent)
        .send();
    assert_eq!(refused(elsewhere), "invalid_grant");
}

#[test]
fn a_token_asked_for_another_resource_or_with_more_scopes_is_refused() {
    let app = App::shared();
    let (person, program) = (Person::new(app), Program::new(app));
    let ask = |more: (&str, &str)| {
        let back = person.allows(&program.address(&[("scope", Some("tasks:read"))]));
        let code = crate::program::parameter(&back, "code").unwrap();
        let verifier = ("code_verifier", program.verifier.as_str());
        program.asks(&[("grant_type", "authorization_code"), ("code", &code), verifier, more])
    };
    assert_eq!(refused(ask(("resource", app.url.as_str()))), "invalid_target");
    assert_eq!(refused(ask(("resource", "https://evil.example"))), "invalid_target");
    assert_eq!(refused(ask(("scope", "tasks:read tasks:delete"))), "invalid_scope");
    ask(("resource", format!("{}/mcp", app.url).as_str())).expect(200);
}
