//! What a person can do on the page and see there.

use std::time::Duration;

use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::key::Key;
use fantoccini::{Client, Locator};
use harness::{App, Caller};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::browser::{self, Screen};

const WAIT_TIMEOUT: Duration = Duration::from_secs(20);
/// The assistant, which keeps its elements in a shadow of its own.
const ASSISTANT: &str = "openai-chatkit";
/// What scripts of tests find elements by, in the page and in the shadow: the first one, and all.
const FINDERS: &str = "const shadow = document.querySelector('openai-chatkit')?.shadowRoot; \
    const $$ = (selector) => [document, ...(shadow ? [shadow] : [])].flatMap((root) => [...root.querySelectorAll(selector)]); \
    const $ = (selector) => $$(selector)[0] ?? null; ";

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
        self.program_at(App::shared())
    }

    /// The same at an app of its own.
    pub fn program_at(&self, app: &App) -> Caller {
        let nobody = app.nobody();
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

    /// The first element that matches, in the page or in the assistant's shadow.
    pub async fn find(&self, selector: &str) -> Result<Element, CmdError> {
        match self.client.find(Locator::Css(selector)).await {
            Ok(element) => Ok(element),
            Err(error) => match self.client.find(Locator::Css(ASSISTANT)).await {
                Ok(assistant) => assistant.shadow_root().await?.find(Locator::Css(selector)).await,
                Err(_) => Err(error),
            },
        }
    }

    /// Every element that matches, in the page and in the assistant's shadow.
    pub async fn find_all(&self, selector: &str) -> Vec<Element> {
        let mut found = self.client.find_all(Locator::Css(selector)).await.unwrap();
        if let Ok(assistant) = self.client.find(Locator::Css(ASSISTANT)).await {
            let shadow = assistant.shadow_root().await.unwrap();
            found.extend(shadow.find_all(Locator::Css(selector)).await.unwrap());
        }
        found
    }

    /// Runs a script that finds elements by `$(selector)` and `$$(selector)`, and answers what it returns.
    pub async fn run(&self, script: &str) -> Result<Value, CmdError> {
        browser::run(&self.client, &format!("{FINDERS}{script}")).await
    }

    /// Waits for an element.
    pub async fn see(&self, selector: &str) -> Element {
        self.wait_for(selector, async || self.find(selector).await.is_ok()).await;
        self.find(selector).await.unwrap_or_else(|error| panic!("{selector} has gone: {error}"))
    }

    /// The text that people see of an element, empty when it is not there.
    pub async fn text(&self, selector: &str) -> String {
        match self.find(selector).await {
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
        self.wait_for(script, async || self.run(script).await.is_ok_and(|value| value == Value::Bool(true)))
            .await;
    }

    /// Waits until something holds, whether it is on the page or not.
    pub async fn wait_for(&self, what: &str, holds: impl AsyncFn() -> bool) {
        let start = std::time::Instant::now();
        while !holds().await {
            if start.elapsed() > WAIT_TIMEOUT {
                browser::screenshot(&self.client, "failed").await;
                let assistant = self.text(".frame").await;
                panic!("still not {what}; the page says:\n{}\n{assistant}", self.text("body").await);
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
        let finished = "const last = $$('#messages > .message').at(-1); \
            return Boolean(last) && !last.matches('.user') && $('#messages [aria-busy]') === null && $('#send.busy') === null";
        self.see_that(finished).await;
        let answers = self.find_all(".message.assistant").await;
        match answers.last() {
            Some(answer) => answer.text().await.unwrap_or_default(),
            None => String::new(),
        }
    }

    /// The element that has the focus, in the page or in the assistant's shadow, by its id.
    pub async fn focused(&self) -> Value {
        self.run("return (shadow?.activeElement ?? document.activeElement)?.id ?? null").await.unwrap()
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
