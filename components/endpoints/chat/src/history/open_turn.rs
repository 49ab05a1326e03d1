//! Taking a message.

use endpoint::{Kind as ProblemKind, Problem};
use user_database::{Parameter, Statement, UserDatabase, columns, parameters, statement, text_array};
use uuid::Uuid;
use yes_or_no::Reply;

use super::{LEASE_SECONDS, MAX_MESSAGES, MessageKey, TurnKey, bigint, jsonb, problem, text, uuid};
use crate::quota::Quota;
use crate::transcript::{Kind, PendingCall, TranscriptMessage};

parameters! {
    struct OpenTurn {
        conversation_id, is_new, turn_id, answer_id, text, title, reply, must_answer, lease_seconds, max_messages,
        history_characters, max_conversations, daily_tokens, input, is_hidden, answers, attachments, idempotency_key, fingerprint
    }
}

columns! {
    struct OpenedTurn {
        outcome: String,
        kind: String,
        day_left: i32,
        confirmed_calls: Option<String>,
        earlier_turn: Option<Uuid>,
        history: Option<String>,
        opened_at: String,
    }
}

const STATEMENT: Statement<OpenTurn, OpenedTurn> = statement!("todo.conversations", "open_turn.sql");

/// The index that lets a key name one message.
const KEY_INDEX: &str = "turns_idempotency_key";

/// Seconds after which a conversation that is busy may be free.
const RETRY_AFTER_SECONDS: u32 = 2;

/// A message to take.
pub struct Opening<'a> {
    /// The ids of the conversation and the message.
    pub key: TurnKey,
    /// Whether the conversation is to be made.
    pub is_new: bool,
    /// The person's words.
    pub text: &'a str,
    /// The title of a new conversation.
    pub title: &'a str,
    /// What the words would mean as an answer.
    pub reply: Reply,
    /// Whether they have to be an answer.
    pub must_answer: bool,
    /// How many characters of history are read.
    pub history_characters: u64,
    /// What one person may have and use.
    pub quota: Quota,
    /// What a ChatKit client sends beside the words.
    pub sent: Sent<'a>,
    /// What the client calls the message.
    pub message_key: Option<&'a MessageKey>,
}

/// What a ChatKit client sends beside the words of a message.
#[derive(Default)]
pub struct Sent<'a> {
    /// The message as it was sent.
    pub input: Option<&'a serde_json::Value>,
    /// It is shown as the answer to a question alone.
    pub is_hidden: bool,
    /// The message whose question it has to answer.
    pub answers: Option<Uuid>,
    /// What is attached.
    pub attachments: &'a [Uuid],
}

/// A message that was taken: nobody else can speak in the conversation until the turn ends.
pub struct Opened {
    /// What the message turned out to be.
    pub kind: Kind,
    /// The calls that it confirms.
    pub confirmed: Vec<PendingCall>,
    /// What was said before, oldest first.
    pub history: Vec<TranscriptMessage>,
    /// When it was taken, as RFC 3339 has it.
    pub at: String,
}

/// What came of taking a turn.
pub enum Attempt<T> {
    /// It is taken.
    Open(T),
    /// The message was taken before, by the same key.
    Repeated,
    /// The conversation has a turn that nobody holds any more: it has to be ended first.
    Lost(Uuid),
}

/// Takes a message: stores it, settles a waiting question and reads what was said before.
///
/// # Errors
/// 404 when the user has no such conversation or attachment, 409 when it is locked, busy, full, asks nothing, or would be one too many; 429 when the
/// day's tokens are used up; 503 when the database is out of reach. Then nothing was stored.
pub async fn open_turn(database: &UserDatabase, opening: &Opening<'_>) -> Result<Attempt<Opened>, Problem> {
    let row = match database.one(&STATEMENT, parameters(opening)).await {
        // Another request with the same key was faster by a moment.
        Err(error) if error.constraint() == Some(KEY_INDEX) => return Ok(Attempt::Repeated),
        row => row.map_err(problem)?,
    };
    match (row.outcome.as_str(), row.earlier_turn) {
        ("open", _) => Ok(Attempt::Open(Opened {
            kind: Kind::from_name(&row.kind),
            confirmed: list(row.confirmed_calls),
            history: list(row.history),
            at: row.opened_at,
        })),
        ("repeated", _) => Ok(Attempt::Repeated),
        ("lost", Some(turn)) => Ok(Attempt::Lost(turn)),
        (outcome, _) => Err(refuse(outcome, opening.quota, u32::try_from(row.day_left).unwrap_or_default())),
    }
}

fn parameters(opening: &Opening<'_>) -> OpenTurn {
    let reply = match opening.reply {
        Reply::Yes => "yes",
        Reply::No => "no",
        Reply::Other => "other",
    };
    OpenTurn {
        conversation_id: uuid(opening.key.conversation),
        is_new: Parameter::Boolean(opening.is_new),
        turn_id: uuid(opening.key.turn),
        answer_id: uuid(opening.key.answer),
        text: text(opening.text),
        title: text(opening.title),
        reply: text(reply),
        must_answer: Parameter::Boolean(opening.must_answer),
        lease_seconds: Parameter::Floating64(LEASE_SECONDS),
        max_messages: Parameter::Int32(MAX_MESSAGES),
        history_characters: bigint(opening.history_characters),
        max_conversations: bigint(opening.quota.conversations.into()),
        daily_tokens: opening.quota.daily_tokens.map_or(Parameter::DbNull, |tokens| bigint(tokens.into())),
        input: opening.sent.input.map_or(Parameter::DbNull, jsonb),
        is_hidden: Parameter::Boolean(opening.sent.is_hidden),
        answers: opening.sent.answers.map_or(Parameter::DbNull, uuid),
        attachments: text_array(opening.sent.attachments.iter().map(Uuid::to_string).collect()),
        idempotency_key: opening.message_key.map_or(Parameter::DbNull, |key| text(key.key.as_str())),
        fingerprint: opening.message_key.map_or(Parameter::DbNull, MessageKey::fingerprint),
    }
}

/// Why a turn is not opened; the day has so many seconds left.
pub(super) fn refuse(outcome: &str, quota: Quota, day_left: u32) -> Problem {
    match outcome {
        "not-found" => Problem::new(ProblemKind::ConversationNotFound),
        "locked" => Problem::new(ProblemKind::ConversationLocked),
        "not-attachable" => Problem::new(ProblemKind::AttachmentNotFound),
        "no-item" => Problem::new(ProblemKind::ItemNotFound),
        "wrong-kind" => Problem::new(ProblemKind::WrongItemKind),
        "too-many" => quota.too_many_conversations(),
        "spent" => quota.daily_tokens_used(day_left),
        "full" => Problem::new(ProblemKind::ConversationFull),
        "nothing-asked" => Problem::new(ProblemKind::NothingToConfirm),
        _ => Problem::new(ProblemKind::ConversationBusy).retry_after(RETRY_AFTER_SECONDS),
    }
}

/// A list that this app has written; empty where there is none.
pub(super) fn list<T: serde::de::DeserializeOwned>(text: Option<String>) -> Vec<T> {
    text.and_then(|text| {
        serde_json::from_str(&text).inspect_err(|error| log::error!("a list makes no sense: {error}")).ok()
    })
    .unwrap_or_default()
}
