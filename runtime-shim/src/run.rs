//! One run, from manifest to the last answer.

use crate::assemble::{AssembleError, assemble};
use crate::manifest::ManifestError;
use crate::observe::Management;
use crate::serve::{ConnectionLimits, Leave, ListenError, Listeners, provide_descriptors, serve};
use crate::settings::{Addresses, RunSettings};
use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::time::Duration;

/// Connections at a time for metrics and health: of a kubelet, a scraper or two, and a person.
const MAX_MANAGEMENT_CONNECTIONS: usize = 64;

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
        Some(address) => Some(Listeners::bind(address.into()).await?),
        None => None,
    };
    let limits = ConnectionLimits {
        connections: provide_descriptors(settings.limits.connections),
        stall: settings.limits.stall,
        total: settings.limits.total,
    };
    let assembled = assemble(&settings)?;
    let stopping = Arc::new(AtomicBool::new(false));
    let metrics = management.as_ref().map(Listeners::address);
    let management = management.map(|listeners| {
        let answers = Management::new(Arc::clone(&assembled.metrics), Arc::clone(&stopping));
        let no_end = Leave { drain: Duration::ZERO, grace: Duration::ZERO };
        let limits = ConnectionLimits { connections: MAX_MANAGEMENT_CONNECTIONS, ..limits };
        tokio::spawn(serve(Arc::new(answers), listeners, std::future::pending(), no_end, limits))
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
    serve(assembled.app, listeners, shutdown, leave, limits).await;
    assembled.tracing.flush().await;
    if let Some(management) = management {
        management.abort();
    }
    Ok(())
}
