//! Accounts where a service sends mail: addresses are confirmed before anybody signs in, and nothing tells who has an account.

use harness::{Answer, App};
use serde_json::{Value, json};

use crate::mail_service::{MailService, link};
use crate::visitor::{PASSWORD, Visitor, app_behind_a_proxy, expect_wait};

const KEY: &str = "key-never-to-be-seen";

fn app_with(service: &MailService, format: &str) -> App {
    app_behind_a_proxy(&[
        ("mail", "http"),
        ("mail_origin", &service.origin),
        ("mail_path", "/send"),
        ("mail_format", format),
        ("mail_api_key", KEY),
        ("mail_from", "Todo <todo@example.org>"),
    ])
}

/// An answer without what differs from one person to the next.
fn form(answer: &Answer) -> (u16, Value, Vec<String>) {
    let mut body = answer.json();
    for member in ["id", "email", "createdAt", "updatedAt"] {
        if let Some(user) = body["user"].as_object_mut() {
            user.insert(member.to_owned(), Value::Null);
        }
    }
    let mut names: Vec<String> = answer.headers.iter().map(|(name, _)| name.clone()).collect();
    names.sort_unstable();
    (answer.status, body, names)
}

/// Follows a link of a mail as a browser does; answers where it leads.
fn follow(app: &App, url: &str) -> String {
    let path = url.strip_prefix(&app.url).expect("a link of this app");
    let answer = app.nobody().get(path).expect(302);
    answer.header("location").expect("a location").to_owned()
}

#[test]
fn an_address_is_confirmed_before_its_owner_signs_in() {
    let service = MailService::start(&[]);
    let app = app_with(&service, "resend");
    let visitor = Visitor::at(&app, "203.0.113.9");
    let signed_up = visitor.signs_up("ann@example.org").expect(200);
    assert_eq!(signed_up.json()["token"], Value::Null);
    assert!(signed_up.header("set-cookie").is_none() && signed_up.header("set-auth-token").is_none());

    let mails = service.delivered(1);
    assert!(mails[0].head.starts_with("post /send "), "{}", mails[0].head);
    assert!(mails[0].head.contains(&format!("authorization: bearer {KEY}")), "{}", mails[0].head);
    assert_eq!(mails[0].message["from"], "Todo <todo@example.org>");
    assert_eq!(mails[0].message["to"], json!(["ann@example.org"]));

    let refused = visitor.signs_in("ann@example.org", PASSWORD).expect(403);
    assert_eq!(refused.json()["code"], "EMAIL_NOT_VERIFIED");
    assert_eq!(
        visitor.signs_in("ann@example.org", "not this one").expect(401).json()["code"],
        "INVALID_EMAIL_OR_PASSWORD"
    );
    // Both links are good: mail may arrive late.
    let mails = service.delivered(2);
    let url = link(mails[0].message["text"].as_str().unwrap());
    assert_eq!(follow(&app, &url), format!("{}/?email-confirmed", app.url));
    assert!(follow(&app, &url).contains("error=INVALID%5FTOKEN"), "a link is good once");
    visitor.signs_in("ann@example.org", PASSWORD).expect(200);
}

#[test]
fn signing_up_does_not_tell_whether_an_address_is_taken() {
    let service = MailService::start(&[]);
    let app = app_with(&service, "postmark");
    let first = Visitor::at(&app, "203.0.113.9").signs_up("ann@example.org").expect(200);
    let second = Visitor::at(&app, "198.51.100.1").signs_up("ann@example.org").expect(200);
    assert_eq!(form(&first), form(&second));
    assert_ne!(first.json()["user"]["id"], second.json()["user"]["id"]);
    assert_eq!(app.sql("SELECT count(*) FROM todo.users").unwrap().trim(), "1");
    // Its owner is told.
    let mails = service.delivered(2);
    assert!(mails[0].head.contains(&format!("x-postmark-server-token: {KEY}")), "{}", mails[0].head);
    assert_eq!(mails[1].message["To"], "ann@example.org");
    assert_eq!(mails[1].message["Subject"], "You have an account already");
    assert!(!mails[1].message["TextBody"].as_str().unwrap().contains("token="));
}

#[test]
fn asking_for_a_link_does_not_tell_who_has_an_account() {
    let service = MailService::start(&[]);
    let app = app_with(&service, "resend");
    Visitor::at(&app, "203.0.113.9").signs_up("ann@example.org").expect(200);
    service.delivered(1);
    for path in ["/api/auth/request-password-reset", "/api/auth/send-verification-email"] {
        let ask =
            |email: &str| Visitor::at(&app, "198.51.100.1").posts(path, &json!({"email": email})).expect(200);
        let (known, unknown) = (ask("ann@example.org"), ask("nobody@example.org"));
        assert_eq!(form(&known), form(&unknown), "{path}");
        assert_eq!(known.body, unknown.body, "{path}");
    }
    let mails = service.delivered(3);
    assert!(mails.iter().all(|mail| mail.message["to"] == json!(["ann@example.org"])), "{mails:?}");
}

#[test]
fn mail_is_limited_by_network_and_by_account_whether_there_is_one_or_not() {
    let service = MailService::start(&[]);
    let app = app_with(&service, "resend");
    let ask = |address: &str, email: &str| {
        Visitor::at(&app, address).posts("/api/auth/request-password-reset", &json!({"email": email}))
    };
    for email in ["nobody@example.org", "somebody@example.org"] {
        if email.starts_with("somebody") {
            Visitor::at(&app, "203.0.113.77").signs_up(email).expect(200);
        }
        // Three; on a slow machine the first second of waiting is over before the next one asks.
        let answers: Vec<Answer> = (0..5).map(|_| ask("203.0.113.9", email)).collect();
        let taken = answers.iter().take_while(|answer| answer.status == 200).count();
        assert!((3..=4).contains(&taken), "{taken}");
        expect_wait(answers[taken].clone(), 3600);
    }
    // Ten for one account from wherever they are asked for.
    let mut taken = 0;
    for host in 1..=12 {
        let answer = ask(&format!("198.51.100.{host}"), "third@example.org");
        if answer.status == 200 {
            taken += 1;
        } else {
            expect_wait(answer, 300);
        }
    }
    assert!((10..=11).contains(&taken), "{taken}");
}

#[test]
fn a_service_that_is_busy_is_asked_again_and_nothing_secret_is_logged() {
    let service = MailService::start(&[503]);
    let app = app_with(&service, "resend");
    Visitor::at(&app, "203.0.113.9").signs_up("ann@example.org").expect(200);
    let mails = service.delivered(2);
    assert_eq!(mails[0].message, mails[1].message);
    let url = link(mails[1].message["text"].as_str().unwrap());
    follow(&app, &url);
    let token = url.split("token=").nth(1).unwrap().split('&').next().unwrap();
    let log = app.log();
    for secret in [KEY, token, "ann@example.org", PASSWORD] {
        assert!(!log.contains(secret), "{secret} is in the log");
    }
}

#[test]
fn what_a_service_refuses_is_in_the_log_without_whom_it_was_for() {
    let service = MailService::start(&[401]);
    let app = app_with(&service, "resend");
    Visitor::at(&app, "203.0.113.9").signs_up("ann@example.org").expect(200);
    service.delivered(1);
    let start = std::time::Instant::now();
    while !app.log().contains("mail_api_key") {
        assert!(start.elapsed().as_secs() < 20, "{}", app.log());
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    assert!(!app.log().contains("ann@example.org") && !app.log().contains(KEY));
}

#[test]
fn where_there_is_no_mail_nothing_pretends_to_send_any() {
    let app = app_behind_a_proxy(&[]);
    let visitor = Visitor::at(&app, "203.0.113.9");
    let token = visitor.signs_up("ann@example.org").expect(200).json()["token"].as_str().unwrap().to_owned();
    for (path, code) in [
        ("/api/auth/request-password-reset", "RESET_PASSWORD_DISABLED"),
        ("/api/auth/send-verification-email", "VERIFICATION_EMAIL_NOT_ENABLED"),
    ] {
        let refused = visitor.posts(path, &json!({"email": "ann@example.org"})).expect(400);
        assert_eq!(refused.json()["code"], code);
    }
    assert_eq!(app.nobody().get("/api/auth/local-mail?key=x").expect(404).json()["code"], "NOT_FOUND");
    // An address that nobody could confirm is changed at once.
    let ann = app.nobody().with_token(&token);
    ann.post("/api/auth/change-email", &json!({"newEmail": "ann@example.net"})).expect(200);
    assert_eq!(ann.get("/api/auth/get-session").json()["user"]["email"], "ann@example.net");
}
