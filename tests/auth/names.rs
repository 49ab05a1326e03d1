//! Without a `public_url` the app is for its own machine. Each name that the machine has for itself works all the way, from
//! signing up to the tools, and is an app of its own to browsers and tokens; no other name works at all.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use harness::{Answer, App, Caller, Options};
use serde_json::{Value, json};
use uuid::Uuid;

/// A caller that knows the app by this URL.
fn at(url: &str) -> Caller {
    Caller::new(url, Uuid::nil(), None)
}

/// Makes an account by a page of `page` that sends to `url`.
fn sign_up(url: &str, page: &str) -> Answer {
    let email = format!("ann.{}@example.org", Uuid::new_v4().simple());
    let account = json!({"name": "Ann", "email": email, "password": "correct horse battery"});
    let request = at(url).request("POST", "/api/auth/sign-up/email").json(&account);
    request.header("origin", page).header("sec-fetch-site", "same-origin").send()
}

fn cookie(answer: &Answer) -> String {
    let line = answer.header("set-cookie").expect("a cookie");
    line.split(';').next().expect("a pair").to_owned()
}

/// A token of whoever has this cookie at `url`.
fn token(url: &str, cookie: &str) -> String {
    let answer = at(url).request("GET", "/api/auth/token").header("cookie", cookie).send().expect(200);
    answer.json()["token"].as_str().expect("a token").to_owned()
}

fn claims(token: &str) -> Value {
    let payload = URL_SAFE_NO_PAD.decode(token.split('.').nth(1).expect("a payload")).expect("base64url");
    serde_json::from_slice(&payload).expect("JSON")
}

#[test]
fn each_name_of_this_machine_works_from_signing_up_to_the_tools() {
    let app = App::shared();
    for url in app.names() {
        let signed_up = sign_up(&url, &url).expect(200);
        let cookie = cookie(&signed_up);
        assert!(cookie.starts_with("better-auth.session_token="), "{url}: {cookie}");
        let session = at(&url).request("GET", "/api/auth/get-session").header("cookie", &cookie).send();
        assert_eq!(session.json()["user"], signed_up.json()["user"], "{url}");

        let token = token(&url, &cookie);
        assert_eq!(
            (claims(&token)["iss"].as_str(), claims(&token)["aud"].as_str()),
            (Some(&*url), Some(&*url))
        );
        let user = at(&url).with_token(&token);
        user.get("/api/v1/tasks").expect(200);
        user.mcp("tools/list", json!({})).expect(200);
        // Chat calls the tools inside the app, with the same token.
        user.post("/api/v1/chat", &json!({"message": "add buy milk"})).expect(200);
        assert_eq!(user.get("/api/v1/tasks").expect(200).json()["items"][0]["title"], "Buy milk", "{url}");

        let out =
            at(&url).request("POST", "/api/auth/sign-out").header("cookie", &cookie).header("origin", &url);
        out.send().expect(200);
    }
    assert!(app.names().len() >= 2);
}

#[test]
fn a_page_of_one_name_is_another_site_to_the_others() {
    let names = App::shared().names();
    for url in &names {
        for page in names.iter().filter(|page| *page != url) {
            let refused = sign_up(url, page).expect(403);
            assert_eq!(refused.json()["code"], "INVALID_ORIGIN", "{page} at {url}");
            let call = App::shared()
                .user()
                .request("POST", "/mcp")
                .header("host", url.trim_start_matches("http://"));
            let call =
                call.json(&json!({"jsonrpc": "2.0", "id": 1, "method": "ping"})).header("origin", page);
            let refused = call.header("accept", "application/json, text/event-stream").send().expect(403);
            assert_eq!(refused.json()["type"], "/problems/origin-not-allowed", "{page} at {url}");
        }
    }
}

#[test]
fn a_token_of_one_name_is_none_of_the_others_though_the_person_is_the_same() {
    let names = App::shared().names();
    for issuing in &names {
        let cookie = cookie(&sign_up(issuing, issuing).expect(200));
        let issued = token(issuing, &cookie);
        for url in &names {
            let user = at(url).with_token(&issued);
            let expected = if url == issuing { 200 } else { 401 };
            // Twice: what an instance remembers of the token must not open it elsewhere.
            for _ in 0..2 {
                assert_eq!(user.get("/api/v1/tasks").status, expected, "{issuing} at {url}");
                assert_eq!(user.mcp("tools/list", json!({})).status, expected, "{issuing} at {url}");
            }
            // A browser keeps cookies by name; whoever carries one over is the same person there.
            assert_eq!(claims(&token(url, &cookie))["sub"], claims(&issued)["sub"]);
        }
    }
}

#[test]
fn no_other_name_works_and_what_to_set_is_said() {
    let app = App::shared();
    let user = app.user();
    for host in
        ["evil.example", "localhost.evil.example:3000", "192.0.2.7:3000", "0.0.0.0", "mcp.spin.internal"]
    {
        let sign_up = json!({"name": "Ann", "email": "ann@example.org", "password": "correct horse battery"});
        for request in [
            user.request("POST", "/api/auth/sign-up/email")
                .json(&sign_up)
                .header("origin", &format!("http://{host}")),
            user.request("GET", "/api/auth/get-session"),
            user.request("GET", "/api/v1/tasks"),
            user.request("POST", "/mcp").json(&json!({"jsonrpc": "2.0", "id": 1, "method": "ping"})),
            user.request("GET", "/.well-known/oauth-protected-resource/mcp"),
        ] {
            let problem = request.header("host", host).send().expect(403).json();
            assert_eq!(problem["type"], "/problems/host-not-allowed", "{host}: {problem}");
            let detail = problem["detail"].as_str().expect("a detail");
            assert!(detail.contains(&format!("--variable public_url=http://{host}")), "{detail}");
        }
    }
}

#[test]
fn with_a_public_url_only_that_counts() {
    const URL: &str = "https://todo.example";
    let variables = vec![("public_url".to_owned(), URL.to_owned())];
    let app = App::start(Options { variables, ..Options::default() }).expect("an app");
    for url in app.names() {
        let signed_up = sign_up(&url, URL).expect(200);
        let cookie = cookie(&signed_up);
        assert!(cookie.starts_with("__Secure-better-auth.session_token="), "{cookie}");
        assert_eq!(sign_up(&url, &url).expect(403).json()["code"], "INVALID_ORIGIN");

        let token = token(&url, &cookie);
        assert_eq!((&claims(&token)["iss"], &claims(&token)["aud"]), (&json!(URL), &json!(URL)));
        for elsewhere in app.names() {
            at(&elsewhere).with_token(&token).get("/api/v1/tasks").expect(200);
            at(&elsewhere).with_token(&token).mcp("tools/list", json!({})).expect(200);
        }
        let metadata = at(&url).get("/.well-known/oauth-protected-resource/mcp").expect(200).json();
        assert_eq!(metadata["resource"], format!("{URL}/mcp"));
    }
    // Signed for the name that the request uses, which is not the app's.
    app.user().get("/api/v1/tasks").expect(401);
    app.user().mcp("tools/list", json!({})).expect(401);
}

#[test]
fn a_run_that_others_can_reach_says_that_the_address_is_missing() {
    let app = App::start(Options { listen: "0.0.0.0", ..Options::default() }).expect("an app");
    let told = app.log();
    let line = told.lines().find(|line| line.contains("public_url")).unwrap_or_else(|| panic!("{told}"));
    assert!(line.contains("--variable public_url=http://ADDRESS:"), "{line}");
    sign_up(&app.url, &app.url).expect(200);

    let variables = vec![("public_url".to_owned(), "http://todo.example".to_owned())];
    let known = App::start(Options { listen: "0.0.0.0", variables, ..Options::default() }).expect("an app");
    assert!(!known.log().contains("public_url"), "{}", known.log());
}
