//! The metadata documents of the protected resource (RFC 9728), which tell a client where to get a token.

use endpoint::{Context, Kind, Problem, Request, Response, body, other_issuer, own_origin, routing};
use http::{HeaderValue, Method, StatusCode, header};

use crate::server::TaskServer;

/// What the paths take.
pub(crate) const ALLOW: &str = "GET, HEAD, OPTIONS";

/// The document at the request's path, for the origin that the request knows.
pub(crate) async fn document(
    server: &TaskServer,
    context: &Context,
    request: &Request,
) -> Result<Response, Problem> {
    let origin = own_origin(context, request.headers()).await?;
    let issuer = other_issuer().await.map_or(origin.as_str(), |issuer| issuer.id.as_str());
    let document = server.resource().metadata_at(origin.as_str(), context.uri.path(), issuer);
    let document = document.ok_or(Kind::NotFound)?;
    match *request.method() {
        Method::OPTIONS => Ok(routing::options(ALLOW)),
        Method::GET | Method::HEAD => {
            let mut response = body::full(StatusCode::OK, "application/json", document);
            let headers = response.headers_mut();
            // The same for everyone, and wanted by clients that run in pages of any origin.
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=3600"));
            headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*"));
            Ok(response)
        }
        _ => Err(Problem::with_detail(Kind::MethodNotAllowed, format!("This path takes {ALLOW}."))
            .header(header::ALLOW, ALLOW)),
    }
}
