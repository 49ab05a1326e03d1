//! A message that somebody sends, taken up to where it is to be answered.

use endpoint::Problem;

use super::{Message, TurnJob, begin, title};
use crate::history::{self, MessageKey, Opening, Sent, Taken, TurnKey};
use crate::session::Session;
use crate::settings::Settings;
use crate::transcript::TranscriptMessage;

/// A message on its way into a conversation.
pub struct Sending {
    /// The message.
    pub message: Message,
    /// What its client calls it.
    pub message_key: Option<MessageKey>,
    /// What was said before that is in no conversation here.
    pub earlier: Vec<TranscriptMessage>,
    /// Where it was sent.
    pub path: &'static str,
}

/// A message that was taken.
pub enum TakenMessage {
    /// It is to be answered.
    New(Box<TurnJob>),
    /// It was taken before: what its turn is known by.
    Before(TurnKey),
}

/// Takes a message.
///
/// # Errors
/// As [`history::take_turn`], and 503 where the app is not set up.
pub async fn take_message(
    session: &Session<'_>,
    settings: Settings,
    sending: Sending,
) -> Result<TakenMessage, Problem> {
    let Settings { model, limits, quota } = settings;
    let Sending { message, message_key, earlier, path } = sending;
    let tools = session.tools().await?;
    let database = session.database().await?;
    let opening = Opening {
        key: TurnKey::new(message.conversation),
        is_new: message.conversation.is_none(),
        text: &message.text,
        title: &title::from_message(&message.text),
        reply: message.reply,
        must_answer: message.must_answer,
        // The database counts the JSON as well, so it reads some more than the model gets.
        history_characters: u64::from(limits.history_characters) * 2,
        quota: quota.with_model(model),
        sent: Sent::default(),
        message_key: message_key.as_ref(),
    };
    let taken = history::take_turn(&database, &opening).await?;
    // What follows may take long: no connection is held meanwhile.
    drop(database);
    let (key, mut opened) = match taken {
        Taken::New { key, opened, .. } => (key, opened),
        Taken::Before(turn) => return Ok(TakenMessage::Before(turn.key)),
    };
    opened.history.splice(..0, earlier);
    let (now, time_zone) = (session.caller.now, session.caller.time_zone.clone());
    Ok(TakenMessage::New(Box::new(TurnJob {
        user_id: session.caller.user_id.clone(),
        key,
        model,
        tools,
        begin: begin(opened, message.text, now, time_zone, limits),
        path,
    })))
}
