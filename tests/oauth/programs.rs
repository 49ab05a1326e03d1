//! A person sees which programs they allowed what, and withdraws it.

use harness::App;

use crate::person::Person;
use crate::program::{Program, form};

const PROGRAMS: &str = "/api/auth/oauth2/programs";

fn withdraw(app: &App, person: &Person, client_id: &str, origin: &str) -> harness::Answer {
    app.nobody()
        .request("POST", "/api/auth/oauth2/withdraw")
        .header("content-type", "application/x-www-form-urlencoded")
        .header("cookie", &person.cookie)
        .header("origin", origin)
        .body(form(&[("client_id", client_id)]))
        .send()
}

#[test]
fn what_was_allowed_is_shown_and_can_be_withdrawn() {
    let app = App::shared();
    let (ann, bob, program) = (Person::new(app), Person::new(app), Program::new(app));
    assert!(ann.opens(PROGRAMS).expect(200).body.contains("There are none"));
    let (of_ann, of_bob) = (program.tokens_from(&ann), program.tokens_from(&bob));
    let page = ann.opens(PROGRAMS).expect(200).body;
    assert!(page.contains("Test program") && page.contains("See your tasks"), "{page}");

    withdraw(app, &ann, &program.id, "https://evil.example").expect(403);
    let done = withdraw(app, &ann, &program.id, &app.url).expect(303);
    assert_eq!(done.header("location"), Some(PROGRAMS));
    assert!(ann.opens(PROGRAMS).expect(200).body.contains("There are none"));
    program.refreshes(of_ann["refresh_token"].as_str().unwrap()).expect(400);
    program.refreshes(of_bob["refresh_token"].as_str().unwrap()).expect(200);
}

#[test]
fn whoever_is_not_signed_in_is_asked_to_sign_in() {
    let page = App::shared().nobody().get(PROGRAMS).expect(200).body;
    assert!(page.contains("/api/auth/sign-in/email"), "{page}");
}
