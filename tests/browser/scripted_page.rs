//! The page of an app whose language model says what a test tells it.

use crate::browser::DESKTOP;
use crate::page::{Page, Person};
pub use crate::scripted_app::fixture;

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
