//! A program that wants to act for a person.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use harness::{Answer, App, Caller};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::person::Person;

/// Where the programs of these tests are come back to.
pub const CALLBACK: &str = "http://127.0.0.1:8765/callback";

/// A program that registered.
pub struct Program {
    caller: Caller,
    /// Its id.
    pub id: String,
    /// Its secret, if it has one.
    pub secret: Option<String>,
    /// What it has to know to exchange a code.
    pub verifier: String,
}

impl Program {
    /// A program on the person's machine, which has no secret.
    pub fn new(app: &App) -> Self {
        Self::at(
            &app.url,
            &json!({
                "client_name": "Test program", "redirect_uris": [CALLBACK], "token_endpoint_auth_method": "none",
                "grant_types": ["authorization_code", "refresh_token"], "application_type": "native",
            }),
        )
    }

    /// A program that registers like this at one of the app's names.
    #[track_caller]
    pub fn at(origin: &str, registration: &Value) -> Self {
        let caller = Caller::new(origin, Uuid::nil(), None);
        let answer = caller.post("/api/auth/oauth2/register", registration).expect(201).json();
        Self {
            caller,
            id: answer["client_id"].as_str().unwrap().to_owned(),
            secret: answer["client_secret"].as_str().map(str::to_owned),
            verifier: format!("{}{}", Uuid::new_v4().simple(), Uuid::new_v4().simple()),
        }
    }

    /// A program that registered nowhere: its id is an address.
    pub fn known_as(app: &App, id: &str) -> Self {
        let verifier = format!("{}{}", Uuid::new_v4().simple(), Uuid::new_v4().simple());
        Self { caller: app.nobody(), id: id.to_owned(), secret: None, verifier }
    }

    /// The parameters of its request.
    pub fn parameters(&self) -> Vec<(&'static str, String)> {
        vec![
            ("response_type", "code".to_owned()),
            ("client_id", self.id.clone()),
            ("redirect_uri", CALLBACK.to_owned()),
            ("code_challenge", challenge(&self.verifier)),
            ("code_challenge_method", "S256".to_owned()),
            ("state", "state-1".to_owned()),
        ]
    }

    /// Where it sends a person, with some parameters put in the place of others; `None` leaves one out.
    pub fn address(&self, changes: &[(&'static str, Option<&str>)]) -> String {
        let mut parameters = self.parameters();
        for (name, value) in changes {
            parameters.retain(|(known, _)| known != name);
            parameters.extend(value.map(|value| (*name, value.to_owned())));
        }
        let pairs: Vec<(&str, &str)> =
            parameters.iter().map(|(name, value)| (*name, value.as_str())).collect();
        format!("/api/auth/oauth2/authorize?{}", form(&pairs))
    }

    /// Asks at the token endpoint.
    pub fn asks(&self, parameters: &[(&str, &str)]) -> Answer {
        self.posts("/api/auth/oauth2/token", parameters)
    }

    /// Sends a form, with its id and secret.
    pub fn posts(&self, path: &str, parameters: &[(&str, &str)]) -> Answer {
        let mut all = vec![("client_id", self.id.as_str())];
        all.extend(self.secret.iter().map(|secret| ("client_secret", secret.as_str())));
        all.retain(|(name, _)| !parameters.iter().any(|(other, _)| other == name));
        all.extend(parameters);
        self.caller
            .request("POST", path)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(form(&all))
            .send()
    }

    /// Exchanges a code.
    pub fn exchanges(&self, code: &str) -> Answer {
        self.asks(&[
            ("grant_type", "authorization_code"),
            ("code", code),
            ("code_verifier", &self.verifier),
            ("redirect_uri", CALLBACK),
        ])
    }

    /// Exchanges a refresh token.
    pub fn refreshes(&self, token: &str) -> Answer {
        self.asks(&[("grant_type", "refresh_token"), ("refresh_token", token)])
    }

    /// What a person who says yes brings: a code.
    #[track_caller]
    pub fn code_from(&self, person: &Person) -> String {
        parameter(&person.allows(&self.address(&[])), "code").expect("a code")
    }

    /// The tokens that it has once a person said yes.
    #[track_caller]
    pub fn tokens_from(&self, person: &Person) -> Value {
        self.exchanges(&self.code_from(person)).expect(200).json()
    }
}

/// The challenge of a verifier (RFC 7636, section 4.2), made independently of the code under test.
pub fn challenge(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode(Sha256::digest(verifier))
}

/// A parameter of an address' query.
pub fn parameter(address: &str, name: &str) -> Option<String> {
    let address = url::Url::parse(address).expect("an address");
    address.query_pairs().find(|(known, _)| known == name).map(|(_, value)| value.into_owned())
}

/// Parameters as a form.
pub fn form(parameters: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new()).extend_pairs(parameters).finish()
}

/// The middle part of a token.
pub fn claims(token: &str) -> Value {
    let part = token.split('.').nth(1).expect("a token");
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).expect("base64url")).expect("JSON")
}
