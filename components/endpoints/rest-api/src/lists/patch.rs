//! A JSON Merge Patch (RFC 7396) of a list as the input of the tool that changes a list.

use endpoint::{Kind, Problem, Violation, json};
use serde::Deserialize;
use task_model::types::{ClearableListField, ListChanges, ListColour};

use crate::patch::Member;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Patch {
    name: Member<String>,
    colour: Member<ListColour>,
    parent_id: Member<String>,
    before: Member<String>,
    after: Member<String>,
    archived: Member<bool>,
}

/// Reads a patch of the list with this id; `version` is the one that must be found.
///
/// # Errors
/// 400 if the text is not JSON; 422 if members are unknown, read-only, of the wrong type or can't be removed.
pub(super) fn read(text: &[u8], id: String, version: Option<u64>) -> Result<ListChanges, Problem> {
    let patch: Patch = json::read_with(text, read_only)?;
    let (mut clear, mut wrong) = (Vec::new(), Vec::new());
    let changes = ListChanges {
        id,
        version,
        name: set(patch.name, "/name", &mut wrong),
        colour: patch.colour.or_clear(ClearableListField::Colour, &mut clear),
        parent_id: patch.parent_id.or_clear(ClearableListField::ParentId, &mut clear),
        before: set(patch.before, "/before", &mut wrong),
        after: set(patch.after, "/after", &mut wrong),
        archived: set(patch.archived, "/archived", &mut wrong),
        clear: (!clear.is_empty()).then_some(clear),
    };
    if wrong.is_empty() { Ok(changes) } else { Err(Problem::with_errors(Kind::InvalidInput, wrong)) }
}

/// The value to set; `null` is noted as wrong.
fn set<T>(member: Member<T>, pointer: &str, wrong: &mut Vec<Violation>) -> Option<T> {
    match member {
        Member::Absent => None,
        Member::Value(value) => Some(value),
        Member::Null => {
            wrong.push(Violation::new(pointer, "It can't be removed: leave it out, or give a value."));
            None
        }
    }
}

/// Words for members that a list has but a patch can't set.
fn read_only(pointer: &str) -> Option<&'static str> {
    match pointer {
        "/id" | "/open_count" | "/created_at" | "/updated_at" => Some("It is read-only."),
        "/version" => {
            Some("It is read-only. Send the version you have seen in the header If-Match, such as \"7\".")
        }
        "/position" => Some("It is read-only. Use before or after with the id of another list."),
        "/archived_at" => Some("It is read-only. Use archived with true or false."),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn pointers(patch: &Value) -> Vec<String> {
        let problem = read(patch.to_string().as_bytes(), "7".into(), None).unwrap_err();
        assert_eq!(problem.status(), 422);
        problem.errors.into_iter().map(|error| error.pointer).collect()
    }

    #[test]
    fn a_value_is_set_and_null_removes_what_can_be_removed() {
        let patch = json!({"name": "Home", "archived": true, "colour": null, "parent_id": null});
        let changes = read(patch.to_string().as_bytes(), "7".into(), Some(3)).unwrap();
        assert_eq!(
            (changes.name.as_deref(), changes.archived, changes.version),
            (Some("Home"), Some(true), Some(3))
        );
        assert_eq!(changes.clear, Some(vec![ClearableListField::Colour, ClearableListField::ParentId]));
        let nulls = json!({"name": null, "before": null, "after": null, "archived": null});
        assert_eq!(pointers(&nulls), ["/name", "/before", "/after", "/archived"]);
    }

    #[test]
    fn read_only_members_are_refused_by_name() {
        let patch = json!({"id": "8", "position": "80", "archived_at": null, "done": true});
        assert_eq!(pointers(&patch), ["/id", "/position", "/archived_at", "/done"]);
    }
}
