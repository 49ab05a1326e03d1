//! From a method to its result.

use crate::{
    CallError, Revision, Server, ToolCall,
    fault::{Fault, quoted},
    handshake,
    params::Params,
    raw,
};

/// How long a client may keep a list of tools: five minutes.
const LIST_TTL_MS: &str = "300000";

/// Why there is no result.
pub(crate) struct Refusal {
    pub(crate) fault: Fault,
    /// The scope to ask for, where that is what is missing.
    pub(crate) scope: Option<String>,
}

impl From<Fault> for Refusal {
    fn from(fault: Fault) -> Self {
        Self { fault, scope: None }
    }
}

/// Runs a method and writes its result.
pub(crate) async fn run<S: Server>(
    server: &S,
    caller: &S::Caller,
    revision: Revision,
    method: &str,
    params: &Params<'_>,
    out: &mut Vec<u8>,
) -> Result<(), Refusal> {
    match (method, revision.is_stateless()) {
        ("tools/call", _) => return call_tool(server, caller, revision, params, out).await,
        ("tools/list", _) => list_tools(server, caller, revision, params, out)?,
        ("server/discover", true) => out.extend_from_slice(server.card().discovery().as_bytes()),
        ("initialize", false) => {
            out.extend_from_slice(handshake::initialize(server.card(), params)?.as_bytes())
        }
        ("ping", false) => out.extend_from_slice(b"{}"),
        _ => return Err(Fault::method_not_found(revision, method).into()),
    }
    Ok(())
}

fn list_tools<S: Server>(
    server: &S,
    caller: &S::Caller,
    revision: Revision,
    params: &Params<'_>,
    out: &mut Vec<u8>,
) -> Result<(), Fault> {
    if params.cursor.is_some() {
        // All tools are on the first page, so no cursor was ever given out.
        return Err(Fault::invalid_params("There is no page of tools at this cursor."));
    }
    out.extend_from_slice(if revision.is_stateless() {
        b"{\"resultType\":\"complete\",\"tools\":["
    } else {
        b"{\"tools\":["
    });
    for (place, tool) in server.tools(caller).enumerate() {
        if place > 0 {
            out.push(b',');
        }
        out.extend_from_slice(tool.as_json().as_bytes());
    }
    out.push(b']');
    if revision.is_stateless() {
        // Which tools there are depends on the token.
        out.extend_from_slice(b",\"ttlMs\":");
        out.extend_from_slice(LIST_TTL_MS.as_bytes());
        out.extend_from_slice(b",\"cacheScope\":\"private\"");
        server.card().write_result_meta(out);
    }
    out.push(b'}');
    Ok(())
}

async fn call_tool<S: Server>(
    server: &S,
    caller: &S::Caller,
    revision: Revision,
    params: &Params<'_>,
    out: &mut Vec<u8>,
) -> Result<(), Refusal> {
    let name = params
        .name
        .and_then(raw::string)
        .ok_or_else(|| Fault::invalid_params("The member name of params must be there and be a string."))?;
    if params.arguments.is_some_and(|arguments| !raw::is_object(arguments)) {
        return Err(Fault::invalid_params("The member arguments of params must be an object.").into());
    }
    let call = ToolCall { name: &name, arguments: params.arguments };
    let result = server.call_tool(caller, call).await.map_err(|error| match error {
        CallError::UnknownTool => {
            Fault::invalid_params(format!("There is no tool {}.", quoted(&name))).into()
        }
        CallError::InsufficientScope { scope } => {
            Refusal { fault: Fault::insufficient_scope(&scope), scope: Some(scope) }
        }
        CallError::Internal(message) => Fault::internal(message).into(),
    })?;
    out.push(b'{');
    if revision.is_stateless() {
        out.extend_from_slice(b"\"resultType\":\"complete\",");
    }
    result.write(out).map_err(|_| Fault::internal("The tool's result has no JSON form."))?;
    if revision.is_stateless() {
        server.card().write_result_meta(out);
    }
    out.push(b'}');
    Ok(())
}
