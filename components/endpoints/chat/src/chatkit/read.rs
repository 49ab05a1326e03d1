//! The request as it is sent.

use chatkit_protocol::{Head, ReadParams, Request, RequestBody};
use endpoint::{Kind, Problem, Violation, json};
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use uuid::Uuid;

/// The most rows of a page.
const MAX_LIMIT: u32 = 100;

struct Body<'a>(&'a [u8]);

impl ReadParams for Body<'_> {
    type Error = Problem;

    fn read<P: DeserializeOwned>(&self) -> Result<RequestBody<P>, Problem> {
        json::read_known(self.0).map_err(as_invalid_request)
    }
}

/// Reads a request, and what the client says beside it. Members that the protocol does not have are passed over, as by the official server.
///
/// # Errors
/// 400 when it is none, with each member that is wrong.
pub fn request(content: &[u8]) -> Result<(Request, Map<String, Value>), Problem> {
    let head: Head = json::read_known(content).map_err(as_invalid_request)?;
    Request::read(&head.kind, &Body(content)).unwrap_or_else(|| {
        let kinds = Request::KINDS.join(", ");
        Err(invalid("/type", format!("There is no such request. It has to be one of {kinds}.")))
    })
}

/// What is invalid input elsewhere is an invalid request of the protocol.
pub fn as_invalid_request(mut problem: Problem) -> Problem {
    if problem.kind == Kind::InvalidInput {
        problem.kind = Kind::InvalidRequest;
    }
    problem
}

/// A member of a request is wrong.
pub fn invalid(pointer: &str, detail: impl Into<String>) -> Problem {
    Problem::with_errors(Kind::InvalidRequest, vec![Violation::new(pointer, detail.into())])
}

/// The id of a thread. What is no id names no thread.
///
/// # Errors
/// 404 where it is none.
pub fn thread_id(text: &str) -> Result<Uuid, Problem> {
    Uuid::try_parse(text).map_err(|_| Problem::new(Kind::ConversationNotFound))
}

/// The id of an item. What is no id names no item.
///
/// # Errors
/// 404 where it is none.
pub fn item_id(text: &str) -> Result<Uuid, Problem> {
    Uuid::try_parse(text).map_err(|_| Problem::new(Kind::ItemNotFound))
}

/// How many rows a page has.
///
/// # Errors
/// 400 when it is out of its limits.
pub fn limit(limit: Option<i64>) -> Result<u32, Problem> {
    let limit = limit.unwrap_or_else(|| chatkit_protocol::DEFAULT_PAGE_SIZE.into());
    let within = u32::try_from(limit).ok().filter(|limit| (1..=MAX_LIMIT).contains(limit));
    within.ok_or_else(|| invalid("/params/limit", format!("This has to be 1 to {MAX_LIMIT}.")))
}

/// Whether a text in a value has the character U+0000, which PostgreSQL does not.
pub fn has_nul(value: &Value) -> bool {
    match value {
        Value::String(text) => text.contains('\0'),
        Value::Array(values) => values.iter().any(has_nul),
        Value::Object(members) => members.iter().any(|(name, value)| name.contains('\0') || has_nul(value)),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn refused(body: &Value) -> (u16, Vec<String>) {
        let problem = request(body.to_string().as_bytes()).unwrap_err();
        let pointers = problem.errors.iter().map(|error| error.pointer.clone()).collect();
        (problem.status().as_u16(), pointers)
    }

    #[test]
    fn a_request_is_read_by_its_type_and_may_have_more_members() {
        let body = json!({"type": "threads.get_by_id", "params": {"thread_id": "7", "x": 1}, "metadata": {"a": 1}, "y": 2});
        assert!(matches!(request(body.to_string().as_bytes()), Ok((Request::ThreadsGetById(_), _))));
    }

    #[test]
    fn what_is_no_request_is_400_and_named() {
        for (body, pointer) in [
            (json!({"type": "threads.nope", "params": {}}), "/type"),
            (json!({"params": {}}), "/type"),
            (json!({"type": 7}), "/type"),
            (json!({"type": "threads.get_by_id"}), "/params"),
            (json!({"type": "threads.get_by_id", "params": {}}), "/params/thread_id"),
            (json!({"type": "threads.get_by_id", "params": {"thread_id": 7}}), "/params/thread_id"),
            (json!({"type": "threads.list", "params": {"order": "up"}}), "/params/order"),
            (json!({"type": "threads.list", "params": {}, "metadata": 7}), "/metadata"),
            (
                json!({"type": "threads.create", "params": {"input": {"content": [{"type": "input_text"}], "attachments": [], "inference_options": {}}}}),
                "/params/input/content/0/text",
            ),
        ] {
            let (status, pointers) = refused(&body);
            assert_eq!(status, 400, "{body}");
            assert!(pointers.iter().any(|found| found.starts_with(pointer)), "{body}: {pointers:?}");
        }
        assert_eq!(refused(&json!([])).0, 400);
    }

    #[test]
    fn a_page_has_1_to_100_rows() {
        assert_eq!(limit(None).unwrap(), 20);
        assert_eq!(limit(Some(100)).unwrap(), 100);
        for bad in [0, -1, 101, i64::MAX] {
            assert_eq!(limit(Some(bad)).unwrap_err().status(), 400);
        }
    }
}
