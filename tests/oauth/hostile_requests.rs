//! Requests that a hostile program, page or link makes of a person's browser. Nobody is sent to an address that was not registered,
//! and nothing is given out.

use harness::{Answer, App};
use serde_json::json;

use crate::person::Person;
use crate::program::{CALLBACK, Program, challenge, parameter};

/// What the authorization endpoint does with a request that it does not show to the person.
#[derive(Debug, Clone, Copy)]
enum Refused {
    /// A page says so; nobody is sent anywhere.
    Here,
    /// The program is told, at the address that it registered on this machine.
    There(&'static str),
}

/// A parameter that is put in the place of another, or left out.
type Change = (&'static str, Option<&'static str>);

const REQUESTS: [(&str, &[Change], Refused); 37] = [
    // Where to
    ("another site", &[("redirect_uri", Some("https://evil.example/callback"))], Refused::Here),
    ("another path", &[("redirect_uri", Some("http://127.0.0.1:8765/other"))], Refused::Here),
    ("a longer path", &[("redirect_uri", Some("http://127.0.0.1:8765/callback/more"))], Refused::Here),
    (
        "a query more",
        &[("redirect_uri", Some("http://127.0.0.1:8765/callback?next=https://evil.example"))],
        Refused::Here,
    ),
    (
        "another name of this machine",
        &[("redirect_uri", Some("http://localhost:8765/callback"))],
        Refused::Here,
    ),
    (
        "a name that begins alike",
        &[("redirect_uri", Some("http://127.0.0.1.evil.example:8765/callback"))],
        Refused::Here,
    ),
    (
        "a user name that passes for a host",
        &[("redirect_uri", Some("http://127.0.0.1:8765@evil.example/callback"))],
        Refused::Here,
    ),
    ("over TLS instead", &[("redirect_uri", Some("https://127.0.0.1:8765/callback"))], Refused::Here),
    ("a fragment", &[("redirect_uri", Some("http://127.0.0.1:8765/callback#x"))], Refused::Here),
    (
        "a backslash",
        &[("redirect_uri", Some("http://127.0.0.1:8765\\@evil.example/callback"))],
        Refused::Here,
    ),
    ("a script", &[("redirect_uri", Some("javascript:alert(1)"))], Refused::Here),
    ("a document", &[("redirect_uri", Some("data:text/html,<script>alert(1)</script>"))], Refused::Here),
    ("no scheme", &[("redirect_uri", Some("//evil.example/callback"))], Refused::Here),
    ("a path of this app", &[("redirect_uri", Some("/callback"))], Refused::Here),
    (
        "a line break",
        &[("redirect_uri", Some("http://127.0.0.1:8765/callback\r\nset-cookie: a=b"))],
        Refused::Here,
    ),
    ("a wildcard", &[("redirect_uri", Some("*"))], Refused::Here),
    // Who
    ("no client", &[("client_id", None)], Refused::Here),
    (
        "a client that nobody knows",
        &[("client_id", Some("00000000-0000-4000-8000-000000000000"))],
        Refused::Here,
    ),
    ("a client that is a statement", &[("client_id", Some("' OR true --"))], Refused::Here),
    ("a client that is a page", &[("client_id", Some("<script>alert(1)</script>"))], Refused::Here),
    (
        "a client that is an address nobody registered",
        &[("client_id", Some("https://evil.example/client"))],
        Refused::Here,
    ),
    // PKCE
    ("no challenge", &[("code_challenge", None)], Refused::There("invalid_request")),
    (
        "no method, which would mean plain",
        &[("code_challenge_method", None)],
        Refused::There("invalid_request"),
    ),
    ("the plain method", &[("code_challenge_method", Some("plain"))], Refused::There("invalid_request")),
    (
        "a method in small letters",
        &[("code_challenge_method", Some("s256"))],
        Refused::There("invalid_request"),
    ),
    (
        "neither",
        &[("code_challenge", None), ("code_challenge_method", None)],
        Refused::There("invalid_request"),
    ),
    ("an empty challenge", &[("code_challenge", Some(""))], Refused::There("invalid_request")),
    ("a short challenge", &[("code_challenge", Some("abc"))], Refused::There("invalid_request")),
    // What
    ("a token at once", &[("response_type", Some("token"))], Refused::There("unsupported_response_type")),
    (
        "a code and a token",
        &[("response_type", Some("code token"))],
        Refused::There("unsupported_response_type"),
    ),
    ("nothing", &[("response_type", None)], Refused::There("invalid_request")),
    ("an answer in the fragment", &[("response_mode", Some("fragment"))], Refused::There("invalid_request")),
    ("a scope that nobody has", &[("scope", Some("admin"))], Refused::There("invalid_scope")),
    (
        "tokens for another service",
        &[("resource", Some("https://evil.example/mcp"))],
        Refused::There("invalid_target"),
    ),
    (
        "parameters from elsewhere",
        &[("request_uri", Some("https://evil.example/request"))],
        Refused::There("request_not_supported"),
    ),
    (
        "parameters in an unsigned object",
        &[("request", Some("eyJhbGciOiJub25lIn0.e30."))],
        Refused::There("request_not_supported"),
    ),
    ("no page", &[("prompt", Some("none"))], Refused::There("consent_required")),
];

#[test]
fn no_hostile_request_sends_a_person_elsewhere_or_is_shown_to_them() {
    let app = App::shared();
    let (person, program) = (Person::new(app), Program::new(app));
    person.is_asked(&program.address(&[]));
    for (what, changes, refused) in REQUESTS {
        let answer = person.opens(&program.address(changes));
        let location = answer.header("location").map(str::to_owned);
        match refused {
            Refused::Here => {
                assert_eq!((answer.status, location), (400, None), "{what}");
                expect_plain_page(what, &answer);
            }
            Refused::There(error) => {
                let location = location.unwrap_or_else(|| panic!("{what}: {answer:?}"));
                assert_eq!(answer.status, 303, "{what}");
                assert!(location.starts_with(&format!("{CALLBACK}?")), "{what}: {location}");
                assert_eq!(parameter(&location, "error").as_deref(), Some(error), "{what}");
                assert_eq!(parameter(&location, "iss").as_deref(), Some(app.url.as_str()), "{what}");
                assert_eq!(parameter(&location, "state").as_deref(), Some("state-1"), "{what}");
                assert_eq!(parameter(&location, "code"), None, "{what}");
            }
        }
        assert!(!answer.body.contains("name=\"request\""), "{what} was shown to the person");
    }
    assert_eq!(refusals(app, &person), REQUESTS.len(), "each is in the audit log");
    let grants = format!("SELECT count(*) FROM todo.oauth_grants WHERE user_id = '{}'", person.id);
    assert_eq!(app.sql(&grants).unwrap().trim(), "0");
}

/// How many authorization requests were refused that this person's browser made, by the audit log.
fn refusals(app: &App, person: &Person) -> usize {
    let sql = format!(
        "SELECT count(*) FROM todo.audit_events AS events
         JOIN todo.audit_event_details AS details USING (chain, sequence)
         WHERE details.user_id = '{}' AND events.action = 'authorization.requested' AND events.outcome = 'refused'",
        person.id
    );
    app.sql(&sql).unwrap().trim().parse().unwrap()
}

#[test]
fn a_parameter_that_is_there_twice_is_refused() {
    let app = App::shared();
    let (person, program) = (Person::new(app), Program::new(app));
    for name in ["client_id", "redirect_uri", "state", "scope", "code_challenge", "response_type"] {
        let address = format!("{}&{name}=tasks%3Aread&{name}=x", program.address(&[]));
        let answer = person.opens(&address).expect(400);
        assert_eq!(answer.header("location"), None, "{name}");
    }
    assert_eq!(refusals(app, &person), 6);
    // Several resources may be named, and these are not one.
    let resources = format!("{}&resource={}&resource={}/mcp", program.address(&[]), app.url, app.url);
    assert!(
        person.opens(&resources).expect(303).header("location").unwrap().contains("error=invalid_target")
    );
}

#[test]
fn what_can_not_be_read_is_refused_in_words() {
    let app = App::shared();
    let (person, program) = (Person::new(app), Program::new(app));
    let long = "x".repeat(20_000);
    for query in ["state=%ff", "state=%00", "%ff=1", &format!("state={long}")] {
        let answer = person.opens(&format!("/api/auth/oauth2/authorize?client_id={}&{query}", program.id));
        assert!((400..500).contains(&answer.status), "{query:.20}: {}", answer.status);
        assert_eq!(answer.header("location"), None);
    }
    let state = "x".repeat(5000);
    let refused = person.opens(&program.address(&[("state", Some(state.as_str()))])).expect(303);
    assert!(refused.header("location").unwrap().contains("error=invalid_request"));
}

#[test]
fn an_error_takes_nobody_to_a_site_that_anybody_could_have_registered() {
    let app = App::shared();
    let person = Person::new(app);
    let registration =
        json!({"redirect_uris": ["https://evil.example/cb"], "token_endpoint_auth_method": "none"});
    let program = Program::at(&app.url, &registration);
    let address =
        program.address(&[("redirect_uri", Some("https://evil.example/cb")), ("scope", Some("admin"))]);
    for answer in [person.opens(&address), app.nobody().get(&address)] {
        assert_eq!(answer.header("location"), None);
        // The person may go; the browser does not by itself.
        assert!(answer.body.contains("Go back to evil.example"), "{}", answer.body);
    }
}

#[test]
fn a_name_and_a_state_write_nothing_into_the_page() {
    let app = App::shared();
    let person = Person::new(app);
    let registration = json!({
        "client_name": "<script>alert(1)</script>\" onload=\"alert(2)", "redirect_uris": [CALLBACK],
        "token_endpoint_auth_method": "none",
    });
    let program = Program::at(&app.url, &registration);
    for answer in [person.opens(&program.address(&[])), app.nobody().get(&program.address(&[]))] {
        assert!(
            answer.body.contains("&lt;script&gt;") && !answer.body.contains("<script>alert"),
            "{}",
            answer.body
        );
        assert!(!answer.body.contains("\" onload=\""));
        expect_guarded(&answer);
    }
}

#[test]
fn whoever_is_not_signed_in_and_wants_no_page_is_told_so() {
    let app = App::shared();
    let program = Program::new(app);
    let answer = app.nobody().get(&program.address(&[("prompt", Some("none"))])).expect(303);
    assert!(answer.header("location").unwrap().contains("error=login_required"));
}

#[test]
fn a_challenge_is_made_as_the_standard_says() {
    // RFC 7636, appendix B: so that the tests themselves are right.
    let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    assert_eq!(challenge(verifier), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
}

/// A page for a person that holds nothing of what was sent.
fn expect_plain_page(what: &str, answer: &Answer) {
    assert_eq!(answer.header("content-type"), Some("text/html; charset=utf-8"), "{what}");
    for sent in ["evil.example", "<script>alert", "set-cookie", "OR true"] {
        assert!(!answer.body.contains(sent), "{what}: {}", answer.body);
    }
    assert!(answer.header("set-cookie").is_none(), "{what}");
    expect_guarded(answer);
}

/// No other page can show it in a frame, and nothing runs in it but the app's own script.
fn expect_guarded(answer: &Answer) {
    let policy = answer.header("content-security-policy").unwrap();
    assert!(policy.contains("frame-ancestors 'none'") && policy.contains("script-src 'self'"), "{policy}");
    assert!(!policy.contains("unsafe"), "{policy}");
    assert_eq!(answer.header("cache-control"), Some("no-store"));
}
