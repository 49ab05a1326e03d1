//! Accepting connections, and letting go of them in order.

use super::app::App;
use super::listeners::Listeners;
use http::{HeaderValue, Request, Version, header};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use hyper_util::server::graceful::GracefulShutdown;
use std::convert::Infallible;
use std::future::Future;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::time::Duration;

/// How long a client may take to send a request's head.
const HEAD_TIMEOUT: Duration = Duration::from_secs(30);
/// How long to wait when the system has no file descriptor or memory for a connection.
const ACCEPT_RETRY: Duration = Duration::from_millis(50);

/// How a run comes to its end.
#[derive(Clone, Copy, Debug)]
pub struct Leave {
    /// How long to go on answering, each answer the last one of its connection. Balancers hear of an end after it has
    /// begun, and a client may be about to use a connection that is open: neither may meet a closed door.
    pub drain: Duration,
    /// How long requests in progress may take after that.
    pub grace: Duration,
}

/// Serves `app` at `listeners` until `shutdown`, and then takes its `leave`.
pub async fn serve(
    app: Arc<App>,
    mut listeners: Listeners,
    shutdown: impl Future<Output = ()>,
    leave: Leave,
) {
    let mut server = auto::Builder::new(TokioExecutor::new());
    server.http1().timer(TokioTimer::new()).header_read_timeout(HEAD_TIMEOUT).pipeline_flush(true);
    server.http2().timer(TokioTimer::new());
    let connections = GracefulShutdown::new();
    let leaving = Arc::new(AtomicBool::new(false));
    let mut shutdown = std::pin::pin!(async {
        shutdown.await;
        leaving.store(true, Relaxed);
        if !leave.drain.is_zero() {
            tracing::info!(
                seconds = leave.drain.as_secs_f64(),
                "stopping: connections end with their next answer"
            );
            tokio::time::sleep(leave.drain).await;
        }
    });
    loop {
        let accepted = tokio::select! {
            accepted = listeners.accept() => accepted,
            () = &mut shutdown => break,
        };
        let (stream, client) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                tracing::warn!(%error, "cannot accept a connection");
                tokio::time::sleep(ACCEPT_RETRY).await;
                continue;
            }
        };
        // Without this, answers that come in two writes wait for the client's delayed acknowledgement (40 ms).
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "cannot set TCP_NODELAY");
        }
        let (app, leaving) = (Arc::clone(&app), Arc::clone(&leaving));
        let service = service_fn(move |request: Request<Incoming>| {
            let (app, leaving) = (Arc::clone(&app), Arc::clone(&leaving));
            async move {
                // HTTP/2 has a frame for it, sent when the connection is shut down.
                let has_header = request.version() < Version::HTTP_2;
                let mut response = app.route(request, Some(client)).await;
                if has_header && leaving.load(Relaxed) {
                    response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
                }
                Ok::<_, Infallible>(response)
            }
        });
        let connection = server.serve_connection(TokioIo::new(stream), service).into_owned();
        let connection = connections.watch(connection);
        tokio::spawn(async move {
            if let Err(error) = connection.await {
                tracing::debug!(%error, "connection ended");
            }
        });
    }
    drop(listeners);
    tracing::info!("stopping: waiting for requests in progress");
    if tokio::time::timeout(leave.grace, connections.shutdown()).await.is_err() {
        tracing::warn!("stopped with requests in progress: the grace time is over");
    }
}
