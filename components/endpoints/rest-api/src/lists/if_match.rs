//! `If-Match` of a list: change it only as it was seen.

use endpoint::etag::{self, Condition};
use endpoint::{Kind, Problem};
use http::HeaderMap;
use task_model::types::{Caller, ListQuery, ToolError};

/// The version that a tool must find, from the header.
///
/// # Errors
/// 400 for a header that can't be read; 404 and 412 where there is no such list, or none of several versions is the list's.
pub(super) async fn version(caller: &Caller, id: &str, headers: &HeaderMap) -> Result<Option<u64>, Problem> {
    match etag::if_match(headers)? {
        None | Some(Condition::Any) => Ok(None),
        Some(Condition::Versions(versions)) => match versions.as_slice() {
            [version] => Ok(Some(*version)),
            several => current(caller, id, several).await.map(Some),
        },
    }
}

/// Tools take one version, so of several the current one is picked first. Should it change before the tool runs, the tool
/// finds the conflict.
async fn current(caller: &Caller, id: &str, versions: &[u64]) -> Result<u64, Problem> {
    let query = ListQuery { archived: Some(true) };
    let lists = task_tools::list_lists::list_lists(caller.clone(), query).await?.items;
    let list = lists.into_iter().find(|list| list.id.eq_ignore_ascii_case(id));
    let version = list.ok_or_else(|| Problem::new(Kind::ListNotFound))?.version;
    if versions.contains(&version) { Ok(version) } else { Err(failed(ToolError::Conflict(version))) }
}

/// The error of a tool that was given a list's id from the path, and the version of `If-Match`, or none. A path that holds no id leads
/// to no list.
pub(super) fn failed(error: ToolError) -> Problem {
    match &error {
        ToolError::Invalid(violations)
            if !violations.is_empty() && violations.iter().all(|violation| violation.pointer == "/id") =>
        {
            Problem::new(Kind::ListNotFound)
        }
        _ => Problem::from(error).as_precondition(),
    }
}

#[cfg(test)]
mod tests {
    use task_model::types::Violation;

    use super::*;

    #[test]
    fn a_path_without_an_id_leads_to_no_list_and_a_conflict_is_412() {
        let violation = |pointer: &str| Violation { pointer: pointer.into(), message: "It is wrong.".into() };
        assert_eq!(failed(ToolError::Invalid(vec![violation("/id")])).kind, Kind::ListNotFound);
        let both = ToolError::Invalid(vec![violation("/id"), violation("/name")]);
        assert_eq!(failed(both).kind, Kind::InvalidInput);
        assert_eq!(failed(ToolError::Conflict(3)).status(), 412);
    }
}
