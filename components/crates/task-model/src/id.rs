//! A task's id: a UUID (RFC 9562) in its 36-character text form.

use jiff::Timestamp;
use uuid::Uuid;

use crate::violations::Violations;

/// The most ids in one input.
pub const MAX_IDS: usize = 100;

/// The text is no task id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "This is not the id of a task: use one that a list or a search gave, such as 01936f2e-5d1c-7b3a-9c4e-8f2a6b7d0e1f."
)]
pub struct IdError;

/// Reads an id. Upper case is understood.
///
/// # Errors
/// [`IdError`] for anything but the hyphenated 36-character form.
pub fn id(text: &str) -> Result<Uuid, IdError> {
    if text.len() == 36 { Uuid::try_parse(text).map_err(|_| IdError) } else { Err(IdError) }
}

/// Reads several ids, each once. What is wrong is noted below `at`, a JSON Pointer.
pub fn ids(texts: &[String], at: &str, violations: &mut Violations) -> Vec<Uuid> {
    match texts.len() {
        0 => violations.add(at, "There is no id: give at least one, or leave the list out."),
        1..=MAX_IDS => {}
        // Not read one by one: who sends thousands gets one sentence.
        many => {
            violations.add(at, format!("{many} ids are too many: at most {MAX_IDS} are possible."));
            return Vec::new();
        }
    }
    let mut ids: Vec<Uuid> = texts
        .iter()
        .enumerate()
        .filter_map(|(index, text)| violations.check(&format!("{at}/{index}"), id(text)))
        .collect();
    ids.sort_unstable();
    ids.dedup();
    ids
}

/// A new id: UUID version 7 whose first 60 bits tell the instant to a quarter of a microsecond (RFC 9562, section 6.2,
/// method 3), so that ids sort in the order of their making. The other 62 are random.
#[must_use]
pub fn new_id(now: Timestamp) -> Uuid {
    let microseconds = now.as_microsecond().max(0).unsigned_abs();
    let nanoseconds = u32::try_from(microseconds % 1_000_000 * 1_000).unwrap_or(0);
    let id = Uuid::new_v7(uuid::Timestamp::from_unix(uuid::NoContext, microseconds / 1_000_000, nanoseconds));
    let fraction = u128::from(microseconds % 1_000 * 4_096 / 1_000);
    Uuid::from_u128(id.as_u128() & !(0xfff << 64) | fraction << 64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_hyphenated_form_is_an_id() {
        let text = "01936f2e-5d1c-7b3a-9c4e-8f2a6b7d0e1f";
        assert_eq!(id(text).map(|id| id.to_string()).as_deref(), Ok(text));
        assert_eq!(id(&text.to_uppercase()).map(|id| id.to_string()).as_deref(), Ok(text));
        for wrong in [
            "",
            "1",
            "01936f2e5d1c7b3a9c4e8f2a6b7d0e1f",
            "{01936f2e-5d1c-7b3a-9c4e-8f2a6b7d0e1f}",
            "01936f2e-5d1c-7b3a-9c4e-8f2a6b7d0e1g",
            "01936f2e-5d1c-7b3a-9c4e-8f2a6b7d0e1f' OR 1=1",
        ] {
            assert_eq!(id(wrong), Err(IdError), "{wrong}");
        }
    }

    #[test]
    fn several_ids_are_read_once_each_and_wrong_ones_named_by_their_place() {
        let read = |texts: &[String]| {
            let mut violations = Violations::none();
            let ids = ids(texts, "/ids", &mut violations);
            match violations.finish() {
                Err(crate::types::ToolError::Invalid(found)) => {
                    Err(found.into_iter().map(|violation| violation.pointer).collect::<Vec<_>>())
                }
                _ => Ok(ids.len()),
            }
        };
        let known = Uuid::from_u128(7).to_string();
        assert_eq!(read(&[known.clone(), known.to_uppercase()]), Ok(1));
        assert_eq!(read(&[]), Err(vec!["/ids".to_owned()]));
        assert_eq!(read(&[known.clone(), "x".to_owned()]), Err(vec!["/ids/1".to_owned()]));
        assert_eq!(read(&vec![known.clone(); MAX_IDS]), Ok(1));
        assert_eq!(read(&vec!["x".to_owned(); MAX_IDS + 1]), Err(vec!["/ids".to_owned()]));
    }

    #[test]
    fn new_ids_are_version_7_and_sort_by_time() {
        let now = Timestamp::from_microsecond(1_790_000_000_000_000).unwrap();
        let earlier = new_id(now);
        let later = new_id(Timestamp::from_microsecond(1_790_000_000_000_001).unwrap());
        assert_eq!(earlier.get_version_num(), 7);
        assert!(earlier < later);
        assert_eq!(earlier.get_variant(), uuid::Variant::RFC4122);
        assert_ne!(earlier, new_id(now));
    }
}
