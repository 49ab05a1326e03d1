//! Tokens for programs on the page, and where to sign in if that is not here.

use harness::{App, Options};

use crate::browser::{DESKTOP, PHONE, run, screenshot};
use crate::page::Page;

#[tokio::test]
async fn a_person_makes_a_token_for_a_program_sees_it_once_and_deletes_it() {
    let (page, _) = Page::with_account(DESKTOP).await;
    page.click("#account-open").await;
    page.see("#account[open]").await;
    page.click("#account-token button[type=submit]").await;
    page.see_text("#account-problem", "What is the token for?").await;
    page.fill("#account-token-name", "Laptop").await;
    page.click("#account-token input[value='tasks:write']").await;
    page.click("#account-token button[type=submit]").await;
    page.see_text("#account-notice", "The token for Laptop is made.").await;
    page.see("#account-new-token:not([hidden])").await;
    let value =
        run(&page.client, "return document.getElementById('account-token-value').value").await.unwrap();
    let program = App::shared().nobody().with_token(value.as_str().unwrap());
    program.post("/api/v1/tasks", &serde_json::json!({"title": "by a program"})).expect(201);
    page.see_text("#account-tokens", "sees tasks, changes tasks").await;
    screenshot(&page.client, "account-tokens").await;

    // Whoever opens the dialog again does not see it.
    page.click("#account-close").await;
    page.click("#account-open").await;
    page.see_text("#account-tokens", "Laptop").await;
    page.see("#account-new-token[hidden]").await;
    page.see_that("return document.getElementById('account-token-value').value === ''").await;
    page.see_text("#account-tokens", "last used").await;
    page.see_text("#account-events", "A token for a program of yours was made").await;
    page.click("#account-tokens button").await;
    page.see_text("#account-notice", "is deleted").await;
    page.see_no("#account-tokens", "Laptop").await;
    page.close().await;
}

#[tokio::test]
async fn where_people_sign_in_elsewhere_the_page_says_where() {
    let variables = [
        ("auth_issuer", "https://id.example"),
        ("auth_issuer_origin", "https://id.example"),
        ("auth_issuer_page", "https://id.example/login"),
    ];
    let variables = variables.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
    let app = App::start(Options { variables, ..Options::default() }).unwrap();
    let page = Page::open_at(PHONE, &app.url).await;
    page.see_text("#starting", "People sign in at https://id.example/login.").await;
    page.see("#welcome[hidden]").await;
    page.client.close().await.unwrap();
}
