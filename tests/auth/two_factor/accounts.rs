//! Turning it on and off, what is stored, told and recorded.

use harness::{App, Database, Options};
use serde_json::{Value, json};

use super::person::{Person, cookie, own_app};
use crate::local_mail::sign_up;
use crate::visitor::PASSWORD;

const OLD: &str = "the secret before it was changed, long enough";
const NEW: &str = "the secret after it was changed, long enough!";

#[test]
fn it_is_on_after_a_first_code_and_not_before() {
    let app = App::shared();
    let person = Person::begins(app, "begins@example.org");
    let signed_in = || person.gives_password("").expect(200).json();
    assert_eq!(signed_in()["user"]["twoFactorEnabled"], false, "nobody is locked out by what they began");
    let wrong = json!({"code": person.authenticator.wrong_code()});
    let refused = person.session.post("/api/auth/two-factor/verify-totp", &wrong).expect(401).json();
    assert_eq!(refused["code"], "INVALID_CODE");
    // Recovery codes are good for nothing yet, and whoever begins again gets another secret.
    let recovery = json!({"code": person.recovery_codes[0]});
    person.session.post("/api/auth/two-factor/verify-backup-code", &recovery).expect(401);
    let again =
        person.session.post("/api/auth/two-factor/enable", &json!({"password": PASSWORD})).expect(200).json();
    let authenticator = harness::Authenticator::read(again["totpURI"].as_str().unwrap());
    let old = json!({"code": person.authenticator.code(0)});
    person.session.post("/api/auth/two-factor/verify-totp", &old).expect(401);
    let code = json!({"code": authenticator.code(0)});
    let confirmed = person.session.post("/api/auth/two-factor/verify-totp", &code).expect(200).json();
    assert_eq!(confirmed["user"]["twoFactorEnabled"], true);
    assert_eq!(signed_in()["twoFactorRedirect"], true);
    assert_eq!(person.session.get("/api/auth/get-session").json()["user"]["twoFactorEnabled"], true);

    let enabled =
        person.session.post("/api/auth/two-factor/enable", &json!({"password": PASSWORD})).expect(400);
    assert_eq!(enabled.json()["code"], "TOTP_ALREADY_ENABLED");
    let uri = person
        .session
        .post("/api/auth/two-factor/get-totp-uri", &json!({"password": PASSWORD}))
        .expect(200)
        .json();
    assert_eq!(uri["totpURI"], again["totpURI"]);
    assert_eq!(uri["qrCode"], again["qrCode"]);
    assert!(uri["qrCode"]["size"].as_u64().unwrap() >= 29, "{uri}");

    person.session.post("/api/auth/two-factor/disable", &json!({"password": PASSWORD})).expect(200);
    assert_eq!(signed_in()["user"]["twoFactorEnabled"], false);
    assert_eq!(person.sql("SELECT count(*) FROM todo.two_factor WHERE user_id = '{id}'"), "0");
}

#[test]
fn nothing_of_it_is_changed_or_told_without_the_password() {
    let app = &own_app();
    let person = Person::new(app, "needs-password@example.org");
    for operation in ["enable", "get-totp-uri", "generate-backup-codes", "disable"] {
        let path = format!("/api/auth/two-factor/{operation}");
        app.nobody().post(&path, &json!({"password": PASSWORD})).expect(401);
        let wrong = person.session.post(&path, &json!({"password": "not this one"})).expect(400).json();
        assert_eq!(wrong["code"], "INVALID_PASSWORD", "{operation}");
        person.session.post(&path, &json!({})).expect(400);
        person.sql("DELETE FROM todo.sign_in_attempts");
    }
    assert_eq!(person.gives_password("").expect(200).json()["twoFactorRedirect"], true);
    let (token, _) = sign_up(app, "has-none@example.org");
    let other = app.nobody().with_token(&token);
    let password = json!({"password": PASSWORD});
    for (operation, body, code) in [
        ("get-totp-uri", &password, "TOTP_NOT_ENABLED"),
        ("generate-backup-codes", &password, "TWO_FACTOR_NOT_ENABLED"),
        ("verify-totp", &json!({"code": "123456"}), "TOTP_NOT_ENABLED"),
        ("enable", &json!({"password": PASSWORD, "method": "otp"}), "OTP_NOT_CONFIGURED"),
        ("enable", &json!({"password": PASSWORD, "method": "sms"}), "VALIDATION_ERROR"),
        ("verify-totp", &json!({"code": " "}), "VALIDATION_ERROR"),
        ("verify-backup-code", &json!({"code": "a".repeat(65)}), "VALIDATION_ERROR"),
    ] {
        let refused = other.post(&format!("/api/auth/two-factor/{operation}"), body).expect(400).json();
        assert_eq!(refused["code"], code, "{operation} {body}");
    }
    other.post("/api/auth/two-factor/disable", &password).expect(200);
}

#[test]
fn neither_secret_nor_codes_can_be_read_in_the_database_or_in_the_log() {
    let app = App::shared();
    let person = Person::new(app, "sealed@example.org");
    let challenge = person.is_challenged();
    let uri = person
        .session
        .post("/api/auth/two-factor/get-totp-uri", &json!({"password": PASSWORD}))
        .expect(200)
        .json();
    let secret = uri["totpURI"].as_str().unwrap().split("secret=").nth(1).unwrap()[..32].to_owned();
    let code = person.authenticator.code(0);
    person.gives_code(&challenge, &code).expect(200);
    let stored = person.sql(
        "SELECT two_factor::text FROM todo.two_factor UNION ALL SELECT two_factor_tokens::text FROM todo.two_factor_tokens",
    );
    assert!(stored.contains(&person.id));
    let challenge = challenge.split_once('=').unwrap().1.split('.').next().unwrap();
    let log = app.log();
    for planted in person.recovery_codes.iter().map(String::as_str).chain([secret.as_str(), challenge]) {
        let plain = planted.replace('-', "");
        assert!(!stored.contains(planted) && !stored.contains(&plain), "{planted}");
        assert!(!log.contains(planted) && !log.contains(&plain), "{planted} is in the log");
    }
}

#[test]
fn what_is_turned_on_and_off_and_codes_that_are_refused_are_events() {
    let app = App::shared();
    let person = Person::new(app, "second-events@example.org");
    let challenge = person.is_challenged();
    person.gives_code(&challenge, &person.authenticator.wrong_code()).expect(401);
    person.gives_recovery_code(&challenge, "nothing").expect(401);
    person.gives_code(&challenge, &person.authenticator.code(0)).expect(200);
    person.gives_recovery_code(&person.is_challenged(), &person.recovery_codes[0]).expect(200);
    for operation in ["get-totp-uri", "generate-backup-codes", "disable"] {
        let path = format!("/api/auth/two-factor/{operation}");
        person.session.post(&path, &json!({"password": PASSWORD})).expect(200);
    }
    let told = person.session.get("/api/auth/list-events").expect(200).json();
    let said = |event: &Value| {
        format!("{} {} {}", event["action"], event["outcome"], event["detail"]).replace('"', "")
    };
    let events: Vec<String> = told.as_array().unwrap().iter().rev().map(said).collect();
    assert_eq!(
        events,
        [
            "account.created success null",
            "two_factor.begun success null",
            "two_factor.enabled success null",
            "second_factor.requested success null",
            "second_factor.checked refused INVALID_CODE",
            "second_factor.checked refused INVALID_BACKUP_CODE",
            "session.started success TOTP",
            "second_factor.requested success null",
            "session.started success RECOVERY_CODE",
            "two_factor.secret_shown success null",
            "recovery_codes.replaced success null",
            "two_factor.disabled success null",
        ]
    );
}

#[test]
fn the_secret_of_the_app_can_be_changed_and_recovery_codes_outlive_both() {
    let start = |secret: &str, previous: &str, database| {
        App::start(Options {
            secret: Some(secret.to_owned()),
            database,
            variables: vec![("better_auth_secret_previous".to_owned(), previous.to_owned())],
            ..Options::default()
        })
        .unwrap()
    };
    let before = start(OLD, "", Database::Shared);
    let person = Person::new(&before, "changed-secret@example.org");
    let at = || Database::At(before.database_url.clone());
    let during = start(NEW, OLD, at());
    let body = json!({"email": person.email, "password": PASSWORD});
    let signs_in = |app: &App, operation: &str, code: &str| {
        let asked = app.nobody().post("/api/auth/sign-in/email", &body).expect(200);
        let challenge = cookie(&asked, "two_factor").unwrap();
        let path = format!("/api/auth/two-factor/{operation}");
        let request = app.nobody().request("POST", &path).json(&json!({"code": code}));
        request.header("origin", &app.url).header("cookie", &challenge).send()
    };
    // Sealed under the secret before: it opens, and is sealed anew.
    signs_in(&during, "verify-totp", &person.authenticator.code(0)).expect(200);
    let after = start(NEW, "", at());
    signs_in(&after, "verify-totp", &person.authenticator.code(1)).expect(200);
    let lost = start("another secret that nobody knew before, long enough", "", at());
    let refused = signs_in(&lost, "verify-totp", &person.authenticator.code(0)).expect(400).json();
    assert_eq!(refused["code"], "TOTP_NOT_CONFIGURED");
    assert!(refused["detail"].as_str().unwrap().contains("recovery code"), "{refused}");
    signs_in(&lost, "verify-backup-code", &person.recovery_codes[0]).expect(200);
}
