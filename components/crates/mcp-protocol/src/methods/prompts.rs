//! Prompts: listing and filling in.

use std::collections::BTreeMap;

use super::{
    Driven, Refusal, Request,
    result::{expect_no_cursor, write, write_as, write_list},
    rounds,
};
use crate::{
    message::{Fault, Params, quoted},
    server::{Cached, PromptCall, PromptDefinition, Server},
};

/// How long a client may keep a list of prompts: five minutes.
const LIST: Cached = Cached::private(300_000);

/// `prompts/list`
pub(super) fn list<S: Server>(request: &Request<'_, S>, out: &mut Vec<u8>) -> Result<(), Refusal> {
    expect_no_cursor(request)?;
    let prompts = request.server.prompts(request.caller).iter().map(PromptDefinition::as_json);
    write_list(request, out, "prompts", LIST, prompts);
    Ok(())
}

/// `prompts/get`
pub(super) async fn get<S: Server>(request: &Request<'_, S>, out: &mut Vec<u8>) -> Result<(), Refusal> {
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
        return Err(Fault::invalid_params(reason).into());
    }
    let not_found = || Fault::invalid_params(format!("There is no prompt {}.", quoted(&name)));
    let call = PromptCall { name: &name, arguments: &arguments };
    let driven = rounds::drive(request, &name, written, not_found, async |exchange| {
        request.server.get_prompt(exchange, call.clone()).await
    })
    .await?;
    match driven {
        Driven::Complete(result) => write(request, out, None, &Filled::from(result)),
        Driven::InputRequired(members) => write_as(request, out, "input_required", None, &members),
        Driven::Defer(_) => Err(Fault::internal("Only tools run as tasks.").into()),
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
