//! The secret can be changed without signing anybody out.

use harness::{App, Options};
use serde_json::json;

const OLD: &str = "the secret before it was changed, long enough";
const NEW: &str = "the secret after it was changed, long enough!";

#[test]
fn cookies_and_tokens_of_the_secret_before_stay_valid_and_new_ones_are_made_with_the_new_one() {
    let before = App::start(Options { secret: Some(OLD.to_owned()), ..Options::default() }).unwrap();
    let account = json!({"name": "Ann", "email": "ann@example.org", "password": "correct horse"});
    let signed_up = before.nobody().post("/api/auth/sign-up/email", &account);
    let cookie = signed_up.header("set-cookie").unwrap().split(';').next().unwrap().to_owned();

    let after = App::start(Options {
        secret: Some(NEW.to_owned()),
        database: harness::Database::At(before.database_url.clone()),
        variables: vec![("better_auth_secret_previous".to_owned(), OLD.to_owned())],
        ..Options::default()
    })
    .unwrap();
    let session = after.nobody().request("GET", "/api/auth/get-session").header("cookie", &cookie).send();
    assert_eq!(session.json()["user"]["email"], "ann@example.org", "{}", session.body);

    let token = after.nobody().request("GET", "/api/auth/token").header("cookie", &cookie).send();
    let fresh = token.json()["token"].as_str().unwrap().to_owned();
    assert_eq!(after.nobody().with_token(&fresh).get("/api/v1/tasks").status, 200);
    assert_eq!(
        before.nobody().with_token(&fresh).get("/api/v1/tasks").status,
        401,
        "made with the new secret"
    );
}
