//! The limits that tools check, as keywords of JSON Schema (2020-12, Validation): one table for every endpoint that describes
//! its inputs. The types come from WIT, which has no place for them.

use serde_json::{Value, json};

use crate::{
    document, filter, id, labels, list, notes, page, query, quick_add, recurrence, reminder, search_terms,
    title,
};

/// How many characters the text of an id has.
const ID_LENGTH: usize = 36;

/// A keyword for a member of an input, the member as a path below `properties`.
type Limit = (&'static str, &'static str, Value);

/// What a new task and the changes of one have alike.
fn task_limits() -> Vec<Limit> {
    vec![
        ("title", "minLength", json!(1)),
        ("title", "maxLength", json!(title::MAX_TITLE_CHARACTERS)),
        ("notes", "maxLength", json!(notes::MAX_NOTES_CHARACTERS)),
        ("labels", "maxItems", json!(labels::MAX_LABELS)),
        ("labels/items", "minLength", json!(1)),
        ("labels/items", "maxLength", json!(labels::MAX_LABEL_CHARACTERS)),
    ]
}

/// What says how a task repeats.
fn recurrence_limits() -> Vec<Limit> {
    vec![
        ("rule", "minLength", json!(1)),
        ("rule", "maxLength", json!(recurrence::MAX_RULE_CHARACTERS)),
        ("exceptions", "maxItems", json!(recurrence::MAX_EXCEPTIONS)),
    ]
}

/// What lists and changes of many have alike.
fn filter_limits() -> Vec<Limit> {
    vec![
        ("label", "minLength", json!(1)),
        ("label", "maxLength", json!(labels::MAX_LABEL_CHARACTERS)),
        ("text", "minLength", json!(1)),
        ("text", "maxLength", json!(filter::MAX_TEXT_CHARACTERS)),
        ("query", "minLength", json!(1)),
        ("query", "maxLength", json!(query::MAX_CHARACTERS)),
        ("parent_id", "minLength", json!(ID_LENGTH)),
        ("parent_id", "maxLength", json!(ID_LENGTH)),
    ]
}

fn id_limits(member: &'static str) -> Vec<Limit> {
    vec![(member, "minLength", json!(ID_LENGTH)), (member, "maxLength", json!(ID_LENGTH))]
}

/// Several of [`id_limits`].
fn id_limits_of(members: &[&'static str]) -> Vec<Limit> {
    members.iter().flat_map(|member| id_limits(member)).collect()
}

fn name_limits() -> Vec<Limit> {
    vec![("name", "minLength", json!(1)), ("name", "maxLength", json!(list::MAX_NAME_CHARACTERS))]
}

fn ids_limits() -> Vec<Limit> {
    let count = vec![("ids", "minItems", json!(1)), ("ids", "maxItems", json!(id::MAX_IDS))];
    [count, id_limits("ids/items")].concat()
}

fn number_limits(member: &'static str, limit: page::Limit) -> Vec<Limit> {
    vec![
        (member, "minimum", json!(1)),
        (member, "maximum", json!(limit.max)),
        (member, "default", json!(limit.default)),
    ]
}

/// The limits of an input, by the name of its type.
fn input_limits(name: &str) -> Vec<Limit> {
    match name {
        "NewTask" => [task_limits(), id_limits_of(&["list_id", "parent_id"])].concat(),
        "TaskChanges" => [task_limits(), id_limits_of(&["id", "list_id", "parent_id"])].concat(),
        "NewList" => [name_limits(), id_limits("parent_id")].concat(),
        "ListChanges" => [name_limits(), id_limits_of(&["id", "parent_id", "before", "after"])].concat(),
        "NewRecurrence" => recurrence_limits(),
        "QuickAddition" => [
            vec![
                ("text", "minLength", json!(1)),
                ("text", "maxLength", json!(quick_add::MAX_LINE_CHARACTERS)),
                ("ignore", "maxItems", json!(quick_add::MAX_RANGES)),
            ],
            id_limits("list_id"),
        ]
        .concat(),
        "TextRange" => {
            let end = json!(quick_add::MAX_LINE_CHARACTERS);
            vec![("start", "maximum", end.clone()), ("end", "maximum", end)]
        }
        "TaskKey" | "TaskRef" | "ListRef" | "ReminderKey" | "ActionChoice" => id_limits("id"),
        "TaskQuery" => {
            let cursor = vec![("cursor", "minLength", json!(1))];
            [filter_limits(), number_limits("limit", page::LIST), cursor].concat()
        }
        "TaskSearch" => [
            vec![
                ("query", "minLength", json!(1)),
                ("query", "maxLength", json!(search_terms::MAX_QUERY_CHARACTERS)),
            ],
            number_limits("limit", page::SEARCH),
        ]
        .concat(),
        "NewReminder" => [
            id_limits("task_id"),
            vec![
                ("before_due_minutes", "minimum", json!(0)),
                ("before_due_minutes", "maximum", json!(reminder::MAX_BEFORE_DUE_MINUTES)),
            ],
        ]
        .concat(),
        "ReminderQuery" => [id_limits("task_id"), number_limits("limit", page::LIST)].concat(),
        "ActionQuery" => number_limits("limit", page::LIST),
        "OverviewQuery" => number_limits("days", page::DAYS),
        "TaskFilter" => [filter_limits(), ids_limits()].concat(),
        "Restoration" => ids_limits(),
        "TaskImport" => {
            vec![
                ("text", "minLength", json!(1)),
                ("text", "maxLength", json!(document::MAX_IMPORT_CHARACTERS)),
            ]
        }
        _ => Vec::new(),
    }
}

/// Writes the limits of the input of this name into its schema, and those of a filter or a recurrence in it where its schema
/// is not a reference.
pub fn write(name: &str, schema: &mut Value) {
    for (member, keyword, value) in input_limits(name) {
        if let Some(Value::Object(member)) = schema.pointer_mut(&format!("/properties/{member}")) {
            member.insert(keyword.to_owned(), value);
        }
    }
    if matches!(name, "TaskSelection" | "ExportQuery")
        && let Some(filter) = schema.pointer_mut("/properties/filter")
    {
        write("TaskFilter", filter);
    }
    if matches!(name, "NewTask" | "TaskChanges")
        && let Some(recurrence) = schema.pointer_mut("/properties/recurrence")
    {
        write("NewRecurrence", recurrence);
    }
    if name == "QuickAddition"
        && let Some(range) = schema.pointer_mut("/properties/ignore/items")
    {
        write("TextRange", range);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::{
        ActionChoice, ActionQuery, ListChanges, ListRef, NewList, NewRecurrence, NewReminder, NewTask,
        OverviewQuery, QuickAddition, ReminderKey, ReminderQuery, TaskChanges, TaskFilter, TaskKey,
        TaskQuery, TaskRef, TaskSearch, TextRange,
    };

    fn schema<T: schemars::JsonSchema>() -> Value {
        serde_json::to_value(schemars::schema_for!(T)).unwrap()
    }

    #[test]
    fn every_member_that_has_a_limit_is_there() {
        for (name, schema) in [
            ("NewTask", schema::<NewTask>()),
            ("TaskChanges", schema::<TaskChanges>()),
            ("NewList", schema::<NewList>()),
            ("ListChanges", schema::<ListChanges>()),
            ("ListRef", schema::<ListRef>()),
            ("NewRecurrence", schema::<NewRecurrence>()),
            ("QuickAddition", schema::<QuickAddition>()),
            ("TextRange", schema::<TextRange>()),
            ("NewReminder", schema::<NewReminder>()),
            ("ReminderKey", schema::<ReminderKey>()),
            ("ReminderQuery", schema::<ReminderQuery>()),
            ("ActionChoice", schema::<ActionChoice>()),
            ("ActionQuery", schema::<ActionQuery>()),
            ("TaskKey", schema::<TaskKey>()),
            ("TaskRef", schema::<TaskRef>()),
            ("TaskQuery", schema::<TaskQuery>()),
            ("TaskSearch", schema::<TaskSearch>()),
            ("OverviewQuery", schema::<OverviewQuery>()),
            ("TaskFilter", schema::<TaskFilter>()),
        ] {
            let limits = input_limits(name);
            assert!(!limits.is_empty(), "{name}");
            for (member, _, _) in limits {
                assert!(schema.pointer(&format!("/properties/{member}")).is_some(), "{name}: {member}");
            }
        }
    }

    #[test]
    fn the_limits_are_those_of_the_words() {
        let mut new_task = schema::<NewTask>();
        write("NewTask", &mut new_task);
        assert_eq!(new_task["properties"]["title"]["maxLength"], 200);
        assert_eq!(new_task["properties"]["labels"]["items"]["maxLength"], 50);
        let mut overview = schema::<OverviewQuery>();
        write("OverviewQuery", &mut overview);
        let days = &overview["properties"]["days"];
        assert_eq!(
            (&days["minimum"], &days["maximum"], &days["default"]),
            (&json!(1), &json!(31), &json!(7))
        );
    }
}
