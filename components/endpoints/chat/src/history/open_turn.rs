//! Taking a message.

use endpoint::{Kind as ProblemKind, Problem};
use user_database::{DecodeError, Parameter, Row, Statement, UserDatabase, text_array};
use uuid::Uuid;
use yes_or_no::Reply;

use super::{MAX_MESSAGES, TurnKey, bigint, jsonb, problem, text, uuid};
use crate::quota::Quota;
use crate::transcript::{Kind, PendingCall, TranscriptMessage};

const STATEMENT: Statement = Statement::new("open_turn", "todo.conversations", include_str!("open_turn.sql"));

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
    /// How long the turn may take, in seconds.
    pub seconds: f64,
    /// How many characters of history are read.
    pub history_characters: u64,
    /// What one person may have and use.
    pub quota: Quota,
    /// What a ChatKit client sends beside the words.
    pub sent: Sent<'a>,
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

/// Takes a message: stores it, settles a waiting question and reads what was said before.
///
/// # Errors
/// 404 when the user has no such conversation or attachment, 409 when it is locked, busy, full, asks nothing, or would be one too many; 429 when the
/// day's tokens are used up; 503 when the database is out of reach. Then nothing was stored.
pub async fn open_turn(database: &UserDatabase, opening: &Opening<'_>) -> Result<Opened, Problem> {
    let reply = match opening.reply {
        Reply::Yes => "yes",
        Reply::No => "no",
        Reply::Other => "other",
    };
    let parameters = vec![
        uuid(opening.key.conversation),
        Parameter::Boolean(opening.is_new),
        uuid(opening.key.turn),
        text(opening.text),
        text(opening.title),
        text(reply),
        Parameter::Boolean(opening.must_answer),
        Parameter::Floating64(opening.seconds),
        Parameter::Int32(MAX_MESSAGES),
        bigint(opening.history_characters),
        bigint(opening.quota.conversations.into()),
        opening.quota.daily_tokens.map_or(Parameter::DbNull, |tokens| bigint(tokens.into())),
        opening.sent.input.map_or(Parameter::DbNull, jsonb),
        Parameter::Boolean(opening.sent.is_hidden),
        opening.sent.answers.map_or(Parameter::DbNull, uuid),
        text_array(opening.sent.attachments.iter().map(Uuid::to_string).collect()),
    ];
    let mut row = database.one(&STATEMENT, parameters).await.map_err(problem)?;
    let (outcome, day_left, opened) = database.decode(&STATEMENT, || read(&mut row)).map_err(problem)?;
    if outcome == "open" { Ok(opened) } else { Err(refuse(&outcome, opening.quota, day_left)) }
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

/// The outcome, the seconds that the day has left, and what was opened.
fn read(row: &mut Row) -> Result<(String, u32, Opened), DecodeError> {
    let outcome = row.read("outcome")?;
    let kind = Kind::from_name(&row.read::<String>("kind")?);
    let day_left = u32::try_from(row.read::<i32>("day_left")?).unwrap_or_default();
    let confirmed = json(row, "confirmed_calls")?;
    let history = json(row, "history")?;
    Ok((outcome, day_left, Opened { kind, confirmed, history, at: row.read("opened_at")? }))
}

/// A list in JSON; empty where there is none.
pub(super) fn json<T: serde::de::DeserializeOwned>(
    row: &mut Row,
    column: &'static str,
) -> Result<Vec<T>, DecodeError> {
    let text: Option<String> = row.read(column)?;
    text.map_or_else(
        || Ok(Vec::new()),
        |text| serde_json::from_str(&text).map_err(|error| row.invalid_value(column, error.to_string())),
    )
}
