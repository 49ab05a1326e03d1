//! So many passwords are hashed at a time, and no more.

use std::time::Duration;

use harness::{App, Options};
use serde_json::json;

fn app_with_places(count: &str) -> App {
    let variables = vec![("max_password_hashes".to_owned(), count.to_owned())];
    App::start(Options { variables, ..Options::default() }).unwrap()
}

/// Signs up, and comes again as often as that when told to: on a busy machine a turn may take longer than anybody waits for theirs.
fn sign_up_patiently(app: &App, number: usize) -> u16 {
    for _ in 0..10 {
        match sign_up(app, number) {
            503 => std::thread::sleep(Duration::from_secs(2)),
            status => return status,
        }
    }
    503
}

fn sign_up(app: &App, number: usize) -> u16 {
    let account =
        json!({"name": "Ann", "email": format!("slot-{number}@example.org"), "password": "correct horse"});
    app.nobody().post("/api/auth/sign-up/email", &account).status
}

#[test]
fn many_who_come_at_once_take_turns_in_one_place_and_all_are_served() {
    let app = app_with_places("1");
    let (statuses, most) = std::thread::scope(|scope| {
        let people: Vec<_> = (0..8)
            .map(|number| {
                scope.spawn({
                    let app = &app;
                    move || sign_up_patiently(app, number)
                })
            })
            .collect();
        let mut most = 0;
        while people.iter().any(|one| !one.is_finished()) {
            let held =
                app.sql("SELECT count(*) FROM todo.password_hash_slots WHERE held_until > now()").unwrap();
            most = most.max(held.trim().parse::<usize>().unwrap());
            std::thread::sleep(Duration::from_millis(5));
        }
        (people.into_iter().map(|one| one.join().unwrap()).collect::<Vec<_>>(), most)
    });
    assert_eq!(statuses, [200; 8]);
    assert_eq!(most, 1);
    let held = app.sql("SELECT count(*) FROM todo.password_hash_slots WHERE held_until > now()").unwrap();
    assert_eq!(held.trim(), "0", "every place was given back");
}

#[test]
fn who_finds_no_place_is_told_when_to_come_again_and_a_lost_place_comes_free() {
    let app = app_with_places("1");
    assert_eq!(sign_up(&app, 0), 200);
    let hold = |interval: &str| {
        app.sql(&format!(
            "UPDATE todo.password_hash_slots SET holder = gen_random_uuid(), held_until = now() + interval '{interval}'"
        ))
        .unwrap()
    };
    hold("1 minute");
    let account = json!({"name": "Ann", "email": "slot-late@example.org", "password": "correct horse"});
    let refused = app.nobody().post("/api/auth/sign-up/email", &account).expect(503);
    assert!(refused.header("retry-after").is_some());
    assert_eq!(refused.json()["code"], "SERVICE_UNAVAILABLE");
    hold("1 second");
    assert_eq!(sign_up(&app, 1), 200);
}
