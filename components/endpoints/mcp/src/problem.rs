//! Problems in the terms of the protocol.

use endpoint::{Origin, Problem};
use http::header;
use mcp_protocol::{ProtectedResource, ToolResult};

/// Tells a client without a valid token where to get one (2026-07-28, Authorization, "Protected Resource Metadata").
pub(crate) fn with_metadata(mut problem: Problem, resource: &ProtectedResource, origin: &Origin) -> Problem {
    let place = problem.headers.iter().position(|(name, _)| name == header::WWW_AUTHENTICATE);
    let Some(place) = place else { return problem };
    let (_, value) = problem.headers.swap_remove(place);
    let challenge = resource.challenge(origin.as_str(), value.to_str().unwrap_or("Bearer"));
    problem.header(header::WWW_AUTHENTICATE, challenge)
}

/// Why a tool did nothing, for the model that called it: the problem that REST would answer, as JSON. It is text and not
/// structured content, which has to be what the tool's output schema describes.
pub(crate) fn as_result(mut problem: Problem, request_id: &str) -> Result<ToolResult, serde_json::Error> {
    problem.request_id = Some(request_id.into());
    serde_json::to_string(&problem.body()).map(ToolResult::error)
}

#[cfg(test)]
mod tests {
    use endpoint::{Kind, Violation};

    use super::*;

    fn told(problem: Problem) -> Problem {
        let resource = ProtectedResource::new("/mcp", "Tasks", &["tasks:read"]);
        with_metadata(problem, &resource, &Origin::new("https://todo.example").unwrap())
    }

    #[test]
    fn a_challenge_keeps_its_error_and_gains_the_metadata() {
        for (challenge, start) in [
            ("Bearer", "Bearer resource_metadata="),
            ("Bearer error=\"invalid_token\"", "Bearer error=\"invalid_token\", resource_metadata="),
        ] {
            let problem = Problem::new(Kind::InvalidToken).header(header::WWW_AUTHENTICATE, challenge);
            let problem = told(problem);
            assert_eq!(problem.headers.len(), 1);
            let value = problem.headers[0].1.to_str().unwrap();
            assert!(value.starts_with(start), "{value}");
            assert!(value.contains("\"https://todo.example/.well-known/oauth-protected-resource/mcp\""));
        }
    }

    #[test]
    fn a_problem_without_a_challenge_stays_as_it_is() {
        let problem = Problem::new(Kind::Unavailable).retry_after(1);
        assert_eq!(told(problem.clone()), problem);
    }

    #[test]
    fn a_problem_reaches_the_model_with_its_type_and_parts() {
        let violation = Violation::new("/title", "It must not be empty.");
        let result = as_result(Problem::with_errors(Kind::InvalidInput, vec![violation]), "r-1").unwrap();
        let text = format!("{result:?}");
        for part in ["/problems/invalid-input", "/title", "It must not be empty.", "r-1", "is_error: true"] {
            assert!(text.contains(part), "{part}");
        }
    }
}
