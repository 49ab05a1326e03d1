//! Signing in with a code: on the page, and where a program asks for access.

use harness::Authenticator;

use crate::browser::{DESKTOP, PHONE, run, screenshot};
use crate::page::{Page, Person};

/// Turns it on in the account: the authenticator, and the recovery codes as they are shown.
pub async fn turn_on(page: &Page, person: &Person) -> (Authenticator, Vec<String>) {
    page.click("#account-open").await;
    page.see("#account[open]").await;
    page.click("#two-factor-submit").await;
    page.see_text("#account-problem", "Give your password.").await;
    page.fill("#two-factor-password", &person.password).await;
    page.click("#two-factor-submit").await;
    page.see("#two-factor-confirm:not([hidden])").await;
    page.see("#two-factor-qr svg path[d^=M]").await;
    let value = |script: &'static str| async move {
        run(&page.client, script).await.unwrap().as_str().unwrap().to_owned()
    };
    let uri = value("return document.getElementById('two-factor-uri').value").await;
    let codes = value(
        "return [...document.querySelectorAll('#two-factor-recovery-codes li')].map((one) => one.textContent).join(' ')",
    )
    .await;
    let authenticator = Authenticator::read(&uri);
    // Of now: it is still good when it is sent in the next half minute.
    page.fill("#two-factor-code", &authenticator.code(0)).await;
    page.click("#two-factor-confirm button").await;
    page.see_text("#account-notice", "From now on you are asked for a code").await;
    page.see("#two-factor-on:not([hidden])").await;
    page.see("#two-factor-confirm[hidden]").await;
    (authenticator, codes.split(' ').map(str::to_owned).collect())
}

async fn give_password(page: &Page, person: &Person) {
    page.see("#welcome:not([hidden])").await;
    page.fill("#email", &person.email).await;
    page.fill("#password", &person.password).await;
    page.click("#access-submit").await;
    page.see("#code-field:not([hidden])").await;
    page.see("#password-field[hidden]").await;
}

#[tokio::test]
async fn a_person_turns_codes_on_signs_in_by_one_and_by_a_recovery_code_and_turns_them_off() {
    let (page, person) = Page::with_account(DESKTOP).await;
    page.add("Water the plants").await;
    let (authenticator, recovery_codes) = turn_on(&page, &person).await;
    assert_eq!(recovery_codes.len(), 10);
    screenshot(&page.client, "account-second-factor").await;
    // Whoever opens the dialog again sees neither secret nor recovery codes.
    page.click("#account-close").await;
    page.click("#account-open").await;
    page.see("#two-factor-recovery[hidden]").await;
    page.see_that("return document.getElementById('two-factor-uri').value === ''").await;
    page.see_text("#account-events", "Codes at sign-in were turned on").await;
    page.click("#account-close").await;
    page.click("#sign-out").await;

    give_password(&page, &person).await;
    screenshot(&page.client, "sign-in-code").await;
    page.click("#access-submit").await;
    page.see_text("#access-problem", "The code is missing.").await;
    page.fill("#code", &authenticator.wrong_code()).await;
    page.click("#access-submit").await;
    page.see_text("#access-problem", "This code is wrong").await;
    page.see("#app[hidden]").await;
    page.fill("#code", &authenticator.code(1)).await;
    page.click("#access-submit").await;
    page.see("#app:not([hidden])").await;
    page.see_text("#task-groups", "Water the plants").await;
    page.click("#sign-out").await;

    give_password(&page, &person).await;
    // Who is somebody else begins anew.
    page.click("#switch").await;
    page.see("#code-field[hidden]").await;
    give_password(&page, &person).await;
    page.fill("#code", &recovery_codes[3]).await;
    page.click("#trust").await;
    page.click("#access-submit").await;
    page.see("#app:not([hidden])").await;
    page.click("#sign-out").await;
    // The browser is trusted now.
    page.see("#welcome:not([hidden])").await;
    page.fill("#email", &person.email).await;
    page.fill("#password", &person.password).await;
    page.click("#access-submit").await;
    page.see("#app:not([hidden])").await;

    page.click("#account-open").await;
    page.fill("#two-factor-password", &person.password).await;
    page.click("#two-factor-submit").await;
    page.see_text("#account-notice", "You are asked for no code any more.").await;
    page.see("#two-factor-on[hidden]").await;
    // What was refused is an error in the browser's log, as it should be: so this page is not asked for complaints.
    page.client.close().await.unwrap();
}

#[tokio::test]
async fn codes_are_turned_on_with_a_telephone_too() {
    let (page, person) = Page::with_account(PHONE).await;
    turn_on(&page, &person).await;
    screenshot(&page.client, "account-second-factor-phone").await;
    page.close().await;
}
