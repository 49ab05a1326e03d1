//! The MCP endpoint over HTTP, as the user who is talking.

use std::pin::pin;
use std::time::Duration;

use bytes::Bytes;
use endpoint::Origin;
use futures_util::future::{Either, select};
use http::{HeaderValue, StatusCode, header};
use http_body_util::{BodyExt, Limited};
use serde_json::{Map, Value};
use spawned_tasks::with_spawned;
use spin_sdk::http::FullBody;
use spin_sdk::time::sleep;

use super::message::{self, REVISION, Request};
use super::{Tool, Tools, Unreachable};
use crate::said::Outcome;

/// Inside the app. The endpoint checks the token again and knows what it allows.
const ADDRESS: &str = "http://mcp.spin.internal/mcp";
/// The longest wait for a tool.
const PATIENCE: Duration = Duration::from_secs(20);
/// The largest answer that is read, in bytes.
const LIMIT: usize = 1024 * 1024;
/// More pages of tools than this make no sense.
const MOST_PAGES: usize = 10;
/// When to try again, in seconds.
const SOON: u32 = 5;

/// The MCP endpoint, as the user who is talking.
pub struct Client {
    /// The user's own `Authorization` header. It is passed on and kept nowhere.
    pub authorization: HeaderValue,
    /// Where the user reaches the app: their token is for this origin.
    pub origin: Origin,
    /// The IANA time zone in which the person means their days.
    pub time_zone: String,
    /// Names the request in the logs of both endpoints.
    pub request_id: String,
    /// The W3C trace context of the request.
    pub traceparent: Option<String>,
}

enum Failure {
    /// No answer came.
    Broken,
    /// No answer came in time.
    Slow,
    /// The answer is longer than is read.
    TooLong,
}

impl Client {
    async fn send(&self, request: Request) -> Result<(StatusCode, Bytes), Failure> {
        match select(pin!(self.exchange(request)), pin!(sleep(PATIENCE))).await {
            Either::Left((answer, _)) => answer,
            Either::Right(_) => Err(Failure::Slow),
        }
    }

    async fn exchange(&self, request: Request) -> Result<(StatusCode, Bytes), Failure> {
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
        let request = builder.body(FullBody::new(Bytes::from(request.body))).map_err(|_| Failure::Broken)?;
        let response = with_spawned(spin_sdk::http::send(request)).await.map_err(|error| {
            log::warn!(request_id = self.request_id.as_str(); "the tools can't be reached: {error}");
            Failure::Broken
        })?;
        let (parts, body) = response.into_parts();
        match Limited::new(body, LIMIT).collect().await {
            Ok(body) => Ok((parts.status, body.to_bytes())),
            Err(error) if error.is::<http_body_util::LengthLimitError>() => Err(Failure::TooLong),
            Err(_) => Err(Failure::Broken),
        }
    }
}

impl Tools for Client {
    async fn list(&self) -> Result<Vec<Tool>, Unreachable> {
        let mut tools = Vec::new();
        let mut cursor = None;
        for _ in 0..MOST_PAGES {
            let answer = self.send(Request::list(cursor.as_deref())).await;
            let (status, body) = answer.map_err(|_| Unreachable(SOON))?;
            let Some((page, next)) = message::read_page(&body).filter(|_| status.is_success()) else {
                log::warn!(request_id = self.request_id.as_str(); "the tools can't be listed: {status}");
                return Err(Unreachable(SOON));
            };
            tools.extend(page);
            cursor = next;
            if cursor.is_none() {
                break;
            }
        }
        Ok(tools)
    }

    async fn call(&self, name: &str, arguments: &Map<String, Value>) -> Outcome {
        // A name from a model becomes a header only if a tool has it.
        match self.send(Request::call(name, arguments)).await {
            Ok((status, body)) if status.is_success() => message::read_outcome(&body),
            Ok((status, body)) => message::read_refusal(status.as_u16(), &body),
            Err(Failure::Broken) => {
                Outcome::failure("The tools can't be reached. It is not known whether this was done.")
            }
            Err(Failure::Slow) => {
                Outcome::failure("The tool did not answer in time. It is not known whether this was done.")
            }
            Err(Failure::TooLong) => Outcome::failure("The answer is too long. Ask for less at a time."),
        }
    }
}
