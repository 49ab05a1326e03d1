//! `GET /api/v1/tasks/export?format=…`: the tasks that match as one document, as a file to keep. The other parameters are
//! the members of `task-filter`.

use endpoint::{Problem, Response, accept, body, query};
use http::{HeaderName, HeaderValue, StatusCode, header};
use serde::Deserialize;
use task_model::document;
use task_model::types::{
    Caller, ExportFormat, ExportQuery, Priority, TaskDocument, TaskFilter, TaskStatus, ToolError, Violation,
};

use crate::handler::{Call, Handler};
use crate::problems;

/// Says of a document that more tasks match than are in it.
const TRUNCATED: HeaderName = HeaderName::from_static("export-truncated");

/// A query has no objects, so the filter's members stand beside the format; ids are separated by commas.
#[derive(Debug, Deserialize)]
struct Parameters {
    format: ExportFormat,
    ids: Option<String>,
    status: Option<TaskStatus>,
    due_after: Option<String>,
    due_before: Option<String>,
    overdue: Option<bool>,
    label: Option<String>,
    list: Option<String>,
    priority: Option<Priority>,
    text: Option<String>,
    query: Option<String>,
    parent_id: Option<String>,
}

impl Parameters {
    fn filter(self) -> TaskFilter {
        let Self {
            format: _,
            ids,
            status,
            due_after,
            due_before,
            overdue,
            label,
            list,
            priority,
            text,
            query,
            parent_id,
        } = self;
        // Nothing between two commas is an id that is none, and is answered as one.
        let ids = ids.map(|ids| match ids.as_str() {
            "" => Vec::new(),
            ids => ids.split(',').map(str::to_owned).collect(),
        });
        TaskFilter {
            ids,
            status,
            due_after,
            due_before,
            overdue,
            label,
            list,
            priority,
            text,
            query,
            parent_id,
        }
    }
}

impl Handler<TaskDocument> for ExportQuery {
    // It is of the type that was asked for.
    const ANSWERS_JSON: bool = false;

    async fn handle(
        Call { caller, parts, .. }: Call,
        tool: impl AsyncFnOnce(Caller, Self) -> Result<TaskDocument, ToolError>,
    ) -> Result<Response, Problem> {
        let parameters: Parameters = query::read(parts.uri.query())?;
        let format = parameters.format;
        accept::negotiate(&parts.headers, &[document::essence(format)])?;
        let input = Self { format, filter: Some(parameters.filter()) };
        let written = tool(caller, input)
            .await
            .map_err(|error| problems::from_parameter_error(beside_the_format(error)))?;
        let mut response = body::full(StatusCode::OK, document::media_type(format), written.text);
        let disposition = format!("attachment; filename=\"tasks.{}\"", document::ending(format));
        if let Ok(disposition) = HeaderValue::from_str(&disposition) {
            response.headers_mut().insert(header::CONTENT_DISPOSITION, disposition);
        }
        response.headers_mut().insert(TRUNCATED, HeaderValue::from_static(yes_or_no(written.truncated)));
        Ok(response)
    }
}

fn yes_or_no(truncated: bool) -> &'static str {
    if truncated { "true" } else { "false" }
}

/// What is wrong with the filter, seen from the parameters.
fn beside_the_format(error: ToolError) -> ToolError {
    let beside = |violation: Violation| {
        let pointer = violation.pointer.strip_prefix("/filter").unwrap_or(&violation.pointer).to_owned();
        Violation { pointer, ..violation }
    };
    match error {
        ToolError::Invalid(violations) => ToolError::Invalid(violations.into_iter().map(beside).collect()),
        other => other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(query: &str) -> Option<Vec<String>> {
        query::read::<Parameters>(Some(query)).unwrap().filter().ids
    }

    #[test]
    fn ids_are_separated_by_commas() {
        assert_eq!(ids("format=csv"), None);
        assert_eq!(ids("format=csv&ids="), Some(vec![]));
        assert_eq!(ids("format=csv&ids=a%2Cb"), Some(vec!["a".to_owned(), "b".to_owned()]));
    }

    #[test]
    fn what_is_wrong_with_the_filter_is_said_of_the_parameter() {
        let violation = Violation { pointer: "/filter/label".into(), message: "It is empty.".into() };
        let problem = problems::from_parameter_error(beside_the_format(ToolError::Invalid(vec![violation])));
        assert_eq!((problem.status().as_u16(), problem.errors[0].pointer.as_str()), (400, "/label"));
    }
}
