//! Storing an answer.

use endpoint::{Kind, Problem};
use user_database::{DecodeError, Parameter, Row, Statement, UserDatabase};

use super::{QUESTION_SECONDS, TurnKey, bigint, integer, jsonb, problem, text, uuid};
use crate::thread_items::NewItem;
use crate::turn::TurnOutput;

const STATEMENT: Statement =
    Statement::new("finish_turn", "todo.conversations", include_str!("finish_turn.sql"));

const LOST: &str = "The conversation was deleted or taken over by another message before this one was answered. What the \
                    assistant did stays, but its answer is not kept.";

/// Stores an answer with what is shown beside it and what it cost, and ends the turn. Answers when that was, as RFC 3339 has it. A
/// second time changes nothing.
///
/// # Errors
/// 409 when the turn is no longer the conversation's; 503 when the database is out of reach. Then nothing was stored.
pub async fn finish_turn(
    database: &UserDatabase,
    key: TurnKey,
    finished: &TurnOutput,
    items: &[NewItem],
    model: &str,
) -> Result<String, Problem> {
    let cost = &finished.cost;
    let parameters = vec![
        uuid(key.conversation),
        uuid(key.turn),
        uuid(key.answer),
        text(finished.reply.as_str()),
        jsonb(&finished.steps),
        finished.question.as_ref().map_or(Parameter::DbNull, |question| jsonb(&question.as_said())),
        Parameter::Floating64(QUESTION_SECONDS),
        // One message, one row: the same id at every attempt.
        uuid(key.answer),
        text(model),
        integer(cost.model_turns),
        integer(cost.tool_calls),
        bigint(cost.input_tokens),
        bigint(cost.output_tokens),
        finished.question.as_ref().map_or(Parameter::DbNull, |question| jsonb(&question.calls)),
        if items.is_empty() { Parameter::DbNull } else { jsonb(&items) },
    ];
    let row = database.at_most_one(&STATEMENT, parameters).await.map_err(problem)?;
    let mut row = row.ok_or_else(|| Problem::with_detail(Kind::ConversationBusy, LOST))?;
    database.decode(&STATEMENT, || created_at(&mut row)).map_err(problem)
}

fn created_at(row: &mut Row) -> Result<String, DecodeError> {
    row.read("created_at")
}
