//! From a method to its result.

mod answering;
mod completion;
mod initialize;
mod listening_lease;
mod logging;
mod prompts;
mod resources;
mod result;
mod rounds;
mod session_stream;
mod skills;
mod subscriptions;
mod tasks;
mod tools;

pub(crate) use answering::{Driven, Refusal, Request};
pub(crate) use listening_lease::ListeningLease;
pub(crate) use session_stream::{position_at, session_stream};

use crate::{
    message::Fault,
    server::{Server, TASKS},
};
use skills::SKILLS;

/// Runs a method and writes its result.
pub(crate) async fn run<S: Server>(request: &Request<'_, S>, out: &mut Vec<u8>) -> Result<(), Refusal> {
    let card = request.server.card();
    let offered = card.capabilities();
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
        ("skills/list", _) if card.offers(SKILLS) => skills::list(request, out),
        ("skills/get", _) if card.offers(SKILLS) => skills::get(request, out),
        ("resources/directory/read", _) if card.offers(SKILLS) => skills::directory(request, out),
        ("server/discover", true) => {
            out.extend_from_slice(card.discovery().as_bytes());
            Ok(())
        }
        ("subscriptions/listen", true) => subscriptions::listen(request, out).await,
        ("tasks/get", true) if card.offers(TASKS) => tasks::get(request, out).await,
        ("tasks/update", true) if card.offers(TASKS) => tasks::update(request, out).await,
        ("tasks/cancel", true) if card.offers(TASKS) => tasks::cancel(request, out).await,
        ("initialize", false) => {
            out.extend_from_slice(initialize::result(card, &request.params)?.as_bytes());
            Ok(())
        }
        ("ping", false) => result::write(request, out, None, &result::Empty {}),
        ("resources/subscribe", false) if has_resources => subscriptions::subscribe(request, true, out).await,
        ("resources/unsubscribe", false) if has_resources => {
            subscriptions::subscribe(request, false, out).await
        }
        ("logging/setLevel", false) if offered.logging.is_some() => logging::set_level(request, out).await,
        _ => Err(Fault::method_not_found(request.revision, request.method).into()),
    }
}

pub(crate) use initialize::features as client_of_handshake;
