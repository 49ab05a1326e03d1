//! The parameters of a request.

use std::borrow::Cow;
use std::collections::BTreeMap;

use rmcp::model::LoggingLevel;
use serde::Deserialize;
use serde_json::{Value, value::RawValue};

use super::{
    RpcError,
    raw::{self, present},
};

/// The parameters that any method here reads. What else is there is left alone: later revisions and extensions add to it.
/// `null` is the same as left out: clients in languages without absent members write it so.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Params<'a> {
    #[serde(borrow, rename = "_meta", default)]
    pub(crate) meta: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub(crate) name: Option<&'a RawValue>,
    #[serde(borrow, default)]
    arguments: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub(crate) cursor: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub(crate) protocol_version: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub(crate) capabilities: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub(crate) client_info: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub(crate) uri: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub(crate) level: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub(crate) notifications: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub(crate) task_id: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub(crate) input_responses: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub(crate) request_state: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub(crate) request_id: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub(crate) argument: Option<&'a RawValue>,
    #[serde(borrow, default)]
    pub(crate) context: Option<&'a RawValue>,
    #[serde(borrow, rename = "ref", default)]
    pub(crate) reference: Option<&'a RawValue>,
}

/// How many bytes the arguments of one call may have: the longest task there can be, with every character of its notes
/// escaped as two `\uXXXX`, has about half as many.
const MAX_ARGUMENTS_BYTES: usize = 256 * 1024;

/// How deep they may nest.
const MAX_ARGUMENTS_DEPTH: usize = 32;

impl<'a> Params<'a> {
    /// The arguments of a call, as JSON text.
    ///
    /// # Errors
    ///
    /// They are no object, or more than any call takes.
    pub(crate) fn arguments(&self) -> Result<Option<&'a RawValue>, RpcError> {
        let Some(arguments) = self.arguments else { return Ok(None) };
        if !raw::is_object(arguments) {
            return Err(RpcError::invalid_params("The member arguments of params must be an object."));
        }
        if arguments.get().len() > MAX_ARGUMENTS_BYTES {
            let reason =
                format!("The arguments have more than {MAX_ARGUMENTS_BYTES} bytes: send less at once.");
            return Err(RpcError::invalid_params(reason));
        }
        if raw::shape(arguments.get().as_bytes()).depth > MAX_ARGUMENTS_DEPTH {
            let reason = format!("The arguments nest deeper than {MAX_ARGUMENTS_DEPTH} levels.");
            return Err(RpcError::invalid_params(reason));
        }
        Ok(Some(arguments))
    }

    /// A member that has to be there and be a string.
    pub(crate) fn string(member: Option<&'a RawValue>, name: &str) -> Result<Cow<'a, str>, RpcError> {
        member.and_then(raw::string).ok_or_else(|| {
            RpcError::invalid_params(format!("The member {name} of params must be there and be a string."))
        })
    }

    /// A member that may be left out, of a type.
    pub(crate) fn optional<T: Deserialize<'a>>(
        member: Option<&'a RawValue>,
        name: &str,
        what: &str,
    ) -> Result<Option<T>, RpcError> {
        member
            .map(|member| serde_json::from_str(member.get()))
            .transpose()
            .map_err(|_| RpcError::invalid_params(format!("The member {name} of params must be {what}.")))
    }

    /// The answers to what the client was asked; none where the member is left out.
    pub(crate) fn answers(&self) -> Result<Option<BTreeMap<String, Value>>, RpcError> {
        let answers: Option<BTreeMap<String, Value>> =
            Self::optional(self.input_responses, "inputResponses", "an object")?;
        if answers.iter().flatten().any(|(_, answer)| !answer.is_object()) {
            return Err(RpcError::invalid_params("Each member of inputResponses must be an object."));
        }
        if self.input_responses.is_some_and(|text| raw::has_nul(text.get())) {
            return Err(RpcError::invalid_params(
                "The member inputResponses of params has the character U+0000.",
            ));
        }
        Ok(answers)
    }

    pub(crate) fn read(params: Option<&'a RawValue>) -> Result<Self, RpcError> {
        let Some(params) = params else { return Ok(Self::default()) };
        // It is known to be an object, so a member that occurs twice is all that can be wrong.
        serde_json::from_str(params.get())
            .map_err(|_| RpcError::invalid_request("A member of params occurs more than once."))
    }

    pub(crate) fn meta(&self) -> Result<Meta<'a>, RpcError> {
        let Some(meta) = self.meta else { return Ok(Meta::default()) };
        if !raw::is_object(meta) {
            return Err(RpcError::invalid_meta("The member params._meta must be an object."));
        }
        serde_json::from_str(meta.get())
            .map_err(|_| RpcError::invalid_meta("A member of params._meta occurs more than once."))
    }
}

/// What `params._meta` says of the request (2026-07-28, Overview, "_meta").
#[derive(Default, Deserialize)]
pub(crate) struct Meta<'a> {
    #[serde(
        borrow,
        rename = "io.modelcontextprotocol/protocolVersion",
        default,
        deserialize_with = "present"
    )]
    protocol_version: Option<&'a RawValue>,
    #[serde(borrow, rename = "io.modelcontextprotocol/clientInfo", default, deserialize_with = "present")]
    client_info: Option<&'a RawValue>,
    #[serde(
        borrow,
        rename = "io.modelcontextprotocol/clientCapabilities",
        default,
        deserialize_with = "present"
    )]
    client_capabilities: Option<&'a RawValue>,
    #[serde(borrow, rename = "io.modelcontextprotocol/logLevel", default, deserialize_with = "present")]
    log_level: Option<&'a RawValue>,
    #[serde(borrow, rename = "progressToken", default, deserialize_with = "present")]
    progress_token: Option<&'a RawValue>,
}

impl<'a> Meta<'a> {
    pub(crate) fn protocol_version(&self) -> Result<Option<Cow<'a, str>>, RpcError> {
        let Some(version) = self.protocol_version else { return Ok(None) };
        raw::string(version).map(Some).ok_or_else(|| {
            RpcError::invalid_meta(
                "The member io.modelcontextprotocol/protocolVersion of params._meta must be a string.",
            )
        })
    }

    /// What the client says it can do.
    pub(crate) const fn client_capabilities(&self) -> Option<&'a RawValue> {
        self.client_capabilities
    }

    /// From which level on the client wants log messages.
    pub(crate) fn log_level(&self) -> Result<Option<LoggingLevel>, RpcError> {
        self.log_level.map(|level| serde_json::from_str(level.get())).transpose().map_err(|_| {
            RpcError::invalid_meta("The member io.modelcontextprotocol/logLevel of params._meta is no level.")
        })
    }

    /// What the client calls the progress of this request: a string or an integer.
    pub(crate) fn progress_token(&self) -> Option<Value> {
        let token: Value = serde_json::from_str(self.progress_token?.get()).ok()?;
        (token.is_string() || token.is_i64() || token.is_u64()).then_some(token)
    }

    /// Checks what every request of the stateless revision must say.
    pub(crate) fn check(&self) -> Result<(), RpcError> {
        if self.protocol_version.is_none() {
            return Err(RpcError::invalid_meta(
                "The member io.modelcontextprotocol/protocolVersion of params._meta is missing.",
            ));
        }
        if !self.client_capabilities.is_some_and(raw::is_object) {
            return Err(RpcError::invalid_meta(
                "The member io.modelcontextprotocol/clientCapabilities of params._meta must be there and be an object.",
            ));
        }
        if self.client_info.is_some_and(|info| !is_implementation(info)) {
            return Err(RpcError::invalid_meta(
                "The member io.modelcontextprotocol/clientInfo of params._meta must have a name and a version.",
            ));
        }
        Ok(())
    }
}

/// Whether a value names a piece of software: an object with a name and a version.
pub(crate) fn is_implementation(value: &RawValue) -> bool {
    #[derive(Deserialize)]
    struct Implementation<'a> {
        #[serde(borrow)]
        name: &'a RawValue,
        #[serde(borrow)]
        version: &'a RawValue,
    }
    raw::is_object(value)
        && serde_json::from_str::<Implementation<'_>>(value.get())
            .is_ok_and(|info| raw::string(info.name).is_some() && raw::string(info.version).is_some())
}
