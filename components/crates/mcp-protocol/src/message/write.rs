//! JSON-RPC messages as they are sent.

use super::{Id, RpcError};

/// Writes how every result message begins; the result and `}` follow.
pub(crate) fn write_result_start(out: &mut Vec<u8>, id: Id<'_>) {
    out.extend_from_slice(b"{\"jsonrpc\":\"2.0\",\"id\":");
    out.extend_from_slice(id.as_json().as_bytes());
    out.extend_from_slice(b",\"result\":");
}

/// Writes an error message. An id that could not be read is answered as `null` (JSON-RPC 2.0, section 5).
pub(crate) fn write_rpc_error(out: &mut Vec<u8>, id: Option<Id<'_>>, rpc_error: &RpcError) {
    out.extend_from_slice(b"{\"jsonrpc\":\"2.0\",\"id\":");
    out.extend_from_slice(id.map_or("null", Id::as_json).as_bytes());
    out.extend_from_slice(b",\"error\":{\"code\":");
    out.extend_from_slice(rpc_error.error.code.0.to_string().as_bytes());
    out.extend_from_slice(b",\"message\":");
    push_string(out, &rpc_error.error.message);
    if let Some(data) = &rpc_error.error.data {
        out.extend_from_slice(b",\"data\":");
        out.extend_from_slice(data.to_string().as_bytes());
    }
    out.extend_from_slice(b"}}");
}

/// Writes a JSON string.
pub(crate) fn push_string(out: &mut Vec<u8>, text: &str) {
    let start = out.len();
    // A string always has a JSON form, and memory takes all of it: the other branch is never run.
    if serde_json::to_writer(&mut *out, text).is_err() {
        out.truncate(start);
        out.extend_from_slice(b"\"\"");
    }
}
