//! A person with a browser: its cookie, the pages that it shows, and the forms that it sends.

use harness::{Answer, App, Caller};
use serde_json::json;
use uuid::Uuid;

use crate::program::form;

/// Somebody who is signed in.
pub struct Person {
    browser: Caller,
    origin: String,
    /// The session's cookie as it is sent.
    pub cookie: String,
    /// Their e-mail address.
    pub email: String,
    /// Their user id.
    pub id: String,
}

impl Person {
    /// Signs up at the app's usual name.
    pub fn new(app: &App) -> Self {
        Self::at(&app.url)
    }

    /// Signs up at one of the app's names.
    pub fn at(origin: &str) -> Self {
        let browser = Caller::new(origin, Uuid::nil(), None);
        let email = format!("{}@example.org", Uuid::new_v4().simple());
        let account = json!({"name": "Ann", "email": email, "password": "correct horse battery"});
        let answer = browser.post("/api/auth/sign-up/email", &account).expect(200);
        let cookie = answer.header("set-cookie").unwrap().split(';').next().unwrap().to_owned();
        let id = answer.json()["user"]["id"].as_str().unwrap().to_owned();
        Self { browser, origin: origin.to_owned(), cookie, email, id }
    }

    /// Opens an address of the app.
    pub fn opens(&self, path: &str) -> Answer {
        self.browser.request("GET", path).header("cookie", &self.cookie).send()
    }

    /// The field of the form on the page at this address.
    #[track_caller]
    pub fn is_asked(&self, path: &str) -> String {
        let page = self.opens(path).expect(200).body;
        let (_, rest) = page.split_once("name=\"request\" value=\"").expect("a page that asks");
        rest.split('"').next().unwrap().to_owned()
    }

    /// Sends the form of a page.
    pub fn answers(&self, request: &str, answer: &str) -> Answer {
        let sent = form(&[("request", request), ("answer", answer)]);
        self.sends(&sent, &[("origin", self.origin.as_str()), ("cookie", self.cookie.as_str())])
    }

    /// Sends a form with these headers.
    pub fn sends(&self, form: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request = self
            .browser
            .request("POST", "/api/auth/oauth2/consent")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(form);
        for (name, value) in headers {
            request = request.header(name, value);
        }
        request.send()
    }

    /// Opens the address and says yes: where they are sent then.
    #[track_caller]
    pub fn allows(&self, path: &str) -> String {
        let request = self.is_asked(path);
        let answer = self.answers(&request, "allow").expect(303);
        answer.header("location").unwrap().to_owned()
    }
}
