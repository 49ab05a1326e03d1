//! One run, from manifest to the last answer.

use crate::assemble::{AssembleError, assemble};
use crate::manifest::ManifestError;
use crate::observe::serve_management;
use crate::serve::{Leave, ListenError, Listeners, serve};
use crate::settings::{Addresses, RunSettings};
use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
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
    #[error(transparent)]
    Listen(#[from] ListenError),
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
    // First, so that a port in use is told before anything is compiled.
    let listeners = Listeners::bind(settings.listen).await?;
    let http = listeners.address();
    let management = match settings.metrics_listen {
        Some(address) => Some(listen(address).await?),
        None => None,
    };
    let assembled = assemble(&settings)?;
    let stopping = Arc::new(AtomicBool::new(false));
    let mut metrics = None;
    let management = management.map(|(listener, address)| {
        metrics = Some(address);
        tokio::spawn(serve_management(listener, Arc::clone(&assembled.metrics), Arc::clone(&stopping)))
    });
    // It listens for signals from its first poll on. Whoever hears that the app is ready may send one at once.
    let mut shutdown = std::pin::pin!(shutdown);
    let is_over = futures::poll!(shutdown.as_mut()).is_ready();
    ready(Addresses { http, metrics });
    let shutdown = async {
        if !is_over {
            shutdown.await;
        }
        stopping.store(true, Relaxed);
    };
    let leave = Leave { drain: settings.drain, grace: settings.grace };
    serve(assembled.app, listeners, shutdown, leave).await;
    assembled.tracing.flush().await;
    if let Some(management) = management {
        management.abort();
    }
    Ok(())
}

async fn listen(address: SocketAddr) -> Result<(TcpListener, SocketAddr), ListenError> {
    let failed = |source| ListenError { address, source };
    let listener = TcpListener::bind(address).await.map_err(failed)?;
    let bound = listener.local_addr().map_err(failed)?;
    Ok((listener, bound))
}
