//! The frame around an endpoint's own function.

use http::{Method, StatusCode, header};
use http_body_util::{Either, Full};
use log::Level;
use problem_details::{Kind, Problem};

use crate::{Context, Request, Response, body, cors, respond};

/// Serves one request: reads its [`Context`], answers preflights, calls `handler`, and turns whatever comes back, a
/// problem too, into a complete answer. A `HEAD` is handled as a `GET` whose body is not sent.
pub async fn serve<H>(request: Request, handler: H) -> Response
where
    H: AsyncFnOnce(&Context, Request) -> Result<Response, Problem>,
{
    let (parts, content) = request.into_parts();
    let context = Context::from_request(&parts);
    if cors::is_preflight(&parts.method, &parts.headers) {
        return preflight(&context).await;
    }
    let is_head = parts.method == Method::HEAD;
    // RFC 9112, section 3.2: several say nothing, and parts of a deployment might each believe another one.
    let is_ambiguous = parts.headers.get_all(header::HOST).iter().nth(1).is_some();
    let answered = if is_ambiguous {
        Err(Problem::with_detail(
            Kind::InvalidHeader,
            "The header Host is there more than once: send it once.",
        ))
    } else {
        handler(&context, Request::from_parts(parts, content)).await
    };
    let response = match answered {
        Ok(response) => response,
        Err(problem) => {
            log(&context, &problem);
            respond::problem(&context, problem)
        }
    };
    let response = respond(&context, response).await;
    if is_head { without_body(response) } else { response }
}

async fn preflight(context: &Context) -> Response {
    let mut response = respond(context, body::empty(StatusCode::NO_CONTENT)).await;
    if response.headers().contains_key(header::ACCESS_CONTROL_ALLOW_ORIGIN) {
        cors::allow_sending(response.headers_mut());
    }
    response
}

/// Keeps the headers, `Content-Length` too (RFC 9110, section 9.3.2).
fn without_body(response: Response) -> Response {
    response.map(|_| Either::Left(Full::default()))
}

/// Only faults on this side are worth a line; the client learns of its own from the answer.
fn log(context: &Context, problem: &Problem) {
    if problem.status().is_server_error() {
        let is_ours = problem.status() == StatusCode::INTERNAL_SERVER_ERROR;
        let level = if is_ours { Level::Error } else { Level::Warn };
        let (request_id, path) = (context.request_id.as_str(), context.uri.path());
        log::log!(level, request_id, problem = problem.kind.name(), path; "{}", problem.sentence());
    }
}
