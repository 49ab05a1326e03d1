//! `GET /api/v1/tasks/search?q=…`: finds tasks by words, best match first.

use endpoint::{Problem, Response, body, query};
use http::StatusCode;
use serde::Deserialize;
use task_model::types::{Caller, TaskMatches, TaskSearch, TaskStatus, ToolError};

use crate::handler::{Call, Handler};
use crate::problems;

/// `q` is what people expect a search to take; the tool calls it `query`.
#[derive(Debug, Deserialize)]
struct Parameters {
    q: String,
    status: Option<TaskStatus>,
    list: Option<String>,
    limit: Option<u32>,
}

impl Handler<TaskMatches> for TaskSearch {
    async fn handle(
        Call { caller, parts, .. }: Call,
        tool: impl AsyncFnOnce(Caller, Self) -> Result<TaskMatches, ToolError>,
    ) -> Result<Response, Problem> {
        let Parameters { q, status, list, limit } = query::read(parts.uri.query())?;
        let input = Self { query: q, status, list, limit };
        let matches = tool(caller, input).await.map_err(|error| {
            let mut problem = problems::from_parameter_error(error);
            rename(&mut problem);
            problem
        })?;
        body::json(StatusCode::OK, &matches)
    }
}

fn rename(problem: &mut Problem) {
    for error in problem.errors.iter_mut().filter(|error| error.pointer == "/query") {
        "/q".clone_into(&mut error.pointer);
    }
    if problem.kind == endpoint::Kind::InvalidParameters {
        // Said anew from the renamed parts.
        problem.detail = None;
    }
}

#[cfg(test)]
mod tests {
    use task_model::types::{ToolError, Violation};

    use super::*;

    #[test]
    fn what_is_wrong_with_the_words_is_said_of_q() {
        let violation = Violation { pointer: "/query".into(), message: "It must not be empty.".into() };
        let mut problem = problems::from_parameter_error(ToolError::Invalid(vec![violation]));
        rename(&mut problem);
        assert_eq!(problem.errors[0].pointer, "/q");
        assert_eq!(problem.sentence(), "q: It must not be empty.");
    }
}
