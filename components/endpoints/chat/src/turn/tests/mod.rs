//! The turn with a scripted model and tools that answer from a table.

use std::cell::{Cell, RefCell};
use std::collections::VecDeque;
use std::future::{pending, ready};

use futures_executor::block_on;
use serde_json::{Map, Value, json};

use super::*;
use crate::models::types::{Message, ModelError, ToolCall, Usage};
use crate::transcript::{Kind, Retry};
use table::Table;

mod consent;
mod several;
mod stopped;
mod table;

/// Answers each turn with the next list of events, and keeps what it was given.
struct Script {
    turns: RefCell<VecDeque<Vec<Event>>>,
    given: RefCell<Vec<Turn>>,
}

struct Reading(VecDeque<Event>);

impl Model for Script {
    type Answer = Reading;

    async fn respond(&self, turn: Turn) -> Reading {
        self.given.borrow_mut().push(turn);
        Reading(self.turns.borrow_mut().pop_front().unwrap_or_else(|| vec![words("…"), Event::End]).into())
    }
}

impl Answer for Reading {
    async fn next(&mut self) -> Option<Event> {
        self.0.pop_front()
    }
}

/// Notes what is heard, in short.
#[derive(Default)]
struct Notes(Vec<String>);

impl Progress for Notes {
    fn words(&mut self, text: &str) {
        self.0.push(text.to_owned());
    }
    fn call(&mut self, call: &Call) {
        self.0.push(format!("> {}", call.name));
    }
    fn result(&mut self, call: &Call, outcome: &Outcome) {
        self.0.push(format!("{} {}", if outcome.failed { '-' } else { '+' }, call.name));
    }
    fn question(&mut self, question: &Question) {
        self.0.push(format!("? {}", question.calls.len()));
    }
}

fn words(text: &str) -> Event {
    Event::Text(text.into())
}

fn call(id: &str, name: &str, arguments: &str) -> Event {
    Event::ToolCall(ToolCall { id: id.into(), name: name.into(), arguments: arguments.into() })
}

/// A hold that ends before the call with this number, from 1 on.
struct Held {
    calls: Cell<u32>,
    until: u32,
    why: TurnError,
}

impl Lease for Held {
    async fn renew(&self) -> Result<(), TurnError> {
        self.calls.set(self.calls.get() + 1);
        if self.calls.get() < self.until { Ok(()) } else { Err(self.why) }
    }

    async fn ended(&self) -> TurnError {
        pending().await
    }
}

struct Scene {
    begin: TurnInput,
    tools: Table,
    lease: Held,
    deadline: Deadline,
}

struct Played {
    result: Result<TurnOutput, TurnFailure>,
    heard: Vec<String>,
    called: Vec<String>,
    given: Vec<Turn>,
}

impl Scene {
    fn saying(text: &str) -> Self {
        let begin = TurnInput {
            history: Vec::new(),
            message: TranscriptMessage::by_user(Kind::Message, text),
            confirmed: Vec::new(),
            now: 0,
            time_zone: "UTC".into(),
            limits: Limits::default(),
        };
        let lease = Held { calls: Cell::new(0), until: u32::MAX, why: TurnError::Cancelled };
        Self { begin, tools: Table::default(), lease, deadline: Deadline::when(pending()) }
    }

    fn play(self, turns: Vec<Vec<Event>>) -> Played {
        let model = Script { turns: RefCell::new(turns.into()), given: RefCell::default() };
        let mut notes = Notes::default();
        let result = block_on(run(self.begin, &model, &self.tools, &mut notes, &self.lease, &self.deadline));
        Played {
            result,
            heard: notes.0,
            called: self.tools.calls.into_inner(),
            given: model.given.into_inner(),
        }
    }
}

#[test]
fn words_are_streamed_and_the_cost_is_counted() {
    let usage = Event::Usage(Usage { input_tokens: 5, output_tokens: 2 });
    let played = Scene::saying("hi").play(vec![vec![words("Hel"), words("lo\0"), usage, Event::End]]);
    let finished = played.result.unwrap();
    assert_eq!(played.heard, ["Hel", "lo"]);
    assert_eq!(finished.reply, "Hello");
    assert_eq!(finished.cost, Cost { model_turns: 1, tool_calls: 0, input_tokens: 5, output_tokens: 2 });
    assert_eq!(played.given[0].messages, [Message::User("hi".into())]);
    assert_eq!(played.given[0].tools.len(), 6);
}

#[test]
fn results_go_back_to_the_model_and_the_reply_is_what_was_streamed() {
    let played = Scene::saying("add milk").play(vec![
        vec![words("One moment."), call("a", "add_task", r#"{"title":"milk"}"#), Event::End],
        vec![words("Added."), Event::End],
    ]);
    let finished = played.result.unwrap();
    assert_eq!(played.heard, ["One moment.", "> add_task", "+ add_task", "\n\n", "Added."]);
    assert_eq!(finished.reply, "One moment.\n\nAdded.");
    let Message::Tool(result) = &played.given[1].messages[2] else {
        panic!("{:?}", played.given[1].messages)
    };
    assert_eq!(
        (result.call_id.as_str(), result.failed, result.content.as_str()),
        ("a", false, r#"{"ok":true}"#)
    );
}

#[test]
fn what_only_reads_runs_together_and_the_rest_in_order() {
    let played = Scene::saying("x").play(vec![
        vec![call("a", "list_tasks", ""), call("b", "list_tasks", "{}"), Event::End],
        vec![call("c", "list_tasks", "{}"), call("d", "add_task", "{}"), Event::End],
    ]);
    played.result.unwrap();
    assert_eq!(
        played.heard[..8],
        [
            "> list_tasks",
            "> list_tasks",
            "+ list_tasks",
            "+ list_tasks",
            "> list_tasks",
            "+ list_tasks",
            "> add_task",
            "+ add_task"
        ]
    );
}

#[test]
fn a_deletion_waits_for_a_yes_and_what_stands_beside_it_does_not() {
    let played = Scene::saying("delete milk, add eggs").play(vec![vec![
        call("a", "delete_task", r#"{"id":"7"}"#),
        call("b", "add_task", "{}"),
        Event::End,
    ]]);
    let finished = played.result.unwrap();
    // What waits is asked about last: the question is about what the others have left.
    assert_eq!(played.called, ["add_task {}", r#"? delete_task {"id":"7"}"#]);
    assert_eq!(finished.reply, "Do you want to delete the task “milk”?");
    assert_eq!(played.heard, ["> add_task", "+ add_task", finished.reply.as_str(), "? 1"]);
    let question = finished.question.unwrap();
    assert_eq!((question.prompt, question.calls[0].id.as_str()), (finished.reply, "a"));
    assert!(finished.steps[0].calls[0].outcome.is_none() && finished.steps[0].calls[1].outcome.is_some());
    // The model did not get another turn.
    assert_eq!(played.given.len(), 1);
}

#[test]
fn nobody_is_asked_about_a_task_that_is_not_there() {
    let played = Scene::saying("delete x").play(vec![
        vec![call("a", "delete_task", r#"{"id":"8"}"#), Event::End],
        vec![words("It is gone already."), Event::End],
    ]);
    let finished = played.result.unwrap();
    assert_eq!((finished.question, finished.reply.as_str()), (None, "It is gone already."));
    assert_eq!(played.called, [r#"? delete_task {"id":"8"}"#]);
    assert_eq!(played.heard[..2], ["> delete_task", "- delete_task"]);
}

#[test]
fn a_yes_runs_exactly_the_held_calls_and_the_model_goes_on_with_the_result() {
    let mut scene = Scene::saying("yes");
    let arguments: Map<String, Value> = json!({"id": "7"}).as_object().unwrap().clone();
    let held = Call {
        id: "a".into(),
        name: "delete_task".into(),
        arguments: arguments.clone(),
        outcome: None,
        wording: None,
    };
    scene.begin.history = vec![
        TranscriptMessage::by_user(Kind::Message, "delete milk"),
        TranscriptMessage::by_assistant(vec![Step { text: String::new(), calls: vec![held] }]),
    ];
    scene.begin.message.kind = Kind::Confirmed;
    let answers = json!({"confirm": {"action": "accept", "content": {"confirm": true}}});
    scene.begin.confirmed = vec![PendingCall {
        id: "a".into(),
        name: "delete_task".into(),
        arguments: arguments.clone(),
        shown: None,
        verb: Some("delete".into()),
        destructive: true,
        retry: Some(Retry {
            arguments,
            state: Some(scene.tools.state()),
            answers: answers.as_object().unwrap().clone(),
        }),
    }];
    let played = scene.play(vec![vec![words("Deleted."), Event::End]]);
    assert_eq!(played.called, [r#"! delete_task {"id":"7"}"#]);
    assert_eq!(played.heard, ["> delete_task", "+ delete_task", "Deleted."]);
    assert_eq!(played.given[0].messages.len(), 3);
    let Message::Tool(result) = &played.given[0].messages[2] else { panic!() };
    assert!(!result.failed && result.content.contains("milk"));
}

#[test]
fn an_unknown_tool_and_broken_arguments_are_told_to_the_model() {
    let played = Scene::saying("x").play(vec![vec![
        call("a", "drop_tables", "{}"),
        call("b", "add_task", "{"),
        call("c", "add_task", r#"{"title":"a\u0000"}"#),
        Event::End,
    ]]);
    let finished = played.result.unwrap();
    assert_eq!(played.called, Vec::<String>::new());
    assert!(
        finished.steps[0]
            .calls
            .iter()
            .all(|call| call.outcome.as_ref().is_some_and(|outcome| outcome.failed))
    );
}

#[test]
fn calls_with_an_id_that_was_used_before_get_one_of_their_own() {
    let add = || vec![call("call_0", "add_task", "{}"), Event::End];
    let finished = Scene::saying("x").play(vec![add(), add()]).result.unwrap();
    assert_eq!(finished.steps[0].calls[0].id, "call_0");
    assert_ne!(finished.steps[1].calls[0].id, "call_0");
}

#[test]
fn a_model_that_never_ends_is_stopped_with_a_sentence() {
    let mut scene = Scene::saying("x");
    scene.begin.limits = Limits { model_turns: 3, tool_calls: 2, ..Limits::default() };
    let list = || vec![call("", "list_tasks", "{}"), Event::End];
    let played = scene.play(vec![list(), list(), list(), list()]);
    let finished = played.result.unwrap();
    assert_eq!((played.given.len(), played.called.len(), finished.cost.tool_calls), (3, 2, 3));
    assert!(finished.reply.starts_with("I stopped here"), "{}", finished.reply);
}

#[test]
fn a_failure_before_anything_changed_is_no_answer() {
    for (last, error) in [
        (Event::Failed(ModelError::Unavailable(7)), TurnError::ModelUnavailable(7)),
        (Event::Failed(ModelError::Refused("key".into())), TurnError::ModelRefused),
        (Event::Failed(ModelError::Garbled("x".into())), TurnError::ModelGarbled),
        // The stream ends without a last event.
        (words("…"), TurnError::ModelGarbled),
    ] {
        let played = Scene::saying("x")
            .play(vec![vec![call("a", "list_tasks", "{}"), Event::End], vec![words("So"), last]]);
        let failed = played.result.unwrap_err();
        assert_eq!((failed.error, failed.cost.model_turns), (error, 2));
    }
}

#[test]
fn a_failure_after_a_change_is_an_answer_that_says_what_is_missing() {
    let played = Scene::saying("x").play(vec![
        vec![call("a", "add_task", "{}"), Event::End],
        vec![words("Ad"), Event::Failed(ModelError::Unavailable(7))],
    ]);
    let finished = played.result.unwrap();
    assert_eq!(finished.reply, format!("Ad\n\n{}", TurnError::ModelUnavailable(7).sentence()));
    assert_eq!(played.heard.concat(), format!("> add_task+ add_task{}", finished.reply));
    let said: Vec<&str> = finished.steps.iter().map(|step| step.text.as_str()).collect();
    assert_eq!(said, ["", "Ad", TurnError::ModelUnavailable(7).sentence()]);
}

#[test]
fn a_failed_listing_and_a_passed_deadline_are_no_answer() {
    let mut scene = Scene::saying("x");
    scene.tools.are_down = true;
    assert_eq!(scene.play(vec![]).result.unwrap_err().error, TurnError::ToolsUnavailable(9));

    struct Silent;
    struct Never;
    impl Model for Silent {
        type Answer = Never;
        async fn respond(&self, _: Turn) -> Never {
            Never
        }
    }
    impl Answer for Never {
        async fn next(&mut self) -> Option<Event> {
            pending().await
        }
    }
    let Scene { begin, tools, lease, .. } = Scene::saying("x");
    let late = Deadline::when(ready(()));
    let failed = block_on(run(begin, &Silent, &tools, &mut Notes::default(), &lease, &late)).unwrap_err();
    assert_eq!(failed.error, TurnError::TimeIsUp);
}
