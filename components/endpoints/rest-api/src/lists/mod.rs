//! How each tool on lists is called.

mod add;
mod delete;
mod if_match;
mod list;
mod patch;
mod update;

use endpoint::{Problem, Response, body, etag};
use http::{StatusCode, header};
use task_model::types::TaskList;

/// A list with its entity tag.
fn answer(status: StatusCode, list: &TaskList) -> Result<Response, Problem> {
    let mut response = body::json(status, list)?;
    response.headers_mut().insert(header::ETAG, etag::from_version(list.version));
    Ok(response)
}
