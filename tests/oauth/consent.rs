//! Only the person's own yes, on the page that was shown to them, gives a code.

use harness::App;

use crate::person::Person;
use crate::program::{Program, form, parameter};

#[test]
fn the_page_names_the_program_where_it_leads_and_what_it_may_do() {
    let app = App::shared();
    let (person, program) = (Person::new(app), Program::new(app));
    let page = person.opens(&program.address(&[("scope", Some("tasks:read tasks:delete"))])).expect(200).body;
    for text in
        ["Test program", "a program on this computer", "See your tasks", "Delete your tasks", &person.email]
    {
        assert!(page.contains(text), "{text}: {page}");
    }
    assert!(!page.contains("Add tasks"), "{page}");
}

#[test]
fn a_no_reaches_the_program_as_one() {
    let app = App::shared();
    let (person, program) = (Person::new(app), Program::new(app));
    let request = person.is_asked(&program.address(&[]));
    let answer = person.answers(&request, "deny").expect(303);
    let back = answer.header("location").unwrap();
    assert_eq!(parameter(back, "error").as_deref(), Some("access_denied"));
    assert_eq!(parameter(back, "state").as_deref(), Some("state-1"));
    assert_eq!(parameter(back, "iss").as_deref(), Some(app.url.as_str()));
    assert_eq!(parameter(back, "code"), None);
}

#[test]
fn another_sites_form_gives_nothing() {
    let app = App::shared();
    let (person, program) = (Person::new(app), Program::new(app));
    let request = person.is_asked(&program.address(&[]));
    let sent = form(&[("request", &request), ("answer", "allow")]);
    let cookie = ("cookie", person.cookie.as_str());
    for headers in [
        &[cookie][..],
        &[cookie, ("origin", "https://evil.example")],
        &[cookie, ("origin", "null")],
        &[cookie, ("origin", "http://127.0.0.1:1")],
        &[cookie, ("origin", app.url.as_str()), ("sec-fetch-site", "cross-site")],
        &[("origin", app.url.as_str())],
    ] {
        let answer = person.sends(&sent, headers).expect(403);
        assert_eq!(answer.header("location"), None, "{headers:?}");
    }
}

#[test]
fn a_form_that_was_shown_to_somebody_else_or_changed_gives_nothing() {
    let app = App::shared();
    let (ann, bob, program) = (Person::new(app), Person::new(app), Program::new(app));
    let shown_to_bob = bob.is_asked(&program.address(&[]));
    let shown_to_ann = ann.is_asked(&program.address(&[("scope", Some("tasks:read"))]));
    let wider = ann.is_asked(&program.address(&[]));
    let (_, signature) = shown_to_ann.split_once('.').unwrap();
    let mixed = format!("{}.{signature}", wider.split_once('.').unwrap().0);
    for request in [shown_to_bob.as_str(), &mixed, "", ".", "x.y", &shown_to_ann.replace('.', "")] {
        let answer = ann.answers(request, "allow");
        assert!(
            matches!(answer.status, 400 | 403) && answer.header("location").is_none(),
            "{request}: {answer:?}"
        );
    }
    for answer in ["", "yes", "ALLOW"] {
        ann.answers(&shown_to_ann, answer).expect(400);
    }
    ann.answers(&shown_to_ann, "allow").expect(303);
}

#[test]
fn who_signed_out_meanwhile_allows_nothing() {
    let app = App::shared();
    let (person, program) = (Person::new(app), Program::new(app));
    let request = person.is_asked(&program.address(&[]));
    app.nobody()
        .request("POST", "/api/auth/sign-out")
        .header("cookie", &person.cookie)
        .header("origin", app.url.as_str())
        .send()
        .expect(200);
    person.answers(&request, "allow").expect(403);
}

#[test]
fn a_person_has_ten_codes_waiting_at_most() {
    let app = App::shared();
    let (person, program) = (Person::new(app), Program::new(app));
    let codes: Vec<String> = (0..12).map(|_| program.code_from(&person)).collect();
    let waiting = format!("SELECT count(*) FROM todo.oauth_grants WHERE user_id = '{}'", person.id);
    assert_eq!(app.sql(&waiting).unwrap().trim(), "10");
    program.exchanges(&codes[0]).expect(400);
    program.exchanges(&codes[11]).expect(200);
}
