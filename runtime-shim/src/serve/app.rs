//! The running app: its routes and components.

use super::active_request::ActiveRequest;
use super::admission::{Caller, Permit};
use super::headers::set_spin_headers;
use super::listen::{Answer, Ends};
use super::problem::Problem;
use super::request_body::Uploads;
use super::request_id::REQUEST_ID;
use super::response_body::{ResponseBody, declared_length};
use super::routes::{Matched, Routes, Target};
use super::served::{Done, Served, problem_of};
use http::request::Parts;
use http::{HeaderValue, Request, Response, StatusCode};
use http_body::Body;
use http_body_util::BodyExt;
use hyper::body::Incoming;
use runtime_host::{RequestContext, RequestState};
use runtime_limits::Limits;
use runtime_observability::{Limit, Metrics, Stop, Tracing};
use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Instant;
use wasmtime_wasi_http::WasiBody;

/// A whole app.
pub struct App {
    routes: Routes,
    components: BTreeMap<String, Served>,
    limits: Limits,
    uploads: Uploads,
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
        Self { routes, components, limits, uploads: Uploads::new(limits), metrics, tracing }
    }

    /// Whether there is a component of that id.
    pub fn has(&self, component: &str) -> bool {
        self.components.contains_key(component)
    }

    /// Answers a request that the app makes to itself.
    pub async fn route_own(&self, request: Request<WasiBody>) -> Response<ResponseBody> {
        self.route(request, Ends::default()).await
    }

    async fn route<B>(&self, request: Request<B>, ends: Ends) -> Response<ResponseBody>
    where
        B: Body<Data = bytes::Bytes> + Send + Unpin + 'static,
        wasmtime_wasi_http::Error: From<B::Error>,
    {
        let (parts, body) = request.into_parts();
        let path = parts.uri.path().to_owned();
        let matched = self.routes.find(&path);
        let route = matched.as_ref().map_or("", |matched| matched.route);
        let mut active = ActiveRequest::begin(&self.metrics, &self.tracing, &parts, route);
        let response = match &matched {
            None => Problem::NotFound.response(&active.id),
            Some(Matched { target: Target::Fixed(fixed), .. }) => fixed_response(fixed),
            Some(matched @ Matched { target: Target::Component(target), .. }) => {
                active.component = target.clone();
                match self.forward(&active, matched, (parts, body), ends).await {
                    Ok(response) => response,
                    Err(problem) => self.refuse(problem, &active, None),
                }
            }
        };
        active.end_with(response)
    }

    /// Has the component of a route answer, when the request is one, is there, and is let in.
    async fn forward<B>(
        &self,
        active: &ActiveRequest,
        matched: &Matched<'_>,
        (mut parts, body): (Parts, B),
        ends: Ends,
    ) -> Result<Response<ResponseBody>, Problem>
    where
        B: Body<Data = bytes::Bytes> + Send + Unpin + 'static,
        wasmtime_wasi_http::Error: From<B::Error>,
    {
        super::headers::make_absolute(&mut parts, ends.local).ok_or(Problem::BadRequest)?;
        let served = self.components.get(&active.component).ok_or(Problem::NotFound)?;
        let (body, body_state) = self.uploads.receive(body, declared_length(&parts.headers)).await?;
        let permit = match ends.client {
            None => served.admission.admit_chained(),
            Some(client) => {
                let caller = Caller::identify(&parts.headers, Some(client.ip()));
                served.admission.admit(caller).await.ok_or(Problem::Busy)?
            }
        };
        set_spin_headers(&mut parts, matched, ends.client);
        let request = Request::from_parts(parts, body.boxed_unsync());
        let response = self.answer(active, served, request, permit).await;
        body_state.problem().map_or(Ok(response), Err)
    }

    /// Answers a request of another component of the app.
    pub async fn chained(&self, component: &str, request: Request<WasiBody>) -> Response<ResponseBody> {
        let (mut parts, body) = request.into_parts();
        let mut active = ActiveRequest::begin(&self.metrics, &self.tracing, &parts, "private");
        active.component = component.to_owned();
        super::headers::remove_spin_headers(&mut parts.headers);
        let response = match self.components.get(component) {
            None => Problem::NotFound.response(&active.id),
            Some(served) => {
                let permit = served.admission.admit_chained();
                self.answer(&active, served, Request::from_parts(parts, body), permit).await
            }
        };
        active.end_with(response)
    }

    async fn answer(
        &self,
        active: &ActiveRequest,
        served: &Served,
        mut request: Request<WasiBody>,
        permit: Permit,
    ) -> Response<ResponseBody> {
        let (id, component) = (&active.id, active.component.as_str());
        if let Ok(value) = HeaderValue::from_str(id) {
            request.headers_mut().insert(REQUEST_ID, value);
        }
        let state = Arc::new(RequestState::default());
        let spans = active.spans(&self.tracing, request.headers_mut());
        // Its time begins when it is there and has been let in.
        let started = Instant::now();
        let context = RequestContext {
            id: Arc::clone(id),
            started,
            state: Arc::clone(&state),
            spans: Arc::clone(&spans),
        };
        let done = Done { state: Arc::clone(&state), spans, _permit: permit };
        match served.handle(context, request, self.limits.wait).await {
            Ok(response) => response.map(|body| {
                ResponseBody::new(body)
                    .follow(Arc::clone(&state))
                    .ends_by((started + self.limits.total).into())
                    .then(Box::new(move |_| drop(done)))
            }),
            Err(error) => {
                let problem = problem_of(&error, &state);
                tracing::error!(
                    component,
                    request_id = &**id,
                    ?problem,
                    error = %error.root_cause(),
                    "no answer"
                );
                done.spans.finish(Some(problem.name()));
                drop(done);
                self.refuse(problem, active, state.stop())
            }
        }
    }

    /// The answer that says what is wrong; a limit that was hit is counted, `stop` being why the instance ended.
    fn refuse(&self, problem: Problem, active: &ActiveRequest, stop: Option<Stop>) -> Response<ResponseBody> {
        let limit = match (problem, stop) {
            (Problem::Busy, _) => Some(Limit::Requests),
            (Problem::BodyTooLarge, _) => Some(Limit::Body),
            (Problem::TimedOut, _) => Some(Limit::Response),
            (Problem::RequestTimedOut, _) => Some(Limit::Request),
            (Problem::OverLimit, Some(Stop::Memory)) => Some(Limit::Memory),
            (Problem::OverLimit, _) => Some(Limit::Cpu),
            _ => None,
        };
        if let Some(limit) = limit {
            self.metrics.limit_hit(&active.component, limit);
        }
        problem.response(&active.id)
    }
}

impl Answer for App {
    async fn answer(&self, request: Request<Incoming>, ends: Ends) -> Response<ResponseBody> {
        self.route(request, ends).await
    }
}

fn fixed_response(fixed: &app_manifest::StaticResponse) -> Response<ResponseBody> {
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
