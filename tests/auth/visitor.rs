//! Somebody who reaches the app from a network of their own: the tests play the proxy that names it.

use harness::{Answer, App, Options};
use serde_json::{Value, json};

/// The header in which the proxy names the client's address.
const HEADER: &str = "x-client-address";

/// The password of everybody who signs up here.
pub const PASSWORD: &str = "correct horse battery";

/// An app behind such a proxy, with these variables more.
pub fn app_behind_a_proxy(variables: &[(&str, &str)]) -> App {
    let header = [("client_address_header", HEADER)];
    let variables =
        header.iter().chain(variables).map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
    App::start(Options { variables: variables.collect(), ..Options::default() }).expect("an app")
}

/// Somebody at this address.
pub struct Visitor<'a> {
    app: &'a App,
    address: String,
}

impl<'a> Visitor<'a> {
    /// Somebody who reaches the app from this address.
    pub fn at(app: &'a App, address: &str) -> Self {
        Self { app, address: address.to_owned() }
    }

    /// Tries to sign up with [`PASSWORD`].
    pub fn signs_up(&self, email: &str) -> Answer {
        let account = json!({"name": "Ann", "email": email, "password": PASSWORD});
        self.posts("/api/auth/sign-up/email", &account)
    }

    /// Tries to sign in.
    pub fn signs_in(&self, email: &str, password: &str) -> Answer {
        self.posts("/api/auth/sign-in/email", &json!({"email": email, "password": password}))
    }

    /// Sends a body to a path.
    pub fn posts(&self, path: &str, body: &Value) -> Answer {
        self.app.nobody().request("POST", path).json(body).header(HEADER, &self.address).send()
    }
}

/// Fails unless this is a refusal that says in the form of Better Auth and in `Retry-After` how long to wait, `most` seconds at most.
#[track_caller]
pub fn expect_wait(answer: Answer, most: u64) {
    let answer = answer.expect(429);
    let body = answer.json();
    assert_eq!(
        (&body["code"], &body["type"]),
        (&json!("TOO_MANY_REQUESTS"), &json!("/problems/too-many-requests"))
    );
    let wait: u64 = answer.header("retry-after").expect("Retry-After").parse().expect("seconds");
    assert!((1..=most).contains(&wait), "{wait} s");
    assert_eq!(answer.header("x-retry-after"), answer.header("retry-after"));
}
