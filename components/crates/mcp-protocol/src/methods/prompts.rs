//! Prompts: listing and filling in.

use std::collections::BTreeMap;

use super::{
    CallOutcome, Request, RequestError, input_requests,
    result::{expect_no_cursor, write, write_as, write_list},
};
use crate::{
    message::{Params, RpcError, quoted},
    server::{CachePolicy, PromptCall, PromptDefinition, Server},
};

/// How long a client may keep a list of prompts: five minutes.
const LIST: CachePolicy = CachePolicy::private(300_000);

/// `prompts/list`
pub(super) fn list<S: Server>(request: &Request<'_, S>, out: &mut Vec<u8>) -> Result<(), RequestError> {
    expect_no_cursor(request)?;
    let prompts = request.server.prompts(request.caller).iter().map(PromptDefinition::as_json);
    write_list(request, out, "prompts", LIST, prompts);
    Ok(())
}

/// `prompts/get`
pub(super) async fn get<S: Server>(request: &Request<'_, S>, out: &mut Vec<u8>) -> Result<(), RequestError> {
    let name = Params::string(request.params.name, "name")?;
    let written = request.params.arguments()?;
    let arguments: Option<BTreeMap<String, String>> =
        Params::optional(written, "arguments", "an object of strings")?;
    let arguments = arguments.unwrap_or_default();
    let definition = request.server.prompts(request.caller).iter().find(|prompt| prompt.name() == name);
    let missing = definition
        .and_then(|prompt| prompt.required().iter().find(|argument| !arguments.contains_key(*argument)));
    if let Some(missing) = missing {
        let reason = format!("The argument {} is missing.", quoted(missing));
        return Err(RpcError::invalid_params(reason).into());
    }
    let not_found = || RpcError::invalid_params(format!("There is no prompt {}.", quoted(&name)));
    let call = PromptCall { name: &name, arguments: &arguments };
    let outcome =
        input_requests::call_with_input_requests(request, &name, written, not_found, async |context| {
            request.server.get_prompt(request.caller, context, call.clone()).await
        })
        .await?;
    match outcome {
        CallOutcome::Complete(result) => write(request, out, None, &Filled::from(result)),
        CallOutcome::InputRequired(members) => write_as(request, out, "input_required", None, &members),
        CallOutcome::Defer(_) => Err(RpcError::internal("Only tools run as tasks.").into()),
    }
}

/// A prompt that is filled in, without what every result has.
#[derive(serde::Serialize)]
struct Filled {
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    messages: Vec<rmcp::model::PromptMessage>,
}

impl From<rmcp::model::GetPromptResult> for Filled {
    fn from(result: rmcp::model::GetPromptResult) -> Self {
        Self { description: result.description, messages: result.messages }
    }
}
