//! Reading a turn: how it stands, and what it has said.

use endpoint::{Kind, Problem};
use user_database::{Parameter, Statement, UserDatabase, columns, parameters, statement};
use uuid::Uuid;

use super::{TurnKey, problem, uuid};
use crate::turn_log::Event;

parameters! {
    struct TurnAfter { conversation_id, turn_id, after }
}

columns! {
    struct TurnRow {
        turn_id: Option<Uuid>,
        message_id: Option<Uuid>,
        answer_id: Option<Uuid>,
        state: Option<String>,
        is_held: bool,
        is_lost: bool,
        events: Option<String>,
    }
}

const STATEMENT: Statement<TurnAfter, TurnRow> = statement!("todo.turns", "read_turn.sql");

/// How a turn stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It is answering.
    Running,
    /// It ended with an answer.
    Complete,
    /// It ended with an answer that says where the person stopped it.
    Cancelled,
    /// It ended without an answer.
    Failed,
}

impl State {
    /// The state of this name.
    pub fn from_name(name: &str) -> Self {
        match name {
            "answered" => Self::Complete,
            "cancelled" => Self::Cancelled,
            "failed" => Self::Failed,
            _ => Self::Running,
        }
    }
}

/// A turn as it stands.
pub struct TurnStanding {
    /// What it is known by.
    pub key: TurnKey,
    /// How it stands.
    pub state: State,
    /// Nobody holds it any more, and it has not ended.
    pub is_lost: bool,
    /// The events that were asked for, in their order.
    pub events: Vec<Event>,
}

/// Reads a turn of a conversation, or its newest, with its events after this number. `None` where there is none.
///
/// # Errors
/// 404 when the user has no such conversation; 503 when the database is out of reach.
pub async fn read_turn(
    database: &UserDatabase,
    conversation: Uuid,
    turn: Option<Uuid>,
    after: i32,
) -> Result<Option<TurnStanding>, Problem> {
    let parameters = TurnAfter {
        conversation_id: uuid(conversation),
        turn_id: turn.map_or(Parameter::DbNull, uuid),
        after: Parameter::Int32(after),
    };
    let row = database.at_most_one(&STATEMENT, parameters).await.map_err(problem)?;
    let row = row.ok_or_else(|| Problem::new(Kind::ConversationNotFound))?;
    let (Some(turn), Some(message), Some(answer)) = (row.turn_id, row.message_id, row.answer_id) else {
        return Ok(None);
    };
    let state = State::from_name(row.state.as_deref().unwrap_or_default());
    Ok(Some(TurnStanding {
        key: TurnKey { conversation, turn, message, answer },
        state,
        // Without its conversation it was taken over by somebody who does not know turns: then it has ended as well.
        is_lost: state == State::Running && (row.is_lost || !row.is_held),
        events: events(row.events.as_deref(), after),
    }))
}

/// The events of rows that this app has written, those after a number, each once.
fn events(text: Option<&str>, after: i32) -> Vec<Event> {
    let rows: Vec<Vec<Event>> = text
        .and_then(|text| {
            serde_json::from_str(text).inspect_err(|error| log::error!("events make no sense: {error}")).ok()
        })
        .unwrap_or_default();
    let mut events = rows.concat();
    events.sort_by_key(|event| event.number);
    events.dedup_by_key(|event| event.number);
    events.retain(|event| event.number > after);
    events
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_read_in_their_order_and_each_once() {
        let text = r#"[[{"number":4,"name":"done","data":{}}],
            [{"number":2,"name":"delta","data":{"text":"a"}},{"number":3,"name":"delta","data":{"text":"b"}}],
            [{"number":3,"name":"delta","data":{"text":"b"}}]]"#;
        let numbers = |after| events(Some(text), after).iter().map(|event| event.number).collect::<Vec<_>>();
        assert_eq!(numbers(0), [2, 3, 4]);
        assert_eq!(numbers(3), [4]);
        assert!(events(None, 0).is_empty() && events(Some("nonsense"), 0).is_empty());
    }
}
