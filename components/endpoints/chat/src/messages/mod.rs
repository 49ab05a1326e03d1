//! `POST /api/v1/chat`: a message in, an answer out, whole or as it is made.

mod answer;
mod confirmation;
mod events;
mod replay;
mod request;
pub mod title;
mod turn_job;

pub use answer::{Answer, ToolCall, tool_calls};
pub use confirmation::Confirmation;
pub use replay::{Asking, stream as stream_turn};
pub use turn_job::{Finished, TurnJob, store_answer};

use endpoint::sse::EVENT_STREAM;
use endpoint::{Context, Kind, Problem, Request, Response, accept, body};
use futures_channel::oneshot;
use http::StatusCode;
use spawned_tasks::with_spawned;
use user_database::UserDatabase;

use crate::history::{self, MessageKey, Opened, Opening, Sent, Taken, TurnKey};
use crate::settings::Settings;
use crate::tools::Client;
use crate::transcript::{TranscriptMessage, prune};
use crate::turn::{Limits, TurnInput};
use crate::turn_log::Unheard;
use request::Message;

const JSON: &str = "application/json";
/// Where messages are sent.
const PATH: &str = "/api/v1/chat";
/// What a user's messages are counted as, in all conversations together.
pub const COUNTED_AS: &str = "chat";

/// Answers a message. Sent again with the same `Idempotency-Key`, it is the same turn.
///
/// # Errors
/// 4xx when the message can't be taken; 502, 503 or 504 when there is no answer. Then nothing but the message is stored.
pub async fn post(context: &Context, request: Request) -> Result<Response, Problem> {
    let (parts, content) = request.into_parts();
    let principal = endpoint::authenticate(context, &parts.headers, Some("chat")).await?;
    let caller = endpoint::caller(context, &principal, &parts.headers)?;
    let media_type = accept::negotiate(&parts.headers, &[JSON, EVENT_STREAM])?;
    let content = body::read(&parts.headers, content, &[JSON]).await?;
    let Settings { model, mut limits, quota } = Settings::load().await?;
    if media_type == JSON {
        limits.seconds = limits.seconds.min(limits.unstreamed_seconds);
    }
    let message = Message::read(&content, &limits)?;
    call_budget::take_call(&caller.user_id, &caller.request_id, COUNTED_AS, quota.messages_per_minute)
        .await?;

    let tools = Client::new(context, &parts.headers, principal, &caller).await?;
    let database = UserDatabase::open(&caller.user_id, &caller.request_id).await.map_err(history::problem)?;
    let key = caller.idempotency_key.clone();
    let message_key = key.map(|key| MessageKey { key, fingerprint: message.fingerprint() });
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
    let (key, opened) = match taken {
        Taken::New { key, opened, .. } => (key, opened),
        Taken::Before(earlier) => {
            let (user_id, request_id) = (caller.user_id.clone(), caller.request_id.clone());
            let asking = Asking { user_id, request_id, path: PATH.to_owned() };
            let key = earlier.key;
            return if media_type == EVENT_STREAM {
                Ok(replay::stream(asking, (key.conversation, key.turn), 0))
            } else {
                replay::whole(asking, key, limits.seconds).await
            };
        }
    };
    let work = TurnJob {
        user_id: caller.user_id.clone(),
        key,
        model,
        tools,
        begin: begin(opened, message.text, caller.now, caller.time_zone, limits),
        path: PATH,
    };
    if media_type == EVENT_STREAM { Ok(stream(context, work)) } else { whole(work).await }
}

/// What a turn begins with.
pub fn begin(opened: Opened, text: String, now: i64, time_zone: String, limits: Limits) -> TurnInput {
    let characters = usize::try_from(limits.history_characters).unwrap_or(usize::MAX);
    let exchanges = usize::try_from(limits.history_exchanges).unwrap_or(usize::MAX);
    TurnInput {
        history: prune(opened.history, characters, exchanges),
        message: TranscriptMessage::by_user(opened.kind, text),
        confirmed: opened.confirmed,
        now,
        time_zone,
        limits,
    }
}

async fn whole(work: TurnJob) -> Result<Response, Problem> {
    let Finished { key, output, .. } = detached(async move { work.run(&mut Unheard).await }).await?;
    body::json(StatusCode::OK, &Answer::new(key, &output))
}

/// Runs something as a task of its own, so that it comes to its end when the client goes away.
///
/// # Errors
/// What it fails with.
pub async fn detached<T: 'static>(
    work: impl Future<Output = Result<T, Problem>> + 'static,
) -> Result<T, Problem> {
    let (done, answer) = oneshot::channel();
    spin_sdk::wasip3::spawn(async move {
        // Nobody may be waiting any more.
        let _ = done.send(work.await);
    });
    with_spawned(answer).await.unwrap_or_else(|oneshot::Canceled| Err(Problem::new(Kind::InternalError)))
}

fn stream(context: &Context, work: TurnJob) -> Response {
    let (mut events, response) = events::channel(work.key.turn);
    let request_id = context.request_id.clone();
    spin_sdk::wasip3::spawn(async move {
        if let Err(problem) = work.run(&mut events).await {
            let kind = problem.kind.name();
            log::warn!(request_id = request_id.as_str(), problem = kind; "{}", problem.sentence());
        }
    });
    response
}
