//! What a person can do on the page and see there.

use std::time::Duration;

use fantoccini::elements::Element;
use fantoccini::key::Key;
use fantoccini::{Client, Locator};
use harness::{App, Caller};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::browser::{self, Screen};

const WAIT_TIMEOUT: Duration = Duration::from_secs(20);

/// The page in a browser of its own.
pub struct Page {
    /// The browser.
    pub client: Client,
}

/// Someone with an account.
pub struct Person {
    /// Their address.
    pub email: String,
    pub password: String,
}

impl Person {
    /// A program that this person lets use their account.
    pub fn program(&self) -> Caller {
        let nobody = App::shared().nobody();
        let account = json!({"email": self.email, "password": self.password});
        let session = nobody.post("/api/auth/sign-in/email", &account).json();
        let bearer = nobody.with_token(session["token"].as_str().unwrap());
        let token = bearer.get("/api/auth/token").json();
        nobody.with_token(token["token"].as_str().unwrap())
    }
}

impl Page {
    /// Opens the page.
    pub async fn open(screen: Screen) -> Self {
        let page = Self::open_at(screen, &App::shared().url).await;
        page.see("#welcome:not([hidden])").await;
        page
    }

    /// Opens the page by this URL, whatever it shows there.
    pub async fn open_at(screen: Screen, url: &str) -> Self {
        let client = browser::open(screen).await;
        client.goto(url).await.unwrap();
        Self { client }
    }

    /// Opens the page and makes an account, as a new person does.
    pub async fn with_account(screen: Screen) -> (Self, Person) {
        let page = Self::open(screen).await;
        let person = page.sign_up().await;
        (page, person)
    }

    /// Makes an account, as soon as the page shows the form.
    pub async fn sign_up(&self) -> Person {
        self.see("#welcome:not([hidden])").await;
        let person = Person {
            email: format!("ann.{}@example.org", Uuid::new_v4().simple()),
            password: "correct horse battery".to_owned(),
        };
        self.click("#switch").await;
        self.fill("#name", "Ann Example").await;
        self.fill("#email", &person.email).await;
        self.fill("#password", &person.password).await;
        self.click("#access-submit").await;
        self.see("#app:not([hidden])").await;
        person
    }

    /// Waits for an element.
    pub async fn see(&self, selector: &str) -> Element {
        match self.client.wait().at_most(WAIT_TIMEOUT).for_element(Locator::Css(selector)).await {
            Ok(element) => element,
            Err(error) => {
                panic!("{selector} is not there: {error}; the page says:\n{}", self.text("body").await)
            }
        }
    }

    /// The text that people see of an element, empty when it is not there.
    pub async fn text(&self, selector: &str) -> String {
        match self.client.find(Locator::Css(selector)).await {
            Ok(element) => element.text().await.unwrap_or_default(),
            Err(_) => String::new(),
        }
    }

    /// Waits until an element's text holds this.
    pub async fn see_text(&self, selector: &str, expected: &str) {
        self.wait_for(&format!("{expected:?} in {selector}"), async || {
            self.text(selector).await.to_lowercase().contains(&expected.to_lowercase())
        })
        .await;
    }

    /// Waits until an element's text no longer holds this.
    pub async fn see_no(&self, selector: &str, unexpected: &str) {
        self.wait_for(&format!("no {unexpected:?} in {selector}"), async || {
            !self.text(selector).await.to_lowercase().contains(&unexpected.to_lowercase())
        })
        .await;
    }

    /// Waits until a script in the page returns true.
    pub async fn see_that(&self, script: &str) {
        self.wait_for(script, async || {
            browser::run(&self.client, script).await.is_ok_and(|value| value == Value::Bool(true))
        })
        .await;
    }

    /// Waits until something holds, whether it is on the page or not.
    pub async fn wait_for(&self, what: &str, holds: impl AsyncFn() -> bool) {
        let start = std::time::Instant::now();
        while !holds().await {
            if start.elapsed() > WAIT_TIMEOUT {
                browser::screenshot(&self.client, "failed").await;
                panic!("still not {what}; the page says:\n{}", self.text("body").await);
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }

    pub async fn click(&self, selector: &str) {
        self.see(selector).await.click().await.unwrap();
    }

    /// Types into a field what it shall hold.
    pub async fn fill(&self, selector: &str, text: &str) {
        let field = self.see(selector).await;
        field.clear().await.unwrap();
        field.send_keys(text).await.unwrap();
    }

    /// Says something in the chat and waits for the whole answer.
    pub async fn send_message(&self, text: &str) -> String {
        self.fill("#message", text).await;
        self.see("#message").await.send_keys(&Key::Enter.to_string()).await.unwrap();
        self.answer().await
    }

    /// Waits until the assistant has finished, and answers what it said last.
    pub async fn answer(&self) -> String {
        self.wait_for("an answer", async || {
            self.client
                .find(Locator::Css(".message.assistant:last-child:not([aria-busy]) .reply"))
                .await
                .is_ok()
                && self.client.find(Locator::Css("#send.busy")).await.is_err()
        })
        .await;
        self.text(".message.assistant:last-child").await
    }

    /// Adds a task in the field above the list.
    pub async fn add(&self, title: &str) {
        self.fill("#quick-title", title).await;
        self.see("#quick-title").await.send_keys(&Key::Enter.to_string()).await.unwrap();
        self.see_text("#task-groups", title).await;
    }

    /// Ends the browser; fails when it complained of anything.
    pub async fn close(self) {
        let console_errors = browser::console_errors(&self.client).await;
        self.client.close().await.unwrap();
        assert!(console_errors.is_empty(), "{console_errors:#?}");
    }
}
