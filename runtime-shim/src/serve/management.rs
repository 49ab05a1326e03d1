//! The second port: metrics and health for operators, apart from the app's own paths.

use super::{Answer, Ends, ResponseBody};
use http::{Request, Response, StatusCode, header};
use hyper::body::Incoming;
use runtime_observability::Metrics;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};

/// Answers `/metrics`, `/livez` and `/readyz`; the last one says no as soon as the process is stopping.
pub struct Management {
    metrics: Arc<Metrics>,
    stopping: Arc<AtomicBool>,
}

impl Management {
    /// Tells of these.
    pub fn new(metrics: Arc<Metrics>, stopping: Arc<AtomicBool>) -> Self {
        Self { metrics, stopping }
    }

    fn text(&self, path: &str) -> (StatusCode, &'static str, String) {
        let is_stopping = self.stopping.load(Relaxed);
        let plain = |status, text: &str| (status, "text/plain", text.to_owned());
        match path {
            "/metrics" => (
                StatusCode::OK,
                "application/openmetrics-text; version=1.0.0; charset=utf-8",
                self.metrics.text(),
            ),
            "/livez" => plain(StatusCode::OK, "ok\n"),
            "/readyz" if is_stopping => plain(StatusCode::SERVICE_UNAVAILABLE, "stopping\n"),
            "/readyz" => plain(StatusCode::OK, "ok\n"),
            _ => plain(StatusCode::NOT_FOUND, "not found\n"),
        }
    }
}

impl Answer for Management {
    async fn answer(&self, request: Request<Incoming>, _: Ends) -> Response<ResponseBody> {
        let (status, kind, text) = self.text(request.uri().path());
        let mut response = Response::new(ResponseBody::full(text));
        *response.status_mut() = status;
        response.headers_mut().insert(header::CONTENT_TYPE, http::HeaderValue::from_static(kind));
        response
    }
}
