//! What every answer carries, whatever it answers.

use harness::App;

use crate::TASKS;

#[test]
fn a_request_id_comes_back_and_a_bad_one_is_replaced() {
    let user = App::shared().user();
    let id = |sent: &str| {
        let answer = user.request("GET", TASKS).header("x-request-id", sent).send().expect(200);
        answer.header("x-request-id").expect("an id").to_owned()
    };
    assert_eq!(id("order-7.A_z"), "order-7.A_z");
    assert_ne!(id("a b"), "a b");
    let long = "x".repeat(129);
    assert_ne!(id(&long), long);
}

#[test]
fn answers_are_neither_stored_nor_guessed_at_nor_framed() {
    let user = App::shared().user();
    for answer in [user.get(TASKS).expect(200), user.get("/api/v1/nothing").expect(404)] {
        for (name, value) in [
            ("cache-control", "no-store"),
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "no-referrer"),
            ("content-security-policy", "default-src 'none'; frame-ancestors 'none'"),
        ] {
            assert_eq!(answer.header(name), Some(value), "{name}");
        }
    }
}

#[test]
fn a_head_is_a_get_without_its_body() {
    let user = App::shared().user();
    let path = crate::path_of_new(&user, "x");
    let get = user.get(&path).expect(200);
    let head = user.request("HEAD", &path).send().expect(200);
    assert_eq!(head.body, "");
    for name in ["etag", "content-type", "content-length"] {
        assert!(get.header(name).is_some(), "{name}");
        assert_eq!(head.header(name), get.header(name), "{name}");
    }
}
