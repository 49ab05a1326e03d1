//! `POST /chatkit`: ChatKit's server protocol, onto the same conversations and the same turns as `/api/v1/chat`.
//!
//! A thread is a conversation; its items are messages and what is shown beside them ([`crate::thread_items`]). What can't be done
//! is a problem before the first byte, and an `error` event after it.

mod actions;
mod again;
mod attachments;
mod feedback;
mod import;
mod import_action;
mod items;
mod read;
mod render;
mod respond;
mod retry;
mod stream;
mod structured_input;
mod threads;
mod transcribe;
mod turn_events;
mod user_message;
mod widgets;

pub use attachments::upload;

use crate::session::Session;
use chatkit_protocol::Request as ChatKitRequest;
use endpoint::{Context, Problem, Request, Response, body};

const JSON: &str = "application/json";

/// Answers a request of the protocol.
///
/// # Errors
/// 4xx or 5xx where it can't be done: then nothing is stored.
pub async fn post(context: &Context, request: Request) -> Result<Response, Problem> {
    let (parts, content) = request.into_parts();
    let session = Session::open(context, &parts.headers).await?;
    let content = body::read(&parts.headers, content, &[JSON]).await?;
    let (request, metadata) = read::request(&content)?;
    if is_message(&request) {
        session.count_message().await?
    } else {
        session.count_call().await?
    }
    match request {
        ChatKitRequest::ThreadsCreate(params) => respond::create(session, params).await,
        ChatKitRequest::ThreadsAddUserMessage(params) => respond::add_user_message(session, params).await,
        ChatKitRequest::ThreadsAddStructuredInput(params) => structured_input::add(session, params).await,
        ChatKitRequest::ThreadsAddClientToolOutput(params) => {
            threads::refuse_client_tool_output(&session, &params).await
        }
        ChatKitRequest::ThreadsRetryAfterItem(params) => retry::retry(session, params).await,
        ChatKitRequest::ThreadsCustomAction(params) => actions::stream(session, params).await,
        ChatKitRequest::ThreadsSyncCustomAction(params) => actions::answer(session, params).await,
        ChatKitRequest::ThreadsGetById(params) => threads::get(&session, &params).await,
        ChatKitRequest::ThreadsList(params) => threads::list(&session, &params, &metadata).await,
        ChatKitRequest::ItemsList(params) => items::list(&session, &params).await,
        ChatKitRequest::ItemsFeedback(params) => feedback::store(&session, params).await,
        ChatKitRequest::ThreadsUpdate(params) => threads::update(&session, &params).await,
        ChatKitRequest::ThreadsDelete(params) => threads::delete(&session, &params).await,
        ChatKitRequest::AttachmentsCreate(params) => attachments::create(&session, &params).await,
        ChatKitRequest::AttachmentsDelete(params) => attachments::delete(&session, &params).await,
        ChatKitRequest::InputTranscribe(params) => transcribe::transcribe(&params).await,
    }
}

/// Whether the assistant answers it, or a provider is paid for it.
const fn is_message(request: &ChatKitRequest) -> bool {
    matches!(
        request,
        ChatKitRequest::ThreadsCreate(_)
            | ChatKitRequest::ThreadsAddUserMessage(_)
            | ChatKitRequest::ThreadsAddStructuredInput(_)
            | ChatKitRequest::ThreadsRetryAfterItem(_)
            | ChatKitRequest::InputTranscribe(_)
    )
}
