//! One run, from manifest to the last answer.

use crate::assemble::assemble;
use crate::error::AssembleError;
use crate::schedule;
use crate::serve::{
    Answer, App, ConnectionLimits, Ends, ListenError, Listeners, Management, ResponseBody, ShutdownPolicy,
    provide_descriptors, serve,
};
use crate::settings::{Addresses, RunSettings};
use app_manifest::ManifestError;
use futures::future::BoxFuture;
use http::{Request, Response};
use hyper::body::Incoming;
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
pub fn run<'a>(
    settings: RunSettings,
    shutdown: impl Future<Output = ()> + Send + 'a,
    ready: impl FnOnce(Addresses) + Send + 'a,
) -> BoxFuture<'a, Result<(), RunError>> {
    run_boxed(settings, Box::pin(shutdown), Box::new(ready))
}

/// Not generic, and boxed here: so the whole server is compiled in this crate, and not once more in each program that calls it.
#[inline(never)]
fn run_boxed<'a>(
    settings: RunSettings,
    shutdown: BoxFuture<'a, ()>,
    ready: Box<dyn FnOnce(Addresses) + Send + 'a>,
) -> BoxFuture<'a, Result<(), RunError>> {
    Box::pin(run_until(settings, shutdown, ready))
}

/// What a port answers with: one type, so that the server is compiled once for both.
enum Answers {
    App(Arc<App>),
    Management(Management),
}

impl Answer for Answers {
    async fn answer(&self, request: Request<Incoming>, ends: Ends) -> Response<ResponseBody> {
        match self {
            Self::App(app) => app.answer(request, ends).await,
            Self::Management(management) => management.answer(request, ends).await,
        }
    }
}

async fn run_until(
    settings: RunSettings,
    mut shutdown: BoxFuture<'_, ()>,
    ready: Box<dyn FnOnce(Addresses) + Send + '_>,
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
        let no_end = ShutdownPolicy { drain: Duration::ZERO, grace: Duration::ZERO };
        let limits = ConnectionLimits { connections: MAX_MANAGEMENT_CONNECTIONS, ..limits };
        let answers = Arc::new(Answers::Management(answers));
        tokio::spawn(serve(answers, listeners, Box::pin(std::future::pending()), no_end, limits))
    });
    // It listens for signals from its first poll on. Whoever hears that the app is ready may send one at once.
    let is_over = futures::poll!(shutdown.as_mut()).is_ready();
    ready(Addresses { http, metrics });
    let shutdown = Box::pin(async {
        if !is_over {
            shutdown.await;
        }
        stopping.store(true, Relaxed);
    });
    let scheduled = schedule::start(&assembled.app, settings.schedule, &stopping);
    let policy = ShutdownPolicy { drain: settings.drain, grace: settings.grace };
    serve(Arc::new(Answers::App(assembled.app)), listeners, shutdown, policy, limits).await;
    drop(scheduled);
    assembled.tracing.flush().await;
    if let Some(management) = management {
        management.abort();
    }
    Ok(())
}
