//! The mail of a local run: it is in the log and on a page, and nowhere else.

use std::time::{Duration, Instant};

use harness::App;
use serde_json::{Value, json};

use crate::mail_service::link;

/// Somebody new: their token and id.
pub fn sign_up(app: &App, email: &str) -> (String, String) {
    let account = json!({"name": "Ann", "email": email, "password": crate::visitor::PASSWORD});
    let body = app.nobody().post("/api/auth/sign-up/email", &account).expect(200).json();
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    (text(&body["token"]), text(&body["user"]["id"]))
}

/// The link of the latest mail in the log for an address.
#[track_caller]
pub fn link_to(app: &App, email: &str) -> String {
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(20) {
        let lines = app.log();
        let found = lines.lines().rev().find_map(|line| {
            let line: Value = serde_json::from_str(line).ok()?;
            let text = find(&line, "text")?;
            (find(&line, "recipient")? == email).then(|| link(&text))
        });
        if let Some(found) = found {
            return found;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    panic!("no mail to {email}:\n{}", app.log());
}

/// A member of a log line, wherever the host puts what a component says.
fn find(line: &Value, member: &str) -> Option<String> {
    match line {
        Value::Object(members) => match members.get(member).and_then(Value::as_str) {
            Some(text) => Some(text.to_owned()),
            None => members.values().find_map(|value| find(value, member)),
        },
        Value::String(text) => serde_json::from_str(text).ok().and_then(|value: Value| match value {
            Value::Object(_) => find(&value, member),
            _ => None,
        }),
        _ => None,
    }
}

/// The token in a link.
pub fn token_in(url: &str) -> String {
    url.split("token=").nth(1).unwrap().split('&').next().unwrap().to_owned()
}

#[test]
fn mail_is_on_a_page_whose_address_only_the_log_tells() {
    let app = App::shared();
    sign_up(app, "page@example.org");
    app.nobody().post("/api/auth/request-password-reset", &json!({"email": "page@example.org"})).expect(200);
    let url = link_to(app, "page@example.org");
    let start = app.log().find("/api/auth/local-mail?key=").expect("the page's address");
    let page: String =
        app.log()[start..].chars().take_while(|c| !c.is_whitespace() && *c != '"' && *c != '\\').collect();
    let shown = app.nobody().get(&page).expect(200);
    assert_eq!(shown.header("content-type"), Some("text/html; charset=utf-8"));
    assert!(shown.header("content-security-policy").unwrap().starts_with("default-src 'none'"));
    assert!(
        shown.body.contains("page@example.org") && shown.body.contains(&token_in(&url)),
        "{}",
        shown.body
    );
    for guess in ["/api/auth/local-mail", "/api/auth/local-mail?key=", &page[..page.len() - 1]] {
        app.nobody().get(guess).expect(404);
    }
}
