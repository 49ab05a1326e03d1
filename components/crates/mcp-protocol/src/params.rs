//! The parameters of a request.

use std::borrow::Cow;

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::{
    fault::Fault,
    raw::{self, present},
};

/// The parameters that any method here reads. What else is there is left alone: later revisions and extensions add to it.
#[derive(Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Params<'a> {
    #[serde(borrow, rename = "_meta", default, deserialize_with = "present")]
    meta: Option<&'a RawValue>,
    #[serde(borrow, default, deserialize_with = "present")]
    pub(crate) name: Option<&'a RawValue>,
    #[serde(borrow, default, deserialize_with = "present")]
    pub(crate) arguments: Option<&'a RawValue>,
    #[serde(borrow, default, deserialize_with = "present")]
    pub(crate) cursor: Option<&'a RawValue>,
    #[serde(borrow, default, deserialize_with = "present")]
    pub(crate) protocol_version: Option<&'a RawValue>,
    #[serde(borrow, default, deserialize_with = "present")]
    pub(crate) capabilities: Option<&'a RawValue>,
    #[serde(borrow, default, deserialize_with = "present")]
    pub(crate) client_info: Option<&'a RawValue>,
}

impl<'a> Params<'a> {
    pub(crate) fn read(params: Option<&'a RawValue>) -> Result<Self, Fault> {
        let Some(params) = params else { return Ok(Self::default()) };
        // It is known to be an object, so a member that occurs twice is all that can be wrong.
        serde_json::from_str(params.get())
            .map_err(|_| Fault::invalid_request("A member of params occurs more than once."))
    }

    pub(crate) fn meta(&self) -> Result<Meta<'a>, Fault> {
        let Some(meta) = self.meta else { return Ok(Meta::default()) };
        if !raw::is_object(meta) {
            return Err(Fault::invalid_meta("The member params._meta must be an object."));
        }
        serde_json::from_str(meta.get())
            .map_err(|_| Fault::invalid_meta("A member of params._meta occurs more than once."))
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
}

impl<'a> Meta<'a> {
    pub(crate) fn protocol_version(&self) -> Result<Option<Cow<'a, str>>, Fault> {
        let Some(version) = self.protocol_version else { return Ok(None) };
        raw::string(version).map(Some).ok_or_else(|| {
            Fault::invalid_meta(
                "The member io.modelcontextprotocol/protocolVersion of params._meta must be a string.",
            )
        })
    }

    /// Checks what every request of the stateless revision must say.
    pub(crate) fn check(&self) -> Result<(), Fault> {
        if self.protocol_version.is_none() {
            return Err(Fault::invalid_meta(
                "The member io.modelcontextprotocol/protocolVersion of params._meta is missing.",
            ));
        }
        if !self.client_capabilities.is_some_and(raw::is_object) {
            return Err(Fault::invalid_meta(
                "The member io.modelcontextprotocol/clientCapabilities of params._meta must be there and be an object.",
            ));
        }
        if self.client_info.is_some_and(|info| !is_implementation(info)) {
            return Err(Fault::invalid_meta(
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
