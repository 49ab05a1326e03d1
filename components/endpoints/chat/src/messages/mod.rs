//! `POST /api/v1/chat`: a message in, an answer out, whole or as it is made.

mod answer;
mod confirmation;
mod events;
mod replay;
mod request;
mod take_message;
pub mod title;
mod turn_job;

pub use answer::{Answer, ToolCall, tool_calls};
pub use confirmation::Confirmation;
pub use events::{KEEP_ALIVE_INTERVAL, sentence};
pub use replay::{Asking, stream as stream_turn};
pub use request::{Message, NO_NUL, check_text};
pub use take_message::{Sending, TakenMessage, take_message};
pub use turn_job::{Finished, TurnJob, store_answer};

use endpoint::sse::EVENT_STREAM;
use endpoint::{Context, Kind, Problem, Request, Response, accept, body};
use futures_channel::oneshot;
use http::StatusCode;
use spawned_tasks::with_spawned;

use crate::history::Opened;
use crate::session::Session;
use crate::settings::Settings;
use crate::transcript::{TranscriptMessage, prune};
use crate::turn::{Limits, TurnInput};
use crate::turn_log::Unheard;

const JSON: &str = "application/json";
/// Where messages are sent.
const PATH: &str = "/api/v1/chat";

/// Answers a message. Sent again with the same `Idempotency-Key`, it is the same turn.
///
/// # Errors
/// 4xx when the message can't be taken; 502, 503 or 504 when there is no answer. Then nothing but the message is stored.
pub async fn post(context: &Context, request: Request) -> Result<Response, Problem> {
    let (parts, content) = request.into_parts();
    let session = Session::open(context, &parts.headers).await?;
    let media_type = accept::negotiate(&parts.headers, &[JSON, EVENT_STREAM])?;
    let content = body::read(&parts.headers, content, &[JSON]).await?;
    let is_streamed = media_type == EVENT_STREAM;
    let settings = Settings::load().await?.for_answer(is_streamed);
    let message = Message::read(&content, &settings.limits)?;
    session.count_message().await?;
    let message_key = session.message_key(|| message.fingerprint());
    let sending = Sending { message, message_key, earlier: Vec::new(), path: PATH };
    match (take_message(&session, settings, sending).await?, is_streamed) {
        (TakenMessage::New(job), true) => Ok(stream(context, *job)),
        (TakenMessage::New(job), false) => {
            let Finished { key, output, .. } = run_unheard(*job).await?;
            body::json(StatusCode::OK, &Answer::new(key, &output))
        }
        (TakenMessage::Before(key), true) => {
            Ok(replay::stream(Asking::new(&session), (key.conversation, key.turn), 0))
        }
        (TakenMessage::Before(key), false) => {
            let answer = Asking::new(&session).answer_when_over(key, settings.limits.seconds).await?;
            body::json(StatusCode::OK, &answer)
        }
    }
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

/// Answers a message that nobody listens to meanwhile, to its end even when the client goes away.
///
/// # Errors
/// As [`TurnJob::run`].
pub async fn run_unheard(job: TurnJob) -> Result<Finished, Problem> {
    detached(async move { job.run(&mut Unheard).await }).await
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
