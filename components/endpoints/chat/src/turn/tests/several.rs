//! Several held calls are one question.

use super::consent::yes;
use super::*;

fn both() -> Vec<Event> {
    vec![
        call("a", "delete_tasks", r#"{"filter":{"label":"x"}}"#),
        call("b", "delete_task", r#"{"id":"7"}"#),
        call("c", "add_task", "{}"),
        Event::End,
    ]
}

#[test]
fn several_held_calls_are_one_question_and_one_yes_runs_them_all() {
    let finished = Scene::saying("clear out").play(vec![both()]).result.unwrap();
    assert_eq!(finished.reply, "Do you want to delete 2 tasks: “t1” and “t2”, and delete the task “milk”?");
    let held = finished.question.unwrap().calls;
    assert_eq!(held.iter().map(|call| call.id.as_str()).collect::<Vec<_>>(), ["a", "b"]);
    let played = yes(held).play(vec![vec![words("Gone."), Event::End]]);
    assert_eq!(played.heard, ["> delete_tasks", "+ delete_tasks", "> delete_task", "+ delete_task", "Gone."]);
    assert_eq!(played.result.unwrap().question, None);
}

#[test]
fn what_can_not_be_taken_back_is_said_first() {
    let update = |id: &str| call(id, "update_task", r#"{"id":"7","title":"x"}"#);
    let calls = vec![
        update("a"),
        update("b"),
        update("c"),
        update("d"),
        call("e", "delete_task", r#"{"id":"7"}"#),
        Event::End,
    ];
    let finished = Scene::saying("tidy up").play(vec![calls]).result.unwrap();
    let prompt = finished.question.unwrap().prompt;
    assert!(
        prompt.starts_with(
            "Do you want to delete the task “milk”, and change these 4 tasks: “milk” (title: “x”)"
        ),
        "{prompt}"
    );
}

#[test]
fn of_several_only_what_is_not_as_it_was_shown_is_asked_about_anew() {
    let held = Scene::saying("clear out").play(vec![both()]).result.unwrap().question.unwrap().calls;
    let mut held_with_old = held.clone();
    held_with_old[1].retry.as_mut().unwrap().state = Some("0 0".into());
    let finished = yes(held_with_old).play(vec![]).result.unwrap();
    assert!(finished.reply.ends_with("\n\nDo you want to delete the task “milk”?"), "{}", finished.reply);
    let again = finished.question.unwrap().calls;
    assert_eq!(again.iter().map(|call| call.id.as_str()).collect::<Vec<_>>(), ["b"]);
    assert!(finished.steps[0].calls[0].outcome.is_some() && finished.steps[0].calls[1].outcome.is_none());
}

#[test]
fn questions_of_a_server_that_says_no_more_stand_below_each_other() {
    let scene = Scene::saying("clear out");
    scene.tools.is_foreign.set(true);
    let finished = scene.play(vec![both()]).result.unwrap();
    assert_eq!(
        finished.reply,
        "Do you want to delete 2 tasks: “t1” and “t2”?\nDo you want to delete the task “milk”?"
    );
}

#[test]
fn a_tool_that_asks_without_having_said_so_waits_as_well() {
    let scene = Scene::saying("rename it");
    scene.tools.asks_unforeseen.set(Some("update_task"));
    let played = scene.play(vec![vec![call("a", "update_task", r#"{"id":"7","title":"x"}"#), Event::End]]);
    assert_eq!(played.heard[..2], ["> update_task", "- update_task"]);
    let finished = played.result.unwrap();
    assert_eq!(finished.reply, "Do you want to change the task “milk” (title: “x”)?");
    assert!(finished.question.is_some() && finished.steps[0].calls[0].outcome.is_none());
}
