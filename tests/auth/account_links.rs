//! Links that are sent by mail are good once, for a time that the database measures, and are stored as hashes.

use harness::App;
use serde_json::json;

use crate::local_mail::{link_to, sign_up, token_in};

/// A password that nobody had before.
const NEXT: &str = "green tea and a bicycle";

fn ask_for_reset(app: &App, email: &str) -> String {
    app.nobody().post("/api/auth/request-password-reset", &json!({"email": email})).expect(200);
    token_in(&link_to(app, email))
}

fn reset(app: &App, token: &str, password: &str) -> u16 {
    app.nobody().post("/api/auth/reset-password", &json!({"token": token, "newPassword": password})).status
}

#[test]
fn what_is_stored_of_a_link_does_not_open_it() {
    let app = App::shared();
    sign_up(app, "link-stored@example.org");
    let token = ask_for_reset(app, "link-stored@example.org");
    let links = app.sql("SELECT account_links::text FROM todo.account_links").unwrap();
    assert!(links.contains("link-stored@example.org") && !links.contains(&token), "{links}");
    let hashes = app.sql("SELECT encode(token_hash, 'hex') FROM todo.account_links").unwrap();
    for hash in hashes.lines() {
        assert_eq!(reset(app, hash.trim(), NEXT), 400);
    }
}

#[test]
fn a_link_that_several_follow_at_once_is_good_for_one_of_them() {
    let app = App::shared();
    sign_up(app, "link-race@example.org");
    let token = ask_for_reset(app, "link-race@example.org");
    let statuses: Vec<u16> = std::thread::scope(|scope| {
        let tries: Vec<_> = (0..6)
            .map(|place| {
                scope.spawn({
                    let token = &token;
                    move || reset(app, token, &format!("{NEXT} {place}"))
                })
            })
            .collect();
        tries.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert_eq!(statuses.iter().filter(|status| **status == 200).count(), 1, "{statuses:?}");
    assert_eq!(statuses.iter().filter(|status| **status == 400).count(), 5, "{statuses:?}");
}

#[test]
fn a_link_ends_after_its_time_by_the_clock_of_the_database() {
    let app = App::shared();
    let (_, id) = sign_up(app, "link-over@example.org");
    let token = ask_for_reset(app, "link-over@example.org");
    let left = app
        .sql(&format!("SELECT extract(epoch FROM expires_at - now()) BETWEEN 3500 AND 3600 FROM todo.account_links WHERE user_id = '{id}'"))
        .unwrap();
    assert_eq!(left.trim(), "t");
    app.sql(&format!("UPDATE todo.account_links SET expires_at = now() WHERE user_id = '{id}'")).unwrap();
    assert_eq!(reset(app, &token, NEXT), 400);
    let shown =
        app.nobody().get(&format!("/api/auth/reset-password?token={token}&callbackURL=/")).expect(302);
    assert!(shown.header("location").unwrap().ends_with("error=INVALID%5FTOKEN"));
}

#[test]
fn setting_a_password_ends_the_other_links_and_so_does_changing_it() {
    let app = App::shared();
    let (token, _) = sign_up(app, "link-others@example.org");
    let first = ask_for_reset(app, "link-others@example.org");
    let ann = app.nobody().with_token(&token);
    let change = json!({"currentPassword": crate::visitor::PASSWORD, "newPassword": NEXT});
    ann.post("/api/auth/change-password", &change).expect(200);
    assert_eq!(reset(app, &first, NEXT), 400);
}

#[test]
fn setting_a_password_by_a_link_takes_back_what_programs_were_allowed_and_tokens_that_were_made() {
    let app = App::shared();
    let (session, id) = sign_up(app, "link-programs@example.org");
    app.nobody()
        .with_token(&session)
        .post("/api/auth/api-key/create", &json!({"name": "Laptop"}))
        .expect(200);
    app.sql(&format!(
        "INSERT INTO todo.oauth_clients (id, name, redirect_uris, grant_types, auth_method, registered_at)
            VALUES ('link-program', 'Program', '{{https://program.example/}}', '{{refresh_token}}', 'none', now());
        INSERT INTO todo.oauth_grants (id, client_id, user_id, scope, resource, code_hash, created_at, last_used_at, expires_at)
            VALUES (gen_random_uuid(), 'link-program', '{id}', 'tasks:read', '', sha256('link'), now(), now(), now() + interval '30 days')"
    ))
    .unwrap();
    let allowed = || {
        let rows = |table: &str| format!("SELECT user_id FROM todo.{table} WHERE user_id = '{id}'");
        let rows_of_both = format!("{} UNION ALL {}", rows("oauth_grants"), rows("personal_tokens"));
        app.sql(&format!("SELECT count(*) FROM ({rows_of_both}) AS kept")).unwrap()
    };
    assert_eq!(allowed().trim(), "2");
    assert_eq!(reset(app, &ask_for_reset(app, "link-programs@example.org"), NEXT), 200);
    assert_eq!(allowed().trim(), "0");
}

#[test]
fn a_link_is_good_for_its_purpose_alone() {
    let app = App::shared();
    let (token, _) = sign_up(app, "link-purpose@example.org");
    let ann = app.nobody().with_token(&token);
    let reset_token = ask_for_reset(app, "link-purpose@example.org");
    for path in [
        format!("/api/auth/verify-email?token={reset_token}"),
        format!("/api/auth/delete-user/callback?token={reset_token}"),
    ] {
        let answer = ann.get(&path);
        assert!(
            matches!(answer.status, 401 | 404) && answer.json()["code"] == "INVALID_TOKEN",
            "{path}: {answer:?}"
        );
    }
    assert_eq!(ann.get("/api/auth/get-session").json()["user"]["emailVerified"], false);
    assert_eq!(reset(app, &reset_token, NEXT), 200);
}

#[test]
fn an_address_that_somebody_took_meanwhile_is_not_changed_to() {
    let app = App::shared();
    let (token, _) = sign_up(app, "link-mover@example.org");
    let ann = app.nobody().with_token(&token);
    ann.post("/api/auth/change-email", &json!({"newEmail": "link-wanted@example.org"})).expect(200);
    let url = link_to(app, "link-wanted@example.org");
    sign_up(app, "link-wanted@example.org");
    let refused = ann.get(&format!("/api/auth/verify-email?token={}", token_in(&url))).expect(401);
    assert_eq!(refused.json()["code"], "INVALID_TOKEN");
    assert_eq!(ann.get("/api/auth/get-session").json()["user"]["email"], "link-mover@example.org");
}
