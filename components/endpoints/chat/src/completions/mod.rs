//! `/v1/chat/completions` and `/v1/models`: the assistant for clients of OpenAI's Chat Completions, onto the same conversations and the
//! same turns as `/api/v1/chat`.
//!
//! Such a client sends all that was said with every message. The conversation that it goes on with is found by those words
//! ([`continued`]), so that tool calls, questions and undo are known there; what was said elsewhere is read as words.

mod answer;
mod chunks;
mod continued;
mod error;
mod models;
mod request;

pub use models::{get as get_model, list as list_models};

use endpoint::{Context, Problem, Request, Response, body};
use http::StatusCode;

use crate::messages::{Asking, Finished, Message, Sending, TakenMessage, TurnJob, run_unheard, take_message};
use crate::session::Session;
use crate::settings::Settings;
use answer::{ChatCompletion, CompletionId};
use chunks::Chunks;
use error::with_error;
use request::Completion;

/// The assistant's name among models.
pub const MODEL: &str = "todo-assistant";

const JSON: &str = "application/json";
/// Where messages are sent.
const PATH: &str = "/v1/chat/completions";

/// Answers the last of these messages, whole or as it is made.
///
/// # Errors
/// As `POST /api/v1/chat`, each with a member `error` as clients of OpenAI read it.
pub async fn post(context: &Context, request: Request) -> Result<Response, Problem> {
    complete(context, request).await.map_err(|problem| with_error(problem, context))
}

async fn complete(context: &Context, request: Request) -> Result<Response, Problem> {
    let (parts, content) = request.into_parts();
    let session = Session::open(context, &parts.headers).await?;
    let content = body::read(&parts.headers, content, &[JSON]).await?;
    let settings = Settings::load().await?;
    let asked = Completion::read(&content, &settings.limits)?;
    let settings = settings.for_answer(asked.is_streamed);
    session.count_message().await?;
    let message_key = session.message_key(|| asked.fingerprint());
    let is_kept = message_key.is_some();
    let (conversation, unknown) = match asked.conversation {
        Some(conversation) => (Some(conversation), 0),
        None => continued::find(&session, &asked.earlier).await?,
    };
    let Completion { is_streamed, includes_usage, mut earlier, text, .. } = asked;
    earlier.truncate(unknown);
    let message = Message::new(text, conversation);
    let sending = Sending { message, message_key, earlier, path: PATH };
    let created = session.caller.now / 1_000_000;
    match (take_message(&session, settings, sending).await?, is_streamed) {
        (TakenMessage::New(job), true) => {
            let id = CompletionId { key: job.key, created };
            Ok(stream(context, *job, id, includes_usage, !is_kept))
        }
        (TakenMessage::New(job), false) => {
            let Finished { key, output, .. } = run_unheard(*job).await?;
            let id = CompletionId { key, created };
            body::json(StatusCode::OK, &ChatCompletion::new(id, &output.reply, Some(output.cost)))
        }
        (TakenMessage::Before(key), true) => {
            Ok(stream_again(Asking::new(&session), CompletionId { key, created }))
        }
        (TakenMessage::Before(key), false) => {
            let answer = Asking::new(&session).answer_when_over(key, settings.limits.seconds).await?;
            let id = CompletionId { key, created };
            body::json(StatusCode::OK, &ChatCompletion::new(id, answer.reply(), None))
        }
    }
}

/// Answers in chunks. The turn runs as a task of its own; where nothing is kept for the client to come back to, it ends before its
/// next call once the client has closed the stream.
fn stream(
    context: &Context,
    job: TurnJob,
    id: CompletionId,
    includes_usage: bool,
    ends_by_leaving: bool,
) -> Response {
    let (mut chunks, response) = Chunks::new(id);
    chunks.ends_turn_by_leaving(ends_by_leaving);
    let request_id = context.request_id.clone();
    spin_sdk::wasip3::spawn(async move {
        match job.run(&mut chunks).await {
            Ok(Finished { output, .. }) => chunks.finish(includes_usage.then_some(output.cost)),
            Err(problem) => {
                let kind = problem.kind.name();
                log::warn!(request_id = request_id.as_str(), problem = kind; "{}", problem.sentence());
                chunks.fail(&problem, &request_id);
            }
        }
    });
    response
}

/// Tells a turn again that was taken before, wherever it runs.
fn stream_again(asking: Asking, id: CompletionId) -> Response {
    let (mut chunks, response) = Chunks::new(id);
    spin_sdk::wasip3::spawn(async move {
        match asking.tell_again(id.key, &mut chunks).await {
            Ok(answer) => chunks.finish_with(answer.reply()),
            Err(problem) => chunks.fail(&problem, &asking.request_id),
        }
    });
    response
}
