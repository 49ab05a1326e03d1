//! Somebody with an authenticator.

use harness::{Answer, App, Authenticator, Caller, Options};
use serde_json::{Value, json};

use crate::local_mail::sign_up;
use crate::visitor::PASSWORD;

/// Somebody who is asked for a code when they sign in.
pub struct Person<'a> {
    app: &'a App,
    /// Their e-mail address.
    pub email: String,
    /// Their user id.
    pub id: String,
    /// With the session in which they turned the second factor on.
    pub session: Caller,
    /// Their authenticator.
    pub authenticator: Authenticator,
    /// Their recovery codes.
    pub recovery_codes: Vec<String>,
}

/// An app in which nobody else signs in: what is counted of one network is this test's.
pub fn own_app() -> App {
    App::start(Options::default()).unwrap()
}

/// The cookie of this name that an answer sets, as a browser sends it.
pub fn cookie(answer: &Answer, name: &str) -> Option<String> {
    let begins = format!("better-auth.{name}=");
    let lines = answer.headers.iter().filter(|(header, _)| header.eq_ignore_ascii_case("set-cookie"));
    let line = lines.map(|(_, line)| line).find(|line| line.starts_with(&begins))?;
    let pair = line.split(';').next()?;
    (!pair.ends_with('=')).then(|| pair.to_owned())
}

impl<'a> Person<'a> {
    /// Somebody new who has begun, and whose authenticator has shown no code yet.
    pub fn begins(app: &'a App, email: &str) -> Self {
        let (token, id) = sign_up(app, email);
        let session = app.nobody().with_token(&token);
        let begun =
            session.post("/api/auth/two-factor/enable", &json!({"password": PASSWORD})).expect(200).json();
        let authenticator = Authenticator::read(begun["totpURI"].as_str().unwrap());
        let codes = begun["backupCodes"].as_array().unwrap();
        let recovery_codes = codes.iter().map(|code| code.as_str().unwrap().to_owned()).collect();
        Self { app, email: email.to_owned(), id, session, authenticator, recovery_codes }
    }

    /// Somebody new who has turned it on.
    pub fn new(app: &'a App, email: &str) -> Self {
        let person = Self::begins(app, email);
        let code = json!({"code": person.authenticator.code(0)});
        person.session.post("/api/auth/two-factor/verify-totp", &code).expect(200);
        person.forget_codes();
        person
    }

    /// As if the codes that were taken so far had been those of long ago: no test waits for the next half minute.
    pub fn forget_codes(&self) {
        self.sql("UPDATE todo.two_factor SET last_step = 0 WHERE user_id = '{id}'");
    }

    /// Runs a statement in which `{id}` is the person's.
    pub fn sql(&self, sql: &str) -> String {
        self.app.sql(&sql.replace("{id}", &self.id)).unwrap().trim().to_owned()
    }

    /// Gives the right password, in a browser with these cookies.
    pub fn gives_password(&self, cookies: &str) -> Answer {
        let body = json!({"email": self.email, "password": PASSWORD});
        self.sends("/api/auth/sign-in/email", cookies, &body)
    }

    /// Gives the right password in a new browser: the cookie that waits for a code.
    #[track_caller]
    pub fn is_challenged(&self) -> String {
        let answer = self.gives_password("").expect(200);
        assert_eq!(answer.json(), json!({"twoFactorRedirect": true, "twoFactorMethods": ["totp"]}));
        assert_eq!(cookie(&answer, "session_token"), None, "{answer:?}");
        assert_eq!(answer.header("set-auth-token"), None);
        cookie(&answer, "two_factor").expect("a challenge")
    }

    /// Answers a challenge with a code of the authenticator.
    pub fn gives_code(&self, challenge: &str, code: &str) -> Answer {
        self.sends("/api/auth/two-factor/verify-totp", challenge, &json!({"code": code}))
    }

    /// Answers a challenge with a recovery code.
    pub fn gives_recovery_code(&self, challenge: &str, code: &str) -> Answer {
        self.sends("/api/auth/two-factor/verify-backup-code", challenge, &json!({"code": code}))
    }

    /// Sends a body from the app's own page, with these cookies.
    pub fn sends(&self, path: &str, cookies: &str, body: &Value) -> Answer {
        let request = self.app.nobody().request("POST", path).json(body).header("origin", &self.app.url);
        if cookies.is_empty() { request.send() } else { request.header("cookie", cookies).send() }
    }

    /// How many sessions the person has.
    pub fn sessions(&self) -> String {
        self.sql("SELECT count(*) FROM todo.sessions WHERE user_id = '{id}'")
    }
}
