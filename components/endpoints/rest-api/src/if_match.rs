//! `If-Match`: change a task only as it was seen.

use endpoint::Problem;
use endpoint::etag::{self, Condition};
use http::HeaderMap;
use task_model::types::{Caller, TaskKey, ToolError};

use crate::problems;

/// The version that a tool must find, from the header.
///
/// # Errors
/// 400 for a header that can't be read; 412 when no version can satisfy it.
pub(crate) async fn version(caller: &Caller, id: &str, headers: &HeaderMap) -> Result<Option<u64>, Problem> {
    match etag::if_match(headers)? {
        None | Some(Condition::Any) => Ok(None),
        Some(Condition::Versions(versions)) => match versions.as_slice() {
            [version] => Ok(Some(*version)),
            other => current(caller, id, other).await.map(Some),
        },
    }
}

/// Tools take one version, so of several the current one is picked first. Should it change before the tool runs, the
/// tool finds the conflict. Where none can match the task is looked for all the same: what is not there is 404 whatever the
/// condition (RFC 9110, section 13.2.1).
async fn current(caller: &Caller, id: &str, versions: &[u64]) -> Result<u64, Problem> {
    let key = TaskKey { id: id.to_owned() };
    let task =
        task_tools::get_task::get_task(caller.clone(), key).await.map_err(problems::from_task_error)?;
    if versions.contains(&task.version) {
        Ok(task.version)
    } else {
        Err(failed(ToolError::Conflict(task.version)))
    }
}

/// The error of a tool that was given the version of `If-Match`, or none.
pub(crate) fn failed(error: ToolError) -> Problem {
    problems::from_task_error(error).as_precondition()
}
