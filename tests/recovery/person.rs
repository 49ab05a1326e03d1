//! Someone with an account, a session and tasks, who lives through a disaster.

use std::collections::BTreeSet;

use harness::{App, Caller, Database, Options};
use scratch_postgres::ScratchPostgres;
use serde_json::{Value, json};

/// The secret that outlives the server: an operator keeps it apart from the data.
pub const SECRET: &str = "a secret that is kept apart from the data, 32 bytes or more";

/// The app on the database `todo` of a server; under the name it had before, if it had one.
pub fn app_on(server: &ScratchPostgres, public_url: Option<&str>) -> App {
    let options = Options {
        database: Database::At(server.url("todo")),
        secret: Some(SECRET.to_owned()),
        variables: public_url.map(|url| ("public_url".to_owned(), url.to_owned())).into_iter().collect(),
        ..Options::default()
    };
    // It writes as fast as it can.
    App::start(options.without_quotas()).unwrap()
}

/// What a person has in hand.
pub struct Person {
    cookie: String,
    token: String,
    email: String,
}

impl Person {
    pub fn sign_up(app: &App, email: &str) -> Self {
        let account = json!({ "name": "Ann", "email": email, "password": "correct horse" });
        let answer = app.nobody().post("/api/auth/sign-up/email", &account).expect(200);
        let cookie = answer.header("set-cookie").unwrap().split(';').next().unwrap().to_owned();
        let answer =
            app.nobody().request("GET", "/api/auth/token").header("cookie", &cookie).send().expect(200);
        let token = answer.json()["token"].as_str().unwrap().to_owned();
        Self { cookie, token, email: email.to_owned() }
    }

    pub fn on(&self, app: &App) -> Caller {
        app.nobody().with_token(&self.token)
    }

    /// Adds a task; its id once it is acknowledged.
    pub fn add(&self, app: &App, title: &str) -> String {
        let task = self.on(app).post("/api/v1/tasks", &json!({ "title": title })).expect(201).json();
        task["id"].as_str().unwrap().to_owned()
    }

    /// The ids of all tasks.
    pub fn tasks(&self, app: &App) -> BTreeSet<String> {
        let mut ids = BTreeSet::new();
        let mut path = "/api/v1/tasks?limit=100&sort=created".to_owned();
        loop {
            let page = self.on(app).get(&path).expect(200).json();
            let items = page["items"].as_array().unwrap();
            ids.extend(items.iter().map(|task| task["id"].as_str().unwrap().to_owned()));
            match page["next_cursor"].as_str() {
                Some(cursor) => path = format!("/api/v1/tasks?limit=100&sort=created&cursor={cursor}"),
                None => return ids,
            }
        }
    }

    /// Session, token and password of before all still hold.
    pub fn is_known_to(&self, app: &App) {
        let session =
            app.nobody().request("GET", "/api/auth/get-session").header("cookie", &self.cookie).send();
        assert_eq!(session.expect(200).json()["user"]["email"], Value::String(self.email.clone()));
        self.on(app).get("/api/v1/tasks").expect(200);
        let attempt = json!({ "email": self.email, "password": "correct horse" });
        app.nobody().post("/api/auth/sign-in/email", &attempt).expect(200);
    }
}
