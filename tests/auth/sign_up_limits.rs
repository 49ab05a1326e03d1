//! How many accounts may be made from one network.

use harness::App;
use serde_json::json;

use crate::visitor::{Visitor, app_behind_a_proxy, expect_wait};

fn users(app: &App) -> String {
    app.sql("SELECT count(*) FROM todo.users").unwrap().trim().to_owned()
}

#[test]
fn a_network_makes_so_many_accounts_an_hour_and_the_next_one_has_to_wait() {
    let app = app_behind_a_proxy(&[("sign_ups_per_hour", "3")]);
    let visitor = Visitor::at(&app, "203.0.113.9");
    visitor.signs_up("ann@example.org").expect(200);
    // Asking who has an account counts as well.
    assert_eq!(
        visitor.signs_up("ann@example.org").expect(422).json()["code"],
        "USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL"
    );
    visitor.signs_up("bob@example.org").expect(200);
    for email in ["cleo@example.org", "ann@example.org"] {
        // One comes free every 20 minutes.
        expect_wait(visitor.signs_up(email), 1200);
    }
    assert_eq!(users(&app), "2");
    Visitor::at(&app, "198.51.100.1").signs_up("cleo@example.org").expect(200);
    // Who has an account may still sign in.
    visitor.signs_in("ann@example.org", crate::visitor::PASSWORD).expect(200);
}

#[test]
fn the_addresses_of_one_ipv6_subscriber_count_as_one_network() {
    let app = app_behind_a_proxy(&[("sign_ups_per_hour", "1")]);
    Visitor::at(&app, "2001:db8:1:2:3:4:5:6").signs_up("ann@example.org").expect(200);
    expect_wait(Visitor::at(&app, "2001:db8:1:2:ffff::1").signs_up("bob@example.org"), 3600);
    Visitor::at(&app, "2001:db8:1:3::1").signs_up("bob@example.org").expect(200);
}

#[test]
fn who_sets_nothing_has_ten_an_hour() {
    let app = app_behind_a_proxy(&[]);
    let visitor = Visitor::at(&app, "203.0.113.9");
    for number in 0..10 {
        visitor.signs_up(&format!("ann-{number}@example.org")).expect(200);
    }
    expect_wait(visitor.signs_up("ann-10@example.org"), 360);
}

#[test]
fn an_operator_may_leave_the_number_open() {
    let app = app_behind_a_proxy(&[("sign_ups_per_hour", "0")]);
    for number in 0..11 {
        Visitor::at(&app, "203.0.113.9").signs_up(&format!("ann-{number}@example.org")).expect(200);
    }
}

#[test]
fn who_tries_the_app_on_their_own_machine_is_not_limited() {
    let app = App::shared();
    for number in 0..11 {
        let account = json!({"name": "Ann", "email": format!("local-{number}@example.org"), "password": "correct horse"});
        app.nobody().post("/api/auth/sign-up/email", &account).expect(200);
    }
}
