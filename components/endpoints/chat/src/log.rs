//! Log lines, as JSON on stderr: the host adds the component and the instant.

use serde_json::json;

/// What went wrong in a request. Never a token, and nothing that a person wrote.
pub fn warn(request_id: &str, message: &str) {
    eprintln!("{}", json!({"level": "warn", "message": message, "request_id": request_id}));
}
