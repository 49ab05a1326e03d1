//! From a method to its result.

mod completion;
mod initialize;
mod input_requests;
mod listening_lease;
mod logging;
mod prompts;
mod request;
mod resources;
mod result;
mod session_stream;
mod skills;
mod subscriptions;
mod tasks;
mod tools;

pub(crate) use listening_lease::ListeningLease;
pub(crate) use request::{CallOutcome, Request, RequestError};
pub(crate) use session_stream::{follow_session, unseal_position};

use crate::{
    message::RpcError,
    server::{Server, TASKS},
};
use skills::SKILLS;

/// Runs a method and writes its result.
pub(crate) async fn run<S: Server>(request: &Request<'_, S>, out: &mut Vec<u8>) -> Result<(), RequestError> {
    let info = request.server.info();
    let offered = info.capabilities();
    let has_resources = offered.resources.is_some();
    let has_prompts = offered.prompts.is_some();
    match (request.method, request.revision.is_stateless()) {
        ("tools/call", _) => tools::call(request, out).await,
        ("tools/list", _) => tools::list(request, out),
        ("resources/list", _) if has_resources => resources::list(request, out).await,
        ("resources/templates/list", _) if has_resources => resources::templates(request, out),
        ("resources/read", _) if has_resources => resources::read(request, out).await,
        ("prompts/list", _) if has_prompts => prompts::list(request, out),
        ("prompts/get", _) if has_prompts => prompts::get(request, out).await,
        ("completion/complete", _) if offered.completions.is_some() => {
            completion::complete(request, out).await
        }
        ("skills/list", _) if info.offers(SKILLS) => skills::list(request, out),
        ("skills/get", _) if info.offers(SKILLS) => skills::get(request, out),
        ("resources/directory/read", _) if info.offers(SKILLS) => skills::directory(request, out),
        ("server/discover", true) => {
            out.extend_from_slice(info.discovery().as_bytes());
            Ok(())
        }
        ("subscriptions/listen", true) => subscriptions::listen(request, out).await,
        ("tasks/get", true) if info.offers(TASKS) => tasks::get(request, out).await,
        ("tasks/update", true) if info.offers(TASKS) => tasks::update(request, out).await,
        ("tasks/cancel", true) if info.offers(TASKS) => tasks::cancel(request, out).await,
        ("initialize", false) => {
            out.extend_from_slice(initialize::result(info, &request.params)?.as_bytes());
            Ok(())
        }
        ("ping", false) => result::write(request, out, None, &result::Empty {}),
        ("resources/subscribe", false) if has_resources => subscriptions::subscribe(request, true, out).await,
        ("resources/unsubscribe", false) if has_resources => {
            subscriptions::subscribe(request, false, out).await
        }
        ("logging/setLevel", false) if offered.logging.is_some() => logging::set_level(request, out).await,
        _ => Err(RpcError::method_not_found(request.revision, request.method).into()),
    }
}

pub(crate) use initialize::features as read_client_features;
