//! The running app: its routes and components.

use super::body::{LimitedBody, ResponseBody};
use super::exchange::Exchange;
use super::headers::set_spin_headers;
use super::instance::ComponentHandler;
use super::problem::Problem;
use super::request_id::REQUEST_ID;
use super::routes::{Routes, Target};
use crate::host::{Fate, RequestContext};
use crate::limits::Limits;
use crate::observe::{Limit, Metrics, Stop, Tracing, Trail};
use http::{HeaderValue, Request, Response, StatusCode};
use http_body::Body;
use http_body_util::BodyExt;
use std::collections::BTreeMap;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
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
    tracing: Tracing,
}

impl App {
    /// An app of `components` reached by `routes`.
    pub fn new(
        routes: Routes,
        components: BTreeMap<String, Served>,
        limits: Limits,
        metrics: Arc<Metrics>,
        tracing: Tracing,
    ) -> Self {
        let permits = Arc::new(Semaphore::new(limits.concurrent_requests));
        Self { routes, components, limits, permits, metrics, tracing }
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
        let (mut parts, body) = request.into_parts();
        let path = parts.uri.path().to_owned();
        let matched = self.routes.find(&path);
        let route = matched.as_ref().map_or("", |matched| matched.route);
        let mut exchange = Exchange::begin(&self.metrics, &self.tracing, &parts, route);
        let response = match &matched {
            None => Problem::NotFound.response(&exchange.id),
            Some(matched) => match matched.target {
                Target::Fixed(fixed) => fixed_response(fixed),
                Target::Component(target) => {
                    exchange.component = target.clone();
                    if super::headers::make_absolute(&mut parts).is_none() {
                        Problem::BadRequest.response(&exchange.id)
                    } else if super::body::declared_length(&parts.headers) > self.limits.body {
                        super::body::drain(body);
                        self.refuse(Problem::BodyTooLarge, &exchange, None)
                    } else {
                        set_spin_headers(&mut parts, matched, client);
                        let over = Arc::new(AtomicBool::new(false));
                        let body = LimitedBody::new(body, self.limits.body, Arc::clone(&over)).boxed_unsync();
                        let response = self.answer(&exchange, Request::from_parts(parts, body)).await;
                        if over.load(Relaxed) {
                            self.refuse(Problem::BodyTooLarge, &exchange, None)
                        } else {
                            response
                        }
                    }
                }
            },
        };
        exchange.end_with(response)
    }

    /// Answers a request of another component of the app.
    pub async fn chained(&self, component: &str, request: Request<WasiBody>) -> Response<ResponseBody> {
        let (mut parts, body) = request.into_parts();
        let mut exchange = Exchange::begin(&self.metrics, &self.tracing, &parts, "private");
        exchange.component = component.to_owned();
        let names: Vec<_> =
            parts.headers.keys().filter(|n| n.as_str().starts_with("spin-")).cloned().collect();
        for name in names {
            parts.headers.remove(name);
        }
        let response = self.answer(&exchange, Request::from_parts(parts, body)).await;
        exchange.end_with(response)
    }

    async fn answer(&self, exchange: &Exchange, mut request: Request<WasiBody>) -> Response<ResponseBody> {
        let (id, started, component) = (&exchange.id, exchange.started, exchange.component.as_str());
        let Some(served) = self.components.get(component) else { return Problem::NotFound.response(id) };
        let Ok(permit) = Arc::clone(&self.permits).try_acquire_owned() else {
            return self.refuse(Problem::Busy, exchange, None);
        };
        if let Ok(value) = HeaderValue::from_str(id) {
            request.headers_mut().insert(REQUEST_ID, value);
        }
        let fate = Arc::new(Fate::default());
        let trail = exchange.trail(&self.tracing, request.headers_mut());
        let context = RequestContext {
            id: Arc::clone(id),
            started,
            fate: Arc::clone(&fate),
            trail: Arc::clone(&trail),
        };
        let done = Done { fate: Arc::clone(&fate), trail, _permit: permit };
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
                done.trail.finish(Some(problem.name()));
                drop(done);
                self.refuse(problem, exchange, fate.stop())
            }
        }
    }

    /// The answer that says what is wrong; a limit that was hit is counted, `stop` being why the instance ended.
    fn refuse(&self, problem: Problem, exchange: &Exchange, stop: Option<Stop>) -> Response<ResponseBody> {
        let limit = match (problem, stop) {
            (Problem::Busy, _) => Some(Limit::Requests),
            (Problem::BodyTooLarge, _) => Some(Limit::Body),
            (Problem::TimedOut, _) => Some(Limit::Response),
            (Problem::OverLimit, Some(Stop::Memory)) => Some(Limit::Memory),
            (Problem::OverLimit, _) => Some(Limit::Cpu),
            _ => None,
        };
        if let Some(limit) = limit {
            self.metrics.limit_hit(&exchange.component, limit);
        }
        problem.response(&exchange.id)
    }
}

/// Held until a response is over.
struct Done {
    fate: Arc<Fate>,
    trail: Arc<Trail>,
    _permit: OwnedSemaphorePermit,
}

impl Drop for Done {
    fn drop(&mut self) {
        self.trail.finish(self.fate.is_broken().then_some("stopped"));
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
