//! An event of a turn.

use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

/// An event of a turn, as it is stored and as clients of REST get it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Its number within the turn, from 1 on.
    pub number: i32,
    /// What happened.
    pub name: EventName,
    /// About what.
    pub data: Value,
}

/// What can happen in a turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EventName {
    /// It begins: the ids.
    Conversation,
    /// More words.
    Delta,
    /// A call begins.
    ToolCall,
    /// A call has ended.
    ToolResult,
    /// The person is asked.
    Confirmation,
    /// The whole answer, once it is stored.
    Done,
    /// There is no answer.
    Error,
}

impl EventName {
    /// As it stands in a stream.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Conversation => "conversation",
            Self::Delta => "delta",
            Self::ToolCall => "tool_call",
            Self::ToolResult => "tool_result",
            Self::Confirmation => "confirmation",
            Self::Done => "done",
            Self::Error => "error",
        }
    }
}

/// Where a client has stopped reading: which turn, and which of its events was the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EventId {
    /// The turn.
    pub turn: Uuid,
    /// The event's number.
    pub number: i32,
}

/// The number of an event that is told after all that are kept.
pub const LAST_NUMBER: i32 = 999_999_999;

impl EventId {
    /// Reads an id; `None` where it is none.
    pub fn read(text: &str) -> Option<Self> {
        let (turn, number) = text.split_once('.')?;
        let is_hex = turn.len() == 32 && turn.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        let is_number = (1..=9).contains(&number.len()) && number.bytes().all(|byte| byte.is_ascii_digit());
        if !is_hex || !is_number {
            return None;
        }
        Some(Self { turn: Uuid::try_parse(turn).ok()?, number: number.parse().ok()? })
    }
}

impl std::fmt::Display for EventId {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}.{}", self.turn.simple(), self.number)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_read_as_it_is_written() {
        let id = EventId { turn: Uuid::from_u128(7), number: 12 };
        assert_eq!(EventId::read(&id.to_string()), Some(id));
        for wrong in
            ["", ".", "7.1", "0192d4e07b1a7c3e8f00000000000001", "0192d4e07b1a7c3e8f00000000000001.", "x.1"]
        {
            assert_eq!(EventId::read(wrong), None, "{wrong}");
        }
        for wrong in ["-1", "+1", "1.1", "99999999999", "1 "] {
            assert_eq!(EventId::read(&format!("0192d4e07b1a7c3e8f00000000000001.{wrong}")), None, "{wrong}");
        }
    }

    #[test]
    fn a_name_is_stored_as_it_stands_in_a_stream() {
        for name in [EventName::Conversation, EventName::ToolCall, EventName::ToolResult, EventName::Done] {
            assert_eq!(serde_json::to_value(name).unwrap(), name.as_str());
        }
    }
}
