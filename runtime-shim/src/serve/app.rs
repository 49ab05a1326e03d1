//! The running app: its routes and components.

use super::body::{LimitedBody, ResponseBody};
use super::headers::set_spin_headers;
use super::instance::ComponentHandler;
use super::problem::Problem;
use super::request_id::{REQUEST_ID, request_id};
use super::routes::{Routes, Target};
use crate::host::{Fate, RequestContext};
use crate::limits::Limits;
use crate::observe::Metrics;
use http::{HeaderValue, Request, Response, StatusCode};
use http_body::Body;
use http_body_util::BodyExt;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::time::Instant;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use wasmtime_wasi_http::WasiBody;
use wasmtime_wasi_http::handler::{ExpirationError, InstantiationError, ProxyHandler};

/// One component ready to answer.
pub struct Served {
    /// Its instances.
    pub handler: ProxyHandler<ComponentHandler>,
}

/// A whole app.
pub struct App {
    routes: Routes,
    components: BTreeMap<String, Served>,
    limits: Limits,
    permits: Arc<Semaphore>,
    metrics: Arc<Metrics>,
}

impl App {
    /// An app of `components` reached by `routes`.
    pub fn new(
        routes: Routes,
        components: BTreeMap<String, Served>,
        limits: Limits,
        metrics: Arc<Metrics>,
    ) -> Self {
        let permits = Arc::new(Semaphore::new(limits.concurrent_requests));
        Self { routes, components, limits, permits, metrics }
    }

    /// Whether there is a component of that id.
    pub fn has(&self, component: &str) -> bool {
        self.components.contains_key(component)
    }

    /// Answers a request from outside, or one the app makes to itself.
    pub async fn route<B>(&self, request: Request<B>, client: Option<SocketAddr>) -> Response<ResponseBody>
    where
        B: Body<Data = bytes::Bytes> + Send + Unpin + 'static,
        wasmtime_wasi_http::Error: From<B::Error>,
    {
        let started = Instant::now();
        self.metrics.request_started();
        let id = request_id(request.headers());
        let (mut parts, body) = request.into_parts();
        let method = parts.method.clone();
        let path = parts.uri.path().to_owned();
        let mut component = "";
        let mut route = "";
        let response = match self.routes.find(&path) {
            None => Problem::NotFound.response(&id),
            Some(matched) => {
                route = matched.route;
                match matched.target {
                    Target::Fixed(fixed) => fixed_response(fixed),
                    Target::Component(target) => {
                        component = target;
                        if super::headers::make_absolute(&mut parts).is_none() {
                            Problem::BadRequest.response(&id)
                        } else if super::body::declared_length(&parts.headers) > self.limits.body {
                            super::body::drain(body);
                            Problem::BodyTooLarge.response(&id)
                        } else {
                            set_spin_headers(&mut parts, &matched, client);
                            let over = Arc::new(AtomicBool::new(false));
                            let body =
                                LimitedBody::new(body, self.limits.body, Arc::clone(&over)).boxed_unsync();
                            let request = Request::from_parts(parts, body);
                            let response = self.answer(target, &id, started, request).await;
                            if over.load(Relaxed) { Problem::BodyTooLarge.response(&id) } else { response }
                        }
                    }
                }
            }
        };
        self.finish(response, id, started, method, path, route.to_owned(), component.to_owned())
    }

    /// Answers a request of another component of the app.
    pub async fn chained(&self, component: &str, mut request: Request<WasiBody>) -> Response<ResponseBody> {
        let started = Instant::now();
        self.metrics.request_started();
        let id = request_id(request.headers());
        let method = request.method().clone();
        let path = request.uri().path().to_owned();
        let names: Vec<_> =
            request.headers().keys().filter(|n| n.as_str().starts_with("spin-")).cloned().collect();
        for name in names {
            request.headers_mut().remove(name);
        }
        let response = self.answer(component, &id, started, request).await;
        self.finish(response, id, started, method, path, "private".to_owned(), component.to_owned())
    }

    async fn answer(
        &self,
        component: &str,
        id: &Arc<str>,
        started: Instant,
        mut request: Request<WasiBody>,
    ) -> Response<ResponseBody> {
        let Some(served) = self.components.get(component) else { return Problem::NotFound.response(id) };
        let Ok(permit) = Arc::clone(&self.permits).try_acquire_owned() else {
            return Problem::Busy.response(id);
        };
        if let Ok(value) = HeaderValue::from_str(id) {
            request.headers_mut().insert(REQUEST_ID, value);
        }
        let fate = Arc::new(Fate::default());
        let context = RequestContext { id: Arc::clone(id), started, fate: Arc::clone(&fate) };
        let done = Done { fate: Arc::clone(&fate), _permit: permit };
        match served.handler.handle(context, request).await {
            Ok(response) => response.map(|body| {
                ResponseBody::new(body)
                    .of(Arc::clone(&fate))
                    .ends_by((started + self.limits.total).into())
                    .then(Box::new(move |_| drop(done)))
            }),
            Err(error) => {
                let problem = problem_of(&error, &fate);
                tracing::error!(
                    component,
                    request_id = &**id,
                    ?problem,
                    error = %error.root_cause(),
                    "no answer"
                );
                drop(done);
                problem.response(id)
            }
        }
    }

    #[allow(clippy::too_many_arguments, reason = "the fields of one access line")]
    fn finish(
        &self,
        mut response: Response<ResponseBody>,
        id: Arc<str>,
        started: Instant,
        method: http::Method,
        path: String,
        route: String,
        component: String,
    ) -> Response<ResponseBody> {
        let status = response.status().as_u16();
        if let Ok(value) = HeaderValue::from_str(&id) {
            response.headers_mut().entry(REQUEST_ID).or_insert(value);
        }
        let metrics = Arc::clone(&self.metrics);
        response.map(|body| {
            body.then(Box::new(move |complete| {
                metrics.request_finished(&component, &route, method.as_str(), status, started.elapsed());
                tracing::info!(
                    target: "access",
                    request_id = &*id,
                    method = method.as_str(),
                    path,
                    route,
                    component,
                    status,
                    complete,
                    duration_ms = started.elapsed().as_secs_f64() * 1000.0,
                );
            }))
        })
    }
}

/// Held until a response is over.
struct Done {
    fate: Arc<Fate>,
    _permit: OwnedSemaphorePermit,
}

impl Drop for Done {
    fn drop(&mut self) {
        self.fate.finish();
    }
}

/// What the client is told when a component gave no response.
fn problem_of(error: &wasmtime::Error, fate: &Fate) -> Problem {
    if error.is::<ExpirationError>() {
        return Problem::TimedOut;
    }
    if fate.stop().is_some() {
        return Problem::OverLimit;
    }
    match error.downcast_ref::<InstantiationError<RequestContext>>() {
        Some(failed) if failed.error.is::<wasmtime::PoolConcurrencyLimitError>() => Problem::Busy,
        _ => Problem::ComponentFailed,
    }
}

fn fixed_response(fixed: &crate::manifest::StaticResponse) -> Response<ResponseBody> {
    let mut response = Response::new(ResponseBody::full(fixed.body.clone().unwrap_or_default()));
    *response.status_mut() =
        fixed.status_code.and_then(|s| StatusCode::from_u16(s).ok()).unwrap_or(StatusCode::OK);
    for (name, value) in &fixed.headers {
        if let (Ok(name), Ok(value)) = (http::HeaderName::try_from(name), HeaderValue::from_str(value)) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}
