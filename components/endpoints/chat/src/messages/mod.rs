//! `POST /api/v1/chat`: a message in, an answer out, whole or as it is made.

mod answer;
mod confirmation;
mod events;
mod request;
pub mod title;
mod turn_job;

pub use answer::{ToolCall, tool_calls};
pub use confirmation::Confirmation;
pub use turn_job::{Finished, TurnJob, store_answer};

use endpoint::sse::EVENT_STREAM;
use endpoint::{Context, Kind, Problem, Request, Response, accept, body};
use futures_channel::oneshot;
use http::StatusCode;
use spawned_tasks::with_spawned;
use user_database::UserDatabase;
use uuid::Uuid;

use crate::history::{self, Opened, Opening, Sent, TurnKey};
use crate::settings::Settings;
use crate::tools::Client;
use crate::transcript::{TranscriptMessage, prune};
use crate::turn::{Limits, TurnInput};
use answer::Answer;
use events::Events;
use request::Message;

const JSON: &str = "application/json";
/// What a user's messages are counted as, in all conversations together.
pub const COUNTED_AS: &str = "chat";
/// The turn is the conversation's for as long as it may take and a little longer, in seconds.
pub const MARGIN_SECONDS: u32 = 30;

/// Answers a message.
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

    let database = UserDatabase::open(&caller.user_id, &caller.request_id).await.map_err(history::problem)?;
    let key = TurnKey {
        conversation: message.conversation.unwrap_or_else(Uuid::now_v7),
        turn: Uuid::now_v7(),
        answer: Uuid::now_v7(),
    };
    let opening = Opening {
        key,
        is_new: message.conversation.is_none(),
        text: &message.text,
        title: &title::from_message(&message.text),
        reply: message.reply,
        must_answer: message.must_answer,
        seconds: f64::from(limits.seconds + MARGIN_SECONDS),
        // The database counts the JSON as well, so it reads some more than the model gets.
        history_characters: u64::from(limits.history_characters) * 2,
        quota: quota.with_model(model),
        sent: Sent::default(),
    };
    let opened = history::open_turn(&database, &opening).await?;
    // What follows may take long: no connection is held meanwhile.
    drop(database);
    let work = TurnJob {
        user_id: caller.user_id.clone(),
        key,
        model,
        tools: Client::new(context, &parts.headers, principal, &caller).await?,
        begin: begin(opened, message.text, caller.now, caller.time_zone, limits),
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
    let finished = detached(async move { work.run(&mut Events::nowhere()).await }).await?;
    body::json(StatusCode::OK, &Answer::from(finished))
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
    let (mut events, response) = events::channel();
    let (path, request_id) = (context.uri.path().to_owned(), context.request_id.clone());
    spin_sdk::wasip3::spawn(async move {
        events.conversation(work.key);
        match work.run(&mut events).await {
            Ok(finished) => events.done(&Answer::from(finished)),
            Err(problem) => {
                let kind = problem.kind.name();
                log::warn!(request_id = request_id.as_str(), problem = kind; "{}", problem.sentence());
                events.error(problem, &path, &request_id);
            }
        }
    });
    response
}
