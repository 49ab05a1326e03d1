use std::thread;
use std::time::{Duration, Instant};

use serde_json::json;

use super::{Key, another_process, app_of, ask, claims, forget_when_asked, issuer_with, publish};

/// As long as an instance does not ask the database for keys again.
const READ_INTERVAL: Duration = Duration::from_secs(6);

#[test]
fn keys_are_fetched_once_for_all_requests_and_the_next_one_when_it_is_used() {
    let [first, second] = [Key::Rs256(0), Key::Rs256(1)];
    let issuer = issuer_with(&[first]);
    let app = app_of(&issuer, &[]);
    thread::scope(|scope| {
        let app = &app;
        let requests: Vec<_> = (0..8)
            .map(|number| {
                let token = first.token(&claims(app, &issuer, &format!("person {number}")));
                scope.spawn(move || ask(app, &token).status)
            })
            .collect();
        for request in requests {
            assert_eq!(request.join().unwrap(), 200);
        }
    });
    assert_eq!(issuer.asked(), ["/keys"]);
    // The issuer changes its key: the first token that names the new one has it fetched.
    publish(&issuer, &[first, second, Key::Es256(2)]);
    forget_when_asked(&app);
    thread::sleep(READ_INTERVAL);
    ask(&app, &second.token(&claims(&app, &issuer, "ann"))).expect(200);
    ask(&app, &Key::Es256(2).token(&claims(&app, &issuer, "ann"))).expect(200);
    ask(&app, &first.token(&claims(&app, &issuer, "ann"))).expect(200);
    assert_eq!(issuer.asked().len(), 2);
    // And takes the old one back: with the copy's time its tokens are over.
    publish(&issuer, &[second]);
    app.sql("UPDATE todo.issuer_keys SET fresh_until = now(), asked_at = asked_at - interval '1 minute'")
        .unwrap();
    let app = another_process(&app, &issuer);
    ask(&app, &first.token(&claims(&app, &issuer, "bob"))).expect(401);
    ask(&app, &second.token(&claims(&app, &issuer, "bob"))).expect(200);
}

#[test]
fn a_flood_of_keys_that_are_made_up_asks_the_issuer_once_and_holds_up_nobody() {
    let key = Key::EdDsa(1);
    let issuer = issuer_with(&[key]);
    let app = app_of(&issuer, &[]);
    ask(&app, &key.token(&claims(&app, &issuer, "ann"))).expect(200);
    forget_when_asked(&app);
    let before = issuer.asked().len();
    let start = Instant::now();
    thread::scope(|scope| {
        for thread in 0..4 {
            let (app, issuer) = (&app, &issuer);
            scope.spawn(move || {
                for number in 0..100 {
                    let header = json!({"alg": "EdDSA", "kid": format!("made up {thread}-{number}")});
                    let token = Key::EdDsa(9).token_with(&header, &claims(app, issuer, "ann"));
                    assert_eq!(ask(app, &token).status, 401);
                }
            });
        }
        for number in 0..20 {
            let token = key.token(&claims(&app, &issuer, &format!("person {number}")));
            ask(&app, &token).expect(200);
        }
    });
    assert!(issuer.asked().len() <= before + 1, "{:?} in {:?}", issuer.asked(), start.elapsed());
}

#[test]
fn while_the_issuer_is_away_the_last_good_copy_counts_for_a_day() {
    let key = Key::Es256(1);
    let issuer = issuer_with(&[key]);
    issuer.set_away(true);
    let app = app_of(&issuer, &[]);
    let token = |app: &harness::App, subject: &str| key.token(&claims(app, &issuer, subject));
    // Never reached: nobody can say whether the token is good.
    let answer = ask(&app, &token(&app, "ann"));
    assert_eq!((answer.status, answer.header("retry-after")), (503, Some("5")), "{}", answer.body);
    issuer.set_away(false);
    forget_when_asked(&app);
    thread::sleep(READ_INTERVAL);
    ask(&app, &token(&app, "ann")).expect(200);

    issuer.set_away(true);
    for (age, status) in [("1 hour", 200), ("23 hours", 200), ("25 hours", 503)] {
        app.sql(&format!(
            "UPDATE todo.issuer_keys SET fetched_at = now() - interval '{age}', fresh_until = now() - interval '1 minute',
                 asked_at = now() - interval '1 minute'"
        ))
        .unwrap();
        // Another process, which has never seen a key.
        let app = another_process(&app, &issuer);
        assert_eq!(ask(&app, &token(&app, "ann")).status, status, "{age}");
    }
    assert!(app.log().contains("no keys at "), "the operator learns of it");
}

#[test]
fn what_is_no_set_of_keys_and_what_comes_too_late_takes_no_keys_away() {
    let key = Key::EdDsa(1);
    let issuer = issuer_with(&[key]);
    let app = app_of(&issuer, &[]);
    ask(&app, &key.token(&claims(&app, &issuer, "ann"))).expect(200);
    let json_type = vec!["content-type: application/json".to_owned()];
    let elsewhere = vec!["location: /other".to_owned()];
    for (status, headers, body) in [
        (200, json_type.clone(), "{\"keys\": []}".to_owned()),
        (200, json_type.clone(), "[]".to_owned()),
        (200, json_type.clone(), "<html>".to_owned()),
        (200, Vec::new(), json!({"keys": [key.jwk()]}).to_string()),
        (200, json_type.clone(), format!("{{\"keys\": [], \"x\": \"{}\"}}", "x".repeat(100_000))),
        (302, elsewhere, String::new()),
        (500, json_type, "{}".to_owned()),
    ] {
        issuer.publish(super::KEYS, harness::Published { status, headers, body: body.clone() });
        app.sql("UPDATE todo.issuer_keys SET fresh_until = now(), asked_at = now() - interval '1 minute'")
            .unwrap();
        let asked = issuer.asked().len();
        let app = another_process(&app, &issuer);
        ask(&app, &key.token(&claims(&app, &issuer, "ann"))).expect(200);
        assert_eq!(issuer.asked().len(), asked + 1, "{status} {body:.40}");
    }
    assert!(!issuer.asked().contains(&"/other".to_owned()), "no redirect is followed");
    issuer.set_delay(Duration::from_secs(60));
    app.sql("UPDATE todo.issuer_keys SET fresh_until = now(), asked_at = now() - interval '1 minute'")
        .unwrap();
    let app = another_process(&app, &issuer);
    let start = Instant::now();
    ask(&app, &key.token(&claims(&app, &issuer, "ann"))).expect(200);
    assert!(start.elapsed() < Duration::from_secs(6), "{:?}", start.elapsed());
}
