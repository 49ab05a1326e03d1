//! Accepting connections, and letting go of them in order.

use super::connections::{Connection, Connections};
use super::listeners::Listeners;
use super::response_body::ResponseBody;
use super::streams::{self, StreamExecutor};
use futures::future::BoxFuture;
use http::{HeaderValue, Request, Response, Version, header};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use hyper_util::server::graceful::GracefulShutdown;
use std::convert::Infallible;
use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::time::{Duration, Instant};

/// How long a client may take to send a request's head, counted from the answer before.
const HEAD_TIMEOUT: Duration = Duration::from_secs(30);
/// How much of a connection is kept in memory, each way: a request's head has to fit in, and an answer waits in it.
const MAX_BUFFER: usize = 64 << 10;
/// Streams of an HTTP/2 connection at a time.
const MAX_STREAMS: u32 = 64;
/// What an HTTP/2 client may send ahead for one stream, and for all of its connection.
const STREAM_WINDOW: u32 = 64 << 10;
const CONNECTION_WINDOW: u32 = 256 << 10;
/// How often it is asked whether the other end of an HTTP/2 connection is still there, and how long that may take.
const PING_INTERVAL: Duration = Duration::from_secs(20);
const PING_TIMEOUT: Duration = Duration::from_secs(10);
/// How long to wait when the system has no file descriptor or memory for a connection.
const ACCEPT_RETRY_INTERVAL: Duration = Duration::from_millis(50);
/// How often a log says the same of connections.
const LOG_INTERVAL: Duration = Duration::from_secs(10);

/// How a run comes to its end.
#[derive(Clone, Copy, Debug)]
pub struct ShutdownPolicy {
    /// How long to go on answering, each answer the last one of its connection. Balancers hear of an end after it has
    /// begun, and a client may be about to use a connection that is open: neither may find nobody listening.
    pub drain: Duration,
    /// How long requests in progress may take after that.
    pub grace: Duration,
}

/// What connections may take up.
#[derive(Clone, Copy, Debug)]
pub struct ConnectionLimits {
    /// How many there may be at a time.
    pub connections: usize,
    /// How long a client may take for the next bytes of a body.
    pub stall: Duration,
    /// How long a response may take.
    pub total: Duration,
}

/// The ends of the connection that a request came in by.
#[derive(Clone, Copy, Debug, Default)]
pub struct Ends {
    /// The client's.
    pub client: Option<SocketAddr>,
    /// This process'.
    pub local: Option<SocketAddr>,
}

/// Answers requests.
pub trait Answer: Send + Sync + 'static {
    /// The answer to a request that came in by a connection with these ends.
    fn answer(
        &self,
        request: Request<Incoming>,
        ends: Ends,
    ) -> impl Future<Output = Response<ResponseBody>> + Send;
}

/// Serves `app` at `listeners` until `shutdown`, and then comes to its end as `policy` says.
pub async fn serve<A: Answer>(
    app: Arc<A>,
    mut listeners: Listeners,
    shutdown: BoxFuture<'_, ()>,
    policy: ShutdownPolicy,
    limits: ConnectionLimits,
) {
    let server = server(limits.stall);
    let open = Connections::new(limits.connections, limits.stall);
    let graceful = GracefulShutdown::new();
    let leaving = Arc::new(AtomicBool::new(false));
    let mut shutdown = std::pin::pin!(async {
        shutdown.await;
        leaving.store(true, Relaxed);
        if !policy.drain.is_zero() {
            tracing::info!(
                seconds = policy.drain.as_secs_f64(),
                "stopping: connections end with their next answer"
            );
            tokio::time::sleep(policy.drain).await;
        }
    });
    let mut complaint = Complaint::default();
    loop {
        let accepted = tokio::select! {
            accepted = listeners.accept() => accepted,
            () = &mut shutdown => break,
        };
        let (stream, client) = match accepted {
            Ok(accepted) => accepted,
            Err(error) => {
                complaint.tell(|times| tracing::warn!(%error, times, "cannot accept a connection"));
                tokio::time::sleep(ACCEPT_RETRY_INTERVAL).await;
                continue;
            }
        };
        let Some(connection) = open.open(client, stream.local_addr().ok()) else {
            complaint.tell(|times| tracing::warn!(times, "too many connections, all of them with requests"));
            continue;
        };
        // Without this, answers that come in two writes wait for the client's delayed acknowledgement (40 ms).
        if let Err(error) = stream.set_nodelay(true) {
            tracing::debug!(%error, "cannot set TCP_NODELAY");
        }
        let state = Arc::clone(connection.connection());
        let (app, leaving, connection) = (Arc::clone(&app), Arc::clone(&leaving), Arc::new(connection));
        let service = service_fn(move |request: Request<Incoming>| {
            let (app, leaving, connection) =
                (Arc::clone(&app), Arc::clone(&leaving), Arc::clone(&connection));
            async move {
                let open = connection.begin_request();
                let connection = connection.connection();
                let deadline = streams::current().unwrap_or_else(|| Arc::clone(connection.deadline()));
                // HTTP/2 has a frame for it, sent when the connection is shut down.
                let has_header = request.version() < Version::HTTP_2;
                let ends = Ends { client: Some(connection.client), local: connection.local };
                let last = Instant::now() + limits.total;
                let mut response = app.answer(request, ends).await.map(|body| {
                    body.taken_by(deadline, limits.stall, last).then(Box::new(move |_| drop(open)))
                });
                if has_header && leaving.load(Relaxed) {
                    response.headers_mut().insert(header::CONNECTION, HeaderValue::from_static("close"));
                }
                Ok::<_, Infallible>(response)
            }
        });
        let served = server.serve_connection(TokioIo::new(stream), service).into_owned();
        tokio::spawn(watch(state, graceful.watch(served)));
    }
    drop(listeners);
    tracing::info!("stopping: waiting for requests in progress");
    open.begin_shutdown();
    if tokio::time::timeout(policy.grace, graceful.shutdown()).await.is_err() {
        tracing::warn!("stopped with requests in progress: the grace time is over");
    }
}

fn server(stall: Duration) -> auto::Builder<StreamExecutor> {
    let mut server = auto::Builder::new(StreamExecutor::new(stall));
    server
        .http1()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_TIMEOUT)
        .max_buf_size(MAX_BUFFER)
        // Most answers are short: one write of head and body together costs less than a vectored one.
        .writev(false);
    server
        .http2()
        .timer(TokioTimer::new())
        .max_concurrent_streams(MAX_STREAMS)
        .initial_stream_window_size(STREAM_WINDOW)
        .initial_connection_window_size(CONNECTION_WINDOW)
        .max_send_buf_size(MAX_BUFFER)
        .max_header_list_size(MAX_BUFFER as u32)
        .keep_alive_interval(PING_INTERVAL)
        .keep_alive_timeout(PING_TIMEOUT);
    server
}

/// Serves a connection until its end, or until it must close.
async fn watch<E: std::fmt::Display>(
    connection: Arc<Connection>,
    served: impl Future<Output = Result<(), E>>,
) {
    tokio::select! {
        biased;
        result = served => if let Err(error) = result {
            tracing::debug!(%error, "connection ended");
        },
        () = connection.must_close() => tracing::debug!(client = %connection.client, "connection closed"),
    }
}

/// Something that a flood of connections would fill the log with.
#[derive(Default)]
struct Complaint {
    told: Option<Instant>,
    times: usize,
}

impl Complaint {
    /// Calls `tell` with how often it happened, where it was not told just now.
    fn tell(&mut self, tell: impl FnOnce(usize)) {
        self.times += 1;
        if self.told.is_none_or(|told| told.elapsed() > LOG_INTERVAL) {
            tell(self.times);
            *self = Self { told: Some(Instant::now()), times: 0 };
        }
    }
}
