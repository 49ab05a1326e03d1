//! `GET /api/v1/tasks`: lists tasks, a page at a time. The parameters are the members of `task-query`.

use endpoint::{Problem, Response, body, query};
use http::{HeaderValue, StatusCode, header};
use task_model::types::{Caller, TaskPage, TaskQuery, ToolError};

use crate::handler::{Call, Handler};
use crate::{answer::TASKS, problems};

impl Handler<TaskPage> for TaskQuery {
    async fn handle(
        Call { caller, parts, .. }: Call,
        tool: impl AsyncFnOnce(Caller, Self) -> Result<TaskPage, ToolError>,
    ) -> Result<Response, Problem> {
        let parameters = parts.uri.query();
        let input = query::read(parameters)?;
        let page = tool(caller, input).await.map_err(problems::from_parameter_error)?;
        let mut response = body::json(StatusCode::OK, &page)?;
        if let Some(cursor) = &page.next_cursor
            && let Ok(link) = HeaderValue::from_str(&next_link(parameters, cursor))
        {
            response.headers_mut().insert(header::LINK, link);
        }
        Ok(response)
    }
}

/// The next page as a link (RFC 8288): the same parameters with another cursor.
fn next_link(parameters: Option<&str>, cursor: &str) -> String {
    let mut query = form_urlencoded::Serializer::new(String::new());
    let given = form_urlencoded::parse(parameters.unwrap_or_default().as_bytes());
    query.extend_pairs(given.filter(|(name, _)| name != "cursor")).append_pair("cursor", cursor);
    format!("<{TASKS}?{}>; rel=\"next\"", query.finish())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_page_keeps_every_parameter_but_the_cursor() {
        assert_eq!(
            next_link(Some("status=open&cursor=old&text=a%26b"), "n=w"),
            "</api/v1/tasks?status=open&text=a%26b&cursor=n%3Dw>; rel=\"next\""
        );
        assert_eq!(next_link(None, "x"), "</api/v1/tasks?cursor=x>; rel=\"next\"");
    }
}
