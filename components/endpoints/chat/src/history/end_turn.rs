//! Ending a turn, with an answer or without one.

use endpoint::{Kind, Problem};
use serde_json::Value;
use user_database::{Parameter, Statement, UserDatabase, columns, parameters, statement};

use super::{QUESTION_SECONDS, TurnKey, bigint, integer, jsonb, problem, text, uuid};
use crate::thread_items::NewItem;
use crate::turn::{Cost, TurnOutput};
use crate::turn_log::Event;

parameters! {
    struct EndTurn {
        conversation_id, turn_id, answer_id, state, if_lost, last_number, events, text, steps, question, calls, question_seconds,
        items, model, model_turns, tool_calls, input_tokens, output_tokens
    }
}

columns! {
    struct EndedTurn { created_at: String }
}

const STATEMENT: Statement<EndTurn, EndedTurn> = statement!("todo.conversations", "end_turn.sql");

/// What is told where the conversation is no longer the turn's.
pub const TAKEN_AWAY: &str = "The conversation was deleted, or taken over by another message, before this one was answered. What the \
                              assistant did stays, but its answer is not kept.";

/// How a turn ends.
pub struct Ending<'a> {
    /// What it is known by.
    pub key: TurnKey,
    /// The answer with what is shown beside it; without one the person's message stays alone.
    pub answer: Option<(&'a TurnOutput, &'a [NewItem])>,
    /// What it cost.
    pub cost: Cost,
    /// Who answered.
    pub model: &'a str,
    /// The events that are not stored yet, and last how it ended.
    pub events: &'a [Event],
    /// It is ended by somebody else, since nobody holds it any more.
    pub if_lost: bool,
}

/// Ends a turn. Answers when that was, as RFC 3339 has it. A second time changes nothing.
///
/// # Errors
/// 409 when the turn is no longer the conversation's; 503 when the database is out of reach. Then nothing was stored.
pub async fn end_turn(database: &UserDatabase, ending: &Ending<'_>) -> Result<String, Problem> {
    let Ending { key, answer, cost, .. } = ending;
    let state = match answer {
        None => "failed",
        Some((output, _)) if output.is_cancelled => "cancelled",
        Some(_) => "answered",
    };
    let question = answer.and_then(|(output, _)| output.question.as_ref());
    let parameters = EndTurn {
        conversation_id: uuid(key.conversation),
        turn_id: uuid(key.turn),
        answer_id: uuid(key.answer),
        state: text(state),
        if_lost: Parameter::Boolean(ending.if_lost),
        last_number: Parameter::Int32(ending.events.last().map_or(0, |event| event.number)),
        events: jsonb(&ending.events),
        text: text(answer.map_or("", |(output, _)| output.reply.as_str())),
        steps: answer.map_or_else(|| jsonb(&Value::Array(Vec::new())), |(output, _)| jsonb(&output.steps)),
        question: question.map_or(Parameter::DbNull, |question| jsonb(&question.as_said())),
        calls: question.map_or(Parameter::DbNull, |question| jsonb(&question.calls)),
        question_seconds: Parameter::Floating64(QUESTION_SECONDS),
        items: match answer {
            Some((_, items)) if !items.is_empty() => jsonb(items),
            _ => Parameter::DbNull,
        },
        model: text(ending.model),
        model_turns: integer(cost.model_turns),
        tool_calls: integer(cost.tool_calls),
        input_tokens: bigint(cost.input_tokens),
        output_tokens: bigint(cost.output_tokens),
    };
    let row = database.at_most_one(&STATEMENT, parameters).await.map_err(problem)?;
    row.map(|row| row.created_at).ok_or_else(|| Problem::with_detail(Kind::ConversationBusy, TAKEN_AWAY))
}
