//! `completion/complete`: what an argument that is being typed could become.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::json;

use super::{Request, RequestError, result::write};
use crate::{
    message::{Params, RpcError},
    server::{Completion, Server},
};

/// How many values an answer may have (2026-07-28, Completion, "Completion Results").
const MAX_VALUES: usize = 100;

#[derive(Deserialize)]
#[serde(tag = "type")]
enum Reference {
    #[serde(rename = "ref/prompt")]
    Prompt { name: String },
    #[serde(rename = "ref/resource")]
    Resource { uri: String },
}

#[derive(Deserialize)]
struct Argument {
    name: String,
    value: String,
}

#[derive(Default, Deserialize)]
struct Context {
    #[serde(default)]
    arguments: BTreeMap<String, String>,
}

/// `completion/complete`
pub(super) async fn complete<S: Server>(
    request: &Request<'_, S>,
    out: &mut Vec<u8>,
) -> Result<(), RequestError> {
    let params = &request.params;
    let missing = |name: &str| RpcError::invalid_params(format!("The member {name} of params is missing."));
    let reference: Reference =
        Params::optional(params.reference, "ref", "a reference to a prompt or a resource")?
            .ok_or_else(|| missing("ref"))?;
    let argument: Argument =
        Params::optional(params.argument, "argument", "an object of a name and a value")?
            .ok_or_else(|| missing("argument"))?;
    let context: Context =
        Params::optional(params.context, "context", "an object of arguments")?.unwrap_or_default();
    let (name, value) = (argument.name.as_str(), argument.value.as_str());
    let completion = match &reference {
        Reference::Prompt { name: prompt } => {
            Completion::Prompt { name: prompt, argument: name, value, given: &context.arguments }
        }
        Reference::Resource { uri } => Completion::Resource { template: uri, argument: name, value },
    };
    let not_found =
        || RpcError::invalid_params("There is no such prompt or template, or it has no such argument.");
    let mut values = request
        .server
        .complete(request.caller, &completion)
        .await
        .map_err(|error| RequestError::from_call(error, not_found))?;
    let has_more = values.len() > MAX_VALUES;
    values.truncate(MAX_VALUES);
    write(request, out, None, &json!({ "completion": { "values": values, "hasMore": has_more } }))
}
