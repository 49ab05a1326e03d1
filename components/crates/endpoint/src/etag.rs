//! Entity tags and the conditions on them (RFC 9110, sections 8.8.3 and 13.1). The tag of a thing at version 7 is `"7"`:
//! strong, because every change makes a new version.

use http::{HeaderMap, HeaderName, HeaderValue, header};
use problem_details::{Kind, Problem};

/// The entity tag of a version.
#[must_use]
pub fn from_version(version: u64) -> HeaderValue {
    // Digits and quotes are always a header value.
    HeaderValue::from_str(&format!("\"{version}\"")).unwrap_or(HeaderValue::from_static("\"\""))
}

/// What a conditional header asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    /// `*`: whatever version there is.
    Any,
    /// One of these versions. Tags that were never given out here match nothing, so the list may be empty.
    Versions(Vec<u64>),
}

impl Condition {
    /// Whether this version satisfies it.
    #[must_use]
    pub fn holds(&self, version: u64) -> bool {
        match self {
            Self::Any => true,
            Self::Versions(versions) => versions.contains(&version),
        }
    }
}

/// The condition in `If-Match`, compared strongly: a weak tag never matches (section 13.1.1).
///
/// # Errors
/// 400 when the value is not `*` or a list of entity tags.
pub fn if_match(headers: &HeaderMap) -> Result<Option<Condition>, Problem> {
    condition(headers, header::IF_MATCH, false)
}

/// The condition in `If-None-Match`, compared weakly (section 13.1.2). When it holds, a GET is answered with 304.
///
/// # Errors
/// 400 when the value is not `*` or a list of entity tags.
pub fn if_none_match(headers: &HeaderMap) -> Result<Option<Condition>, Problem> {
    condition(headers, header::IF_NONE_MATCH, true)
}

fn condition(
    headers: &HeaderMap,
    name: HeaderName,
    weak_matches: bool,
) -> Result<Option<Condition>, Problem> {
    let mut versions = Vec::new();
    let mut has_any = false;
    let mut has_tag = false;
    for value in headers.get_all(&name) {
        let value = value.to_str().map_err(|_| malformed(&name))?.trim();
        if value == "*" {
            has_any = true;
            continue;
        }
        // Our tags hold no commas; a foreign one that does can't be ours, but must not break the list either.
        let mut rest = value;
        while !rest.is_empty() {
            let (is_weak, opaque, after) = entity_tag(rest).ok_or_else(|| malformed(&name))?;
            has_tag = true;
            if !is_weak || weak_matches {
                versions.extend(version(opaque));
            }
            rest = after;
        }
    }
    match (has_any, has_tag) {
        (true, false) => Ok(Some(Condition::Any)),
        (false, true) => Ok(Some(Condition::Versions(versions))),
        (false, false) if !headers.contains_key(&name) => Ok(None),
        _ => Err(malformed(&name)),
    }
}

/// The version whose tag this is. Versions start at 1 and are written without leading zeros.
fn version(opaque: &str) -> Option<u64> {
    opaque.parse().ok().filter(|version: &u64| *version > 0 && version.to_string() == opaque)
}

/// Whether the character can be in a tag (`etagc` in section 8.8.3, of which the part within ASCII is read here).
fn is_etag_character(character: char) -> bool {
    matches!(character, '!' | '#'..='~')
}

/// Takes one tag off a list: whether it is weak, what is between its quotes, and what follows.
fn entity_tag(list: &str) -> Option<(bool, &str, &str)> {
    let (is_weak, quoted) = match list.strip_prefix("W/") {
        Some(quoted) => (true, quoted),
        None => (false, list),
    };
    let (opaque, after) = quoted.strip_prefix('"')?.split_once('"')?;
    if !opaque.chars().all(is_etag_character) {
        return None;
    }
    let after = after.trim_start();
    let after = match after.strip_prefix(',') {
        Some(next) => next.trim_start_matches([',', ' ', '\t']),
        None if after.is_empty() => after,
        None => return None,
    };
    Some((is_weak, opaque, after))
}

fn malformed(name: &HeaderName) -> Problem {
    let name = if *name == header::IF_MATCH { "If-Match" } else { "If-None-Match" };
    Problem::with_detail(
        Kind::InvalidHeader,
        format!(
            "The header {name} takes an entity tag in quotes, such as \"7\", several separated by commas, or *."
        ),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn matching(value: &str) -> Result<Option<Condition>, u16> {
        let mut headers = HeaderMap::new();
        headers.insert(header::IF_MATCH, value.parse().unwrap());
        if_match(&headers).map_err(|problem| problem.status().as_u16())
    }

    fn versions(versions: &[u64]) -> Result<Option<Condition>, u16> {
        Ok(Some(Condition::Versions(versions.to_vec())))
    }

    #[test]
    fn a_version_becomes_a_strong_tag_and_comes_back() {
        assert_eq!(from_version(7), "\"7\"");
        assert_eq!(matching("\"7\""), versions(&[7]));
        assert_eq!(matching("\"7\", \"8\""), versions(&[7, 8]));
        assert_eq!(matching("*"), Ok(Some(Condition::Any)));
        assert_eq!(if_match(&HeaderMap::new()).unwrap(), None);
    }

    #[test]
    fn weak_and_foreign_tags_match_nothing() {
        assert_eq!(matching("W/\"7\""), versions(&[]));
        assert_eq!(matching("\"abc,def\", \"07\", \"-1\", \"0\", \"\""), versions(&[]));
    }

    #[test]
    fn empty_elements_of_a_list_are_left_out() {
        assert_eq!(matching("\"7\" ,, \"8\","), versions(&[7, 8]));
    }

    #[test]
    fn what_is_no_entity_tag_is_400() {
        for bad in ["7", "\"7", "7\"", "", "\"7\" \"8\"", "\"7\", 8", "\"7 8\"", "w/\"7\""] {
            assert_eq!(matching(bad), Err(400), "{bad}");
        }
    }

    #[test]
    fn if_none_match_compares_weakly() {
        let mut headers = HeaderMap::new();
        headers.insert(header::IF_NONE_MATCH, "W/\"7\"".parse().unwrap());
        assert!(if_none_match(&headers).unwrap().unwrap().holds(7));
    }
}
