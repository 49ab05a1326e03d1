//! A problem on its way to the client.

use std::borrow::Cow;

use http::{HeaderName, HeaderValue, Response, StatusCode, header};
use serde_json::{Map, Value};

use crate::{Body, Kind, MEDIA_TYPE, Violation};

/// Why a request is not done. What an endpoint's functions return as their error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Its kind, which fixes `type`, `title` and `status`.
    pub kind: Kind,
    /// What happened this time, as one sentence for a person. The kind's description when absent. Never a secret.
    pub detail: Option<Cow<'static, str>>,
    /// The path that was asked for. Filled in when the answer is made.
    pub instance: Option<Box<str>>,
    /// Names the request in the logs. Filled in when the answer is made.
    pub request_id: Option<Box<str>>,
    /// What is wrong, part by part.
    pub errors: Vec<Violation>,
    /// Headers that the answer carries beside its body's.
    pub headers: Vec<(HeaderName, HeaderValue)>,
    /// Members that the body has beside those of every problem (RFC 9457, section 3.2).
    pub extensions: Option<Box<Map<String, Value>>>,
}

impl Problem {
    /// A problem that needs no more words than its kind's.
    #[must_use]
    pub const fn new(kind: Kind) -> Self {
        Self {
            kind,
            detail: None,
            instance: None,
            request_id: None,
            errors: Vec::new(),
            headers: Vec::new(),
            extensions: None,
        }
    }

    /// A problem in its own words.
    #[must_use]
    pub fn with_detail(kind: Kind, detail: impl Into<Cow<'static, str>>) -> Self {
        Self { detail: Some(detail.into()), ..Self::new(kind) }
    }

    /// A problem of which each part is named.
    #[must_use]
    pub fn with_errors(kind: Kind, errors: Vec<Violation>) -> Self {
        Self { errors, ..Self::new(kind) }
    }

    /// Adds a header to the answer. A value that no header can hold is left out.
    #[must_use]
    pub fn header(mut self, name: HeaderName, value: impl AsRef<str>) -> Self {
        if let Ok(value) = HeaderValue::from_str(value.as_ref()) {
            self.headers.push((name, value));
        }
        self
    }

    /// Adds a member to the body, for clients of a protocol that has errors of its own (RFC 9457, section 3.2).
    #[must_use]
    pub fn extension(mut self, name: &str, value: Value) -> Self {
        self.extensions.get_or_insert_default().insert(name.to_owned(), value);
        self
    }

    /// Says after how many seconds to try again (RFC 9110, section 10.2.3).
    #[must_use]
    pub fn retry_after(self, seconds: u32) -> Self {
        self.header(header::RETRY_AFTER, seconds.to_string())
    }

    /// The status of the answer.
    #[must_use]
    pub fn status(&self) -> StatusCode {
        self.kind.status()
    }

    /// The members of the body.
    #[must_use]
    pub fn body(&self) -> Body<'_> {
        Body {
            kind: self.kind.uri(),
            title: self.kind.title(),
            status: self.status().as_u16(),
            detail: self.sentence(),
            instance: self.instance.as_deref(),
            request_id: self.request_id.as_deref(),
            errors: &self.errors,
            extensions: self.extensions.as_deref(),
        }
    }

    /// What happened, as a sentence: the detail, else what is wrong with the first part, else the kind's description.
    #[must_use]
    pub fn sentence(&self) -> Cow<'_, str> {
        match (&self.detail, self.errors.as_slice()) {
            (Some(detail), _) => Cow::Borrowed(detail.as_ref()),
            (None, []) => Cow::Borrowed(self.kind.description()),
            (None, errors) => Cow::Owned(crate::sentence::join_violations(errors)),
        }
    }

    /// The answer: status, headers and the body as JSON.
    #[must_use]
    pub fn into_response(self) -> Response<Vec<u8>> {
        // Serialising strings and numbers into memory has no way to fail.
        let body = serde_json::to_vec(&self.body()).unwrap_or_default();
        let mut response = Response::new(body);
        *response.status_mut() = self.status();
        let headers = response.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
        for (name, value) in self.headers {
            headers.append(name, value);
        }
        response
    }
}

impl From<Kind> for Problem {
    fn from(kind: Kind) -> Self {
        Self::new(kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_answer_has_the_members_of_rfc_9457_and_the_parts_that_are_wrong() {
        let mut problem =
            Problem::with_errors(Kind::InvalidInput, vec![Violation::new("/title", "It must not be empty.")]);
        problem.instance = Some("/api/v1/tasks".into());
        problem.request_id = Some("r-1".into());
        let response = problem.into_response();
        assert_eq!(response.status(), 422);
        assert_eq!(response.headers()[header::CONTENT_TYPE], MEDIA_TYPE);
        let body: serde_json::Value = serde_json::from_slice(response.body()).unwrap();
        assert_eq!(
            body,
            serde_json::json!({
                "type": "/problems/invalid-input",
                "title": "The input is not valid",
                "status": 422,
                "detail": "title: It must not be empty.",
                "instance": "/api/v1/tasks",
                "request_id": "r-1",
                "errors": [{"pointer": "/title", "detail": "It must not be empty."}],
            })
        );
    }

    #[test]
    fn what_is_not_known_is_left_out() {
        let body = serde_json::to_value(Problem::new(Kind::NotFound).body()).unwrap();
        assert_eq!(
            body.as_object().unwrap().keys().collect::<Vec<_>>(),
            ["type", "title", "status", "detail"]
        );
    }

    #[test]
    fn a_protocol_adds_its_own_members() {
        let problem = Problem::new(Kind::NotFound).extension("code", Value::from("NOT_FOUND"));
        let body = serde_json::to_value(problem.body()).unwrap();
        assert_eq!((&body["code"], &body["status"]), (&Value::from("NOT_FOUND"), &Value::from(404)));
    }

    #[test]
    fn a_header_value_with_a_line_break_is_not_sent() {
        let problem = Problem::new(Kind::NotFound).header(header::ALLOW, "GET\r\nX: y");
        assert!(problem.headers.is_empty());
    }
}
