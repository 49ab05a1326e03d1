use harness::App;
use serde_json::{Value, json};

use super::{Key, app_of, ask, claims, encode, issuer_with, now};

const KEYS: [Key; 3] = [Key::EdDsa(1), Key::Es256(1), Key::Rs256(0)];
const SECRET: &str = "a secret that both servers have, long enough";

fn add(app: &App, token: &str, title: &str) {
    app.nobody().with_token(token).post("/api/v1/tasks", &json!({ "title": title })).expect(201);
}

fn titles(app: &App, token: &str) -> Vec<String> {
    let items = ask(app, token).expect(200).json()["items"].as_array().unwrap().clone();
    items.iter().map(|task| task["title"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_person_is_the_same_by_each_of_the_issuers_keys_and_sees_nothing_of_another() {
    let issuer = issuer_with(&KEYS);
    let app = app_of(&issuer, &[]);
    for (number, key) in KEYS.iter().enumerate() {
        add(&app, &key.token(&claims(&app, &issuer, "ann")), &format!("task {number}"));
    }
    let bob = KEYS[0].token(&claims(&app, &issuer, "bob"));
    assert!(titles(&app, &bob).is_empty());
    assert_eq!(titles(&app, &KEYS[2].token(&claims(&app, &issuer, "ann"))).len(), 3);
    // Nothing is stored of who they are: tasks know a user by an id alone.
    assert_eq!(app.sql("SELECT count(*) FROM todo.users").unwrap().trim(), "0");
    assert_eq!(app.sql("SELECT count(DISTINCT user_id) FROM todo.tasks").unwrap().trim(), "1");
}

#[test]
fn a_subject_that_is_the_id_of_one_of_the_apps_own_users_is_somebody_else() {
    let issuer = issuer_with(&KEYS[..1]);
    let app = app_of(&issuer, &[]);
    let own = "0191f0c0-6c3e-7d64-8a57-2f6f1e0d4b11";
    app.sql(&format!(
        "INSERT INTO todo.tasks (user_id, id, title, title_key, created_at, updated_at, title_words, label_words, notes_words)
         VALUES ('{own}', gen_random_uuid(), 'mine', 'mine', now(), now(), '', '', '')"
    ))
    .unwrap();
    assert!(titles(&app, &KEYS[0].token(&claims(&app, &issuer, own))).is_empty());
}

#[test]
fn mcp_and_chat_take_its_tokens_as_far_as_their_scopes_go() {
    let issuer = issuer_with(&KEYS[..1]);
    let app = app_of(&issuer, &[]);
    let mut said = claims(&app, &issuer, "ann");
    said["aud"] = json!(format!("{}/mcp", app.url));
    let for_mcp = KEYS[0].token(&said);
    ask(&app, &for_mcp).expect(401);
    let list = json!({"jsonrpc": "2.0", "id": 1, "method": "tools/list"});
    let post = |token: &str| {
        app.nobody()
            .with_token(token)
            .request("POST", "/mcp")
            .header("accept", "application/json, text/event-stream")
            .json(&list)
            .send()
    };
    assert_ne!(post(&for_mcp).status, 401);
    // What was said in chat is done by MCP, in the name of the same person.
    let token = KEYS[0].token(&claims(&app, &issuer, "ann"));
    let message = json!({"message": "add buy milk"});
    app.nobody().with_token(&token).post("/api/v1/chat", &message).expect(200);
    assert_eq!(titles(&app, &token), ["Buy milk"]);
    said = claims(&app, &issuer, "ann");
    said["scope"] = json!("tasks:read");
    let reading = KEYS[0].token(&said);
    app.nobody().with_token(&reading).post("/api/v1/tasks", &json!({"title": "no"})).expect(403);
    said.as_object_mut().unwrap().remove("scope");
    ask(&app, &KEYS[0].token(&said)).expect(403);
}

#[test]
fn a_shared_secret_an_audience_and_scopes_are_the_operators_to_set() {
    let issuer = issuer_with(&[]);
    let more = [
        ("auth_issuer_secret", SECRET),
        ("auth_issuer_audience", "todo"),
        ("auth_issuer_scopes", "tasks:read"),
    ];
    let app = app_of(&issuer, &more);
    let mut said = claims(&app, &issuer, "ann");
    let sign = |said: &Value| harness::sign(said, SECRET).unwrap();
    ask(&app, &sign(&said)).expect(401);
    said["aud"] = json!(["account", "todo"]);
    ask(&app, &sign(&said)).expect(200);
    said.as_object_mut().unwrap().remove("scope");
    let token = sign(&said);
    ask(&app, &token).expect(200);
    app.nobody().with_token(&token).post("/api/v1/tasks", &json!({"title": "no"})).expect(403);
    ask(&app, &harness::sign(&said, "another secret that is also long enough").unwrap()).expect(401);
    assert_eq!(issuer.asked(), Vec::<String>::new(), "a secret needs no keys");
}

#[test]
fn what_is_forged_old_or_for_somebody_else_is_refused() {
    let issuer = issuer_with(&KEYS);
    let app = app_of(&issuer, &[]);
    let good = claims(&app, &issuer, "ann");
    let with = |name: &str, value: Value| {
        let mut said = good.clone();
        said[name] = value;
        said
    };
    for key in KEYS {
        ask(&app, &key.token(&good)).expect(200);
        for (name, value) in [
            ("iss", json!("https://id.example")),
            ("iss", json!(app.url)),
            ("iss", json!(format!("{}/", issuer.origin))),
            ("aud", json!("https://another.example")),
            ("aud", json!(format!("{}.evil.example", app.url))),
            ("exp", json!(now() - 60)),
            ("nbf", json!(now() + 60)),
            ("sub", json!("")),
        ] {
            let answer = ask(&app, &key.token(&with(name, value.clone())));
            assert_eq!(answer.status, 401, "{key:?} {name} {value}");
        }
        let (alg, kid) = (key.algorithm(), key.id());
        for header in [
            json!({"alg": "none", "kid": kid}),
            json!({"alg": "HS256", "kid": kid}),
            json!({"alg": "PS256", "kid": kid}),
            json!({"alg": alg, "kid": kid, "crit": ["exp"]}),
            json!({"alg": alg, "kid": kid, "typ": "dpop+jwt"}),
            json!({"alg": alg, "kid": KEYS.map(Key::id).into_iter().find(|other| *other != kid)}),
        ] {
            assert_eq!(ask(&app, &key.token_with(&header, &good)).status, 401, "{header}");
        }
    }
    // The public key as a secret, the app's own secret, another key with the name of a good one, no signature.
    let modulus = KEYS[2].jwk()["n"].as_str().unwrap().to_owned();
    for forged in [
        harness::sign(&good, &modulus).unwrap(),
        app.sign(&good).unwrap(),
        app.sign(&with("iss", json!(app.url))).unwrap(),
        Key::EdDsa(9).token_with(&json!({"alg": "EdDSA", "kid": KEYS[0].id()}), &good),
        format!("{}.{}.", encode(json!({"alg": "none"}).to_string()), encode(good.to_string())),
        KEYS[0].token(&with("x", json!("x".repeat(9000)))),
    ] {
        assert_eq!(ask(&app, &forged).status, 401, "{forged:.40}");
    }
    let recorded =
        app.sql("SELECT count(*) > 0 FROM todo.audit_events WHERE action = 'token.refused'").unwrap();
    assert_eq!(recorded.trim(), "t");
}
