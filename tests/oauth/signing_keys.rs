//! Tokens of programs are signed with keys that anybody can check, and keys are replaced without a token being refused.

use std::sync::atomic::{AtomicBool, Ordering};

use harness::{App, Caller, Database, Options};
use serde_json::{Value, json};

use crate::person::Person;
use crate::program::Program;
use crate::tokens::{header, is_signed};

const SECRET: &str = "the secret of apps whose keys are looked at, long enough";

/// An app that keeps its state where others find it.
pub fn app(database: Database, variables: &[(&str, &str)]) -> App {
    let variables = variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    App::start(Options { secret: Some(SECRET.to_owned()), database, variables, ..Options::default() })
        .unwrap()
}

/// Another process of the same app: where keys were changed, it does not know those from before.
pub fn another(app: &App, variables: &[(&str, &str)]) -> App {
    self::app(Database::At(app.database_url.clone()), variables)
}

fn jwks(app: &App) -> Value {
    app.nobody().get("/api/auth/jwks").expect(200).json()
}

/// An access token that a person allowed a program, for REST.
fn token(app: &App) -> String {
    let (person, program) = (Person::new(app), Program::new(app));
    let back = person.allows(&program.address(&[("resource", Some(&app.url))]));
    let code = crate::program::parameter(&back, "code").unwrap();
    let tokens = program.exchanges(&code).expect(200).json();
    tokens["access_token"].as_str().unwrap().to_owned()
}

#[track_caller]
fn is_good(app: &App, token: &str) -> bool {
    let answer = app.nobody().with_token(token).get("/api/v1/tasks");
    assert!(matches!(answer.status, 200 | 401), "{answer:?}");
    answer.status == 200
}

#[test]
fn a_token_is_signed_with_a_published_key_and_good_in_the_app() {
    for (algorithm, variables) in [
        ("EdDSA", &[][..]),
        ("ES256", &[("oauth_token_algorithm", "ES256")]),
        ("HS256", &[("oauth_token_algorithm", "HS256")]),
    ] {
        let app = app(Database::Shared, variables);
        let token = token(&app);
        assert_eq!(header(&token)["alg"], algorithm);
        assert_eq!(header(&token)["typ"], "at+jwt");
        let keys = jwks(&app);
        let is_published = header(&token)["kid"].is_string() && is_signed(&token, &keys);
        assert_eq!(is_published, algorithm != "HS256", "{keys}");
        assert!(is_good(&app, &token), "{algorithm}");
        for key in keys["keys"].as_array().unwrap() {
            assert!(key["d"].is_null(), "{key}");
        }
    }
}

#[test]
fn whoever_asks_for_keys_first_finds_the_one_that_signs() {
    let app = app(Database::Shared, &[]);
    let answer = app.nobody().request("GET", "/api/auth/jwks").header("origin", "https://a.example").send();
    assert_eq!(answer.header("cache-control"), Some("public, max-age=300"));
    assert_eq!(answer.header("access-control-allow-origin"), Some("*"));
    let before = answer.json();
    assert_eq!(before["keys"].as_array().unwrap().len(), 1, "{before}");
    assert!(is_signed(&token(&app), &before));
    app.nobody().post("/api/auth/jwks", &json!({})).expect(405);
}

#[test]
fn processes_that_start_at_once_make_one_key() {
    let first = app(Database::Shared, &[]);
    let second = another(&first, &[]);
    std::thread::scope(|scope| {
        for number in 0..12 {
            let app = if number % 2 == 0 { &first } else { &second };
            scope.spawn(|| jwks(app));
        }
    });
    assert_eq!(first.sql("SELECT count(*) FROM todo.signing_keys").unwrap().trim(), "1");
    assert_eq!(jwks(&first), jwks(&second));
}

#[test]
fn a_key_that_was_stored_after_a_search_began_is_found() {
    let app = app(Database::Shared, &[]);
    let keys = jwks(&app);
    let id = keys["keys"][0]["kid"].as_str().unwrap();
    let search = include_str!("../../components/endpoints/oauth/src/store/find_signing_keys.sql");
    let found = app.sql(&format!(
        "BEGIN; SELECT pg_sleep(0.01); UPDATE todo.signing_keys SET signs_from = clock_timestamp();
         PREPARE search AS {search}; EXECUTE search ('EdDSA', 90); ROLLBACK"
    ));
    let found = found.unwrap();
    assert!(found.contains(id), "{found}");
}

#[test]
fn an_old_key_is_followed_by_one_that_is_published_before_it_signs() {
    let first = app(Database::Shared, &[]);
    let old = token(&first);
    first.sql("UPDATE todo.signing_keys SET created_at = now() - interval '91 days'").unwrap();
    let second = another(&first, &[]);
    let meanwhile = token(&second);
    assert_eq!(
        header(&meanwhile)["kid"],
        header(&old)["kid"],
        "nobody has had time to learn of the next one"
    );
    let keys = jwks(&second);
    assert_eq!(keys["keys"].as_array().unwrap().len(), 2, "{keys}");
    // As if its time had come.
    first.sql("UPDATE todo.signing_keys SET signs_from = now() WHERE generation = 2").unwrap();
    first.sql("UPDATE todo.signing_keys SET retired_at = now() WHERE generation = 1").unwrap();
    let third = another(&first, &[]);
    let new = token(&third);
    assert_ne!(header(&new)["kid"], header(&old)["kid"]);
    assert!(is_signed(&new, &keys), "it was published before");
    for app in [&first, &second, &third] {
        for token in [&old, &meanwhile, &new] {
            assert_eq!(is_good(app, token), app.url == issuer(token), "{token}");
        }
    }
}

/// At which name a token is good.
fn issuer(token: &str) -> String {
    crate::program::claims(token)["iss"].as_str().unwrap().to_owned()
}

#[test]
fn a_key_that_is_not_published_any_more_checks_nothing() {
    let first = app(Database::Shared, &[]);
    let token = token(&first);
    let claims = crate::program::claims(&token);
    first.sql("UPDATE todo.signing_keys SET retired_at = now(), published_until = now()").unwrap();
    let variables = [("public_url", first.url.as_str())];
    let second = another(&first, &variables);
    let there = Caller::new(&second.url, uuid::Uuid::nil(), Some(token.clone()));
    assert_eq!(there.get("/api/v1/tasks").status, 401, "{claims}");
    let keys = second.nobody().get("/api/auth/jwks").expect(200).json();
    assert!(!is_signed(&token, &keys));
}

#[test]
fn a_replica_takes_tokens_of_a_key_that_another_one_made_just_now() {
    let first = app(Database::Shared, &[]);
    let variables = [("public_url", first.url.as_str())];
    let old = token(&first);
    let second = another(&first, &variables);
    let failures = std::sync::Mutex::new(Vec::new());
    let is_over = AtomicBool::new(false);
    std::thread::scope(|scope| {
        let _end = SetAtEnd(&is_over);
        for app in [&first, &second] {
            let (failures, is_over, old) = (&failures, &is_over, &old);
            scope.spawn(move || {
                let caller = Caller::new(&app.url, uuid::Uuid::nil(), Some(old.clone()));
                while !is_over.load(Ordering::Relaxed) {
                    // Slowly enough for the budget of calls a minute.
                    std::thread::sleep(std::time::Duration::from_millis(50));
                    let answer = caller.get("/api/v1/tasks");
                    if answer.status != 200 {
                        failures.lock().unwrap().push(answer);
                    }
                }
            });
        }
        // What an operator runs to change keys, and at once a new one from a process that has signed nothing yet.
        first.sql("UPDATE todo.signing_keys SET retired_at = now() WHERE retired_at IS NULL").unwrap();
        let third = another(&first, &[("public_url", first.url.as_str())]);
        let new = at(&third, &first.url);
        assert_ne!(header(&new)["kid"], header(&old)["kid"]);
        for app in [&first, &second, &third] {
            for token in [&old, &new] {
                let caller = Caller::new(&app.url, uuid::Uuid::nil(), Some(token.clone()));
                caller.get("/api/v1/tasks").expect(200);
                // Also over MCP, which is another component with keys of its own.
                caller.mcp("tools/list", json!({})).expect(200);
            }
        }
    });
    assert!(failures.lock().unwrap().is_empty(), "{failures:?}");
}

/// Sets its flag when what it stands in ends, also where that fails: who waits for the flag would wait for ever.
pub struct SetAtEnd<'a>(pub &'a AtomicBool);

impl Drop for SetAtEnd<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

/// An access token from a process whose public address is that of another one.
pub fn at(app: &App, public_url: &str) -> String {
    let account = json!({"name": "Ann", "email": format!("{}@example.org", uuid::Uuid::new_v4().simple()), "password": "correct horse battery"});
    let signed_up = app
        .nobody()
        .request("POST", "/api/auth/sign-up/email")
        .header("origin", public_url)
        .json(&account)
        .send()
        .expect(200);
    let cookie = signed_up.header("set-cookie").unwrap().split(';').next().unwrap().to_owned();
    let program = Program::new(app);
    let asked = app.nobody().request("GET", &program.address(&[("resource", Some(public_url))]));
    let page = asked.header("cookie", &cookie).send().expect(200).body;
    let form =
        page.split_once("name=\"request\" value=\"").expect("a page that asks").1.split('"').next().unwrap();
    let answer = app
        .nobody()
        .request("POST", "/api/auth/oauth2/consent")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("origin", public_url)
        .header("cookie", &cookie)
        .body(crate::program::form(&[("request", form), ("answer", "allow")]))
        .send()
        .expect(303);
    let code = crate::program::parameter(answer.header("location").unwrap(), "code").unwrap();
    let tokens = program.exchanges(&code).expect(200).json();
    tokens["access_token"].as_str().unwrap().to_owned()
}

#[test]
fn keys_outlive_a_change_of_the_secret_and_are_replaced_where_none_opens() {
    let first = app(Database::Shared, &[]);
    let old = header(&token(&first))["kid"].clone();
    let start = |secret: &str, previous: &str| {
        App::start(Options {
            secret: Some(secret.to_owned()),
            database: Database::At(first.database_url.clone()),
            variables: vec![("better_auth_secret_previous".to_owned(), previous.to_owned())],
            ..Options::default()
        })
        .unwrap()
    };
    let changing = start("another secret that is long enough for it", SECRET);
    let kept = token(&changing);
    assert_eq!(header(&kept)["kid"], old);
    assert!(is_good(&changing, &kept));
    let changed = start("another secret that is long enough for it", "");
    let new = token(&changed);
    assert_ne!(header(&new)["kid"], old);
    assert!(is_good(&changed, &new) && is_signed(&new, &jwks(&changed)));
}

#[test]
fn private_keys_are_sealed_and_out_of_reach_of_what_checks_tokens() {
    let app = app(Database::Shared, &[]);
    let token = token(&app);
    let lengths = app.sql("SELECT octet_length(sealed_private_key) FROM todo.signing_keys").unwrap();
    assert_eq!(lengths.trim(), "72");
    for (role, column, right, expected) in [
        ("todo_app", "public_key", "SELECT", "t"),
        ("todo_app", "sealed_private_key", "SELECT", "f"),
        ("todo_app", "retired_at", "UPDATE", "f"),
        ("todo_app", "id", "INSERT", "f"),
        ("todo_identity", "sealed_private_key", "SELECT", "t"),
        ("todo_identity", "sealed_private_key", "UPDATE", "f"),
        ("todo_identity", "public_key", "UPDATE", "f"),
    ] {
        let question =
            format!("SELECT has_column_privilege('{role}', 'todo.signing_keys', '{column}', '{right}')");
        assert_eq!(app.sql(&question).unwrap().trim(), expected, "{role} {right} {column}");
    }
    let refused = app.sql("SET ROLE todo_app; SELECT sealed_private_key FROM todo.signing_keys").unwrap_err();
    assert!(refused.to_string().contains("permission denied"), "{refused}");
    let forced = "SELECT relrowsecurity AND relforcerowsecurity FROM pg_class WHERE oid = 'todo.signing_keys'::regclass";
    assert_eq!(app.sql(forced).unwrap().trim(), "t");
    assert!(!app.log().contains(&token));
}
