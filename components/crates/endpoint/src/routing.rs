//! From method and path to operation.

use std::borrow::Cow;

use http::{Method, StatusCode, header};
use problem_details::{Kind, Problem};

use crate::{Response, body};

/// One entry of an endpoint's route table.
#[derive(Debug)]
pub struct Route<T> {
    /// The method. A `GET` is also a `HEAD`.
    pub method: Method,
    /// The path; a segment in braces stands for any one segment: `/api/v1/tasks/{id}`.
    pub template: &'static str,
    /// What is done.
    pub operation: T,
}

/// What a request asks for.
#[derive(Debug, PartialEq, Eq)]
pub enum Resolution<T> {
    /// An operation, with the values of the template's braces.
    Operation(T, Parameters),
    /// What can be done with the path (RFC 9110, section 9.3.7): answer with [`options`].
    Options {
        /// The value of the `Allow` header.
        allow: String,
    },
}

/// The values of a template's braces.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Parameters(Vec<(&'static str, String)>);

impl Parameters {
    /// The value of one; empty if the template has no such braces.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value)
    }

    /// Takes the value of one; empty if the template has no such braces.
    #[must_use]
    pub fn take(&mut self, name: &str) -> String {
        let found = self.0.iter_mut().find(|(known, _)| *known == name);
        found.map(|(_, value)| std::mem::take(value)).unwrap_or_default()
    }
}

/// Finds the operation of a request. Of several templates that fit, the first counts, so list `/tasks/search` before
/// `/tasks/{id}`.
///
/// # Errors
/// 404 when no template fits the path; 405 with `Allow` when none of those has the method.
pub fn resolve<T: Copy>(table: &[Route<T>], method: &Method, path: &str) -> Result<Resolution<T>, Problem> {
    let wanted = if method == Method::HEAD { &Method::GET } else { method };
    // The first template that fits owns the path: `/tasks/search` must not fall through to `DELETE /tasks/{id}`.
    let mut owner = None;
    for route in table {
        if owner.is_some_and(|template| template != route.template) {
            continue;
        }
        if let Some(parameters) = fit(route.template, path) {
            if route.method == *wanted {
                return Ok(Resolution::Operation(route.operation, parameters));
            }
            owner = Some(route.template);
        }
    }
    let Some(template) = owner else { return Err(Problem::new(Kind::NotFound)) };
    let allow = allow(table, template);
    if method == Method::OPTIONS {
        return Ok(Resolution::Options { allow });
    }
    let detail = format!("This path takes {allow}.");
    Err(Problem::with_detail(Kind::MethodNotAllowed, detail).header(header::ALLOW, allow))
}

/// The answer to `OPTIONS`.
#[must_use]
pub fn options(allow: &str) -> Response {
    let mut response = body::empty(StatusCode::NO_CONTENT);
    if let Ok(value) = allow.parse() {
        response.headers_mut().insert(header::ALLOW, value);
    }
    response
}

fn allow<T>(table: &[Route<T>], template: &str) -> String {
    let mut allow = String::new();
    for route in table.iter().filter(|route| route.template == template) {
        allow.push_str(route.method.as_str());
        allow.push_str(if route.method == Method::GET { ", HEAD, " } else { ", " });
    }
    allow.push_str("OPTIONS");
    allow
}

fn fit(template: &'static str, path: &str) -> Option<Parameters> {
    let mut parameters = Parameters::default();
    let mut segments = path.split('/');
    for expected in template.split('/') {
        let segment = segments.next()?;
        match expected.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
            Some(_) if segment.is_empty() => return None,
            Some(name) => parameters.0.push((name, decode(segment)?.into_owned())),
            None if segment == expected => {}
            None => return None,
        }
    }
    segments.next().is_none().then_some(parameters)
}

fn decode(segment: &str) -> Option<Cow<'_, str>> {
    percent_encoding::percent_decode_str(segment).decode_utf8().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    enum Operation {
        List,
        Add,
        Search,
        Get,
        Delete,
    }

    fn table() -> [Route<Operation>; 5] {
        let route = |method, template, operation| Route { method, template, operation };
        [
            route(Method::GET, "/tasks", Operation::List),
            route(Method::POST, "/tasks", Operation::Add),
            route(Method::GET, "/tasks/search", Operation::Search),
            route(Method::GET, "/tasks/{id}", Operation::Get),
            route(Method::DELETE, "/tasks/{id}", Operation::Delete),
        ]
    }

    fn found(method: Method, path: &str) -> (Operation, String) {
        match resolve(&table(), &method, path).unwrap() {
            Resolution::Operation(operation, parameters) => (operation, parameters.get("id").to_owned()),
            Resolution::Options { .. } => panic!("{path} is an operation"),
        }
    }

    #[test]
    fn method_and_path_choose_the_operation() {
        assert_eq!(found(Method::GET, "/tasks"), (Operation::List, String::new()));
        assert_eq!(found(Method::POST, "/tasks"), (Operation::Add, String::new()));
        assert_eq!(found(Method::GET, "/tasks/search"), (Operation::Search, String::new()));
        assert_eq!(found(Method::DELETE, "/tasks/a%2Fb"), (Operation::Delete, "a/b".to_owned()));
        assert_eq!(found(Method::HEAD, "/tasks/7"), (Operation::Get, "7".to_owned()));
    }

    #[test]
    fn a_path_that_fits_nothing_is_404() {
        for path in ["/", "/task", "/tasks/", "/tasks/7/", "/tasks/7/8", "tasks", "/tasks/%ff", "//tasks"] {
            assert_eq!(resolve(&table(), &Method::GET, path).unwrap_err().status(), 404, "{path}");
        }
    }

    #[test]
    fn another_method_is_405_and_allow_lists_those_there_are() {
        let problem = resolve(&table(), &Method::PUT, "/tasks/7").unwrap_err();
        assert_eq!(problem.status(), 405);
        assert_eq!(problem.headers[0].1, "GET, HEAD, DELETE, OPTIONS");
        assert_eq!(resolve(&table(), &Method::DELETE, "/tasks/search").unwrap_err().status(), 405);
    }

    #[test]
    fn options_says_what_the_path_takes() {
        let resolution = resolve(&table(), &Method::OPTIONS, "/tasks").unwrap();
        assert_eq!(resolution, Resolution::Options { allow: "GET, HEAD, POST, OPTIONS".into() });
        assert_eq!(options("GET, OPTIONS").headers()[header::ALLOW], "GET, OPTIONS");
    }
}
