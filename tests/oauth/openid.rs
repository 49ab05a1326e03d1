//! A program that wants to know who somebody is (OpenID Connect): the token that says so, where it asks for more, and how the person
//! is signed out.

use harness::{App, Caller};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::person::Person;
use crate::program::{CALLBACK, Program, claims, form, parameter};
use crate::tokens::{eddsa, header, is_signed};

/// What a person's yes to these scopes brings.
fn tokens(person: &Person, program: &Program, scope: &str) -> Value {
    let back = person.allows(&program.address(&[("scope", Some(scope)), ("nonce", Some("n-0S6_WzA2Mj"))]));
    program.exchanges(&parameter(&back, "code").unwrap()).expect(200).json()
}

fn text<'a>(tokens: &'a Value, name: &str) -> &'a str {
    tokens[name].as_str().unwrap_or_else(|| panic!("no {name}: {tokens}"))
}

#[test]
fn discovery_names_everything_that_a_client_needs() {
    let app = App::shared();
    for url in app.names() {
        let nobody = Caller::new(&url, Uuid::nil(), None);
        for path in ["/.well-known/openid-configuration", "/.well-known/openid-configuration/mcp"] {
            let answer = nobody.request("GET", path).header("origin", "https://a.example").send().expect(200);
            assert_eq!(answer.header("access-control-allow-origin"), Some("*"), "{path}");
            let document = answer.json();
            assert_eq!(document["issuer"], json!(url));
            assert_eq!(document["code_challenge_methods_supported"], json!(["S256"]));
            assert_eq!(document["subject_types_supported"], json!(["public"]));
            assert_eq!(document["id_token_signing_alg_values_supported"], json!(["EdDSA"]));
            assert!(document["scopes_supported"].as_array().unwrap().contains(&json!("openid")));
            for endpoint in [
                "jwks_uri",
                "userinfo_endpoint",
                "end_session_endpoint",
                "authorization_endpoint",
                "token_endpoint",
            ] {
                assert!(text(&document, endpoint).starts_with(&format!("{url}/")), "{endpoint}");
            }
            let keys = text(&document, "jwks_uri").strip_prefix(&url).unwrap();
            assert!(!nobody.get(keys).expect(200).json()["keys"].as_array().unwrap().is_empty());
        }
    }
    app.nobody().get("/.well-known/openid-configuration/other").expect(404);
}

#[test]
fn a_program_learns_who_somebody_is_as_far_as_they_allowed() {
    let app = App::shared();
    let (person, program) = (Person::new(app), Program::new(app));
    let keys = app.nobody().get("/api/auth/jwks").expect(200).json();
    for (scope, name, email) in [
        ("openid", Value::Null, Value::Null),
        ("openid profile", json!("Ann"), Value::Null),
        ("openid profile email", json!("Ann"), json!(person.email)),
    ] {
        let tokens = tokens(&person, &program, scope);
        let id_token = text(&tokens, "id_token");
        assert!(is_signed(id_token, &keys));
        assert_eq!(header(id_token)["typ"], "JWT");
        let said = claims(id_token);
        assert_eq!(said["iss"], json!(app.url));
        assert_eq!((&said["aud"], &said["sub"]), (&json!(program.id), &json!(person.id)));
        assert_eq!(said["nonce"], json!("n-0S6_WzA2Mj"));
        assert_eq!((&said["name"], &said["email"]), (&name, &email), "{scope}");
        let asked = app.nobody().with_token(text(&tokens, "access_token"));
        for method in ["GET", "POST"] {
            let answer = asked.request(method, "/api/auth/oauth2/userinfo").send().expect(200);
            assert_eq!(answer.header("cache-control"), Some("no-store"));
            let info = answer.json();
            assert_eq!(info["sub"], said["sub"]);
            assert_eq!((&info["name"], &info["email"]), (&name, &email), "{scope}");
        }
        // What says who somebody is opens nothing.
        app.nobody().with_token(id_token).get("/api/v1/tasks").expect(401);
        app.nobody().with_token(id_token).get("/api/auth/oauth2/userinfo").expect(401);
        let refreshed = program.refreshes(text(&tokens, "refresh_token")).expect(200).json();
        assert_eq!(refreshed["id_token"], Value::Null, "once is enough");
    }
}

#[test]
fn who_somebody_is_is_not_told_without_their_yes() {
    let app = App::shared();
    let (person, program) = (Person::new(app), Program::new(app));
    let tokens = tokens(&person, &program, "tasks:read");
    assert_eq!(tokens["id_token"], Value::Null);
    let refused =
        app.nobody().with_token(text(&tokens, "access_token")).get("/api/auth/oauth2/userinfo").expect(403);
    assert!(refused.header("www-authenticate").unwrap().contains("insufficient_scope"));
    let missing = app.nobody().get("/api/auth/oauth2/userinfo").expect(401);
    assert_eq!(missing.header("www-authenticate"), Some("Bearer"));
    // Nor of somebody who has no account any more.
    let tokens = self::tokens(&person, &program, "openid");
    app.sql(&format!("DELETE FROM todo.users WHERE id = '{}'", person.id)).unwrap();
    app.nobody().with_token(text(&tokens, "access_token")).get("/api/auth/oauth2/userinfo").expect(401);
}

#[test]
fn the_page_says_what_a_program_wants_to_know() {
    let app = App::shared();
    let (person, program) = (Person::new(app), Program::new(app));
    let page = person.opens(&program.address(&[("scope", Some("openid profile email"))])).expect(200).body;
    for words in ["Know that it is you", "your name, your picture", "your e-mail address"] {
        assert!(page.contains(words), "{words}: {page}");
    }
}

/// A program that may send people to an address after they signed out.
fn leaving(app: &App) -> Program {
    let registration = json!({
        "redirect_uris": [CALLBACK], "token_endpoint_auth_method": "none",
        "post_logout_redirect_uris": ["https://app.example/bye", "http://127.0.0.1/bye"],
    });
    Program::at(&app.url, &registration)
}

fn confirms(app: &App, person: &Person, request: &str, origin: &str) -> harness::Answer {
    app.nobody()
        .request("POST", "/api/auth/oauth2/end-session-confirm")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("origin", origin)
        .header("cookie", &person.cookie)
        .body(form(&[("request", request)]))
        .send()
}

#[test]
fn a_person_who_says_yes_is_signed_out_and_goes_back() {
    let app = App::shared();
    let (person, program) = (Person::new(app), leaving(app));
    let hint = text(&tokens(&person, &program, "openid"), "id_token").to_owned();
    let query = form(&[
        ("id_token_hint", hint.as_str()),
        ("post_logout_redirect_uri", "https://app.example/bye"),
        ("state", "s 1"),
    ]);
    let path = format!("/api/auth/oauth2/end-session?{query}");
    let request = person.is_asked(&path);
    // Looking at the page changed nothing, and another site can't answer it.
    confirms(app, &person, &request, "https://evil.example").expect(403);
    confirms(app, &Person::new(app), &request, &app.url).expect(403);
    assert_eq!(person.opens("/api/auth/token").status, 200);
    let back = confirms(app, &person, &request, &app.url).expect(303);
    assert_eq!(back.header("location"), Some("https://app.example/bye?state=s+1"));
    assert!(back.header("set-cookie").unwrap().contains("better-auth.session_token=; Max-Age=0"));
    assert_eq!(person.opens("/api/auth/token").status, 401);
    // Whoever is signed out is sent nowhere by itself.
    let page = person.opens(&path).expect(200);
    assert!(page.header("location").is_none() && page.body.contains("You are signed out"));
}

#[test]
fn nobody_is_sent_to_an_address_that_was_not_registered_for_it() {
    let app = App::shared();
    let (person, program) = (Person::new(app), leaving(app));
    let other = Program::new(app);
    let hint = text(&tokens(&person, &program, "openid"), "id_token").to_owned();
    let forged = eddsa(&header(&hint), &claims(&hint), 9);
    let bye = "https://app.example/bye";
    for (hint, client, uri) in [
        ("", "", bye),
        ("", "nobody", bye),
        ("", other.id.as_str(), bye),
        (hint.as_str(), other.id.as_str(), bye),
        (forged.as_str(), "", bye),
        (forged.as_str(), program.id.as_str(), bye),
        ("a.b.c", program.id.as_str(), bye),
        (hint.as_str(), "", "https://evil.example/bye"),
        (hint.as_str(), "", "https://app.example/bye/"),
        (hint.as_str(), "", "https://app.example/bye?x=1"),
        (hint.as_str(), "", "https://app.example.evil.example/bye"),
        (hint.as_str(), "", CALLBACK),
        (hint.as_str(), "", "javascript:alert(1)"),
        (hint.as_str(), "", "//evil.example"),
    ] {
        let query =
            form(&[("id_token_hint", hint), ("client_id", client), ("post_logout_redirect_uri", uri)]);
        let answer = person.opens(&format!("/api/auth/oauth2/end-session?{query}")).expect(400);
        assert!(answer.header("location").is_none(), "{uri}");
        assert!(!answer.body.contains("name=\"request\""), "{uri}");
    }
    // By client id alone, on any port of this machine, and without an address.
    for query in [
        form(&[("client_id", &program.id), ("post_logout_redirect_uri", "http://127.0.0.1:8765/bye")]),
        String::new(),
    ] {
        person.is_asked(&format!("/api/auth/oauth2/end-session?{query}"));
    }
    assert_eq!(person.opens("/api/auth/token").status, 200);
}
