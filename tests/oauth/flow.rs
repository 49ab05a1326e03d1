//! Good use: from the address of `/mcp` to a tool's call, and on after the token's time.

use harness::{App, Options};
use serde_json::json;

use crate::person::Person;
use crate::program::{CALLBACK, Program, claims, form, parameter};

#[test]
fn a_program_calls_tools_for_a_person_who_said_yes_at_each_name_of_this_machine() {
    let app = App::shared();
    for url in app.names() {
        let person = Person::at(&url);
        let registration = json!({
            "redirect_uris": [CALLBACK], "token_endpoint_auth_method": "none",
            "grant_types": ["authorization_code", "refresh_token"],
        });
        let program = Program::at(&url, &registration);
        let resource = format!("{url}/mcp");
        let back = person.allows(&program.address(&[("resource", Some(&resource))]));
        assert!(back.starts_with(&format!("{CALLBACK}?")), "{back}");
        assert_eq!(parameter(&back, "state").as_deref(), Some("state-1"));
        assert_eq!(parameter(&back, "iss").as_deref(), Some(url.as_str()));
        let answer = program.exchanges(&parameter(&back, "code").unwrap()).expect(200);
        assert_eq!(answer.header("cache-control"), Some("no-store"));
        assert_eq!(answer.header("content-type"), Some("application/json"));
        let tokens = answer.json();
        assert_eq!((&tokens["token_type"], &tokens["expires_in"]), (&json!("Bearer"), &json!(900)));
        let token = tokens["access_token"].as_str().unwrap();
        let said = claims(token);
        assert_eq!(
            (&said["iss"], &said["aud"], &said["sub"]),
            (&json!(url), &json!(resource), &json!(person.id))
        );
        assert_eq!(said["client_id"], json!(program.id));

        let agent = harness::Caller::new(&url, uuid::Uuid::nil(), Some(token.to_owned()));
        let call = json!({"name": "add_task", "arguments": {"title": "Buy milk"}});
        agent.mcp("tools/call", call).expect(200);
        let refreshed = program.refreshes(tokens["refresh_token"].as_str().unwrap()).expect(200).json();
        let again = agent.with_token(refreshed["access_token"].as_str().unwrap());
        let listed = again.mcp("tools/call", json!({"name": "list_tasks", "arguments": {}})).expect(200);
        assert!(listed.body.contains("Buy milk"), "{}", listed.body);
    }
}

#[test]
fn a_token_does_what_was_allowed_and_is_good_where_it_was_meant_for() {
    let app = App::shared();
    let (person, program) = (Person::new(app), Program::new(app));
    let back = person.allows(&program.address(&[("scope", Some("tasks:read"))]));
    let tokens = program.exchanges(&parameter(&back, "code").unwrap()).expect(200).json();
    assert_eq!(tokens["scope"], "tasks:read");
    let agent = app.nobody().with_token(tokens["access_token"].as_str().unwrap());
    agent.mcp("tools/list", json!({})).expect(200);
    agent.mcp("tools/call", json!({"name": "add_task", "arguments": {"title": "x"}})).expect(403);
    agent.get("/api/v1/tasks").expect(401);

    // Step by step: the person is asked for all scopes together, then REST as a whole is asked for.
    let all = "tasks:read tasks:write tasks:delete chat";
    let back = person.allows(&program.address(&[("scope", Some(all)), ("resource", Some(app.url.as_str()))]));
    let tokens = program.exchanges(&parameter(&back, "code").unwrap()).expect(200).json();
    let agent = app.nobody().with_token(tokens["access_token"].as_str().unwrap());
    agent.post("/api/v1/tasks", &json!({"title": "x"})).expect(201);
    agent.mcp("tools/list", json!({})).expect(200);
}

#[test]
fn a_program_that_knows_no_metadata_finds_what_it_needs_at_the_root() {
    let app = App::shared();
    let person = Person::new(app);
    let registration = json!({
        "redirect_uris": [CALLBACK], "token_endpoint_auth_method": "none",
        "grant_types": ["authorization_code", "refresh_token"],
    });
    app.nobody().post("/register", &registration).expect(201);
    let program = Program::new(app);
    let address = program.address(&[]).replace("/api/auth/oauth2/authorize", "/authorize");
    let code = parameter(&person.allows(&address), "code").unwrap();
    let tokens = program.exchanges(&code).expect(200).json();
    let kept =
        [("grant_type", "refresh_token"), ("refresh_token", tokens["refresh_token"].as_str().unwrap())];
    program.posts("/token", &kept).expect(200);
}

#[test]
fn a_program_with_a_secret_may_send_it_in_either_way() {
    let app = App::shared();
    let person = Person::new(app);
    for method in ["client_secret_basic", "client_secret_post"] {
        let registration = json!({"redirect_uris": [CALLBACK], "token_endpoint_auth_method": method});
        let program = Program::at(&app.url, &registration);
        let tokens = program.tokens_from(&person);
        assert!(tokens["refresh_token"].is_null(), "it did not register for refresh tokens");
        let code = program.code_from(&person);
        let basic = base64::Engine::encode(
            &base64::engine::general_purpose::STANDARD,
            format!("{}:{}", program.id, program.secret.as_ref().unwrap()),
        );
        let sent = form(&[
            ("grant_type", "authorization_code"),
            ("code", &code),
            ("code_verifier", &program.verifier),
        ]);
        app.nobody()
            .request("POST", "/api/auth/oauth2/token")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("authorization", &format!("Basic {basic}"))
            .body(sent)
            .send()
            .expect(200);
    }
}

#[test]
fn a_program_of_its_own_scheme_and_one_that_chose_another_port_are_come_back_to() {
    let app = App::shared();
    let person = Person::new(app);
    for (registered, asked) in [
        ("cursor://anysphere.cursor-mcp/oauth/callback", "cursor://anysphere.cursor-mcp/oauth/callback"),
        ("http://127.0.0.1/", "http://127.0.0.1:33418/"),
        ("http://localhost:6274/oauth/callback", "http://localhost:51234/oauth/callback"),
    ] {
        let registration = json!({"redirect_uris": [registered], "token_endpoint_auth_method": "none"});
        let program = Program::at(&app.url, &registration);
        let back = person.allows(&program.address(&[("redirect_uri", Some(asked))]));
        assert!(back.starts_with(asked), "{back}");
    }
}

#[test]
fn asking_has_no_effect_however_often_it_is_done() {
    let app = App::shared();
    let (person, program) = (Person::new(app), Program::new(app));
    let grants = || {
        app.sql(&format!("SELECT count(*) FROM todo.oauth_grants WHERE user_id = '{}'", person.id)).unwrap()
    };
    let before = grants();
    for _ in 0..3 {
        person.is_asked(&program.address(&[]));
    }
    assert_eq!(grants(), before);
    // Whoever is not signed in is shown a page to sign in at, which leads nowhere else.
    let page = app.nobody().get(&program.address(&[])).expect(200);
    assert!(
        page.body.contains("/api/auth/sign-in/email") && page.header("location").is_none(),
        "{}",
        page.body
    );
    assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"));
}

#[test]
fn what_is_stored_is_of_no_use_to_who_steals_it() {
    let app = App::shared();
    let person = Person::new(app);
    let registration = json!({
        "redirect_uris": [CALLBACK], "grant_types": ["authorization_code", "refresh_token"],
    });
    let program = Program::at(&app.url, &registration);
    let code = program.code_from(&person);
    let tokens = program.exchanges(&code).expect(200).json();
    let stored = app
        .sql("SELECT oauth_clients::text FROM todo.oauth_clients UNION ALL SELECT oauth_grants::text FROM todo.oauth_grants")
        .unwrap();
    assert!(stored.contains(&program.id));
    let secrets = [
        program.secret.as_deref(),
        Some(code.as_str()),
        tokens["refresh_token"].as_str(),
        tokens["access_token"].as_str(),
    ];
    for secret in secrets.into_iter().flatten() {
        assert!(!stored.contains(secret), "{secret}");
        assert!(!app.log().contains(secret), "{secret} is in the log");
    }
}

#[test]
fn behind_tls_everything_is_at_the_public_address() {
    let variables = vec![("public_url".to_owned(), "https://todo.example".to_owned())];
    let app = App::start(Options { variables, ..Options::default() }).unwrap();
    let metadata = app.nobody().get("/.well-known/oauth-authorization-server").expect(200).json();
    assert_eq!(metadata["issuer"], "https://todo.example");
    assert_eq!(metadata["token_endpoint"], "https://todo.example/api/auth/oauth2/token");
}
