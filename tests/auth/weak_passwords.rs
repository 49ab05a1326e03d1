//! A password that is guessed first is refused, with a word on how to choose a better one.

use harness::{Answer, App};
use serde_json::json;

fn sign_up(email: &str, password: &str) -> Answer {
    let account = json!({"name": "Annabel Archer", "email": email, "password": password});
    App::shared().nobody().post("/api/auth/sign-up/email", &account)
}

#[test]
fn a_password_that_is_guessed_first_is_refused_and_what_to_do_is_said() {
    for (password, reason) in [
        ("password", "guessed first"),
        ("12345678", "guessed first"),
        ("P@ssw0rd2026!", "guessed first"),
        ("qwertyuiop", "guessed first"),
        ("aaaaaaaaaaaa", "guessed first"),
        ("AnnabelArcher1", "your name"),
        ("annabel.archer.weak", "your e-mail address"),
        ("archer-todo", "this app's name"),
    ] {
        let problem = sign_up("annabel.archer.weak@example.org", password).expect(400).json();
        assert_eq!(problem["code"], "PASSWORD_TOO_WEAK", "{password}: {problem}");
        assert_eq!(problem["type"], "/problems/invalid-account-data", "{password}");
        assert_eq!(problem["errors"][0]["pointer"], "/password", "{password}: {problem}");
        let sentence = problem["errors"][0]["detail"].as_str().unwrap_or_default();
        assert!(
            sentence.contains(reason) && sentence.contains("three or more words"),
            "{password}: {problem}"
        );
    }
    let users = "SELECT count(*) FROM todo.users WHERE email LIKE 'annabel.archer.weak%'";
    assert_eq!(App::shared().sql(users).unwrap().trim(), "0");
}

#[test]
fn words_that_have_nothing_to_do_with_each_other_are_taken() {
    sign_up("annabel.archer.good@example.org", "green tea and a bicycle").expect(200);
}
