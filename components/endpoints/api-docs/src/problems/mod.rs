//! `/problems` and `/problems/{kind}`: where the `type` of a problem leads.

mod explained;

use endpoint::{Kind, Problem, Response, accept, body};
use http::{HeaderMap, HeaderValue, StatusCode, header};
use serde::Serialize;

use crate::{cached::CACHE_CONTROL, page};
pub(crate) use explained::{Explained, all};

/// A kind of problem, for programs.
#[derive(Debug, Serialize)]
struct Entry {
    #[serde(rename = "type")]
    uri: String,
    title: &'static str,
    status: u16,
    description: &'static str,
}

impl From<Explained> for Entry {
    fn from(kind: Explained) -> Self {
        Self {
            uri: kind.uri(),
            title: kind.title,
            status: kind.status.as_u16(),
            description: kind.description,
        }
    }
}

#[derive(Debug, Serialize)]
struct List {
    items: Vec<Entry>,
}

pub(crate) fn list(headers: &HeaderMap) -> Result<Response, Problem> {
    if wants_page(headers)? {
        return Ok(page::answer(page::problem::list().into_string()));
    }
    public(body::json(StatusCode::OK, &List { items: all().into_iter().map(Entry::from).collect() }))
}

pub(crate) fn get(headers: &HeaderMap, name: &str) -> Result<Response, Problem> {
    let kind = explained::named(name)
        .ok_or_else(|| Problem::with_detail(Kind::NotFound, "There is no such kind of problem."))?;
    if wants_page(headers)? {
        return Ok(page::answer(page::problem::one(&kind).into_string()));
    }
    public(body::json(StatusCode::OK, &Entry::from(kind)))
}

/// Programs get JSON unless they ask for a page; browsers ask.
fn wants_page(headers: &HeaderMap) -> Result<bool, Problem> {
    accept::negotiate(headers, &["application/json", "text/html"]).map(|chosen| chosen == "text/html")
}

fn public(response: Result<Response, Problem>) -> Result<Response, Problem> {
    response.map(|mut response| {
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, CACHE_CONTROL);
        // A cache must not give a program's answer to a browser.
        headers.insert(header::VARY, HeaderValue::from_static("Accept"));
        response
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(accept: &str) -> HeaderMap {
        HeaderMap::from_iter([(header::ACCEPT, accept.parse().unwrap())])
    }

    #[test]
    fn every_kind_has_a_page_and_a_json_form() {
        for kind in all() {
            for (accept, media_type) in
                [("*/*", "application/json"), ("text/html,*/*;q=0.8", "text/html; charset=utf-8")]
            {
                let response = get(&headers(accept), kind.name).unwrap();
                assert_eq!(response.headers()[header::CONTENT_TYPE], media_type, "{}", kind.name);
                assert_eq!(response.headers()[header::VARY], "Accept");
            }
        }
    }

    #[test]
    fn another_name_is_404() {
        assert_eq!(get(&headers("*/*"), "<script>").unwrap_err().status(), 404);
    }
}
