//! Signing up, in and out.

use harness::App;

use crate::browser::DESKTOP;
use crate::page::Page;

#[tokio::test]
async fn a_person_signs_up_out_and_in_again_and_finds_everything_as_it_was() {
    let (page, person) = Page::with_account(DESKTOP).await;
    page.add("Water the plants").await;
    page.click("#sign-out").await;
    page.see("#welcome:not([hidden])").await;
    assert_eq!(page.text("#task-groups").await, "", "nothing stays on the page");

    page.fill("#email", &person.email).await;
    page.fill("#password", &person.password).await;
    page.click("#access-submit").await;
    page.see("#app:not([hidden])").await;
    page.see_text("#task-groups", "Water the plants").await;
    page.client.refresh().await.unwrap();
    page.see_text("#task-groups", "Water the plants").await;
    page.close().await;
}

#[tokio::test]
async fn a_person_signs_up_and_adds_a_task_by_each_name_of_this_machine() {
    for url in App::shared().names() {
        let page = Page::open_at(DESKTOP, &url).await;
        page.sign_up().await;
        page.send_message("add water the plants").await;
        page.see_text("#task-groups", "Water the plants").await;
        page.close().await;
    }
}

#[tokio::test]
async fn an_address_that_the_app_was_not_told_of_is_said_instead_of_a_form() {
    let url = App::shared().url.replace("127.0.0.1", "todo.test");
    let page = Page::open_at(DESKTOP, &url).await;
    page.see_text("#starting", &format!("--variable public_url={url}")).await;
    page.see("#welcome[hidden]").await;
    page.client.close().await.unwrap();
}

#[tokio::test]
async fn what_is_wrong_with_an_account_is_said_beside_the_form() {
    let (page, person) = Page::with_account(DESKTOP).await;
    page.click("#sign-out").await;
    page.see("#welcome:not([hidden])").await;
    page.fill("#email", "not an address").await;
    page.click("#access-submit").await;
    page.see_text("#access-problem", "not an e-mail address").await;
    page.fill("#email", &person.email).await;
    page.fill("#password", "wrong password").await;
    page.click("#access-submit").await;
    page.see_text("#access-problem", "The e-mail address or the password is wrong.").await;

    page.click("#switch").await;
    page.fill("#name", "Eve").await;
    page.fill("#password", "short").await;
    page.click("#access-submit").await;
    page.see_text("#access-problem", "8 characters").await;
    page.fill("#password", "long enough").await;
    page.click("#access-submit").await;
    page.see_text("#access-problem", "There is an account with this e-mail address").await;
    // The refusals are errors in the browser's log, as they should be: so this page is not asked for complaints.
    page.client.close().await.unwrap();
}

#[tokio::test]
async fn a_session_that_ended_elsewhere_leads_back_to_the_sign_in_form() {
    let (page, _) = Page::with_account(DESKTOP).await;
    page.add("Water the plants").await;
    page.client.delete_all_cookies().await.unwrap();
    page.client.refresh().await.unwrap();
    page.see("#welcome:not([hidden])").await;
    page.close().await;
}
