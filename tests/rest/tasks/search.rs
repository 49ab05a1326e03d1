//! `GET /api/v1/tasks/search`

use harness::App;
use serde_json::json;

use crate::{TASKS, add, titles};

#[test]
fn beginnings_of_words_find_open_tasks_of_the_caller_alone() {
    let (ann, bob) = (App::shared().user(), App::shared().user());
    add(&ann, &json!({ "title": "Renew passport", "notes": "Bring photos" }));
    add(&ann, &json!({ "title": "Buy milk", "labels": ["photo"] }));
    add(&bob, &json!({ "title": "Passport photos" }));
    let found = |query: &str| {
        let mut titles = titles(&ann.get(&format!("{TASKS}/search?{query}")).expect(200).json());
        titles.sort();
        titles
    };
    assert_eq!(found("q=PASS"), ["Renew passport"]);
    assert_eq!(found("q=photo"), ["Buy milk", "Renew passport"]);
    assert_eq!(found("q=photo&limit=1").len(), 1);
    assert!(found("q=port").is_empty());
    assert!(found("q=passport&status=done").is_empty());
}
