//! What a refusal carries beside its body.

use harness::App;
use serde_json::json;

use crate::{TASKS, add, kind};

#[test]
fn without_a_token_the_challenge_names_no_error_and_with_a_bad_one_it_does() {
    let nobody = App::shared().nobody();
    assert_eq!(nobody.get(TASKS).expect(401).header("www-authenticate"), Some("Bearer"));
    let forged = nobody.with_token("a.b.c").get(TASKS).expect(401);
    assert!(forged.header("www-authenticate").is_some_and(|challenge| challenge.contains("invalid_token")));
}

#[test]
fn an_expired_token_is_told_apart() {
    let expired = App::shared().user_with("tasks:read", -120);
    assert_eq!(kind(&expired.get(TASKS).expect(401)), "token-expired");
}

#[test]
fn a_missing_scope_is_named() {
    let reader = App::shared().user_with("tasks:read", 900);
    reader.get(TASKS).expect(200);
    let answer = reader.post(TASKS, &json!({ "title": "x" })).expect(403);
    assert_eq!(kind(&answer), "insufficient-scope");
    assert_eq!(
        answer.header("www-authenticate"),
        Some("Bearer error=\"insufficient_scope\", scope=\"tasks:write\"")
    );

    let writer = App::shared().user_with("tasks:read tasks:write", 900);
    let task = add(&writer, &json!({ "title": "x" }));
    let path = format!("{TASKS}/{}", task["id"].as_str().expect("an id"));
    assert!(writer.delete(&path).expect(403).body.contains("tasks:delete"));
    writer.get(&path).expect(200);
}

#[test]
fn a_wrong_method_lists_the_right_ones() {
    let user = App::shared().user();
    let answer = user.request("PUT", TASKS).json(&json!({})).send().expect(405);
    assert_eq!(answer.header("allow"), Some("GET, HEAD, POST, OPTIONS"));
    let options = user.request("OPTIONS", TASKS).send().expect(204);
    assert_eq!(options.header("allow"), Some("GET, HEAD, POST, OPTIONS"));
}

#[test]
fn a_refused_patch_says_which_types_there_are() {
    let user = App::shared().user();
    let path = crate::path_of_new(&user, "x");
    let answer =
        user.request("PATCH", &path).header("content-type", "text/plain").body("x").send().expect(415);
    assert_eq!(answer.header("accept-patch"), Some("application/merge-patch+json, application/json"));
}
