//! Ending a turn whose process has died: whoever comes next does.

use endpoint::{Kind, Problem};
use serde_json::{Map, Value};
use user_database::UserDatabase;
use uuid::Uuid;

use super::event::{Event, EventName};
use crate::history::{Ending, TurnKey, end_turn, read_turn};
use crate::messages::Answer;
use crate::transcript::{Call, Outcome, Step};
use crate::turn::{Cost, TurnOutput};

/// What was said last may have had numbers that were not stored any more: those are left out, so that none means two things.
const LEFT_OUT_NUMBERS: i32 = 1_000_000;
/// When a message without an answer can be sent again, in seconds.
const RETRY_AFTER_SECONDS: u32 = 1;

const NOT_KNOWN: &str = "There was no answer any more. It is not known whether this was done.";
const CUT_OFF: &str =
    "Here I was cut off: what ran me has ended. What was done so far stays; the rest was not done.";
const CUT_OFF_IN_A_CALL: &str = "Here I was cut off: what ran me has ended. What was done so far stays; whether the last step was \
                                 done is not known, so look before you say it again.";
const NO_ANSWER: &str =
    "What was answering this message has ended. Your message is kept and nothing was changed: send it again.";

/// Ends a turn that nobody holds any more. Where calls had begun there is an answer that says so; otherwise the person's message stays
/// alone. Does nothing where it has ended meanwhile, or is held again.
///
/// # Errors
/// 404 when the user has no such conversation; 503 when the database is out of reach.
pub async fn end_lost_turn(database: &UserDatabase, conversation: Uuid, turn: Uuid) -> Result<(), Problem> {
    let found = read_turn(database, conversation, Some(turn), 0).await?;
    let (key, events) = match found {
        Some(found) => (found.key, found.events),
        // Of a release that kept no turns.
        None => (TurnKey { conversation, message: turn, turn, answer: Uuid::now_v7() }, Vec::new()),
    };
    let output = cut_off(&events);
    let number = events.last().map_or(0, |event| event.number).saturating_add(LEFT_OUT_NUMBERS);
    let last = match &output {
        Some(output) => Event { number, name: EventName::Done, data: Answer::new(key, output).to_value() },
        None => Event { number, name: EventName::Error, data: problem_data() },
    };
    let ending = Ending {
        key,
        answer: output.as_ref().map(|output| (output, &[][..])),
        cost: Cost::default(),
        model: "",
        events: &[last],
        if_lost: true,
    };
    match end_turn(database, &ending).await {
        // Somebody else was faster.
        Err(problem) if problem.kind == Kind::ConversationBusy => Ok(()),
        ended => ended.map(drop),
    }
}

fn problem_data() -> Value {
    let problem = Problem::with_detail(Kind::Unavailable, NO_ANSWER).retry_after(RETRY_AFTER_SECONDS);
    serde_json::to_value(problem.body()).unwrap_or_default()
}

/// The answer as far as it had come; `None` where no call had begun.
fn cut_off(events: &[Event]) -> Option<TurnOutput> {
    let text =
        |event: &Event, member: &str| event.data.get(member).and_then(Value::as_str).map(str::to_owned);
    let mut reply = String::new();
    let mut calls: Vec<Call> = Vec::new();
    for event in events {
        match event.name {
            EventName::Delta => reply.push_str(&text(event, "text").unwrap_or_default()),
            EventName::ToolCall => calls.push(Call {
                id: text(event, "id").unwrap_or_default(),
                name: text(event, "name").unwrap_or_default(),
                arguments: event
                    .data
                    .get("arguments")
                    .and_then(Value::as_object)
                    .cloned()
                    .unwrap_or_else(Map::new),
                outcome: None,
                wording: event
                    .data
                    .get("wording")
                    .and_then(|wording| serde_json::from_value(wording.clone()).ok()),
            }),
            EventName::ToolResult => {
                let id = text(event, "id");
                if let Some(call) = calls.iter_mut().find(|call| Some(&call.id) == id.as_ref()) {
                    let failed = event.data.get("failed").is_some_and(|failed| *failed == true);
                    let content = event.data.get("content").cloned().unwrap_or_default();
                    call.outcome = Some(Outcome { failed, content });
                }
            }
            _ => {}
        }
    }
    if calls.is_empty() {
        return None;
    }
    let is_in_a_call = calls.iter().any(|call| call.outcome.is_none());
    for call in &mut calls {
        call.outcome.get_or_insert_with(|| Outcome::failure(NOT_KNOWN));
    }
    let sentence = if is_in_a_call { CUT_OFF_IN_A_CALL } else { CUT_OFF };
    let said = Step { text: reply.clone(), calls };
    if !reply.is_empty() {
        reply.push_str("\n\n");
    }
    reply.push_str(sentence);
    let steps = vec![said, Step { text: sentence.to_owned(), calls: Vec::new() }];
    Some(TurnOutput { reply, steps, question: None, is_cancelled: false, cost: Cost::default() })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn event(number: i32, name: EventName, data: Value) -> Event {
        Event { number, name, data }
    }

    #[test]
    fn without_a_call_there_is_no_answer() {
        assert_eq!(cut_off(&[]), None);
        assert_eq!(cut_off(&[event(1, EventName::Delta, json!({"text": "So "}))]), None);
    }

    #[test]
    fn what_was_done_is_told_and_what_is_not_known_is_said_not_to_be() {
        let mut events = vec![
            event(1, EventName::Delta, json!({"text": "One moment."})),
            event(
                2,
                EventName::ToolCall,
                json!({"id": "a", "name": "add_task", "arguments": {"title": "milk"}}),
            ),
            event(
                3,
                EventName::ToolResult,
                json!({"id": "a", "name": "add_task", "failed": false, "content": {"id": "7"}}),
            ),
        ];
        let output = cut_off(&events).unwrap();
        assert_eq!(output.reply, format!("One moment.\n\n{CUT_OFF}"));
        assert_eq!(output.steps[0].calls[0].outcome.as_ref().unwrap().content, json!({"id": "7"}));
        events.push(event(4, EventName::ToolCall, json!({"id": "b", "name": "add_task", "arguments": {}})));
        let output = cut_off(&events).unwrap();
        assert!(output.reply.ends_with(CUT_OFF_IN_A_CALL));
        assert!(output.steps[0].calls[1].outcome.as_ref().unwrap().failed);
    }
}
