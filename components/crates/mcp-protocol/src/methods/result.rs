//! Writing results that are not in the middle of the road: each is one object.

use serde::Serialize;

use super::{Request, RequestError};
use crate::{
    message::RpcError,
    server::{CachePolicy, Server},
};

/// A result that says nothing.
#[derive(Serialize)]
pub(super) struct Empty {}

/// Writes a result that is complete, with what the stateless revision adds to each.
pub(super) fn write<S: Server>(
    request: &Request<'_, S>,
    out: &mut Vec<u8>,
    cached: Option<CachePolicy>,
    value: &impl Serialize,
) -> Result<(), RequestError> {
    write_as(request, out, "complete", cached, value)
}

/// Writes a result of this type.
pub(super) fn write_as<S: Server>(
    request: &Request<'_, S>,
    out: &mut Vec<u8>,
    result_type: &str,
    cached: Option<CachePolicy>,
    value: &impl Serialize,
) -> Result<(), RequestError> {
    let no_json = |_| RequestError::from(RpcError::internal("The result has no JSON form."));
    let text = serde_json::to_vec(value).map_err(no_json)?;
    let members = text.strip_prefix(b"{").and_then(|rest| rest.strip_suffix(b"}")).unwrap_or_default();
    out.push(b'{');
    if !request.revision.is_stateless() {
        out.extend_from_slice(members);
        out.push(b'}');
        return Ok(());
    }
    out.extend_from_slice(format!("\"resultType\":\"{result_type}\",").as_bytes());
    if !members.is_empty() {
        out.extend_from_slice(members);
        out.push(b',');
    }
    if let Some(cached) = cached {
        let scope = if cached.is_public { "public" } else { "private" };
        out.extend_from_slice(format!("\"ttlMs\":{},\"cacheScope\":\"{scope}\",", cached.ttl_ms).as_bytes());
    }
    request.server.info().write_result_meta(out);
    out.push(b'}');
    Ok(())
}

/// Writes the list of one kind of thing, each in its JSON form already.
pub(super) fn write_list<'a, S: Server>(
    request: &Request<'_, S>,
    out: &mut Vec<u8>,
    name: &str,
    cached: CachePolicy,
    items: impl Iterator<Item = &'a str>,
) {
    let is_stateless = request.revision.is_stateless();
    out.extend_from_slice(if is_stateless { b"{\"resultType\":\"complete\",\"" } else { b"{\"" });
    out.extend_from_slice(name.as_bytes());
    out.extend_from_slice(b"\":[");
    for (place, item) in items.enumerate() {
        if place > 0 {
            out.push(b',');
        }
        out.extend_from_slice(item.as_bytes());
    }
    out.push(b']');
    if is_stateless {
        let scope = if cached.is_public { "public" } else { "private" };
        out.extend_from_slice(format!(",\"ttlMs\":{},\"cacheScope\":\"{scope}\",", cached.ttl_ms).as_bytes());
        request.server.info().write_result_meta(out);
    }
    out.push(b'}');
}

/// Refuses a cursor where everything is on the first page, so that none was ever given out.
pub(super) fn expect_no_cursor<S: Server>(request: &Request<'_, S>) -> Result<(), RequestError> {
    match request.params.cursor {
        None => Ok(()),
        Some(_) => Err(RpcError::invalid_params("There is no page at this cursor.").into()),
    }
}
