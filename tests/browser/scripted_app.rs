//! An app whose language model says what a test tells it.

use std::sync::OnceLock;

use harness::{App, Options};

use crate::browser::DESKTOP;
use crate::page::{Page, Person};
use crate::scripted_model::ScriptedModel;

/// An app whose model plays scripts.
pub struct Fixture {
    /// The app.
    pub app: App,
    /// Its model.
    pub model: ScriptedModel,
}

/// The app and its model, shared by the tests of this program.
pub fn fixture() -> &'static Fixture {
    static FIXTURE: OnceLock<Fixture> = OnceLock::new();
    FIXTURE.get_or_init(|| {
        let model = ScriptedModel::start().expect("a scripted model");
        let set = [
            ("model", "openai"),
            ("model_fallback", "none"),
            ("openai_origin", model.origin.as_str()),
            ("openai_api_key", "sk-never-to-be-seen"),
            ("openai_model", "scripted-1"),
        ];
        let variables = set.map(|(name, value)| (name.to_owned(), value.to_owned())).to_vec();
        Fixture { app: App::start(Options { variables, ..Options::default() }).expect("an app"), model }
    })
}

/// The page of that app, with a new account.
pub async fn page_with_account() -> (Page, Person) {
    let page = Page::open_at(DESKTOP, &fixture().app.url).await;
    let person = page.sign_up().await;
    (page, person)
}

/// What is on their list there.
pub fn titles(person: &Person) -> Vec<String> {
    let page = person.program_at(&fixture().app).get("/api/v1/tasks?limit=100").json();
    let items = page["items"].as_array().cloned().unwrap_or_default();
    items.iter().filter_map(|task| task["title"].as_str().map(str::to_owned)).collect()
}
