//! Strict reading of JSON: what is not understood is refused by name, never passed over.

mod repair;

use problem_details::{Kind, Problem, Violation};
use serde::de::DeserializeOwned;
use serde_json::error::Category;

use crate::{pointer, serde_messages};

/// At most this many wrong members, and as many unknown ones, are named in one answer.
const MAX_NAMED: usize = 20;

/// Reads a JSON text (RFC 8259) that is an object as a `T`.
///
/// # Errors
/// 400 if it is not JSON or nests deeper than 128 levels; 422 if it is no object, or a member is unknown, missing,
/// repeated or of the wrong type, each named by its JSON Pointer.
pub fn read<T: DeserializeOwned>(text: &[u8]) -> Result<T, Problem> {
    read_with(text, |_| None)
}

/// Like [`read`], but passes over members that `T` does not have: for protocols of others, whose clients may send more.
///
/// # Errors
/// As [`read`], but for unknown members.
pub fn read_known<T: DeserializeOwned>(text: &[u8]) -> Result<T, Problem> {
    read_noting(text, |_| None)
}

/// Like [`read`], with words for members that are known but can't be sent. `refuse` gets the pointer of a member that
/// `T` does not have.
///
/// # Errors
/// As [`read`].
pub fn read_with<T: DeserializeOwned>(
    text: &[u8],
    refuse: impl Fn(&str) -> Option<&'static str>,
) -> Result<T, Problem> {
    read_noting(text, |pointer| Some(refuse(pointer).unwrap_or("There is no such member.")))
}

/// Reads a `T`. `refuse` gets the pointer of a member that `T` does not have, and says what is wrong with that, if anything.
fn read_noting<T: DeserializeOwned>(
    text: &[u8],
    refuse: impl Fn(&str) -> Option<&'static str>,
) -> Result<T, Problem> {
    // serde would also take an array as the members of a struct in their order.
    if text.iter().find(|byte| !byte.is_ascii_whitespace()).is_some_and(|first| *first != b'{') {
        serde_json::from_slice::<serde::de::IgnoredAny>(text).map_err(|error| malformed(&error))?;
        return Err(Problem::with_errors(
            Kind::InvalidInput,
            vec![Violation::new("", "The body has to be an object.")],
        ));
    }
    let mut unknown = Vec::new();
    let mut deserializer = serde_json::Deserializer::from_slice(text);
    let name = |unknown: &mut Vec<Violation>, path: &serde_ignored::Path<'_>| {
        if unknown.len() < MAX_NAMED {
            let pointer = pointer::from_ignored_path(path);
            if let Some(detail) = refuse(&pointer) {
                unknown.push(Violation::new(pointer, detail));
            }
        }
    };
    let mut note = |path: serde_ignored::Path<'_>| name(&mut unknown, &path);
    let tracked = serde_ignored::Deserializer::new(&mut deserializer, &mut note);
    let value = match serde_path_to_error::deserialize(tracked) {
        Ok(value) => value,
        Err(error) => {
            let place = pointer::from_error_path(error.path());
            let error = error.into_inner();
            if error.classify() != Category::Data {
                return Err(malformed(&error));
            }
            let (mut wrong, repaired) =
                repair::find_violations::<T>(text, violation(place, &error.to_string()));
            // Reading stopped before it met every member, so those that are unknown are looked for again.
            if let Some(document) = repaired {
                unknown.clear();
                let _ = serde_ignored::deserialize::<_, _, T>(&document, |path| name(&mut unknown, &path));
            }
            wrong.append(&mut unknown);
            return Err(Problem::with_errors(Kind::InvalidInput, wrong));
        }
    };
    deserializer.end().map_err(|error| malformed(&error))?;
    if unknown.is_empty() { Ok(value) } else { Err(Problem::with_errors(Kind::InvalidInput, unknown)) }
}

fn malformed(error: &serde_json::Error) -> Problem {
    Problem::with_detail(Kind::MalformedJson, format!("The body is not JSON: {error}."))
}

/// serde's message as a sentence, and the member it is about.
pub(crate) fn violation(mut place: String, message: &str) -> Violation {
    // serde_json adds where in the text it stopped; the pointer says it better.
    let message = message.rfind(" at line ").and_then(|end| message.get(..end)).unwrap_or(message);
    let quoted = |prefix| message.strip_prefix(prefix).and_then(|rest: &str| rest.strip_suffix('`'));
    if let Some(name) = quoted("missing field `") {
        pointer::push(&mut place, name);
        return Violation::new(place, "This is required.");
    }
    if let Some(name) = quoted("duplicate field `") {
        // The path may already end with the member, depending on where the repetition was noticed.
        let mut whole = place.clone();
        pointer::push(&mut whole, name);
        let suffix = whole.strip_prefix(&place).unwrap_or_default();
        return Violation::new(
            if place.ends_with(suffix) { place } else { whole },
            "It is there more than once.",
        );
    }
    Violation::new(place, serde_messages::sentence(message))
}

#[cfg(test)]
mod tests {
    use serde::Deserialize;

    use super::*;

    #[derive(Debug, Deserialize, PartialEq)]
    struct Note {
        title: String,
        labels: Option<Vec<String>>,
    }

    fn wrong(text: &str) -> (u16, Vec<(String, String)>) {
        let problem = read::<Note>(text.as_bytes()).unwrap_err();
        let errors =
            problem.errors.iter().map(|error| (error.pointer.clone(), error.detail.clone())).collect();
        (problem.status().as_u16(), errors)
    }

    fn one(pointer: &str, detail: &str) -> (u16, Vec<(String, String)>) {
        (422, vec![(pointer.into(), detail.into())])
    }

    #[test]
    fn a_whole_document_is_read() {
        let note: Note = read(br#"{"title":"a"}"#).unwrap();
        assert_eq!(note, Note { title: "a".into(), labels: None });
    }

    #[test]
    fn what_is_not_json_is_400() {
        for text in ["", "{", "{\"title\":\"a\"} x", "{title:1}", "{\"title\":\"\u{0}\"}", "nul"] {
            assert_eq!(wrong(text).0, 400, "{text}");
        }
    }

    #[test]
    fn deep_nesting_is_refused_without_deep_recursion() {
        let deep = format!("{{\"title\":\"a\",\"x\":{}", "[".repeat(500_000));
        assert_eq!(wrong(&deep).0, 400);
        let value = read::<serde_json::Value>("[".repeat(500_000).as_bytes()).unwrap_err();
        assert_eq!(value.status(), 400);
    }

    #[test]
    fn unknown_members_are_each_named() {
        let (status, errors) = wrong(r#"{"title":"a","done":true,"a/b":[1]}"#);
        assert_eq!(status, 422);
        assert_eq!(errors.iter().map(|error| error.0.as_str()).collect::<Vec<_>>(), ["/done", "/a~1b"]);
    }

    #[test]
    fn unknown_members_are_passed_over_where_others_may_send_more() {
        let note: Note = read_known(br#"{"title":"a","done":true}"#).unwrap();
        assert_eq!(note.title, "a");
        let problem = read_known::<Note>(br#"{"title":5,"done":true}"#).unwrap_err();
        assert_eq!(problem.errors.iter().map(|error| error.pointer.as_str()).collect::<Vec<_>>(), ["/title"]);
    }

    #[test]
    fn a_wrong_type_is_named_where_it_is() {
        assert_eq!(
            wrong(r#"{"title":"a","labels":["x",5]}"#),
            one("/labels/1", "It has to be a string, not the number 5.")
        );
        for other in ["[]", "[\"a\",[\"b\"]]", "5", " \"a\"", "null"] {
            assert_eq!(wrong(other), one("", "The body has to be an object."), "{other}");
        }
    }

    #[derive(Debug, Deserialize)]
    #[allow(dead_code, reason = "only what reading it says when it fails is of interest")]
    struct Everything {
        title: String,
        count: u32,
        level: Option<Level>,
        labels: Option<Vec<String>>,
        inner: Option<Note>,
    }

    #[derive(Debug, Deserialize)]
    #[serde(rename_all = "lowercase")]
    enum Level {
        High,
        Low,
    }

    #[test]
    fn every_wrong_member_is_named_at_once() {
        let pointers = |text: &str| -> Vec<String> {
            let problem = read::<Everything>(text.as_bytes()).unwrap_err();
            assert_eq!(problem.status(), 422, "{text}");
            problem.errors.into_iter().map(|error| error.pointer).collect()
        };
        let text = r#"{"title":5,"level":"bogus","labels":"x","inner":{"labels":[1,"a",2]},"done":true}"#;
        assert_eq!(
            pointers(text),
            [
                "/title",
                "/level",
                "/labels",
                "/inner/labels/0",
                "/inner/labels/2",
                "/inner/title",
                "/count",
                "/done"
            ]
        );
        assert_eq!(pointers("{}"), ["/title", "/count"]);
        assert_eq!(pointers(r#"{"title":5,"title":"a","count":{},"x/y":1}"#), ["/title", "/count", "/x~1y"]);
    }

    #[test]
    fn a_document_that_is_too_large_for_it_has_its_first_wrong_member_named() {
        let text = format!(r#"{{"title":5,"labels":"x","count":1,"x":"{}"}}"#, "x".repeat(70_000));
        let problem = read::<Everything>(text.as_bytes()).unwrap_err();
        assert_eq!(problem.errors[0].pointer, "/title");
        assert_eq!(problem.errors.len(), 1);
    }

    #[test]
    fn missing_and_repeated_members_are_named() {
        assert_eq!(wrong("{}"), one("/title", "This is required."));
        assert_eq!(wrong(r#"{"title":"a","title":"b"}"#), one("/title", "It is there more than once."));
    }

    #[test]
    fn a_member_that_can_not_be_sent_gets_its_own_words() {
        let problem = read_with::<Note>(br#"{"title":"a","id":"x"}"#, |pointer| {
            (pointer == "/id").then_some("It is read-only.")
        })
        .unwrap_err();
        assert_eq!(problem.errors, [Violation::new("/id", "It is read-only.")]);
    }
}
