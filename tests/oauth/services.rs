//! Services act for their owner without a browser, as far as the owner said; and programs prove who they are by a key.

use harness::{Answer, App};
use serde_json::{Value, json};

use crate::person::Person;
use crate::program::{CALLBACK, claims, form};
use crate::tokens::{ed25519_jwk, eddsa, es256, hs256, p256_jwk};

const ASSERTION: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// Sends a form of the page.
fn sends(app: &App, person: &Person, path: &str, fields: &[(&str, &str)], origin: &str) -> Answer {
    app.nobody()
        .request("POST", path)
        .header("content-type", "application/x-www-form-urlencoded")
        .header("origin", origin)
        .header("cookie", &person.cookie)
        .body(form(fields))
        .send()
}

/// What stands behind these words in a page's `code`.
fn shown(page: &str, words: &str) -> Option<String> {
    let (_, rest) = page.split_once(words)?;
    let (_, rest) = rest.split_once('>')?;
    rest.split('<').next().map(str::to_owned)
}

struct Service {
    id: String,
    secret: Option<String>,
}

impl Service {
    #[track_caller]
    fn new(app: &App, person: &Person, scopes: &[&str], key: Option<&Value>) -> Self {
        let key = key.map(Value::to_string).unwrap_or_default();
        let mut fields = vec![("name", "Nightly"), ("key", key.as_str())];
        fields.extend(scopes.iter().map(|scope| (*scope, "on")));
        let page = sends(app, person, "/api/auth/oauth2/services", &fields, &app.url).expect(200).body;
        Self { id: shown(&page, "Its id: ").expect("an id"), secret: shown(&page, "Its secret: ") }
    }

    fn asks(&self, app: &App, parameters: &[(&str, &str)]) -> Answer {
        let mut all = vec![("grant_type", "client_credentials"), ("client_id", self.id.as_str())];
        all.extend(self.secret.iter().map(|secret| ("client_secret", secret.as_str())));
        all.retain(|(name, _)| !parameters.iter().any(|(other, _)| other == name));
        all.extend(parameters);
        post(app, "/api/auth/oauth2/token", &all)
    }
}

fn post(app: &App, path: &str, parameters: &[(&str, &str)]) -> Answer {
    app.nobody()
        .request("POST", path)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(form(parameters))
        .send()
}

fn now() -> i64 {
    std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs().try_into().unwrap()
}

/// What a client signs to prove who it is.
fn assertion(app: &App, id: &str) -> Value {
    json!({"iss": id, "sub": id, "aud": app.url, "iat": now(), "exp": now() + 60, "jti": uuid::Uuid::new_v4().to_string()})
}

#[test]
fn a_service_does_for_its_owner_what_they_allowed_it_and_nothing_else() {
    let app = App::shared();
    let owner = Person::new(app);
    let service = Service::new(app, &owner, &["tasks:read", "tasks:write"], None);
    let answer = service.asks(app, &[("resource", &app.url)]).expect(200);
    assert_eq!(answer.header("cache-control"), Some("no-store"));
    let tokens = answer.json();
    assert_eq!(tokens["scope"], "tasks:read tasks:write");
    assert_eq!((&tokens["refresh_token"], &tokens["id_token"]), (&Value::Null, &Value::Null));
    let token = tokens["access_token"].as_str().unwrap();
    let said = claims(token);
    assert_eq!((&said["sub"], &said["client_id"]), (&json!(owner.id), &json!(service.id)));
    let caller = app.nobody().with_token(token);
    let task = caller.post("/api/v1/tasks", &json!({"title": "Water the plants"})).expect(201).json();
    caller.delete(&format!("/api/v1/tasks/{}", task["id"].as_str().unwrap())).expect(403);
    caller.post("/api/v1/chat", &json!({"message": "hello"})).expect(403);
    // The owner sees it among their tasks.
    let own = owner.opens("/api/auth/token").expect(200).json();
    let listed = app.nobody().with_token(own["token"].as_str().unwrap()).get("/api/v1/tasks").expect(200);
    assert!(listed.body.contains("Water the plants"));
    // Less may be asked for, and more may not.
    let less = service.asks(app, &[("scope", "tasks:read")]).expect(200).json();
    assert_eq!(less["scope"], "tasks:read");
    let agent = app.nobody().with_token(less["access_token"].as_str().unwrap());
    agent.mcp("tools/call", json!({"name": "list_tasks", "arguments": {}})).expect(200);
    for scope in ["tasks:delete", "tasks:read chat", "openid", "admin"] {
        assert_eq!(
            service.asks(app, &[("scope", scope)]).expect(400).json()["error"],
            "invalid_scope",
            "{scope}"
        );
    }
    let elsewhere = service.asks(app, &[("resource", "https://evil.example")]).expect(400);
    assert_eq!(elsewhere.json()["error"], "invalid_target");
}

#[test]
fn a_service_asks_about_its_own_tokens() {
    let app = App::shared();
    let owner = Person::new(app);
    let (service, other) =
        (Service::new(app, &owner, &["chat"], None), Service::new(app, &owner, &["chat"], None));
    let tokens = service.asks(app, &[]).expect(200).json();
    let token = tokens["access_token"].as_str().unwrap();
    let asked = |service: &Service| {
        let secret = service.secret.clone().unwrap();
        let parameters =
            [("client_id", service.id.as_str()), ("client_secret", secret.as_str()), ("token", token)];
        post(app, "/api/auth/oauth2/introspect", &parameters).expect(200).json()
    };
    let said = asked(&service);
    assert_eq!(
        (&said["active"], &said["scope"], &said["sub"]),
        (&json!(true), &json!("chat"), &json!(owner.id))
    );
    assert_eq!(asked(&other), json!({"active": false}));
}

#[test]
fn a_service_proves_who_it_is_by_its_secret_or_its_key() {
    let app = App::shared();
    let owner = Person::new(app);
    let service = Service::new(app, &owner, &["tasks:read"], None);
    let wrong = service.asks(app, &[("client_secret", "wrong")]).expect(401);
    assert_eq!(wrong.json()["error"], "invalid_client");
    assert_eq!(service.asks(app, &[("client_secret", "")]).expect(401).json()["error"], "invalid_client");
    for (key, algorithm) in [(ed25519_jwk(5, "k"), "EdDSA"), (p256_jwk(5, "k"), "ES256")] {
        let service = Service::new(app, &owner, &["tasks:read"], Some(&key));
        assert_eq!(service.secret, None);
        let signed = |claims: &Value, seed: u8| {
            let header = json!({"alg": algorithm, "typ": "JWT", "kid": "k"});
            if algorithm == "EdDSA" { eddsa(&header, claims, seed) } else { es256(&header, claims, seed) }
        };
        let ask = |token: &str| {
            service.asks(app, &[("client_assertion_type", ASSERTION), ("client_assertion", token)])
        };
        let good = assertion(app, &service.id);
        let token = signed(&good, 5);
        ask(&token).expect(200);
        assert_eq!(ask(&token).expect(401).json()["error"], "invalid_client", "it is good once");
        let mut to_the_endpoint = assertion(app, &service.id);
        to_the_endpoint["aud"] = json!([format!("{}/api/auth/oauth2/token", app.url)]);
        ask(&signed(&to_the_endpoint, 5)).expect(200);
        let changed = |name: &str, value: Value| {
            let mut claims = assertion(app, &service.id);
            claims[name] = value;
            claims
        };
        for (what, token) in [
            ("another key", signed(&assertion(app, &service.id), 6)),
            ("another issuer", signed(&changed("iss", json!("x")), 5)),
            ("another subject", signed(&changed("sub", json!("x")), 5)),
            ("another audience", signed(&changed("aud", json!("https://evil.example")), 5)),
            ("expired", signed(&changed("exp", json!(now() - 60)), 5)),
            ("for too long", signed(&changed("exp", json!(now() + 3_600)), 5)),
            ("not yet", signed(&changed("nbf", json!(now() + 60)), 5)),
            ("without a name", signed(&changed("jti", json!("")), 5)),
            (
                "the public key for a secret",
                hs256(
                    &json!({"alg": "HS256"}),
                    &assertion(app, &service.id),
                    key["x"].as_str().unwrap().as_bytes(),
                ),
            ),
            (
                "no algorithm",
                format!("{}.", crate::tokens::message(&json!({"alg": "none"}), &assertion(app, &service.id))),
            ),
            ("no token", "x".to_owned()),
        ] {
            assert_eq!(ask(&token).expect(401).json()["error"], "invalid_client", "{what}");
        }
        // Neither without a proof, nor by a secret that it never had.
        for parameters in [
            &[][..],
            &[("client_secret", "x")],
            &[("client_assertion_type", "x"), ("client_assertion", "x.y.z")],
        ] {
            assert_eq!(service.asks(app, parameters).expect(401).json()["error"], "invalid_client");
        }
        let twice = signed(&assertion(app, &service.id), 5);
        let both = [
            ("client_assertion_type", ASSERTION),
            ("client_assertion", twice.as_str()),
            ("client_secret", "x"),
        ];
        assert_eq!(service.asks(app, &both).expect(400).json()["error"], "invalid_request");
    }
}

#[test]
fn a_service_that_was_removed_and_one_of_a_deleted_account_get_nothing() {
    let app = App::shared();
    let (owner, stranger) = (Person::new(app), Person::new(app));
    let service = Service::new(app, &owner, &["tasks:read"], None);
    let remove = "/api/auth/oauth2/remove-service";
    sends(app, &stranger, remove, &[("client_id", &service.id)], &app.url).expect(303);
    sends(app, &owner, remove, &[("client_id", &service.id)], "https://evil.example").expect(403);
    service.asks(app, &[]).expect(200);
    assert!(!stranger.opens("/api/auth/oauth2/services").expect(200).body.contains(&service.id));
    sends(app, &owner, remove, &[("client_id", &service.id)], &app.url).expect(303);
    assert_eq!(service.asks(app, &[]).expect(401).json()["error"], "invalid_client");
    let last = Service::new(app, &owner, &["tasks:read"], None);
    app.sql(&format!("DELETE FROM todo.users WHERE id = '{}'", owner.id)).unwrap();
    assert_eq!(last.asks(app, &[]).expect(401).json()["error"], "invalid_client");
}

#[test]
fn only_a_person_makes_a_service_and_not_very_many() {
    let app = App::shared();
    let owner = Person::new(app);
    let path = "/api/auth/oauth2/services";
    let fields = [("name", "Nightly"), ("tasks:read", "on")];
    sends(app, &owner, path, &fields, "https://evil.example").expect(403);
    for wrong in [
        &[("name", "Nightly")][..],
        &[("tasks:read", "on")],
        &[("name", "a\nb"), ("chat", "on")],
        &[("name", "a"), ("chat", "on"), ("key", "{}")],
    ] {
        sends(app, &owner, path, wrong, &app.url).expect(400);
    }
    let page = app.nobody().get(path).expect(200).body;
    assert!(page.contains("/api/auth/sign-in/email"), "{page}");
    // A program can't register as one, and one that people allow things gets no token by itself.
    let registration = json!({"grant_types": ["client_credentials"], "redirect_uris": [CALLBACK]});
    app.nobody().post("/api/auth/oauth2/register", &registration).expect(400);
    let registration =
        json!({"grant_types": ["authorization_code", "client_credentials"], "redirect_uris": [CALLBACK]});
    let program = app.nobody().post("/api/auth/oauth2/register", &registration).expect(201).json();
    assert_eq!(program["grant_types"], json!(["authorization_code"]));
    let parameters = [
        ("grant_type", "client_credentials"),
        ("client_id", program["client_id"].as_str().unwrap()),
        ("client_secret", program["client_secret"].as_str().unwrap()),
    ];
    let refused = post(app, "/api/auth/oauth2/token", &parameters).expect(400).json();
    assert_eq!(refused["error"], "unauthorized_client");
    for _ in 0..20 {
        Service::new(app, &owner, &["tasks:read"], None);
    }
    sends(app, &owner, path, &fields, &app.url).expect(400);
    let stored = app.sql("SELECT oauth_clients::text FROM todo.oauth_clients").unwrap();
    let service = Service::new(app, &Person::new(app), &["chat"], None);
    assert!(!stored.contains(service.secret.as_deref().unwrap()));
}

#[test]
fn a_program_that_people_allow_things_may_have_a_key_too() {
    let app = App::shared();
    let person = Person::new(app);
    let registration = json!({
        "redirect_uris": [CALLBACK], "token_endpoint_auth_method": "private_key_jwt",
        "jwks": {"keys": [p256_jwk(7, "a")]},
    });
    let program = crate::program::Program::at(&app.url, &registration);
    assert_eq!(program.secret, None);
    let code = program.code_from(&person);
    let header = json!({"alg": "ES256", "kid": "a"});
    let exchange = |token: &str| {
        program.asks(&[
            ("grant_type", "authorization_code"),
            ("code", &code),
            ("code_verifier", &program.verifier),
            ("client_assertion_type", ASSERTION),
            ("client_assertion", token),
        ])
    };
    assert_eq!(program.exchanges(&code).expect(401).json()["error"], "invalid_client", "without its key");
    exchange(&es256(&header, &assertion(app, &program.id), 8)).expect(401);
    exchange(&es256(&header, &assertion(app, &program.id), 7)).expect(200);
    let stored = app
        .sql(&format!(
            "SELECT auth_method, secret_hash IS NOT NULL FROM todo.oauth_clients WHERE id = '{}'",
            program.id
        ))
        .unwrap();
    assert_eq!(
        stored.trim(),
        "client_secret_basic|t",
        "what the release before takes for a secret that nobody has"
    );
}
