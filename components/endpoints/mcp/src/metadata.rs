//! The metadata documents of the protected resource (RFC 9728), which tell a client where to get a token.

use endpoint::{Kind, Problem, Response, body, routing};
use http::{HeaderValue, Method, StatusCode, header};

use crate::server::TaskServer;

const ALLOW: &str = "GET, HEAD, OPTIONS";

/// The document at a path.
pub(crate) fn document(server: &TaskServer, method: &Method, path: &str) -> Result<Response, Problem> {
    let document = server.resource().metadata_at(path).ok_or(Kind::NotFound)?;
    match *method {
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
