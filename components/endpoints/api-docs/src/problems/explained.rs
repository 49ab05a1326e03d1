//! Every kind of problem that an answer of the app can name, and what it means: those of the endpoints, and those of the
//! host, which answers itself where no endpoint can (`runtime-shim/src/serve/problem.rs`).

use endpoint::Kind;
use http::StatusCode;

/// A kind of problem, explained.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Explained {
    /// The last segment of its path.
    pub(crate) name: &'static str,
    /// The status it is answered with.
    pub(crate) status: StatusCode,
    /// It in a few words.
    pub(crate) title: &'static str,
    /// What it means and what to do next.
    pub(crate) description: &'static str,
}

impl From<Kind> for Explained {
    fn from(kind: Kind) -> Self {
        Self {
            name: kind.name(),
            status: kind.status(),
            title: kind.title(),
            description: kind.description(),
        }
    }
}

impl Explained {
    /// The member `type` of such a problem (RFC 9457, section 3.1.1).
    pub(crate) fn uri(&self) -> String {
        format!("/problems/{}", self.name)
    }
}

const fn host_problem(
    name: &'static str,
    status: StatusCode,
    title: &'static str,
    description: &'static str,
) -> Explained {
    Explained { name, status, title, description }
}

/// What only the host says. `not-found` is in both lists and means the same.
const HOST_PROBLEMS: [Explained; 7] = [
    host_problem(
        "bad-request",
        StatusCode::BAD_REQUEST,
        "Bad request",
        "The request has no valid host or path, or a body that can't be read, so no part of the app could be asked. Send \
         one `Host` header, a path that begins with `/`, and the whole body.",
    ),
    host_problem(
        "request-timeout",
        StatusCode::REQUEST_TIMEOUT,
        "Request timed out",
        "The rest of the request did not arrive in time. Send it again.",
    ),
    host_problem(
        "body-too-large",
        StatusCode::PAYLOAD_TOO_LARGE,
        "Request body too large",
        "The body is over the limit of this server, whichever part of the app it is for. Send less at once.",
    ),
    host_problem(
        "internal",
        StatusCode::INTERNAL_SERVER_ERROR,
        "Internal error",
        "A fault on our side: a part of the app stopped without an answer. Please report `request_id`; it finds the \
         request in the logs.",
    ),
    host_problem(
        "busy",
        StatusCode::SERVICE_UNAVAILABLE,
        "Busy",
        "Too many requests are being answered, or this process is about to stop. Nothing was done. Try again after the \
         seconds that `Retry-After` names.",
    ),
    host_problem(
        "over-limit",
        StatusCode::SERVICE_UNAVAILABLE,
        "Stopped at a limit",
        "Answering took more processor time or memory than one request may use, and was stopped. Ask for less at once; \
         a change may have been made or not, so look before you send it again.",
    ),
    host_problem(
        "timeout",
        StatusCode::GATEWAY_TIMEOUT,
        "Timed out",
        "Answering took longer than one request may take. A change may have been made or not, so look before you send it \
         again.",
    ),
];

/// All of them, by status.
pub(crate) fn all() -> Vec<Explained> {
    let mut all: Vec<Explained> = Kind::all().map(Explained::from).chain(HOST_PROBLEMS).collect();
    all.sort_by_key(|explained| explained.status);
    all
}

pub(crate) fn named(name: &str) -> Option<Explained> {
    let host_problem = || HOST_PROBLEMS.into_iter().find(|explained| explained.name == name);
    Kind::from_name(name).map(Explained::from).or_else(host_problem)
}

#[cfg(test)]
mod tests {
    use std::env;
    use std::path::Path;

    use super::*;

    #[test]
    fn whatever_the_host_can_say_is_explained() {
        let source = Path::new(&env::var("CARGO_MANIFEST_DIR").unwrap())
            .join("../../../runtime-shim/src/serve/problem.rs");
        let source = std::fs::read_to_string(source).unwrap();
        let names: Vec<&str> = source
            .split("\"/problems/")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .filter(|name| !name.is_empty())
            .collect();
        assert!(names.len() >= 7, "{names:?}");
        for name in names {
            assert!(named(name).is_some(), "/problems/{name} leads nowhere: explain it in OF_THE_HOST");
        }
    }

    #[test]
    fn a_name_stands_for_one_kind() {
        let mut names: Vec<&str> = all().iter().map(|explained| explained.name).collect();
        names.sort_unstable();
        assert!(names.is_sorted_by(|one, next| one < next), "{names:?}");
    }
}
