//! The HTTP client all components share: kept-alive connections, TLS with the public roots.

use http_body_util::BodyExt;
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::{Client, connect::HttpConnector};
use hyper_util::rt::{TokioExecutor, TokioTimer};
use std::time::Duration;
use wasmtime_wasi_http::{Error, RequestOptions, WasiBody};

/// How long connecting may take when the component sets no limit.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);
/// How long an unused connection is kept.
const IDLE_TIMEOUT: Duration = Duration::from_secs(60);
/// How long to wait for the response head, and between two chunks, when the component sets no limit.
const READ_TIMEOUT: Duration = Duration::from_secs(600);

/// Sends requests to the network. Cheap to clone; clones share connections.
#[derive(Clone)]
pub struct OutboundClient {
    client: Client<HttpsConnector<HttpConnector>, WasiBody>,
}

impl Default for OutboundClient {
    fn default() -> Self {
        let mut connector = HttpConnector::new();
        connector.set_nodelay(true);
        connector.enforce_http(false);
        connector.set_connect_timeout(Some(CONNECT_TIMEOUT));
        let connector = HttpsConnectorBuilder::new()
            .with_webpki_roots()
            .https_or_http()
            .enable_http1()
            .enable_http2()
            .wrap_connector(connector);
        let client = Client::builder(TokioExecutor::new())
            .pool_idle_timeout(IDLE_TIMEOUT)
            .pool_timer(TokioTimer::new())
            .timer(TokioTimer::new())
            .build(connector);
        Self { client }
    }
}

impl OutboundClient {
    /// Sends `request` and waits for the response head; chunks of the body then have to come within the component's
    /// between-bytes timeout.
    ///
    /// # Errors
    /// The `wasi:http` error that fits: connecting, TLS, or a limit.
    pub async fn send(
        &self,
        request: http::Request<WasiBody>,
        options: Option<RequestOptions>,
    ) -> Result<http::Response<WasiBody>, Error> {
        let first_byte = options.and_then(|o| o.first_byte_timeout).unwrap_or(READ_TIMEOUT);
        let between_bytes = options.and_then(|o| o.between_bytes_timeout).unwrap_or(READ_TIMEOUT);
        let connect = options.and_then(|o| o.connect_timeout).unwrap_or(CONNECT_TIMEOUT);
        let response = tokio::time::timeout(connect.saturating_add(first_byte), self.client.request(request))
            .await
            .map_err(|_| Error::ConnectionReadTimeout)?
            .map_err(into_wasi_error)?;
        Ok(response.map(|body| BetweenBytes { body, limit: between_bytes, deadline: None }.boxed_unsync()))
    }
}

/// The `wasi:http` error for a failed request.
fn into_wasi_error(error: hyper_util::client::legacy::Error) -> Error {
    let causes = std::iter::successors(std::error::Error::source(&error), |cause| (*cause).source());
    let kind =
        causes.filter_map(|cause| cause.downcast_ref::<std::io::Error>()).map(std::io::Error::kind).last();
    let is_connect = error.is_connect();
    // With all its causes.
    let error = wasmtime::Error::new(error);
    tracing::debug!(error = format!("{error:#}"), "outbound request failed");
    match kind {
        Some(std::io::ErrorKind::ConnectionRefused) => Error::ConnectionRefused,
        Some(std::io::ErrorKind::TimedOut) => Error::ConnectionTimeout,
        Some(std::io::ErrorKind::InvalidData) if is_connect => Error::TlsProtocolError,
        _ if is_connect => Error::DestinationUnavailable,
        _ => Error::ConnectionTerminated,
    }
}

/// A response body whose chunks have to come within a time.
struct BetweenBytes {
    body: hyper::body::Incoming,
    limit: Duration,
    deadline: Option<std::pin::Pin<Box<tokio::time::Sleep>>>,
}

impl http_body::Body for BetweenBytes {
    type Data = bytes::Bytes;
    type Error = Error;

    fn poll_frame(
        mut self: std::pin::Pin<&mut Self>,
        cx: &mut std::task::Context<'_>,
    ) -> std::task::Poll<Option<Result<http_body::Frame<Self::Data>, Self::Error>>> {
        use std::task::Poll;
        if let Poll::Ready(frame) = std::pin::Pin::new(&mut self.body).poll_frame(cx) {
            self.deadline = None;
            return Poll::Ready(frame.map(|f| f.map_err(Error::from)));
        }
        let limit = self.limit;
        let deadline = self.deadline.get_or_insert_with(|| Box::pin(tokio::time::sleep(limit)));
        deadline.as_mut().poll(cx).map(|()| Some(Err(Error::ConnectionReadTimeout)))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> http_body::SizeHint {
        self.body.size_hint()
    }
}
