//! Tools: listing and calling them.

use super::{
    CallOutcome, Request, RequestError, input_requests,
    result::{expect_no_cursor, write_as, write_list},
    tasks,
};
use crate::{
    message::{Params, RpcError, quoted},
    server::{CachePolicy, Server, ToolCall, ToolResult},
};

/// How long a client may keep a list of tools: five minutes. Which tools there are depends on the token, and what is said of
/// them on the client.
const LIST: CachePolicy = CachePolicy::private(300_000);

/// `tools/list`
pub(super) fn list<S: Server>(request: &Request<'_, S>, out: &mut Vec<u8>) -> Result<(), RequestError> {
    expect_no_cursor(request)?;
    let tools = request.server.tools(request.caller, request.client).map(|tool| tool.as_json());
    write_list(request, out, "tools", LIST, tools);
    Ok(())
}

/// `tools/call`
pub(super) async fn call<S: Server>(request: &Request<'_, S>, out: &mut Vec<u8>) -> Result<(), RequestError> {
    let name = Params::string(request.params.name, "name")?;
    let arguments = request.params.arguments()?;
    let not_found = || RpcError::invalid_params(format!("There is no tool {}.", quoted(&name)));
    let call = ToolCall { name: &name, arguments, meta: request.params.meta };
    let outcome =
        input_requests::call_with_input_requests(request, &name, arguments, not_found, async |context| {
            request.server.call_tool(request.caller, context, call).await
        })
        .await?;
    match outcome {
        CallOutcome::Complete(result) => write(request, &result, out),
        CallOutcome::InputRequired(members) => write_as(request, out, "input_required", None, &members),
        CallOutcome::Defer(round) => tasks::create(request, call, round, out).await,
    }
}

/// Written by hand, since it is what most requests are answered with.
fn write<S: Server>(
    request: &Request<'_, S>,
    result: &ToolResult,
    out: &mut Vec<u8>,
) -> Result<(), RequestError> {
    out.push(b'{');
    if request.revision.is_stateless() {
        out.extend_from_slice(b"\"resultType\":\"complete\",");
    }
    result.write(out).map_err(|_| RpcError::internal("The tool's result has no JSON form."))?;
    if request.revision.is_stateless() {
        out.push(b',');
        request.server.info().write_result_meta(out);
    }
    out.push(b'}');
    Ok(())
}
