//! A JSON Merge Patch (RFC 7396) of a task as the input of the tool that changes a task.

use endpoint::{Kind, Problem, Violation, json};
use http::{StatusCode, header};
use serde::{Deserialize, Deserializer};
use task_model::types::{ClearableField, NewRecurrence, Priority, TaskChanges};

/// The media types that a patch may have.
pub(crate) const MEDIA_TYPES: [&str; 2] = ["application/merge-patch+json", "application/json"];

/// A member of a patch: left out stays as it is, `null` is removed, anything else is set.
#[derive(Debug, Default)]
pub(crate) enum Member<T> {
    #[default]
    Absent,
    Null,
    Value(T),
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Member<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Option::deserialize(deserializer).map(|value| value.map_or(Self::Null, Self::Value))
    }
}

impl<T> Member<T> {
    /// The value to set; a `null` is noted as the field to clear.
    pub(crate) fn or_clear<F>(self, field: F, clear: &mut Vec<F>) -> Option<T> {
        match self {
            Self::Absent => None,
            Self::Null => {
                clear.push(field);
                None
            }
            Self::Value(value) => Some(value),
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Patch {
    title: Member<String>,
    notes: Member<String>,
    due: Member<String>,
    time_zone: Member<String>,
    priority: Member<Priority>,
    labels: Member<Vec<String>>,
    list_id: Member<String>,
    parent_id: Member<String>,
    /// Set as a whole: a rule is not put together from two.
    recurrence: Member<NewRecurrence>,
}

/// Reads a patch of the task with this id; `version` is the one that must be found.
///
/// # Errors
/// 400 if the text is not JSON; 422 if members are unknown, read-only, of the wrong type or can't be removed.
pub(crate) fn read(text: &[u8], id: String, version: Option<u64>) -> Result<TaskChanges, Problem> {
    let patch: Patch = json::read_with(text, read_only)?;
    let mut clear = Vec::new();
    let mut wrong = Vec::new();
    let title = match patch.title {
        Member::Value(title) => Some(title),
        Member::Absent => None,
        Member::Null => {
            wrong.push(Violation::new("/title", "A task can't be without a title."));
            None
        }
    };
    let time_zone = match (patch.time_zone, &patch.due) {
        (Member::Value(zone), _) => Some(zone),
        (Member::Null, Member::Absent) => {
            wrong.push(Violation::new("/time_zone", "It can only be removed together with due."));
            None
        }
        // It goes with the due date, or a new due date is meant in the caller's own zone.
        (Member::Null | Member::Absent, _) => None,
    };
    let notes = patch.notes.or_clear(ClearableField::Notes, &mut clear);
    let due = patch.due.or_clear(ClearableField::Due, &mut clear);
    let priority = patch.priority.or_clear(ClearableField::Priority, &mut clear);
    let labels = patch.labels.or_clear(ClearableField::Labels, &mut clear);
    let list_id = patch.list_id.or_clear(ClearableField::ListId, &mut clear);
    let parent_id = patch.parent_id.or_clear(ClearableField::ParentId, &mut clear);
    let recurrence = patch.recurrence.or_clear(ClearableField::Recurrence, &mut clear);
    if !wrong.is_empty() {
        return Err(Problem::with_errors(Kind::InvalidInput, wrong));
    }
    let clear = (!clear.is_empty()).then_some(clear);
    Ok(TaskChanges {
        id,
        version,
        title,
        notes,
        due,
        time_zone,
        priority,
        labels,
        list_id,
        parent_id,
        recurrence,
        clear,
    })
}

/// A refused patch says which types there are in the header made for it (RFC 5789, section 3.1).
pub(crate) fn name_patch_types(problem: Problem) -> Problem {
    if problem.status() == StatusCode::UNSUPPORTED_MEDIA_TYPE {
        problem.header(header::HeaderName::from_static("accept-patch"), MEDIA_TYPES.join(", "))
    } else {
        problem
    }
}

/// Words for members that a task has but a patch can't set.
fn read_only(pointer: &str) -> Option<&'static str> {
    match pointer {
        "/id" | "/created_at" | "/updated_at" => Some("It is read-only."),
        "/version" => {
            Some("It is read-only. Send the version you have seen in the header If-Match, such as \"7\".")
        }
        "/list" => Some("It is read-only. Set list_id to the id of a list, or to null for the inbox."),
        "/subtasks" => Some("It is read-only. A subtask says by its parent_id which task it is below."),
        "/completed_at" => Some("It is read-only. Use POST on the task's path and /complete or /reopen."),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn changes(patch: &Value) -> TaskChanges {
        read(patch.to_string().as_bytes(), "7".into(), Some(3)).unwrap()
    }

    fn wrong(patch: &Value) -> Vec<(String, String)> {
        let problem = read(patch.to_string().as_bytes(), "7".into(), None).unwrap_err();
        assert_eq!(problem.status(), 422);
        problem.errors.into_iter().map(|error| (error.pointer, error.detail)).collect()
    }

    fn pointers(patch: &Value) -> Vec<String> {
        wrong(patch).into_iter().map(|(pointer, _)| pointer).collect()
    }

    #[test]
    fn a_value_is_set_and_the_rest_stays() {
        let changes = changes(&json!({"title": "milk", "priority": "high", "labels": []}));
        assert_eq!((changes.id.as_str(), changes.version), ("7", Some(3)));
        assert_eq!(changes.title.as_deref(), Some("milk"));
        assert_eq!(changes.priority, Some(Priority::High));
        assert_eq!(changes.labels, Some(vec![]));
        assert_eq!((changes.notes, changes.due, changes.clear), (None, None, None));
    }

    #[test]
    fn null_removes() {
        let changes = changes(
            &json!({"notes": null, "due": null, "time_zone": null, "priority": null, "labels": null, "list_id": null, "parent_id": null, "recurrence": null}),
        );
        assert_eq!(
            changes.clear,
            Some(vec![
                ClearableField::Notes,
                ClearableField::Due,
                ClearableField::Priority,
                ClearableField::Labels,
                ClearableField::ListId,
                ClearableField::ParentId,
                ClearableField::Recurrence
            ])
        );
        assert_eq!((changes.notes, changes.due, changes.time_zone), (None, None, None));
    }

    #[test]
    fn a_recurrence_is_set_as_a_whole_and_its_wrong_members_are_named() {
        let changes = changes(&json!({"recurrence": {"rule": "FREQ=DAILY", "from": null}}));
        assert_eq!(changes.recurrence.unwrap().rule, "FREQ=DAILY");
        assert_eq!(pointers(&json!({"recurrence": {"from": "due"}})), ["/recurrence/rule"]);
        assert_eq!(
            pointers(&json!({"recurrence": {"rule": "FREQ=DAILY", "from": "now", "count": 3}})),
            ["/recurrence/from", "/recurrence/count"]
        );
    }

    #[test]
    fn a_title_can_not_be_removed_and_a_time_zone_only_with_its_date() {
        assert_eq!(pointers(&json!({"title": null, "time_zone": null})), ["/title", "/time_zone"]);
        let moved = changes(&json!({"due": "2026-11-22", "time_zone": null}));
        assert_eq!((moved.due.as_deref(), moved.time_zone), (Some("2026-11-22"), None));
    }

    #[test]
    fn read_only_members_are_refused_in_words_that_help() {
        let errors =
            wrong(&json!({"title": "x", "id": "8", "version": 4, "completed_at": null, "done": true}));
        let names: Vec<&str> = errors.iter().map(|(pointer, _)| pointer.as_str()).collect();
        assert_eq!(names, ["/id", "/version", "/completed_at", "/done"]);
        assert!(errors[1].1.contains("If-Match"));
        assert!(errors[2].1.contains("/complete"));
        assert_eq!(errors[3].1, "There is no such member.");
    }

    #[test]
    fn a_wrong_type_is_named_where_it_is() {
        assert_eq!(pointers(&json!({"labels": ["a", {"b": 1}]})), ["/labels/1"]);
        assert_eq!(pointers(&json!({"priority": "urgentest"})), ["/priority"]);
        assert_eq!(pointers(&json!({"title": 5})), ["/title"]);
        assert_eq!(pointers(&json!(["milk"])), [""]);
    }
}
