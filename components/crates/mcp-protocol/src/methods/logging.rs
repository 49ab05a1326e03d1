//! `logging/setLevel`, in the revisions that have it.

use rmcp::model::LoggingLevel;

use super::{
    Request, RequestError,
    result::{Empty, write},
};
use crate::{
    message::{Params, RpcError},
    server::{Server, Store as _},
};

/// `logging/setLevel`
pub(super) async fn set_level<S: Server>(
    request: &Request<'_, S>,
    out: &mut Vec<u8>,
) -> Result<(), RequestError> {
    let level: LoggingLevel = Params::optional(request.params.level, "level", "the name of a level")?
        .ok_or_else(|| RpcError::invalid_params("The member level of params is missing."))?;
    let session = request.session.as_ref().ok_or_else(RpcError::session_needed)?;
    request.server.store(request.caller).set_log_level(session.id, level).await?;
    write(request, out, None, &Empty {})
}
