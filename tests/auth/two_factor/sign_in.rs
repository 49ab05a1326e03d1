//! From the password by a code to a session.

use harness::App;
use serde_json::json;

use super::person::{Person, cookie};
use crate::local_mail::{link_to, token_in};
use crate::visitor::PASSWORD;

#[test]
fn a_password_alone_opens_nothing_and_a_code_makes_the_session() {
    let app = App::shared();
    let person = Person::new(app, "second-factor@example.org");
    let before = person.sessions();
    let challenge = person.is_challenged();
    assert_eq!(person.sessions(), before, "no session waits for the code");
    // The cookie of the challenge is no session, in whichever way it is sent.
    let value =
        challenge.split_once('=').unwrap().1.replace("%3D", "=").replace("%2B", "+").replace("%2F", "/");
    let token = value.split('.').next().unwrap();
    for bearer in [value.as_str(), token] {
        app.nobody().with_token(bearer).get("/api/auth/token").expect(401);
    }
    for name in ["two_factor", "session_token"] {
        let sent = format!("better-auth.{name}={}", challenge.split_once('=').unwrap().1);
        app.nobody().request("GET", "/api/auth/token").header("cookie", &sent).send().expect(401);
    }

    let answer = person.gives_code(&challenge, &person.authenticator.code(0)).expect(200);
    assert_eq!(answer.json()["user"]["twoFactorEnabled"], true);
    let session = cookie(&answer, "session_token").expect("a session");
    assert!(answer.header("set-auth-token").is_some());
    app.nobody().request("GET", "/api/auth/token").header("cookie", &session).send().expect(200);
    let again = person.gives_code(&challenge, &person.authenticator.code(1)).expect(401);
    assert_eq!(again.json()["code"], "INVALID_TWO_FACTOR_COOKIE", "a challenge is answered once");
}

#[test]
fn a_code_is_good_once_and_none_before_it_is_after_it() {
    let app = App::shared();
    let person = Person::new(app, "code-once@example.org");
    let (now, next) = (person.authenticator.code(0), person.authenticator.code(1));
    person.gives_code(&person.is_challenged(), &next).expect(200);
    for code in [&next, &now] {
        let refused = person.gives_code(&person.is_challenged(), code).expect(401).json();
        assert_eq!(
            (&refused["code"], &refused["type"]),
            (&json!("INVALID_CODE"), &json!("/problems/invalid-credentials"))
        );
    }
    // Two browsers at once, and one code.
    person.forget_codes();
    let challenges = [person.is_challenged(), person.is_challenged()];
    let code = person.authenticator.code(0);
    let statuses = std::thread::scope(|scope| {
        let sent = challenges.each_ref().map(|one| scope.spawn(|| person.gives_code(one, &code).status));
        sent.map(|one| one.join().unwrap())
    });
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
}

#[test]
fn a_recovery_code_is_good_once_however_it_is_written_and_new_ones_end_the_old() {
    let app = App::shared();
    let person = Person::new(app, "recovery@example.org");
    let [first, second, third] = &person.recovery_codes[..3] else { panic!("ten codes") };
    person.gives_recovery_code(&person.is_challenged(), &first.to_uppercase().replace('-', " ")).expect(200);
    let refused = person.gives_recovery_code(&person.is_challenged(), first).expect(401).json();
    assert_eq!(refused["code"], "INVALID_BACKUP_CODE");
    let challenges = [person.is_challenged(), person.is_challenged()];
    let statuses = std::thread::scope(|scope| {
        let sent =
            challenges.each_ref().map(|one| scope.spawn(|| person.gives_recovery_code(one, second).status));
        sent.map(|one| one.join().unwrap())
    });
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");

    let made =
        person.session.post("/api/auth/two-factor/generate-backup-codes", &json!({"password": PASSWORD}));
    let made = made.expect(200).json();
    person.gives_recovery_code(&person.is_challenged(), third).expect(401);
    person.gives_recovery_code(&person.is_challenged(), made["backupCodes"][0].as_str().unwrap()).expect(200);
}

#[test]
fn a_trusted_browser_is_asked_for_no_code_until_its_token_was_used_or_the_password_is_another() {
    let app = App::shared();
    let person = Person::new(app, "trusted@example.org");
    let trusting = json!({"code": person.authenticator.code(0), "trustDevice": true});
    let answer =
        person.sends("/api/auth/two-factor/verify-totp", &person.is_challenged(), &trusting).expect(200);
    let trust = cookie(&answer, "trust_device").expect("a trusted browser");
    let answer = person.gives_password(&trust).expect(200);
    assert_eq!(answer.json()["user"]["email"], "trusted@example.org");
    let next = cookie(&answer, "trust_device").expect("the next token");
    assert_ne!(next, trust);
    assert_eq!(
        person.gives_password(&trust).expect(200).json()["twoFactorRedirect"],
        true,
        "a copy of the old one"
    );

    // Of somebody else it is worth nothing.
    let other = Person::new(app, "not-trusted@example.org");
    assert_eq!(other.gives_password(&next).expect(200).json()["twoFactorRedirect"], true);
    person.sql(
        "UPDATE todo.two_factor_tokens SET expires_at = now() WHERE user_id = '{id}' AND purpose = 'device'",
    );
    assert_eq!(person.gives_password(&next).expect(200).json()["twoFactorRedirect"], true, "over");

    person.sql("UPDATE todo.two_factor_tokens SET expires_at = now() + interval '1 day' WHERE user_id = '{id}' AND purpose = 'device'");
    let change = json!({"currentPassword": PASSWORD, "newPassword": PASSWORD, "revokeOtherSessions": true});
    person.session.post("/api/auth/change-password", &change).expect(200);
    assert_eq!(person.gives_password(&next).expect(200).json()["twoFactorRedirect"], true);
}

#[test]
fn a_password_that_is_set_by_a_link_still_asks_for_a_code_and_ends_trust() {
    let app = App::shared();
    let person = Person::new(app, "reset-second@example.org");
    let trusting = json!({"code": person.authenticator.code(0), "trustDevice": true});
    let answer =
        person.sends("/api/auth/two-factor/verify-totp", &person.is_challenged(), &trusting).expect(200);
    let trust = cookie(&answer, "trust_device").unwrap();
    let waiting = person.is_challenged();
    app.nobody().post("/api/auth/request-password-reset", &json!({"email": person.email})).expect(200);
    let link = token_in(&link_to(app, &person.email));
    let reset =
        app.nobody().post("/api/auth/reset-password", &json!({"token": link, "newPassword": PASSWORD}));
    assert_eq!(reset.expect(200).header("set-cookie"), None, "setting a password signs nobody in");
    assert_eq!(person.sessions(), "0");
    assert_eq!(person.gives_password(&trust).expect(200).json()["twoFactorRedirect"], true);
    let refused = person.gives_code(&waiting, &person.authenticator.code(1)).expect(401).json();
    assert_eq!(refused["code"], "INVALID_TWO_FACTOR_COOKIE");
}

#[test]
fn a_session_that_shall_end_with_the_browser_does_after_a_code_too() {
    let app = App::shared();
    let person = Person::new(app, "short-second@example.org");
    let body = json!({"email": person.email, "password": PASSWORD, "rememberMe": false});
    let challenge = cookie(&person.sends("/api/auth/sign-in/email", "", &body), "two_factor").unwrap();
    let answer = person.gives_code(&challenge, &person.authenticator.code(0)).expect(200);
    let line =
        answer.headers.iter().find(|(_, line)| line.starts_with("better-auth.session_token=")).unwrap();
    assert!(!line.1.contains("Max-Age"), "{line:?}");
}

#[test]
fn tokens_of_programs_go_on_as_before() {
    let app = App::shared();
    let person = Person::begins(app, "programs-second@example.org");
    let made = person.session.post("/api/auth/api-key/create", &json!({"name": "Laptop"})).expect(200).json();
    let program = app.nobody().with_token(made["key"].as_str().unwrap());
    let code = json!({"code": person.authenticator.code(0)});
    person.session.post("/api/auth/two-factor/verify-totp", &code).expect(200);
    program.get("/api/v1/tasks").expect(200);
    person.session.get("/api/auth/token").expect(200);
}
