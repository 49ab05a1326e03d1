//! From a request to a file.

use endpoint::{Response, body};
use http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use problem_details::{Kind, Problem};

use crate::assets::{self, Asset};
use crate::{conditional, policy};

/// Kept, but asked for every time: the answer is 304 when nothing changed.
const REVALIDATE: HeaderValue = HeaderValue::from_static("no-cache");
/// Kept for a year without asking (RFC 8246).
const IMMUTABLE: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// The file at a path; for people who are lost a page, for programs a problem.
///
/// # Errors
/// 404, 405.
pub fn file(method: &Method, uri: &Uri, headers: &HeaderMap) -> Result<Response, Problem> {
    let found = assets::find(uri.path());
    let Some(found) = found else { return lost(uri, headers) };
    if !matches!(*method, Method::GET | Method::HEAD) {
        let detail = "This path takes GET and HEAD.";
        return Err(Problem::with_detail(Kind::MethodNotAllowed, detail).header(header::ALLOW, "GET, HEAD"));
    }
    let tag = found.asset.tag();
    let mut response = if conditional::is_current(headers, tag) {
        body::empty(StatusCode::NOT_MODIFIED)
    } else {
        content(StatusCode::OK, found.asset)
    };
    let fields = response.headers_mut();
    policy::apply(fields);
    fields.insert(header::CACHE_CONTROL, if found.is_immutable { IMMUTABLE } else { REVALIDATE });
    if let Ok(tag) = tag.parse() {
        fields.insert(header::ETAG, tag);
    }
    Ok(response)
}

fn lost(uri: &Uri, headers: &HeaderMap) -> Result<Response, Problem> {
    let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let is_person = accept.contains("text/html") && !uri.path().starts_with("/api/");
    match assets::not_found().filter(|_| is_person) {
        Some(page) => {
            let mut response = content(StatusCode::NOT_FOUND, page);
            policy::apply(response.headers_mut());
            Ok(response)
        }
        None => Err(Problem::new(Kind::NotFound)),
    }
}

fn content(status: StatusCode, asset: &'static Asset) -> Response {
    body::full(status, asset.content_type, asset.content())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn get(path: &str, name: http::HeaderName, value: &str) -> Result<Response, Problem> {
        let headers = [(name, value.parse().unwrap())].into_iter().collect();
        file(&Method::GET, &path.parse().unwrap(), &headers)
    }

    #[test]
    fn a_file_comes_with_its_type_its_tag_and_the_policy() {
        let page = get("/", header::ACCEPT, "text/html").unwrap();
        assert_eq!(page.headers()[header::CONTENT_TYPE], "text/html; charset=utf-8");
        assert_eq!(page.headers()[header::CACHE_CONTROL], "no-cache");
        let policy = page.headers()[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        assert!(policy.starts_with("default-src 'none'; script-src 'self';") && !policy.contains("unsafe"));
        let script = get(&format!("/assets/{}/main.js", assets::version()), header::ACCEPT, "*/*").unwrap();
        assert_eq!(script.headers()[header::CONTENT_TYPE], "text/javascript; charset=utf-8");
        assert!(script.headers()[header::CACHE_CONTROL].to_str().unwrap().contains("immutable"));
    }

    #[test]
    fn a_browser_that_has_the_file_gets_304() {
        let tag =
            get("/", header::ACCEPT, "*/*").unwrap().headers()[header::ETAG].to_str().unwrap().to_owned();
        let again = get("/", header::IF_NONE_MATCH, &tag).unwrap();
        assert_eq!(again.status(), StatusCode::NOT_MODIFIED);
        assert_eq!(again.headers()[header::ETAG], tag);
    }

    #[test]
    fn people_who_are_lost_get_a_page_and_programs_a_problem() {
        let page = get("/nothing", header::ACCEPT, "text/html,*/*").unwrap();
        assert_eq!(page.status(), StatusCode::NOT_FOUND);
        assert_eq!(get("/nothing", header::ACCEPT, "*/*").unwrap_err().status(), 404);
        assert_eq!(get("/api/v9/tasks", header::ACCEPT, "text/html").unwrap_err().status(), 404);
    }

    #[test]
    fn files_are_only_read() {
        let problem = file(&Method::POST, &Uri::from_static("/"), &HeaderMap::new()).unwrap_err();
        assert_eq!(problem.status(), 405);
    }
}
