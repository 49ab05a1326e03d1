//! Tools: listing and calling them.

use super::{
    Driven, Refusal, Request,
    result::{expect_no_cursor, write_as, write_list},
    rounds, tasks,
};
use crate::{
    http::mirrored_headers,
    message::{Fault, Params, quoted},
    server::{Cached, Server, ToolCall, ToolResult},
};

/// How long a client may keep a list of tools: five minutes. Which tools there are depends on the token, and what is said of
/// them on the client.
const LIST: Cached = Cached::private(300_000);

/// `tools/list`
pub(super) fn list<S: Server>(request: &Request<'_, S>, out: &mut Vec<u8>) -> Result<(), Refusal> {
    expect_no_cursor(request)?;
    let tools = request.server.tools(request.caller, request.client).map(|tool| tool.as_json());
    write_list(request, out, "tools", LIST, tools);
    Ok(())
}

/// `tools/call`
pub(super) async fn call<S: Server>(request: &Request<'_, S>, out: &mut Vec<u8>) -> Result<(), Refusal> {
    let name = Params::string(request.params.name, "name")?;
    let arguments = request.params.arguments()?;
    let not_found = || Fault::invalid_params(format!("There is no tool {}.", quoted(&name)));
    if request.revision.is_stateless()
        && let Some(tool) = request.server.tool_with_headers(&name)
    {
        mirrored_headers::check_parameters(request.headers, tool.headers(), arguments)?;
    }
    let call = ToolCall { name: &name, arguments, meta: request.params.meta };
    let driven = rounds::drive(request, &name, arguments, not_found, async |exchange| {
        request.server.call_tool(exchange, call).await
    })
    .await?;
    match driven {
        Driven::Complete(result) => write(request, &result, out),
        Driven::InputRequired(members) => write_as(request, out, "input_required", None, &members),
        Driven::Defer(round) => tasks::create(request, call, round, out).await,
    }
}

/// Written by hand, since it is what most requests are answered with.
fn write<S: Server>(request: &Request<'_, S>, result: &ToolResult, out: &mut Vec<u8>) -> Result<(), Refusal> {
    out.push(b'{');
    if request.revision.is_stateless() {
        out.extend_from_slice(b"\"resultType\":\"complete\",");
    }
    result.write(out).map_err(|_| Fault::internal("The tool's result has no JSON form."))?;
    if request.revision.is_stateless() {
        out.push(b',');
        request.server.card().write_result_meta(out);
    }
    out.push(b'}');
    Ok(())
}
