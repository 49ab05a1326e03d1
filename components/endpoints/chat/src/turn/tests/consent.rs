//! A yes runs what was shown, and nothing that has come up since.

use super::*;

/// A yes to these held calls.
fn yes(held: Vec<HeldCall>) -> Scene {
    let mut scene = Scene::saying("yes");
    let call = |held: &HeldCall| Call {
        id: held.id.clone(),
        name: held.name.clone(),
        arguments: held.arguments.clone(),
        outcome: None,
        wording: None,
    };
    scene.begin.history = vec![
        Said::by_user(Kind::Message, "delete"),
        Said::by_assistant(vec![Step { text: String::new(), calls: held.iter().map(call).collect() }]),
    ];
    scene.begin.message.kind = Kind::Confirmed;
    scene.begin.confirmed = held;
    scene
}

/// The calls that are held when the model makes this one.
fn held(scene: Scene, name: &str, arguments: &str) -> Vec<HeldCall> {
    scene.play(vec![vec![call("a", name, arguments), Event::End]]).result.unwrap().question.unwrap().calls
}

fn done() -> Vec<Vec<Event>> {
    vec![vec![words("Done."), Event::End]]
}

#[test]
fn a_yes_is_held_to_the_version_that_was_shown() {
    let held = held(Scene::saying("delete milk"), "delete_task", r#"{"id":"7"}"#);
    assert_eq!(Value::Object(held[0].arguments.clone()), json!({"id": "7", "version": 1}));
    let played = yes(held).play(done());
    assert_eq!(played.called, [r#"delete_task {"id":"7","version":1,"confirm":true}"#]);
}

#[test]
fn a_task_that_changed_since_the_question_is_left_and_asked_about_anew() {
    let first = held(Scene::saying("delete milk"), "delete_task", r#"{"id":"7"}"#);
    let scene = yes(first);
    scene.tools.version.set(2);
    let finished = scene.play(done()).result.unwrap();
    assert_eq!(
        finished.reply,
        "Something changed since I asked, so I left that as it is.\n\nShall I delete “passport”? Please answer yes or no."
    );
    let again = finished.question.unwrap().calls;
    assert_eq!(Value::Object(again[0].arguments.clone()), json!({"id": "7", "version": 2}));
    assert!(finished.steps[0].calls[0].outcome.is_none());
    let scene = yes(again);
    scene.tools.version.set(2);
    let played = scene.play(done());
    assert_eq!(played.result.unwrap().reply, "Done.");
    assert_eq!(played.called, [r#"delete_task {"id":"7","version":2,"confirm":true}"#]);
}

#[test]
fn a_question_about_more_tasks_than_can_be_named_by_id_is_dropped_when_they_became_more() {
    let many = |count| {
        let scene = Scene::saying("delete all x");
        scene.tools.labelled.set(count);
        scene
    };
    let all = held(many(150), "delete_tasks", r#"{"filter":{"label":"x"}}"#);
    assert_eq!(all[0].shown.as_ref().unwrap().count, 150);
    for (count, is_done) in [(150, true), (149, true), (151, false)] {
        let scene = yes(all.clone());
        scene.tools.labelled.set(count);
        let played = scene.play(done());
        let was_called = played.called.iter().any(|call| call.contains("confirm"));
        assert_eq!(was_called, is_done, "{count}: {:?}", played.called);
        let finished = played.result.unwrap();
        assert_eq!(finished.question.is_none(), is_done);
        assert!(is_done || finished.reply.contains("delete 151 tasks"), "{}", finished.reply);
    }
}

#[test]
fn a_question_about_many_is_dropped_when_one_that_it_named_changed() {
    let both = held(Scene::saying("delete all x"), "delete_tasks", r#"{"filter":{"label":"x"}}"#);
    let scene = yes(both);
    scene.tools.version.set(2);
    let played = scene.play(done());
    assert!(played.called.iter().all(|call| call.contains("dry_run")), "{:?}", played.called);
    assert!(played.result.unwrap().question.is_some());
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
    assert!(played.called.iter().all(|call| call.starts_with("get_task")), "{:?}", played.called);
    let question = played.result.unwrap().question.unwrap();
    assert_eq!(question.calls.len(), 10);
    assert!(question.prompt.starts_with("Shall I change these 10 tasks: “milk” (title: “OWNED”), "));
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
    let finished = played.result.unwrap();
    assert_eq!(finished.reply, "Shall I delete 2 tasks: “t1” and “t2”? Please answer yes or no.");
    // Only tried; what waits is held to what was found.
    assert_eq!(played.called, [r#"delete_tasks {"filter":{"label":"x"},"dry_run":true}"#]);
    let held = Value::Object(finished.question.unwrap().calls[0].arguments.clone());
    assert_eq!(held, json!({"filter": {"label": "x", "ids": ["t1", "t2"]}}));
}

#[test]
fn nobody_is_asked_about_a_deletion_that_would_delete_nothing_or_is_only_tried() {
    for arguments in [r#"{"filter":{"label":"y"}}"#, r#"{"filter":{"label":"x"},"dry_run":true}"#] {
        let played = Scene::saying("delete all").play(vec![
            vec![call("a", "delete_tasks", arguments), Event::End],
            vec![words("So it is."), Event::End],
        ]);
        let finished = played.result.unwrap();
        assert_eq!((finished.question, finished.reply.as_str()), (None, "So it is."));
        assert!(played.called.iter().all(|call| call.contains(r#""dry_run":true"#)), "{:?}", played.called);
    }
}
