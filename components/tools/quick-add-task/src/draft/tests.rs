use task_language::{Clock, Reading};
use task_model::zone;
use uuid::Uuid;

use super::*;

/// 2026-11-18T11:06:40Z, a Wednesday.
fn caller() -> Caller {
    Caller {
        user_id: "01936f2e-5d1c-7b3a-9c4e-8f2a6b7d0e1f".to_owned(),
        scopes: vec![],
        request_id: "r".to_owned(),
        time_zone: "Europe/Berlin".to_owned(),
        now: 1_795_000_000_000_000,
        idempotency_key: None,
    }
}

fn read(text: &str, list_id: Option<&str>) -> Draft {
    let input = QuickAddition {
        text: text.to_owned(),
        time_zone: None,
        list_id: list_id.map(str::to_owned),
        syntax: None,
        ignore: None,
        preview: None,
    };
    let lists = [ListName { id: Uuid::from_u128(7), name: "Home office".to_owned(), is_archived: false }];
    let zone = zone::zone("Europe/Berlin").unwrap();
    let names = ["Home office".to_owned()];
    let reading = Reading { lists: &names, ..Reading::default() };
    let line = Line::read(text, &Clock::new(caller().now, &zone.name), &reading);
    draft(&caller(), &input, &zone, &line, &lists).unwrap()
}

fn messages(draft: &Draft) -> Vec<(&str, &str)> {
    let wrong = draft.arguments.as_ref().err().into_iter().flatten();
    wrong.map(|violation| (violation.pointer.as_str(), violation.message.as_str())).collect()
}

#[test]
fn what_a_line_says_is_a_task() {
    let draft = read("Pay rent tomorrow 9:00 p1 #Home #büro +home office", None);
    assert!(draft.arguments.is_ok());
    let TaskDraft { title, due, time_zone, priority, labels, list_id, list, recurrence } = draft.task;
    assert_eq!((title.as_str(), priority, recurrence), ("Pay rent", Priority::Urgent, None));
    assert_eq!(
        (due.as_deref(), time_zone.as_deref()),
        (Some("2026-11-19T09:00:00+01:00"), Some("Europe/Berlin"))
    );
    assert_eq!(labels, ["büro", "home"]);
    assert_eq!((list_id, list.as_deref()), (Some(Uuid::from_u128(7).to_string()), Some("Home office")));
}

#[test]
fn what_repeats_is_due_and_said_in_the_words_of_every_answer() {
    let draft = read("Water plants every 2 weeks on friday", None);
    let recurrence = draft.task.recurrence.unwrap();
    assert_eq!(recurrence.zone, "Europe/Berlin");
    assert_eq!(draft.spans[0].kind, SpanKind::Recurrence);
    assert_eq!(draft.spans[0].words, recurrence.words);
    assert!(draft.task.due.is_some());
    let undated = read("Stretch every day", None);
    assert_eq!(undated.task.due.as_deref(), Some("2026-11-18"));
}

#[test]
fn a_list_that_is_not_there_and_a_line_without_a_title_are_wrong_with_the_text() {
    let draft = read("buy jam +larder", None);
    assert_eq!(draft.spans[0].kind, SpanKind::UnknownList);
    assert!(messages(&draft)[0].1.contains("no list called “larder”"));
    let draft = read("#home p1", None);
    assert_eq!(messages(&draft), [("/text", "No word is left for the title: say what is to be done.")]);
    let draft = read(&"long ".repeat(60), None);
    assert!(messages(&draft)[0].0 == "/text" && messages(&draft)[0].1.contains("at most 200"));
}

#[test]
fn a_list_in_the_text_counts_before_the_one_beside_it() {
    let other = Uuid::from_u128(9).to_string();
    assert_eq!(read("buy jam", Some(&other)).task.list_id.as_deref(), Some(other.as_str()));
    assert_eq!(read("buy jam +home-office", Some(&other)).task.list.as_deref(), Some("Home office"));
}
