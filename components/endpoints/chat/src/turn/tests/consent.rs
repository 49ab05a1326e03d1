//! A yes runs what was shown, and nothing that has come up since.

use super::*;

/// A yes to these held calls.
pub fn yes(held: Vec<PendingCall>) -> Scene {
    let mut scene = Scene::saying("yes");
    let call = |held: &PendingCall| Call {
        id: held.id.clone(),
        name: held.name.clone(),
        arguments: held.arguments.clone(),
        outcome: None,
        wording: None,
    };
    scene.begin.history = vec![
        TranscriptMessage::by_user(Kind::Message, "delete"),
        TranscriptMessage::by_assistant(vec![Step {
            text: String::new(),
            calls: held.iter().map(call).collect(),
        }]),
    ];
    scene.begin.message.kind = Kind::Confirmed;
    scene.begin.confirmed = held;
    scene
}

/// The calls that are held when the model makes this one.
fn held(name: &str, arguments: &str) -> Vec<PendingCall> {
    let played = Scene::saying("delete").play(vec![vec![call("a", name, arguments), Event::End]]);
    played.result.unwrap().question.unwrap().calls
}

fn done() -> Vec<Vec<Event>> {
    vec![vec![words("Done."), Event::End]]
}

#[test]
fn a_held_call_shows_what_it_is_held_to_and_a_yes_sends_it_again_as_it_was() {
    let held = held("delete_task", r#"{"id":"7"}"#);
    assert_eq!(Value::Object(held[0].arguments.clone()), json!({"id": "7", "version": 1}));
    let played = yes(held).play(done());
    assert_eq!(played.called, [r#"! delete_task {"id":"7"}"#]);
    let finished = played.result.unwrap();
    assert_eq!(Value::Object(finished.steps[0].calls[0].arguments.clone()), json!({"id": "7", "version": 1}));
    assert_eq!(finished.reply, "Done.");
}

#[test]
fn a_model_that_confirms_is_asked_about_all_the_same() {
    for (tool, arguments) in [
        ("delete_task", r#"{"id":"7","confirm":true}"#),
        ("delete_tasks", r#"{"filter":{"label":"x"},"confirm":true}"#),
    ] {
        let played = Scene::saying("delete").play(vec![vec![call("a", tool, arguments), Event::End]]);
        assert_eq!(played.called, [format!("? {tool} {arguments}")]);
        assert!(played.result.unwrap().question.is_some());
    }
}

#[test]
fn a_task_that_changed_since_the_question_is_left_and_asked_about_anew() {
    for arguments in [r#"{"id":"7"}"#, r#"{"id":"7","version":1}"#] {
        let scene = yes(held("delete_task", arguments));
        scene.tools.version.set(2);
        let played = scene.play(done());
        assert_eq!(played.called[1], r#"? delete_task {"id":"7"}"#);
        let finished = played.result.unwrap();
        assert_eq!(
            finished.reply,
            "Something changed since I asked, so I left that as it is.\n\nDo you want to delete the task “passport”?"
        );
        let again = finished.question.unwrap().calls;
        assert_eq!(Value::Object(again[0].arguments.clone()), json!({"id": "7", "version": 2}));
        assert!(finished.steps[0].calls[0].outcome.is_none());
        let scene = yes(again);
        scene.tools.version.set(2);
        assert_eq!(scene.play(done()).result.unwrap().reply, "Done.");
    }
}

#[test]
fn a_question_about_many_is_asked_anew_when_something_about_them_changed() {
    let all = held("delete_tasks", r#"{"filter":{"label":"x"}}"#);
    assert_eq!(all[0].shown.as_ref().unwrap().count, 2);
    for (version, labelled) in [(2, 2), (1, 151)] {
        let scene = yes(all.clone());
        scene.tools.version.set(version);
        scene.tools.labelled.set(labelled);
        let finished = scene.play(done()).result.unwrap();
        assert!(finished.reply.contains(&format!("delete {labelled} tasks")), "{}", finished.reply);
        assert!(finished.question.is_some());
    }
}

#[test]
fn new_values_for_a_task_that_changed_are_for_the_model_to_look_at() {
    let four = (1..=4).map(update).chain([Event::End]).collect();
    let held = Scene::saying("tidy up").play(vec![four]).result.unwrap().question.unwrap().calls;
    let scene = yes(held);
    scene.tools.version.set(2);
    let played = scene.play(done());
    assert!(played.called.iter().all(|call| call.starts_with("! ")), "{:?}", played.called);
    let finished = played.result.unwrap();
    assert_eq!((finished.question, finished.reply.as_str()), (None, "Done."));
    assert!(
        finished.steps[0]
            .calls
            .iter()
            .all(|call| call.outcome.as_ref().is_some_and(|outcome| outcome.failed))
    );
}

#[test]
fn a_yes_that_comes_too_late_is_asked_for_again() {
    let scene = yes(held("delete_task", r#"{"id":"7"}"#));
    scene.tools.is_late.set(true);
    let played = scene.play(done());
    assert_eq!(played.called, [r#"! delete_task {"id":"7"}"#, r#"? delete_task {"id":"7"}"#]);
    let finished = played.result.unwrap();
    assert!(finished.reply.starts_with("I can no longer go by that answer"), "{}", finished.reply);
    assert!(finished.reply.ends_with("\n\nDo you want to delete the task “milk”?"), "{}", finished.reply);
    let again = finished.question.unwrap().calls;
    assert_eq!(yes(again).play(done()).result.unwrap().reply, "Done.");
}

#[test]
fn a_question_of_the_release_before_is_asked_again() {
    let mut held = held("delete_task", r#"{"id":"7"}"#);
    held[0].retry = None;
    let stored = serde_json::to_value(&held).unwrap();
    assert!(stored[0].get("retry").is_none());
    let played = yes(serde_json::from_value(stored).unwrap()).play(done());
    assert_eq!(played.called, [r#"? delete_task {"id":"7"}"#]);
    assert!(played.result.unwrap().question.is_some());
}

#[test]
fn what_a_yes_needs_is_kept_with_the_open_question_and_not_with_what_was_said() {
    let calls = held("delete_task", r#"{"id":"7"}"#);
    let question = Question { prompt: "?".into(), calls };
    let said = serde_json::to_string(&question.as_said()).unwrap();
    assert!(!said.contains("retry") && said.contains("version"), "{said}");
}

fn update(number: usize) -> Event {
    call(&format!("c{number}"), "update_task", r#"{"id":"7","title":"OWNED"}"#)
}

#[test]
fn more_than_three_changes_in_one_message_wait_for_a_yes() {
    let three = (1..=3).map(update).chain([Event::End]).collect();
    let played = Scene::saying("tidy up").play(vec![three, vec![words("Done."), Event::End]]);
    assert_eq!(played.called.len(), 3);
    assert_eq!(played.result.unwrap().question, None);

    let ten = (1..=10).map(update).chain([Event::End]).collect();
    let played = Scene::saying("tidy up").play(vec![ten]);
    assert!(played.called.iter().all(|call| call.starts_with("? update_task")), "{:?}", played.called);
    let question = played.result.unwrap().question.unwrap();
    assert_eq!(question.calls.len(), 10);
    assert!(question.prompt.starts_with("Do you want to change these 10 tasks: “milk” (title: “OWNED”), "));
    assert!(question.prompt.contains("and 5 more?"), "{}", question.prompt);
}

#[test]
fn changes_are_counted_over_the_turns_of_a_message() {
    let one = |number| vec![update(number), Event::End];
    let played = Scene::saying("tidy up").play(vec![one(1), one(2), one(3), one(4)]);
    let updates = played.called.iter().filter(|call| call.starts_with("update_task")).count();
    assert_eq!(updates, 3);
    assert_eq!(played.result.unwrap().question.unwrap().calls.len(), 1);
}

#[test]
fn a_deletion_of_many_says_how_many_and_waits_for_a_yes() {
    let arguments = r#"{"filter":{"label":"x"}}"#;
    let played =
        Scene::saying("delete all x").play(vec![vec![call("a", "delete_tasks", arguments), Event::End]]);
    assert_eq!(played.called, [format!("? delete_tasks {arguments}")]);
    let finished = played.result.unwrap();
    assert_eq!(finished.reply, "Do you want to delete 2 tasks: “t1” and “t2”?");
}

#[test]
fn nobody_is_asked_about_a_deletion_that_would_delete_nothing_or_is_only_tried() {
    for (arguments, called) in [
        (r#"{"filter":{"label":"y"}}"#, "? delete_tasks"),
        (r#"{"filter":{"label":"x"},"dry_run":true}"#, "delete_tasks"),
    ] {
        let played = Scene::saying("delete all").play(vec![
            vec![call("a", "delete_tasks", arguments), Event::End],
            vec![words("So it is."), Event::End],
        ]);
        let finished = played.result.unwrap();
        assert_eq!((finished.question, finished.reply.as_str()), (None, "So it is."));
        assert_eq!(played.called, [format!("{called} {arguments}")]);
        assert_eq!(played.heard[..2], ["> delete_tasks", "+ delete_tasks"]);
    }
}
