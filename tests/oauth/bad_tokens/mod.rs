//! Tokens that are malformed, stale, for somebody else or made by a stranger: each endpoint refuses each of them, and says nothing of
//! anybody.

mod claims;
mod forged;
mod malformed;

use harness::{Answer, App, Caller};
use serde_json::{Value, json};

use crate::person::Person;
use crate::program::{Program, claims, form, parameter};
use crate::tokens::header;

/// A token and what is wrong with it.
type Bad = (String, String);

/// What a stranger could know: a good token of somebody else's program, its parts, and the app's public keys.
pub struct Known {
    /// The app's name, which issues its tokens.
    pub url: String,
    /// A good token.
    pub token: String,
    /// Its header.
    pub header: Value,
    /// Its claims.
    pub claims: Value,
    /// The public key that checks it.
    pub key: Value,
    /// Other things that the program was given.
    pub others: Vec<(&'static str, String)>,
}

impl Known {
    fn new(app: &App, person: &Person) -> Self {
        let program = Program::new(app);
        let scope = "openid tasks:read tasks:write tasks:delete chat";
        let back = person.allows(&program.address(&[("scope", Some(scope)), ("resource", Some(&app.url))]));
        let code = parameter(&back, "code").unwrap();
        let tokens = program.exchanges(&code).expect(200).json();
        let text = |name: &str| tokens[name].as_str().unwrap().to_owned();
        let token = text("access_token");
        let keys = app.nobody().get("/api/auth/jwks").expect(200).json();
        let others = vec![
            ("a refresh token", text("refresh_token")),
            ("an id token", text("id_token")),
            ("a code", code),
            ("a program's id", program.id.clone()),
        ];
        Self {
            url: app.url.clone(),
            header: header(&token),
            claims: claims(&token),
            key: keys["keys"][0].clone(),
            token,
            others,
        }
    }

    /// The claims with one of them changed; `null` leaves it out.
    pub fn with(&self, name: &str, value: Value) -> Value {
        changed(&self.claims, name, value)
    }

    /// The header with one of its members changed; `null` leaves it out.
    pub fn with_header(&self, name: &str, value: Value) -> Value {
        changed(&self.header, name, value)
    }
}

fn changed(object: &Value, name: &str, value: Value) -> Value {
    let mut changed = object.clone();
    if value.is_null() {
        changed.as_object_mut().unwrap().remove(name);
    } else {
        changed[name] = value;
    }
    changed
}

fn bad_tokens(app: &App, known: &Known) -> Vec<Bad> {
    let mut all = malformed::tokens(known);
    all.extend(forged::tokens(known));
    all.extend(claims::tokens(app, known));
    all.extend(known.others.iter().map(|(name, token)| ((*name).to_owned(), token.clone())));
    all
}

/// What each endpoint that takes tokens is asked.
fn ask_everywhere(caller: &Caller) -> Vec<(&'static str, Answer)> {
    let task = json!({"title": "Not mine to add"});
    vec![
        ("REST, reading", caller.get("/api/v1/tasks")),
        ("REST, writing", caller.post("/api/v1/tasks", &task)),
        ("chat", caller.post("/api/v1/chat", &json!({"message": "list my tasks"}))),
        ("conversations", caller.get("/api/v1/conversations")),
        ("MCP", caller.mcp("tools/call", json!({"name": "list_tasks", "arguments": {}}))),
        ("userinfo", caller.get("/api/auth/oauth2/userinfo")),
    ]
}

#[test]
fn every_endpoint_refuses_every_bad_token() {
    let app = App::shared();
    let person = Person::new(app);
    let known = Known::new(app, &person);
    let good = app.nobody().with_token(&known.token);
    good.post("/api/v1/tasks", &json!({"title": "The task of somebody else"})).expect(201);
    for (endpoint, answer) in ask_everywhere(&good) {
        assert!(matches!(answer.status, 200 | 201), "{endpoint}: {answer:?}");
    }
    let tasks =
        || app.sql(&format!("SELECT count(*) FROM todo.tasks WHERE user_id = '{}'", person.id)).unwrap();
    let before = tasks();
    let bad = bad_tokens(app, &known);
    assert!(bad.len() >= 80, "only {} tokens", bad.len());
    let mut accepted = Vec::new();
    for (what, token) in &bad {
        for (endpoint, answer) in ask_everywhere(&app.nobody().with_token(token)) {
            // The host itself refuses a header that is too long.
            let is_refused = answer.status == 401 && answer.header("www-authenticate").is_some();
            let is_too_long = token.len() > 16_000 && matches!(answer.status, 400 | 431);
            let tells = [&person.id, &person.email, "somebody else", "panick"];
            if !(is_refused || is_too_long) || tells.iter().any(|word| answer.body.contains(*word)) {
                accepted.push(format!("{what} at {endpoint}: {} {}", answer.status, answer.body));
            }
        }
    }
    assert!(accepted.is_empty(), "{} of {}:\n{}", accepted.len(), bad.len() * 6, accepted.join("\n"));
    assert_eq!(tasks(), before);
    for (endpoint, answer) in ask_everywhere(&good) {
        assert!(matches!(answer.status, 200 | 201), "{endpoint} takes a good one still: {answer:?}");
    }
}

#[test]
fn a_service_is_told_of_every_bad_token_that_it_is_not_active() {
    let app = App::shared();
    let known = Known::new(app, &Person::new(app));
    let registration = json!({"redirect_uris": ["https://app.example/cb"]});
    let service = Program::at(&app.url, &registration);
    for (what, token) in bad_tokens(app, &known) {
        if token.len() > 15_000 || token.contains('\0') || token.is_empty() {
            continue;
        }
        let answer = service.posts("/api/auth/oauth2/introspect", &[("token", token.as_str())]).expect(200);
        assert_eq!(answer.json(), json!({"active": false}), "{what}");
    }
    // A good one of another program as well.
    let answer = service.posts("/api/auth/oauth2/introspect", &[("token", known.token.as_str())]).expect(200);
    assert_eq!(answer.json(), json!({"active": false}));
}

#[test]
fn a_token_counts_in_its_header_alone() {
    let app = App::shared();
    let known = Known::new(app, &Person::new(app));
    let token = known.token.as_str();
    for value in [
        format!("Basic {token}"),
        format!("DPoP {token}"),
        format!("Token {token}"),
        format!("Bearer: {token}"),
        format!("Bearer\"{token}\""),
        format!("Bearer {token},{token}"),
        format!("Bearer {token} {token}"),
        token.to_owned(),
        "Bearer".to_owned(),
    ] {
        for path in ["/api/v1/tasks", "/api/v1/conversations", "/api/auth/oauth2/userinfo"] {
            app.nobody().request("GET", path).header("authorization", &value).send().expect(401);
        }
    }
    let query = form(&[("access_token", token)]);
    for path in ["/api/v1/tasks", "/api/auth/oauth2/userinfo"] {
        let answer = app.nobody().get(&format!("{path}?{query}"));
        assert!(matches!(answer.status, 400 | 401), "{answer:?}");
        let cookie = format!("access_token={token}; better-auth.session_token={token}");
        app.nobody().request("GET", path).header("cookie", &cookie).send().expect(401);
    }
}
