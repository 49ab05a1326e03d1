//! From a request to a file.

use endpoint::{Response, body};
use http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use problem_details::{Kind, Problem};

use crate::assets::{self, Asset};
use crate::openai_element::{self, OpenAiElement};
use crate::{conditional, policy};

/// Kept, but asked for every time: the answer is 304 when nothing changed.
const REVALIDATE: HeaderValue = HeaderValue::from_static("no-cache");
/// Kept for a year without asking (RFC 8246).
const IMMUTABLE: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// The file at a path; for people who are lost a page, for programs a problem. Pages have OpenAI's element where there is one.
///
/// # Errors
/// 404, 405.
pub fn file(
    method: &Method,
    uri: &Uri,
    headers: &HeaderMap,
    element: Option<&OpenAiElement>,
) -> Result<Response, Problem> {
    let found = assets::find(uri.path());
    let Some(found) = found else { return lost(uri, headers) };
    if !matches!(*method, Method::GET | Method::HEAD) {
        let detail = "This path takes GET and HEAD.";
        return Err(Problem::with_detail(Kind::MethodNotAllowed, detail).header(header::ALLOW, "GET, HEAD"));
    }
    let (tag, whole) = answer(found.asset, element);
    let is_current = conditional::is_current(headers, &tag);
    let mut response = if is_current { body::empty(StatusCode::NOT_MODIFIED) } else { whole };
    let fields = response.headers_mut();
    policy::apply(fields, element);
    if found.is_for_others {
        policy::allow_others(fields);
    }
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
            let mut response = body::full(StatusCode::NOT_FOUND, page.content_type, page.content());
            policy::apply(response.headers_mut(), None);
            Ok(response)
        }
        None => Err(Problem::new(Kind::NotFound)),
    }
}

/// The entity tag of a file, and the answer that sends it.
fn answer(asset: &'static Asset, element: Option<&OpenAiElement>) -> (String, Response) {
    if asset.is_page() {
        let page = openai_element::put(asset.content(), element);
        return (assets::tag_of(&page), body::full(StatusCode::OK, asset.content_type, page));
    }
    (asset.tag().to_owned(), body::full(StatusCode::OK, asset.content_type, asset.content()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn get(path: &str, name: http::HeaderName, value: &str) -> Result<Response, Problem> {
        let headers = [(name, value.parse().unwrap())].into_iter().collect();
        file(&Method::GET, &path.parse().unwrap(), &headers, None)
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
    fn openais_element_has_leave_for_its_script_and_its_frame_and_no_other_page_has() {
        let element = OpenAiElement::read("https://cdn.example/chatkit.js", "key").unwrap().unwrap();
        let answered = |element| {
            file(&Method::GET, &Uri::from_static("/"), &HeaderMap::new(), element).unwrap().headers().clone()
        };
        let (ours, theirs) = (answered(None), answered(Some(&element)));
        let policy = theirs[header::CONTENT_SECURITY_POLICY].to_str().unwrap();
        let leave = "script-src 'self' https://cdn.example; frame-src https://cdn.example; style-src 'self';";
        assert!(policy.contains(leave), "{policy}");
        assert!(!ours[header::CONTENT_SECURITY_POLICY].to_str().unwrap().contains("cdn.example"));
        assert_ne!(ours[header::ETAG], theirs[header::ETAG]);
    }

    #[test]
    fn only_the_element_is_for_pages_of_other_origins() {
        let policy = |path: &str| {
            let answer = get(path, header::ACCEPT, "*/*").unwrap();
            answer.headers()["cross-origin-resource-policy"].to_str().unwrap().to_owned()
        };
        assert_eq!(policy("/chatkit/element.js"), "cross-origin");
        assert_eq!(policy(&format!("/assets/{}/main.js", assets::version())), "same-origin");
        assert_eq!(policy("/"), "same-origin");
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
        let problem = file(&Method::POST, &Uri::from_static("/"), &HeaderMap::new(), None).unwrap_err();
        assert_eq!(problem.status(), 405);
    }
}
