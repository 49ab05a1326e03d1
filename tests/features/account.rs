//! Signing up, in and out.

use cucumber::{given, then, when};
use harness::Answer;
use serde_json::json;

use crate::world::{Person, World, ZONE, app, quoted};

fn cookie(answer: &Answer) -> String {
    let set = answer.header("set-cookie").expect("a session cookie");
    set.split(';').next().unwrap_or_default().to_owned()
}

fn token(cookie: &str) -> String {
    let answer = app().nobody().request("GET", "/api/auth/token").header("cookie", cookie).send().expect(200);
    answer.json()["token"].as_str().expect("a token").to_owned()
}

fn sign_in(email: &str, password: &str) -> Answer {
    let body = json!({ "email": email, "password": password });
    app().nobody().request("POST", "/api/auth/sign-in/email").json(&body).header("origin", &app().url).send()
}

#[given(regex = r"^(\w+) has signed up$")]
fn signs_up(world: &mut World, name: String) {
    let email = format!("{}-{}@example.com", name.to_lowercase(), uuid::Uuid::new_v4().simple());
    let password = format!("correct horse {}", uuid::Uuid::new_v4());
    let body = json!({ "name": name, "email": email, "password": password, "timeZone": ZONE });
    let answer =
        app().nobody().request("POST", "/api/auth/sign-up/email").json(&body).header("origin", &app().url);
    let cookie = cookie(&answer.send().expect(200));
    let caller = app().nobody().with_token(&token(&cookie));
    world.people.insert(name, Person { caller, email, password, cookie, conversation: None });
}

#[when(regex = r"^(\w+) signs out$")]
fn signs_out(world: &mut World, name: String) {
    let person = world.person(&name);
    let request = app().nobody().request("POST", "/api/auth/sign-out").json(&json!({}));
    request.header("cookie", &person.cookie).header("origin", &app().url).send().expect(200);
}

#[then(regex = r"^(\w+)'s session is over$")]
fn session_is_over(world: &mut World, name: String) {
    let cookie = &world.person(&name).cookie;
    app().nobody().request("GET", "/api/auth/token").header("cookie", cookie).send().expect(401);
    let session =
        app().nobody().request("GET", "/api/auth/get-session").header("cookie", cookie).send().expect(200);
    assert_eq!(session.body, "null");
}

#[when(regex = r"^(\w+) signs in again$")]
fn signs_in_again(world: &mut World, name: String) {
    let person = world.people.get_mut(&name).unwrap();
    person.cookie = cookie(&sign_in(&person.email, &person.password).expect(200));
    person.caller = app().nobody().with_token(&token(&person.cookie));
}

#[then(regex = r#"^(\w+) can't sign in with the password "(.+)"$"#)]
fn cannot_sign_in(world: &mut World, name: String, password: String) {
    sign_in(&world.person(&name).email, &password).expect(401);
}

#[then(regex = r"^nobody is let in at (.+) without a token$")]
fn nobody_is_let_in(_: &mut World, paths: String) {
    for path in quoted(&paths) {
        let method = if path == "/mcp" { "POST" } else { "GET" };
        let answer = app().nobody().request(method, &path).json(&json!({})).send().expect(401);
        assert!(answer.header("www-authenticate").is_some_and(|value| value.starts_with("Bearer")), "{path}");
    }
}
