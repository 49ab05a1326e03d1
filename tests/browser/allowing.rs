//! A person lets a program act for them: the pages, their script and what browsers make of their headers.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::thread::JoinHandle;

use harness::App;
use serde_json::json;
use uuid::Uuid;

use crate::browser::{self, DARK, DESKTOP, PHONE, Screen};
use crate::page::Page;

/// A program on this machine that waits for the person to come back: its address, and the first line of what the browser asks.
fn program() -> (String, JoinHandle<String>) {
    let listener = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    let address = format!("http://127.0.0.1:{}/callback", listener.local_addr().unwrap().port());
    // Browsers open connections ahead, over which nothing comes.
    let waiting = std::thread::spawn(move || {
        listener.incoming().map(Result::unwrap).find_map(request_line).expect("a request")
    });
    (address, waiting)
}

/// Answers a request, whose first line it is.
fn request_line(mut connection: TcpStream) -> Option<String> {
    let mut request = [0; 8192];
    let length = connection.read(&mut request).ok()?;
    let line = String::from_utf8_lossy(request.get(..length)?).lines().next()?.to_owned();
    let answer =
        "HTTP/1.1 200 OK\r\ncontent-type: text/plain\r\nconnection: close\r\ncontent-length: 5\r\n\r\nDone.";
    connection.write_all(answer.as_bytes()).ok()?;
    Some(line)
}

/// Where the program sends the person.
fn address(app: &App, callback: &str) -> String {
    let registration = json!({
        "client_name": "Travel planner", "redirect_uris": [callback], "token_endpoint_auth_method": "none",
        "grant_types": ["authorization_code", "refresh_token"],
    });
    let client = app.nobody().post("/api/auth/oauth2/register", &registration).expect(201).json();
    let query = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("response_type", "code")
        .append_pair("client_id", client["client_id"].as_str().unwrap())
        .append_pair("redirect_uri", callback)
        .append_pair("code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM")
        .append_pair("code_challenge_method", "S256")
        .append_pair("state", "state-1")
        .finish();
    format!("{}/api/auth/oauth2/authorize?{query}", app.url)
}

/// Opens the address without a session, signs in there and answers: what the program hears.
async fn answers(screen: Screen, answer: &str, picture: &str) -> String {
    let app = App::shared();
    let email = format!("{}@example.org", Uuid::new_v4().simple());
    let account = json!({"name": "Ann", "email": email, "password": "correct horse battery"});
    app.nobody().post("/api/auth/sign-up/email", &account).expect(200);
    let (callback, heard) = program();
    let page = Page::open_at(screen, &address(app, &callback)).await;
    page.see_text("main", "Travel planner").await;
    page.fill("#email", &email).await;
    page.fill("#password", "wrong horse battery").await;
    page.click("#sign-in button").await;
    page.see_text("#sign-in .error", "password is wrong").await;
    page.fill("#password", "correct horse battery").await;
    page.click("#sign-in button").await;
    page.see_text("h1", "Allow Travel planner to use your tasks?").await;
    page.see_text("main", &email).await;
    page.see_text("main", "a program on this computer").await;
    browser::screenshot(&page.client, picture).await;
    let errors = browser::console_errors(&page.client).await;
    // The wrong password is one: browsers log every 401.
    assert!(errors.iter().all(|one| one.contains("401")), "{errors:?}");
    page.click(&format!("button[value={answer}]")).await;
    page.see_text("body", "Done.").await;
    page.client.close().await.unwrap();
    heard.join().unwrap()
}

#[tokio::test]
async fn a_person_signs_in_and_allows_a_program() {
    let heard = answers(DESKTOP, "allow", "allow-a-program").await;
    assert!(heard.starts_with("GET /callback?code=") && heard.contains("state=state-1"), "{heard}");
}

#[tokio::test]
async fn a_person_with_a_second_factor_gives_a_code_before_they_can_allow_anything() {
    let app = App::shared();
    let (account, person) = Page::with_account(DESKTOP).await;
    let (authenticator, _) = crate::second_factor::turn_on(&account, &person).await;
    account.client.close().await.unwrap();
    let (callback, heard) = program();
    let page = Page::open_at(PHONE, &address(app, &callback)).await;
    page.fill("#email", &person.email).await;
    page.fill("#password", &person.password).await;
    page.click("#sign-in button").await;
    page.see("#second-factor:not([hidden])").await;
    page.see("#sign-in[hidden]").await;
    // The password alone leads no further.
    page.client.refresh().await.unwrap();
    page.see("#sign-in:not([hidden])").await;
    page.fill("#email", &person.email).await;
    page.fill("#password", &person.password).await;
    page.click("#sign-in button").await;
    page.see("#second-factor:not([hidden])").await;
    page.fill("#code", &authenticator.wrong_code()).await;
    page.click("#second-factor button").await;
    page.see_text("#second-factor .error", "This code is wrong").await;
    browser::screenshot(&page.client, "allow-a-program-code").await;
    page.fill("#code", &authenticator.code(1)).await;
    page.click("#second-factor button").await;
    page.see_text("h1", "Allow Travel planner to use your tasks?").await;
    page.click("button[value=allow]").await;
    page.see_text("body", "Done.").await;
    page.client.close().await.unwrap();
    let heard = heard.join().unwrap();
    assert!(heard.starts_with("GET /callback?code="), "{heard}");
}

#[tokio::test]
async fn a_person_on_a_telephone_says_no() {
    let heard = answers(PHONE, "deny", "allow-a-program-phone").await;
    assert!(heard.contains("error=access_denied") && !heard.contains("code="), "{heard}");
}

#[tokio::test]
async fn somebody_without_an_account_makes_one_there() {
    let app = App::shared();
    let (callback, heard) = program();
    let page = Page::open_at(DARK, &address(app, &callback)).await;
    page.click("summary").await;
    page.fill("#name", "Ann").await;
    page.fill("#new-email", &format!("{}@example.org", Uuid::new_v4().simple())).await;
    page.fill("#new-password", "correct horse battery").await;
    page.click("#sign-up button").await;
    page.see_text("h1", "Allow Travel planner to use your tasks?").await;
    page.click("button[value=allow]").await;
    page.see_text("body", "Done.").await;
    assert!(heard.join().unwrap().contains("code="));
    page.client.goto(&format!("{}/api/auth/oauth2/programs", app.url)).await.unwrap();
    page.see_text("main", "Travel planner").await;
    page.click("section button").await;
    page.see_text("main", "There are none.").await;
    page.client.close().await.unwrap();
}
