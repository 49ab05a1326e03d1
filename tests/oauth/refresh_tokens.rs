//! A refresh token is good once; one that comes again ends the line, unless it comes again at once.

use harness::{Answer, App};
use serde_json::json;

use crate::person::Person;
use crate::program::{CALLBACK, Program};

#[track_caller]
fn next(answer: Answer) -> String {
    answer.expect(200).json()["refresh_token"].as_str().unwrap().to_owned()
}

#[track_caller]
fn is_dead(answer: Answer) {
    assert_eq!(answer.expect(400).json()["error"], "invalid_grant");
}

fn first(program: &Program, person: &Person) -> String {
    program.tokens_from(person)["refresh_token"].as_str().unwrap().to_owned()
}

/// Lets time pass for a person's grants.
fn later(app: &App, person: &Person, interval: &str) {
    app.sql(&format!(
        "UPDATE todo.oauth_grants SET rotated_at = rotated_at - interval '{interval}', expires_at = expires_at - interval '{interval}'
         WHERE user_id = '{}'",
        person.id
    ))
    .unwrap();
}

#[test]
fn each_use_brings_the_next_one() {
    let app = App::shared();
    let (person, program) = (Person::new(app), Program::new(app));
    let mut token = first(&program, &person);
    for _ in 0..5 {
        let following = next(program.refreshes(&token));
        assert_ne!(following, token);
        token = following;
        later(app, &person, "1 hour");
    }
}

#[test]
fn a_stolen_token_that_comes_again_ends_the_line() {
    let app = App::shared();
    let (person, program) = (Person::new(app), Program::new(app));
    let stolen = first(&program, &person);
    let current = next(program.refreshes(&stolen));
    later(app, &person, "31 seconds");
    is_dead(program.refreshes(&stolen));
    is_dead(program.refreshes(&current));
}

#[test]
fn one_of_long_ago_ends_the_line_at_once() {
    let app = App::shared();
    let (person, program) = (Person::new(app), Program::new(app));
    let stolen = first(&program, &person);
    let second = next(program.refreshes(&stolen));
    let current = next(program.refreshes(&second));
    is_dead(program.refreshes(&stolen));
    is_dead(program.refreshes(&current));
}

#[test]
fn a_program_that_asks_twice_at_once_gets_the_same_and_goes_on() {
    let app = App::shared();
    let (person, program) = (Person::new(app), Program::new(app));
    let token = first(&program, &person);
    let answers: Vec<String> = std::thread::scope(|scope| {
        let tries: Vec<_> = (0..4).map(|_| scope.spawn(|| next(program.refreshes(&token)))).collect();
        tries.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert!(answers.iter().all(|answer| *answer == answers[0]), "{answers:?}");
    later(app, &person, "1 hour");
    next(program.refreshes(&answers[0]));
}

#[test]
fn another_programs_token_is_no_token_and_stays_good_for_its_own() {
    let app = App::shared();
    let (person, program, thief) = (Person::new(app), Program::new(app), Program::new(app));
    let token = first(&program, &person);
    is_dead(thief.refreshes(&token));
    next(program.refreshes(&token));
}

#[test]
fn a_token_may_be_used_for_less_and_never_for_more() {
    let app = App::shared();
    let (person, program) = (Person::new(app), Program::new(app));
    let back = person.allows(&program.address(&[("scope", Some("tasks:read tasks:write"))]));
    let code = crate::program::parameter(&back, "code").unwrap();
    let token = program.exchanges(&code).expect(200).json()["refresh_token"].as_str().unwrap().to_owned();
    let with = |more: (&str, &str)| {
        program.asks(&[("grant_type", "refresh_token"), ("refresh_token", &token), more])
    };
    assert_eq!(with(("scope", "tasks:read tasks:delete")).expect(400).json()["error"], "invalid_scope");
    assert_eq!(with(("resource", app.url.as_str())).expect(400).json()["error"], "invalid_target");
    // What was refused used nothing up.
    assert_eq!(with(("scope", "tasks:read")).expect(200).json()["scope"], "tasks:read");
}

#[test]
fn what_is_no_refresh_token_is_refused() {
    let app = App::shared();
    let (person, program) = (Person::new(app), Program::new(app));
    let tokens = program.tokens_from(&person);
    let (access, refresh) =
        (tokens["access_token"].as_str().unwrap(), tokens["refresh_token"].as_str().unwrap());
    let changed = format!("{}{}", &refresh[..40], "A".repeat(refresh.len() - 40));
    for token in [access, "x", "..", &changed, &refresh[1..], &format!("{refresh}AAAA")] {
        is_dead(program.refreshes(token));
    }
    next(program.refreshes(refresh));
}

#[test]
fn a_token_that_is_given_back_or_not_used_for_a_month_is_over() {
    let app = App::shared();
    let (person, program, other) = (Person::new(app), Program::new(app), Program::new(app));
    let revoke =
        |program: &Program, token: &str| program.posts("/api/auth/oauth2/revoke", &[("token", token)]);
    let token = first(&program, &person);
    revoke(&other, &token).expect(200);
    let token = next(program.refreshes(&token));
    revoke(&program, &token).expect(200);
    is_dead(program.refreshes(&token));
    revoke(&program, &token).expect(200);
    revoke(&program, "nonsense").expect(200);

    let token = first(&program, &person);
    later(app, &person, "31 days");
    is_dead(program.refreshes(&token));
}

#[test]
fn an_account_that_is_gone_takes_its_tokens_along() {
    let app = App::shared();
    let (person, program) = (Person::new(app), Program::new(app));
    let token = first(&program, &person);
    app.sql(&format!("DELETE FROM todo.users WHERE id = '{}'", person.id)).unwrap();
    is_dead(program.refreshes(&token));
}

#[test]
fn a_service_learns_of_its_own_tokens_whether_they_are_good() {
    let app = App::shared();
    let person = Person::new(app);
    let registration =
        json!({"redirect_uris": [CALLBACK], "grant_types": ["authorization_code", "refresh_token"]});
    let (service, other) = (Program::at(&app.url, &registration), Program::at(&app.url, &registration));
    let tokens = service.tokens_from(&person);
    let ask = |who: &Program, token: &str| {
        who.posts("/api/auth/oauth2/introspect", &[("token", token)]).expect(200).json()
    };
    for name in ["access_token", "refresh_token"] {
        let token = tokens[name].as_str().unwrap();
        let known = ask(&service, token);
        assert_eq!((&known["active"], &known["sub"]), (&json!(true), &json!(person.id)), "{name}");
        assert_eq!(ask(&other, token), json!({"active": false}), "{name}");
    }
    assert_eq!(ask(&service, "nonsense"), json!({"active": false}));
    let refresh_token = tokens["refresh_token"].as_str().unwrap();
    next(service.refreshes(refresh_token));
    assert_eq!(ask(&service, refresh_token), json!({"active": false}), "it was exchanged");
    let public = Program::new(app).posts("/api/auth/oauth2/introspect", &[("token", refresh_token)]);
    assert_eq!(public.expect(400).json()["error"], "unauthorized_client");
}
