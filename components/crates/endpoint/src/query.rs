//! Strict reading of query parameters.

use problem_details::{Kind, Problem, Violation};
use serde::de::DeserializeOwned;

use crate::{json, pointer};

/// Reads the query of a URI as a `T`, whose members are the parameters.
///
/// # Errors
/// 400 when a parameter is unknown, repeated or not of its type, each named; or when the query is not percent-encoded
/// UTF-8.
pub fn read<T: DeserializeOwned>(query: Option<&str>) -> Result<T, Problem> {
    read_noting(query, true)
}

/// Like [`read`], but passes over parameters that `T` does not have: for protocols of others, whose clients may send more.
///
/// # Errors
/// As [`read`], but for unknown parameters.
pub fn read_known<T: DeserializeOwned>(query: Option<&str>) -> Result<T, Problem> {
    read_noting(query, false)
}

fn read_noting<T: DeserializeOwned>(query: Option<&str>, refuses_unknown: bool) -> Result<T, Problem> {
    let query = query.unwrap_or_default();
    if percent_encoding::percent_decode_str(query).decode_utf8().is_err() {
        let detail = "The query is not percent-encoded UTF-8.";
        return Err(Problem::with_detail(Kind::InvalidParameters, detail));
    }
    let mut unknown = Vec::new();
    let mut note = |path: serde_ignored::Path<'_>| {
        if refuses_unknown {
            unknown.push(Violation::new(pointer::from_ignored_path(&path), "There is no such parameter."));
        }
    };
    let deserializer = serde_urlencoded::Deserializer::new(form_urlencoded::parse(query.as_bytes()));
    let tracked = serde_ignored::Deserializer::new(deserializer, &mut note);
    match serde_path_to_error::deserialize(tracked) {
        Ok(value) if unknown.is_empty() => Ok(value),
        Ok(_) => Err(Problem::with_errors(Kind::InvalidParameters, unknown)),
        Err(error) => {
            let place = pointer::from_error_path(error.path());
            let message = error.into_inner().to_string();
            unknown.insert(
                0,
                match expected(&message) {
                    Some(detail) => Violation::new(place, detail),
                    None => json::violation(place, &message),
                },
            );
            Err(Problem::with_errors(Kind::InvalidParameters, unknown))
        }
    }
}

/// What would be right, where the message only says what is wrong in the words of Rust's parsers.
fn expected(message: &str) -> Option<&'static str> {
    match message {
        "invalid digit found in string"
        | "cannot parse integer from empty string"
        | "number too large to fit in target type"
        | "number too small to fit in target type" => {
            Some("It has to be a whole number that is not too large.")
        }
        "provided string was not `true` or `false`" => Some("It has to be true or false."),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Default, Deserialize, PartialEq)]
    struct Page {
        limit: Option<u32>,
        overdue: Option<bool>,
        text: Option<String>,
    }

    fn wrong(query: &str) -> Vec<String> {
        let problem = read::<Page>(Some(query)).unwrap_err();
        assert_eq!(problem.status(), 400);
        problem.errors.into_iter().map(|error| error.pointer).collect()
    }

    #[test]
    fn parameters_are_read_as_their_types() {
        let page: Page = read(Some("limit=5&overdue=true&text=buy+milk%21")).unwrap();
        assert_eq!(page, Page { limit: Some(5), overdue: Some(true), text: Some("buy milk!".into()) });
        assert_eq!(read::<Page>(None).unwrap(), Page::default());
        assert_eq!(read::<Page>(Some("")).unwrap(), Page::default());
    }

    #[test]
    fn unknown_repeated_and_wrong_parameters_are_named() {
        assert_eq!(wrong("limt=5&page=2"), ["/limt", "/page"]);
        assert_eq!(wrong("limit=5&limit=6"), ["/limit"]);
        for value in ["five", "", "-1", "5.5", "99999999999"] {
            let query = format!("limit={value}");
            assert_eq!(wrong(&query), ["/limit"], "{value}");
            assert!(
                read::<Page>(Some(&query)).unwrap_err().errors[0].detail.contains("whole number"),
                "{value}"
            );
        }
        assert!(read::<Page>(Some("overdue=1")).unwrap_err().errors[0].detail.contains("true or false"));
        assert_eq!(wrong("overdue=yes"), ["/overdue"]);
    }

    #[test]
    fn a_query_that_is_no_utf_8_is_400() {
        assert_eq!(read::<Page>(Some("text=%ff")).unwrap_err().status(), 400);
    }
}
