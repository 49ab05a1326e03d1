//! `initialize` of the revisions before 2026-07-28. Nothing is kept of it: the session id says what the client can do,
//! and each later request names its revision in a header.

use crate::{
    message::{Params, Revision, RpcError, is_implementation, raw},
    server::{ClientFeatures, ServerInfo},
};

/// What the client says it can do.
pub(crate) fn features(params: &Params<'_>) -> ClientFeatures {
    // Tasks, as they are here, came with the stateless revision.
    let declared = params.capabilities.map(ClientFeatures::read).unwrap_or_default();
    ClientFeatures { tasks: false, ..declared }
}

/// The result of `initialize`: the revision that the client asks for, or the latest one with a handshake.
pub(crate) fn result<'a>(info: &'a ServerInfo, params: &Params<'_>) -> Result<&'a str, RpcError> {
    let requested = params.protocol_version.and_then(raw::string).ok_or_else(|| {
        RpcError::invalid_params("The member protocolVersion of params must be there and be a string.")
    })?;
    if !params.capabilities.is_some_and(raw::is_object) {
        return Err(RpcError::invalid_params(
            "The member capabilities of params must be there and be an object.",
        ));
    }
    if !params.client_info.is_some_and(is_implementation) {
        return Err(RpcError::invalid_params(
            "The member clientInfo of params must have a name and a version.",
        ));
    }
    Revision::parse(&requested)
        .and_then(|revision| info.handshake(revision))
        .or_else(|| info.handshake(Revision::LATEST_HANDSHAKE))
        .ok_or_else(|| RpcError::internal("No revision with a handshake is offered."))
}
