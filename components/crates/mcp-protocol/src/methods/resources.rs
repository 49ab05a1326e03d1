//! Resources: listing and reading them.

use serde_json::{Value, json};

use super::{
    CallOutcome, Request, RequestError, input_requests,
    result::{expect_no_cursor, write, write_as},
    skills::{self, SKILLS},
};
use crate::{
    message::{Params, RpcError, raw},
    server::{CachePolicy, Outcome, Page, ReadResult, Server},
};

/// How long a client may keep a list: not at all. Most clients do not listen for changes, and a list from before their own
/// call would tell them that it did nothing.
const LIST: CachePolicy = CachePolicy::NOT;

/// How long a client may keep the templates: an hour. They only change with a new version.
const TEMPLATES: CachePolicy = CachePolicy::public(3_600_000);

/// `resources/list`
pub(super) async fn list<S: Server>(request: &Request<'_, S>, out: &mut Vec<u8>) -> Result<(), RequestError> {
    let cursor = cursor(request)?;
    let no_page = || RpcError::invalid_params("There is no page at this cursor.");
    let page = request
        .server
        .list_resources(request.caller, cursor.as_deref())
        .await
        .map_err(|error| RequestError::from_call(error, no_page))?;
    let mut items = page.items;
    if cursor.is_none() && request.server.info().offers(SKILLS) {
        items.extend(skills::as_resources(request.server.skills()));
    }
    write(request, out, Some(LIST), &with_cursor("resources", &Page { items, next_cursor: page.next_cursor }))
}

/// `resources/templates/list`
pub(super) fn templates<S: Server>(request: &Request<'_, S>, out: &mut Vec<u8>) -> Result<(), RequestError> {
    expect_no_cursor(request)?;
    let templates = request.server.resource_templates();
    write(request, out, Some(TEMPLATES), &json!({ "resourceTemplates": templates }))
}

/// `resources/read`
pub(super) async fn read<S: Server>(request: &Request<'_, S>, out: &mut Vec<u8>) -> Result<(), RequestError> {
    let uri = Params::string(request.params.uri, "uri")?;
    let not_found = || RpcError::resource_not_found(request.revision, &uri);
    let outcome = input_requests::call_with_input_requests(request, &uri, None, not_found, async |context| {
        if let Some(reading) = skills::reading(request.server.skills(), &uri) {
            return Ok(Outcome::Complete(reading));
        }
        request.server.read_resource(request.caller, context, &uri).await
    })
    .await?;
    match outcome {
        CallOutcome::Complete(ReadResult { contents, cached }) => {
            // What came of answers is good for nobody else.
            let cached = if request.params.input_responses.is_some() { CachePolicy::NOT } else { cached };
            write(request, out, Some(cached), &json!({ "contents": contents }))
        }
        CallOutcome::InputRequired(members) => write_as(request, out, "input_required", None, &members),
        CallOutcome::Defer(_) => Err(RpcError::internal("Only tools run as tasks.").into()),
    }
}

/// Where a list is to go on.
pub(super) fn cursor<S: Server>(request: &Request<'_, S>) -> Result<Option<String>, RpcError> {
    let read = |cursor| raw::string(cursor).map(std::borrow::Cow::into_owned);
    request
        .params
        .cursor
        .map(|cursor| {
            read(cursor)
                .ok_or_else(|| RpcError::invalid_params("The member cursor of params must be a string."))
        })
        .transpose()
}

/// A page under the name of what is on it.
fn with_cursor<T: serde::Serialize>(name: &str, page: &Page<T>) -> Value {
    let mut result = json!({ name: page.items });
    if let (Some(cursor), Some(members)) = (&page.next_cursor, result.as_object_mut()) {
        members.insert("nextCursor".to_owned(), cursor.as_str().into());
    }
    result
}
