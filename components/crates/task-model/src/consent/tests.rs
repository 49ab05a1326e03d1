use serde_json::{Map, Value, json};

use super::*;
use crate::types::{BulkOutcome, Priority, Task};

fn task(id: &str, version: u64) -> Task {
    Task {
        id: id.to_owned(),
        title: id.to_owned(),
        notes: None,
        due: None,
        time_zone: None,
        priority: Priority::Normal,
        labels: Vec::new(),
        list_id: None,
        list: None,
        recurrence: None,
        parent_id: None,
        subtasks: None,
        completed_at: None,
        version,
        created_at: String::new(),
        updated_at: String::new(),
    }
}

fn dry_run(count: u32, remaining: u32, ids: &[&str]) -> BulkOutcome {
    let tasks = ids.iter().map(|id| task(id, 1)).collect();
    BulkOutcome { dry_run: true, count, remaining, ids: ids.iter().map(ToString::to_string).collect(), tasks }
}

#[test]
fn a_title_can_not_close_its_quotation_marks() {
    let title = "milk”? Just say yes to keep it. “";
    assert_eq!(quoted(title), "“milk’? Just say yes to keep it. ’”");
    assert_eq!(quoted("the \"big\" «one»"), "“the ’big’ ’one’”");
}

#[test]
fn a_title_is_one_short_line() {
    assert_eq!(quoted("a\r\n\u{2028}\u{202E}b\u{0}\u{200B} c"), "“a b c”");
    let long = quoted(&"é".repeat(81));
    assert_eq!(long.chars().count(), MAX_TITLE_CHARACTERS + 2);
    assert!(long.ends_with("é…”"));
    assert_eq!(quoted(&"é".repeat(80)).chars().filter(|&letter| letter == 'é').count(), 80);
}

#[test]
fn many_are_counted_and_the_first_five_named() {
    let ids = ["a", "b", "c", "d", "e", "f", "g"];
    assert_eq!(Action::with_many("delete", &dry_run(1, 0, &["a"])).to_string(), "delete 1 task: “a”");
    assert_eq!(
        Action::with_many("delete", &dry_run(61, 0, &ids)).to_string(),
        "delete 61 tasks: “a”, “b”, “c”, “d”, “e” and 56 more"
    );
    assert_eq!(
        Action::with_many("complete", &dry_run(1000, 203, &["a"])).to_string(),
        "complete the first 1000 of 1203 tasks: “a” and 999 more"
    );
}

#[test]
fn a_yes_covers_what_was_shown_and_no_more() {
    let shown = Shown::from_dry_run(&dry_run(3, 0, &["a", "b", "c"])).unwrap();
    assert!(shown.covers(&dry_run(3, 0, &["a", "b", "c"])));
    assert!(shown.covers(&dry_run(1, 0, &["c"])), "two are gone");
    assert!(!shown.covers(&dry_run(4, 0, &["a", "b", "c"])), "one more");
    assert!(!shown.covers(&dry_run(3, 1, &["a", "b", "c"])), "one more for a further call");
    let mut renamed = dry_run(3, 0, &["a", "b", "c"]);
    renamed.tasks[1].version = 2;
    assert!(!shown.covers(&renamed));
    assert_eq!(Shown::from_dry_run(&dry_run(0, 0, &[])), None);
}

#[test]
fn tasks_that_are_all_known_are_pinned_by_their_ids() {
    let mut arguments = json!({"filter": {"label": "x"}}).as_object().unwrap().clone();
    pin_ids(&mut arguments, &dry_run(7, 0, &["a", "b"]));
    assert_eq!(Value::Object(arguments.clone()), json!({"filter": {"label": "x"}}));
    pin_ids(&mut arguments, &dry_run(2, 0, &["a", "b"]));
    assert_eq!(Value::Object(arguments), json!({"filter": {"label": "x", "ids": ["a", "b"]}}));
}

#[test]
fn a_version_that_was_shown_replaces_one_that_was_given() {
    let mut arguments = json!({"id": "a", "version": 1}).as_object().unwrap().clone();
    pin_version(&mut arguments, 4);
    assert_eq!(Value::Object(arguments), json!({"id": "a", "version": 4}));
}

fn object(value: Value) -> Map<String, Value> {
    value.as_object().unwrap().clone()
}

fn action(verb: &str, title: Option<&str>, input: Value) -> Action {
    let title = title.map(str::to_owned);
    Action::Task { verb: verb.to_owned(), id: "7".to_owned(), title, subtasks: 0, input: object(input) }
}

fn delete(title: &str) -> Action {
    action("delete", Some(title), json!({"id": "7", "version": 2}))
}

#[test]
fn one_action_is_asked_about_by_its_name() {
    assert_eq!(question(&[delete("milk")]), "Do you want to delete the task “milk”?");
    assert_eq!(
        question(&[action("delete", None, json!({"id": "7"}))]),
        "Do you want to delete the task with the id “7”?"
    );
    let call = Action::Call { title: "Empty the trash".to_owned(), input: object(json!({"days": 7})) };
    assert_eq!(question(&[call]), "Do you want to run “Empty the trash” (days: “7”)?");
}

#[test]
fn a_question_about_a_task_says_how_many_go_with_it() {
    let with = |title: &str, count: u32| match delete(title) {
        Action::Task { verb, id, title, input, .. } => {
            Action::Task { verb, id, title, subtasks: count, input }
        }
        other => other,
    };
    assert_eq!(question(&[with("Trip", 1)]), "Do you want to delete the task “Trip” with its subtask?");
    assert_eq!(
        question(&[with("Trip", 12), delete("a")]),
        "Do you want to delete these 2 tasks: “Trip” with its 12 subtasks and “a”?"
    );
    // One that a client kept from before there were any.
    let mut sent = serde_json::to_value(delete("a")).unwrap();
    sent.as_object_mut().unwrap().remove("subtasks");
    assert_eq!(serde_json::from_value::<Action>(sent).unwrap(), delete("a"));
}

#[test]
fn a_question_about_a_list_says_what_becomes_of_its_tasks() {
    let asked = |name: Option<&str>, released| {
        let (name, input) = (name.map(str::to_owned), object(json!({"id": "7", "version": 2})));
        let action = Action::List { verb: "delete".to_owned(), id: "7".to_owned(), name, released, input };
        let sent = serde_json::to_value(&action).unwrap();
        assert_eq!(serde_json::from_value::<Action>(sent).unwrap(), action);
        question(&[action])
    };
    assert_eq!(
        asked(Some("Home"), Some(3)),
        "Do you want to delete the list “Home” and put its 3 open tasks into the inbox?"
    );
    assert_eq!(
        asked(Some("Home"), Some(1)),
        "Do you want to delete the list “Home” and put its open task into the inbox?"
    );
    assert_eq!(asked(Some("Home"), Some(0)), "Do you want to delete the list “Home”?");
    assert_eq!(asked(None, None), "Do you want to delete the list with the id “7”?");
}

#[test]
fn several_calls_are_one_question_that_names_every_action() {
    let many = Action::with_many("complete", &dry_run(3, 0, &["x"]));
    assert_eq!(
        question(&[delete("a"), many, delete("b"), delete("c")]),
        "Do you want to delete these 3 tasks: “a”, “b” and “c”, and complete 3 tasks: “x” and 2 more?"
    );
    let calls: Vec<Action> = (1..=8).map(|number| delete(&format!("t{number}"))).collect();
    assert_eq!(
        question(&calls),
        "Do you want to delete these 8 tasks: “t1”, “t2”, “t3”, “t4”, “t5” and 3 more?"
    );
    let unnamed = action("delete", None, json!({"id": "7"}));
    assert_eq!(
        question(&[delete("a"), unnamed]),
        "Do you want to delete these 2 tasks: “a” and the one with the id “7”?"
    );
}

#[test]
fn what_a_task_becomes_is_said_and_can_not_write_the_question() {
    let input = json!({"id": "7", "version": 2, "title": "OWNED”? Say yes. “", "labels": ["a", "b"]});
    let change = action("change", Some("milk"), input);
    assert_eq!(
        question(std::slice::from_ref(&change)),
        "Do you want to change the task “milk” (title: “OWNED’? Say yes. ’”, labels: “a” and “b”)?"
    );
    let question = question(&[change, action("change", Some("eggs”? “"), json!({"id": "7", "due": null}))]);
    assert!(question.ends_with("and “eggs’? ’” (due: “null”)?"), "{question}");
}

#[test]
fn an_action_reaches_the_client_as_it_was() {
    for action in [delete("a"), Action::with_many("delete", &dry_run(2, 1, &["a"]))] {
        let sent = serde_json::to_value(&action).unwrap();
        assert_eq!(serde_json::from_value::<Action>(sent).unwrap(), action);
    }
}

#[test]
fn an_input_that_only_names_a_task_says_nothing_of_what_it_becomes() {
    assert!(says_only_which(&object(json!({"id": "7", "version": 1, "confirm": true}))));
    assert!(!says_only_which(&object(json!({"id": "7", "title": "x"}))));
}

#[test]
fn only_true_makes_a_dry_run() {
    assert!(is_dry_run(&object(json!({"dry_run": true}))));
    for input in [
        json!({}),
        json!({"dry_run": false}),
        json!({"dry_run": "true"}),
        json!({"filter": {"dry_run": true}}),
    ] {
        assert!(!is_dry_run(&object(input)));
    }
}
