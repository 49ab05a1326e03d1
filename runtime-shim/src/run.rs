//! One run, from manifest to the last answer.

use crate::assemble::{AssembleError, assemble};
use crate::manifest::ManifestError;
use crate::serve::serve;
use crate::settings::{Addresses, RunSettings};
use std::future::Future;
use tokio::net::TcpListener;

/// Why a run could not start.
#[derive(Debug, thiserror::Error)]
pub enum RunError {
    /// The manifest.
    #[error(transparent)]
    Manifest(#[from] ManifestError),
    /// Its components.
    #[error(transparent)]
    Assemble(#[from] AssembleError),
    /// A port.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// The address.
        address: std::net::SocketAddr,
        /// What the system answered.
        source: std::io::Error,
    },
}

/// Runs the app until `shutdown` and the end of its requests in progress. `ready` gets the addresses as soon as
/// requests are answered.
///
/// # Errors
/// [`RunError`] before the first request; nothing after.
pub async fn run(
    settings: RunSettings,
    shutdown: impl Future<Output = ()>,
    ready: impl FnOnce(Addresses),
) -> Result<(), RunError> {
    let listen = |address| async move {
        TcpListener::bind(address).await.map_err(|source| RunError::Listen { address, source })
    };
    // First, so that a port in use is told before anything is compiled.
    let listener = listen(settings.listen).await?;
    let http =
        listener.local_addr().map_err(|source| RunError::Listen { address: settings.listen, source })?;
    let assembled = assemble(&settings)?;
    ready(Addresses { http, metrics: None });
    serve(assembled.app, listener, shutdown, settings.grace).await;
    Ok(())
}
