//! Who guesses codes has to wait, and the owner gets in meanwhile.

use serde_json::{Value, json};

use super::person::{Person, own_app};
use crate::visitor::PASSWORD;

#[test]
fn one_challenge_takes_five_codes_also_when_they_are_sent_at_once() {
    let app = &own_app();
    let person = Person::new(app, "five-codes@example.org");
    let challenge = person.is_challenged();
    let wrong = person.authenticator.wrong_code();
    let statuses: Vec<(u16, Value)> = std::thread::scope(|scope| {
        let sent: Vec<_> = (0..12)
            .map(|_| {
                scope.spawn(|| {
                    let answer = person.gives_code(&challenge, &wrong);
                    (answer.status, answer.json()["code"].clone())
                })
            })
            .collect();
        sent.into_iter().map(|one| one.join().unwrap()).collect()
    });
    let of = |code: &str| statuses.iter().filter(|(_, found)| found == code).count();
    assert_eq!(of("INVALID_CODE"), 5, "{statuses:?}");
    assert_eq!(of("TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE"), 1, "{statuses:?}");
    assert_eq!(of("INVALID_TWO_FACTOR_COOKIE"), 6, "{statuses:?}");
    // The right one comes too late for this challenge, and not for the next.
    person.gives_code(&challenge, &person.authenticator.code(0)).expect(401);
    person.gives_code(&person.is_challenged(), &person.authenticator.code(0)).expect(200);
}

#[test]
fn ten_wrong_codes_of_an_account_make_the_next_wait_longer_and_longer_and_recovery_codes_go_on() {
    let app = &own_app();
    let person = Person::new(app, "ten-codes@example.org");
    let wrong = person.authenticator.wrong_code();
    for _ in 0..2 {
        let challenge = person.is_challenged();
        for _ in 0..5 {
            person.gives_code(&challenge, &wrong).expect(401);
        }
    }
    let locked = person.gives_code(&person.is_challenged(), &person.authenticator.code(0)).expect(429);
    let wait: u32 = locked.header("retry-after").unwrap().parse().unwrap();
    assert!((800..=900).contains(&wait), "{wait}");
    assert_eq!(locked.json()["code"], "ACCOUNT_TEMPORARILY_LOCKED");
    assert_eq!(locked.json()["type"], "/problems/too-many-requests");
    // What has to wait is counted nowhere; in a session it is the same.
    let code = json!({"code": person.authenticator.code(0)});
    person.session.post("/api/auth/two-factor/verify-totp", &code).expect(429);
    assert_eq!(person.sql("SELECT failures FROM todo.two_factor WHERE user_id = '{id}'"), "10");

    person.sql("UPDATE todo.two_factor SET locked_until = '-infinity' WHERE user_id = '{id}'");
    person.session.post("/api/auth/two-factor/verify-totp", &json!({"code": wrong})).expect(401);
    let locked = person.session.post("/api/auth/two-factor/verify-totp", &code).expect(429);
    let wait: u32 = locked.header("retry-after").unwrap().parse().unwrap();
    assert!((1700..=1800).contains(&wait), "twice as long: {wait}");
    person.sql(
        "UPDATE todo.two_factor SET failures = 100000, locked_until = '-infinity' WHERE user_id = '{id}'",
    );
    person.session.post("/api/auth/two-factor/verify-totp", &json!({"code": wrong})).expect(401);
    let locked = person.session.post("/api/auth/two-factor/verify-totp", &code).expect(429);
    assert!(locked.header("retry-after").unwrap().parse::<u32>().unwrap() <= 86_400);

    person.sql("DELETE FROM todo.sign_in_attempts");
    person.gives_recovery_code(&person.is_challenged(), &person.recovery_codes[0]).expect(200);
    person.gives_code(&person.is_challenged(), &person.authenticator.code(0)).expect(200);
}

#[test]
fn a_challenge_that_is_over_or_was_made_up_is_none() {
    let app = &own_app();
    let person = Person::new(app, "no-challenge@example.org");
    let challenge = person.is_challenged();
    let (name, value) = challenge.split_once('=').unwrap();
    let code = person.authenticator.code(0);
    let made_up = format!("{name}={}{}", if value.starts_with('A') { "B" } else { "A" }, &value[1..]);
    for cookies in ["", "better-auth.two_factor=", "better-auth.two_factor=token.AAAA", &made_up] {
        let refused = person.gives_code(cookies, &code).expect(401).json();
        assert_eq!(refused["code"], "INVALID_TWO_FACTOR_COOKIE", "{cookies}");
    }
    person.sql("UPDATE todo.two_factor_tokens SET expires_at = now() WHERE user_id = '{id}'");
    person.gives_code(&challenge, &code).expect(401);
    // Ten wait at a time, and the oldest gives way.
    person.sql("DELETE FROM todo.two_factor_tokens WHERE user_id = '{id}'");
    for _ in 0..12 {
        person.sql("DELETE FROM todo.sign_in_attempts");
        person.is_challenged();
    }
    assert_eq!(person.sql("SELECT count(*) FROM todo.two_factor_tokens WHERE user_id = '{id}'"), "10");
}

#[test]
fn challenges_are_slowed_down_as_wrong_passwords_are() {
    let app = &own_app();
    let person = Person::new(app, "challenges@example.org");
    person.sql("DELETE FROM todo.sign_in_attempts");
    let statuses: Vec<u16> = (0..8).map(|_| person.gives_password("").status).collect();
    assert!(statuses.contains(&429), "{statuses:?}");
    person.sql("DELETE FROM todo.sign_in_attempts");
    person.gives_code(&person.is_challenged(), &person.authenticator.code(0)).expect(200);
    assert_eq!(person.session.post("/api/auth/verify-password", &json!({"password": PASSWORD})).status, 200);
}
