//! The MCP endpoint over HTTP, as the user who is talking.

use std::cell::RefCell;
use std::pin::pin;
use std::rc::Rc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use endpoint::{Context, Kind, Origin, Principal, Problem};
use futures_util::future::{Either, select};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use http_body_util::{BodyExt, Limited};
use serde_json::{Map, Value};
use spawned_tasks::with_spawned;
use spin_sdk::http::FullBody;
use spin_sdk::time::sleep;
use task_model::types::Caller;

use super::list::read_page;
use super::list_cache::ListCache;
use super::reply::{read_called, read_error};
use super::request::{REVISION, Request};
use super::{Asking, Called, Tool, Tools, Unreachable};
use crate::transcript::Outcome;

/// Inside the app. The endpoint checks the token again and knows what it allows.
const ADDRESS: &str = "http://mcp.spin.internal/mcp";
/// The longest wait for a tool.
const CALL_TIMEOUT: Duration = Duration::from_secs(20);
/// The largest answer that is read, in bytes.
const MAX_ANSWER_BYTES: usize = 1024 * 1024;
/// More pages of tools than this make no sense.
const MAX_PAGES: usize = 10;
/// When to try again, in seconds.
const RETRY_AFTER_SECONDS: u32 = 5;

thread_local! {
    static LISTS: RefCell<ListCache> = RefCell::default();
}

/// The MCP endpoint, as the user who is talking.
pub struct Client {
    /// The user's own `Authorization` header. It is passed on and kept nowhere.
    pub authorization: HeaderValue,
    /// What their token allows, in order. Which tools are listed depends on that.
    pub scopes: Vec<String>,
    /// Where the user reaches the app: their token is for this origin.
    pub origin: Origin,
    /// The IANA time zone in which the person means their days.
    pub time_zone: String,
    /// Names the request in the logs of both endpoints.
    pub request_id: String,
    /// The W3C trace context of the request.
    pub traceparent: Option<String>,
}

enum RequestError {
    /// No answer came.
    Broken,
    /// No answer came in time.
    Slow,
    /// The answer is longer than is read.
    TooLong,
}

impl Client {
    /// A client for the sender of a request.
    ///
    /// # Errors
    /// 401 without a token; 403 and 503 as where the app's origin is found out.
    pub async fn new(
        context: &Context,
        headers: &HeaderMap,
        principal: Principal,
        caller: &Caller,
    ) -> Result<Self, Problem> {
        let authorization = headers.get(header::AUTHORIZATION).cloned();
        let mut scopes = principal.scopes;
        scopes.sort_unstable();
        Ok(Self {
            authorization: authorization.ok_or_else(|| Problem::new(Kind::Unauthenticated))?,
            scopes,
            origin: endpoint::own_origin(context, headers).await?,
            time_zone: caller.time_zone.clone(),
            request_id: caller.request_id.clone(),
            traceparent: context.traceparent.clone(),
        })
    }

    async fn send(&self, request: Request) -> Result<(StatusCode, Bytes), RequestError> {
        match select(pin!(self.exchange(request)), pin!(sleep(CALL_TIMEOUT))).await {
            Either::Left((answer, _)) => answer,
            Either::Right(_) => Err(RequestError::Slow),
        }
    }

    async fn exchange(&self, request: Request) -> Result<(StatusCode, Bytes), RequestError> {
        let mut builder = http::Request::post(ADDRESS)
            .header(header::AUTHORIZATION, &self.authorization)
            .header(endpoint::FORWARDED, endpoint::forwarded(&self.origin))
            .header(header::CONTENT_TYPE, "application/json")
            // A client has to take both (MCP, Streamable HTTP); this server streams nothing that is asked for here.
            .header(header::ACCEPT, "application/json, text/event-stream")
            .header("mcp-protocol-version", REVISION)
            .header("mcp-method", request.method)
            .header("time-zone", &self.time_zone)
            .header("x-request-id", &self.request_id);
        if let Some(name) = &request.name {
            builder = builder.header("mcp-name", name);
        }
        if let Some(traceparent) = &self.traceparent {
            builder = builder.header("traceparent", traceparent);
        }
        let request =
            builder.body(FullBody::new(Bytes::from(request.body))).map_err(|_| RequestError::Broken)?;
        let response = with_spawned(spin_sdk::http::send(request)).await.map_err(|error| {
            log::warn!(request_id = self.request_id.as_str(); "the tools can't be reached: {error}");
            RequestError::Broken
        })?;
        let (parts, body) = response.into_parts();
        match Limited::new(body, MAX_ANSWER_BYTES).collect().await {
            Ok(body) => Ok((parts.status, body.to_bytes())),
            Err(error) if error.is::<http_body_util::LengthLimitError>() => Err(RequestError::TooLong),
            Err(_) => Err(RequestError::Broken),
        }
    }
}

impl Tools for Client {
    async fn list(&self) -> Result<Rc<[Tool]>, Unreachable> {
        let asked = Instant::now();
        if let Some(kept) = LISTS.with_borrow(|lists| lists.fresh(&self.scopes, asked)) {
            return Ok(kept);
        }
        let mut tools = Vec::new();
        let mut fresh_for = Duration::MAX;
        let (mut cursor, mut release) = (None, None);
        for _ in 0..MAX_PAGES {
            let answer = self.send(Request::list(cursor.as_deref())).await;
            let (status, body) = answer.map_err(|_| Unreachable(RETRY_AFTER_SECONDS))?;
            let Some(page) = read_page(&body).filter(|_| status.is_success()) else {
                log::warn!(request_id = self.request_id.as_str(); "the tools can't be listed: {status}");
                return Err(Unreachable(RETRY_AFTER_SECONDS));
            };
            tools.extend(page.tools);
            fresh_for = fresh_for.min(page.fresh_for);
            release = page.release;
            cursor = page.next_cursor;
            if cursor.is_none() {
                break;
            }
        }
        let tools: Rc<[Tool]> = tools.into();
        LISTS.with_borrow_mut(|lists| lists.keep(&self.scopes, release, &tools, fresh_for, asked));
        Ok(tools)
    }

    async fn call(&self, name: &str, arguments: &Map<String, Value>, asking: Asking<'_>) -> Called {
        let is_retry = matches!(asking, Asking::Agreed(_));
        // A name from a model becomes a header only if a tool has it.
        let outcome = match self.send(Request::call(name, arguments, asking)).await {
            Ok((status, body)) if status.is_success() => {
                let (called, release) = read_called(&body, is_retry);
                if let Some(release) = release {
                    LISTS.with_borrow_mut(|lists| lists.answered_by(&release));
                }
                return called;
            }
            Ok((status, body)) => read_error(status.as_u16(), &body),
            Err(RequestError::Broken) => {
                Outcome::failure("The tools can't be reached. It is not known whether this was done.")
            }
            Err(RequestError::Slow) => {
                Outcome::failure("The tool did not answer in time. It is not known whether this was done.")
            }
            Err(RequestError::TooLong) => Outcome::failure("The answer is too long. Ask for less at a time."),
        };
        Called::Done(outcome)
    }
}
