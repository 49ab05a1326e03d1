//! Keeping an account on the page.

use fantoccini::Locator;
use fantoccini::key::Key;
use harness::App;
use serde_json::{Value, json};

use crate::browser::DESKTOP;
use crate::page::{Page, Person};

const NEXT: &str = "green tea and a bicycle";

/// The latest link in the app's log that was sent to this address.
async fn link_to(email: &str) -> String {
    for _ in 0..200 {
        let log = App::shared().log();
        let mail = log.lines().rev().find(|line| line.contains("Mail is not sent") && line.contains(email));
        if let Some(line) = mail {
            let start = line.find("?token=").and_then(|end| line[..end].rfind("/api/auth/")).expect("a link");
            let path: String = line[start..]
                .chars()
                .take_while(|c| !c.is_whitespace() && !matches!(c, '"' | '\\'))
                .collect();
            return format!("{}{path}", App::shared().url);
        }
        tokio::time::sleep(std::time::Duration::from_millis(50)).await;
    }
    panic!("no mail to {email}");
}

async fn sign_in(page: &Page, person: &Person) {
    page.see("#welcome:not([hidden])").await;
    page.fill("#email", &person.email).await;
    page.fill("#password", &person.password).await;
    page.click("#access-submit").await;
    page.see("#app:not([hidden])").await;
}

#[tokio::test]
async fn a_person_changes_name_and_password_and_signs_out_elsewhere() {
    let (page, mut person) = Page::with_account(DESKTOP).await;
    let elsewhere = person.program();
    page.click("#account-open").await;
    page.see("#account[open]").await;
    page.see_text("#account-email", &person.email).await;
    page.see_text("#account-sessions", "this browser").await;
    page.see_text("#account-events", "Your account was made").await;
    // The program's session.
    page.see("#account-sessions .session:nth-child(2)").await;
    assert!(elsewhere.get("/api/v1/tasks").status == 200);

    page.fill("#account-name", "Ann B").await;
    page.click("#account-profile button").await;
    page.see_text("#account-notice", "Your name is changed.").await;
    page.see_text("#who-name", "Ann B").await;

    page.fill("#account-current-password", "not this one").await;
    page.fill("#account-new-password", NEXT).await;
    page.click("#account-password button").await;
    page.see_text("#account-problem", "This is not your password.").await;
    page.fill("#account-current-password", &person.password).await;
    page.click("#account-password button").await;
    page.see_text("#account-notice", "signed out everywhere else").await;
    page.see("#account-end-others[hidden]").await;
    let sessions = page.client.find_all(Locator::Css("#account-sessions .session")).await.unwrap();
    assert_eq!(sessions.len(), 1);

    page.click("#account-close").await;
    page.click("#sign-out").await;
    person.password = NEXT.to_owned();
    sign_in(&page, &person).await;
    // What was refused is an error in the browser's log, as it should be: so this page is not asked for complaints.
    page.client.close().await.unwrap();
}

#[tokio::test]
async fn a_forgotten_password_is_set_anew_by_the_link_of_a_mail() {
    let (page, mut person) = Page::with_account(DESKTOP).await;
    page.add("Water the plants").await;
    page.click("#sign-out").await;
    page.see("#welcome:not([hidden])").await;
    page.click("#forgotten").await;
    page.see("#password-field[hidden]").await;
    page.fill("#email", &person.email).await;
    page.click("#access-submit").await;
    page.see_text("#access-notice", "a link to set a new password is on its way").await;

    let link = link_to(&person.email).await;
    page.client.goto(&link).await.unwrap();
    page.see_text("#access-title", "Set a new password").await;
    let address = page.client.current_url().await.unwrap();
    assert_eq!(address.query(), None, "the token stays in no history: {address}");
    page.fill("#password", "short").await;
    page.click("#access-submit").await;
    page.see_text("#access-problem", "8 characters or more").await;
    page.fill("#password", NEXT).await;
    page.click("#access-submit").await;
    page.see_text("#access-notice", "Your new password is set").await;
    person.password = NEXT.to_owned();
    sign_in(&page, &person).await;
    page.see_text("#task-groups", "Water the plants").await;

    page.click("#sign-out").await;
    page.client.goto(&link).await.unwrap();
    page.see_text("#page-problem", "This link was used already or is over.").await;
    page.close().await;
}

#[tokio::test]
async fn a_person_confirms_and_changes_their_address() {
    let (page, person) = Page::with_account(DESKTOP).await;
    page.click("#account-open").await;
    page.see("#account-confirm:not([hidden])").await;
    page.click("#account-confirm").await;
    page.see_text("#account-notice", "A link to confirm your address was sent").await;
    page.client.goto(&link_to(&person.email).await).await.unwrap();
    page.see_text("#page-notice", "Your e-mail address is confirmed.").await;
    page.click("#account-open").await;
    page.see("#account-confirmed:not([hidden])").await;
    page.close().await;
}

#[tokio::test]
async fn who_deletes_their_account_is_signed_out_and_can_not_sign_in_again() {
    let (page, person) = Page::with_account(DESKTOP).await;
    page.add("Water the plants").await;
    page.click("#account-open").await;
    page.see_text("#account-email", &person.email).await;
    page.fill("#account-deletion-password", &person.password).await;
    page.click("#account-deletion button").await;
    page.see_text("#access-notice", "Your account and everything in it is deleted.").await;
    assert_eq!(page.text("#task-groups").await, "", "nothing stays on the page");
    let attempt = json!({"email": person.email, "password": person.password});
    let refused = App::shared().nobody().post("/api/auth/sign-in/email", &attempt).expect(401);
    assert_eq!(refused.json()["code"], Value::from("INVALID_EMAIL_OR_PASSWORD"));
    page.close().await;
}

#[tokio::test]
async fn a_calendar_reads_the_tasks_until_its_address_is_taken_away() {
    let (page, _) = Page::with_account(DESKTOP).await;
    page.fill("#quick-title", "Dentist 2030-12-01").await;
    page.see("#quick-title").await.send_keys(&Key::Enter.to_string()).await.unwrap();
    page.see_text("#task-groups", "Dentist").await;
    page.click("#account-open").await;
    page.see_text("#calendar-state", "nobody else knows").await;
    page.click("#calendar-make").await;
    page.see("#calendar-address:not([hidden])").await;
    let field = page.client.find(Locator::Css("#calendar-url")).await.unwrap();
    let url = field.prop("value").await.unwrap().unwrap();
    let path = url.strip_prefix(&App::shared().url).expect("an address of the app").to_owned();
    let read = || App::shared().nobody().get(&path);
    assert!(read().expect(200).body.contains("SUMMARY:Dentist"));

    // It is shown once.
    page.click("#account-close").await;
    page.click("#account-open").await;
    page.see_text("#calendar-state", "A calendar last read it").await;
    page.see("#calendar-address[hidden]").await;
    page.click("#calendar-remove").await;
    page.see_text("#account-notice", "No calendar can read your tasks").await;
    assert_eq!(read().status, 404);
    page.close().await;
}
