//! The second port: metrics and health for operators, apart from the app's own paths.

use super::Metrics;
use http::{Request, Response, StatusCode, header};
use http_body_util::Full;
use hyper::body::{Bytes, Incoming};
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::convert::Infallible;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use tokio::net::TcpListener;

/// Answers `/metrics`, `/livez` and `/readyz`; the last one says no as soon as `stopping` is set.
pub async fn serve_management(listener: TcpListener, metrics: Arc<Metrics>, stopping: Arc<AtomicBool>) {
    loop {
        let Ok((stream, _)) = listener.accept().await else { continue };
        let (metrics, stopping) = (Arc::clone(&metrics), Arc::clone(&stopping));
        let service = service_fn(move |request: Request<Incoming>| {
            let response = answer(request.uri().path(), &metrics, stopping.load(Relaxed));
            async move { Ok::<_, Infallible>(response) }
        });
        tokio::spawn(async move {
            let mut server = hyper::server::conn::http1::Builder::new();
            server.timer(TokioTimer::new());
            if let Err(error) = server.serve_connection(TokioIo::new(stream), service).await {
                tracing::debug!(%error, "management connection ended");
            }
        });
    }
}

fn answer(path: &str, metrics: &Metrics, stopping: bool) -> Response<Full<Bytes>> {
    let (status, kind, body) = match path {
        "/metrics" => {
            (StatusCode::OK, "application/openmetrics-text; version=1.0.0; charset=utf-8", metrics.text())
        }
        "/livez" => (StatusCode::OK, "text/plain", "ok\n".to_owned()),
        "/readyz" if stopping => (StatusCode::SERVICE_UNAVAILABLE, "text/plain", "stopping\n".to_owned()),
        "/readyz" => (StatusCode::OK, "text/plain", "ok\n".to_owned()),
        _ => (StatusCode::NOT_FOUND, "text/plain", "not found\n".to_owned()),
    };
    let mut response = Response::new(Full::from(body));
    *response.status_mut() = status;
    response.headers_mut().insert(header::CONTENT_TYPE, http::HeaderValue::from_static(kind));
    response
}
