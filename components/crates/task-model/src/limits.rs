//! The limits that tools check, as keywords of JSON Schema (2020-12, Validation): one table for every door that describes
//! its inputs. The types come from WIT, which has no place for them.

use serde_json::{Value, json};

use crate::{filter, id, labels, notes, page, title, words};

/// How many characters the text of an id has.
const ID_LENGTH: usize = 36;

/// A keyword for a member of an input, the member as a path below `properties`.
type Limit = (&'static str, &'static str, Value);

/// What a new task and the changes of one have alike.
fn of_task() -> Vec<Limit> {
    vec![
        ("title", "minLength", json!(1)),
        ("title", "maxLength", json!(title::TITLE_MAX)),
        ("notes", "maxLength", json!(notes::NOTES_MAX)),
        ("labels", "maxItems", json!(labels::LABELS_MAX)),
        ("labels/items", "minLength", json!(1)),
        ("labels/items", "maxLength", json!(labels::LABEL_LENGTH_MAX)),
    ]
}

/// What lists and changes of many have alike.
fn of_filter() -> Vec<Limit> {
    vec![
        ("label", "minLength", json!(1)),
        ("label", "maxLength", json!(labels::LABEL_LENGTH_MAX)),
        ("text", "minLength", json!(1)),
        ("text", "maxLength", json!(filter::TEXT_MAX)),
    ]
}

fn of_id(member: &'static str) -> Vec<Limit> {
    vec![(member, "minLength", json!(ID_LENGTH)), (member, "maxLength", json!(ID_LENGTH))]
}

fn of_ids() -> Vec<Limit> {
    let count = vec![("ids", "minItems", json!(1)), ("ids", "maxItems", json!(id::IDS_MAX))];
    [count, of_id("ids/items")].concat()
}

fn of_number(member: &'static str, limit: page::Limit) -> Vec<Limit> {
    vec![
        (member, "minimum", json!(1)),
        (member, "maximum", json!(limit.max)),
        (member, "default", json!(limit.default)),
    ]
}

/// The limits of an input, by the name of its type.
fn of_input(name: &str) -> Vec<Limit> {
    match name {
        "NewTask" => of_task(),
        "TaskChanges" => [of_task(), of_id("id")].concat(),
        "TaskKey" | "TaskRef" => of_id("id"),
        "TaskQuery" => {
            [of_filter(), of_number("limit", page::LIST), vec![("cursor", "minLength", json!(1))]].concat()
        }
        "TaskSearch" => [
            vec![("query", "minLength", json!(1)), ("query", "maxLength", json!(words::QUERY_MAX))],
            of_number("limit", page::SEARCH),
        ]
        .concat(),
        "OverviewQuery" => of_number("days", page::DAYS),
        "TaskFilter" => [of_filter(), of_ids()].concat(),
        "Restoration" => of_ids(),
        _ => Vec::new(),
    }
}

/// Writes the limits of the input of this name into its schema, and those of a filter in it where the filter's schema is
/// not a reference.
pub fn write(name: &str, schema: &mut Value) {
    for (member, keyword, value) in of_input(name) {
        if let Some(Value::Object(member)) = schema.pointer_mut(&format!("/properties/{member}")) {
            member.insert(keyword.to_owned(), value);
        }
    }
    if matches!(name, "TaskSelection" | "ExportQuery")
        && let Some(filter) = schema.pointer_mut("/properties/filter")
    {
        write("TaskFilter", filter);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::types::{
        NewTask, OverviewQuery, TaskChanges, TaskFilter, TaskKey, TaskQuery, TaskRef, TaskSearch,
    };

    fn schema<T: schemars::JsonSchema>() -> Value {
        serde_json::to_value(schemars::schema_for!(T)).unwrap()
    }

    #[test]
    fn every_member_that_has_a_limit_is_there() {
        for (name, schema) in [
            ("NewTask", schema::<NewTask>()),
            ("TaskChanges", schema::<TaskChanges>()),
            ("TaskKey", schema::<TaskKey>()),
            ("TaskRef", schema::<TaskRef>()),
            ("TaskQuery", schema::<TaskQuery>()),
            ("TaskSearch", schema::<TaskSearch>()),
            ("OverviewQuery", schema::<OverviewQuery>()),
            ("TaskFilter", schema::<TaskFilter>()),
        ] {
            let limits = of_input(name);
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
