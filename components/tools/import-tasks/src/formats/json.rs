//! JSON (RFC 8259): `{"items": […]}`, as an export has it, or the array alone.

use serde::Deserialize;
use serde_json::Value;
use task_model::types::Priority;

use super::{Entries, FormatError, position, skipped};
use crate::entry::Entry;

#[derive(Deserialize)]
#[serde(untagged)]
enum Document {
    Export { items: Vec<Value> },
    Items(Vec<Value>),
}

/// What a task needs of its members; the others are those of the list it comes from.
#[derive(Deserialize)]
struct Item {
    title: String,
    notes: Option<String>,
    due: Option<String>,
    time_zone: Option<String>,
    priority: Option<Priority>,
    labels: Option<Vec<String>>,
    completed_at: Option<String>,
    recurrence: Option<Value>,
    id: Option<String>,
    parent_id: Option<String>,
}

/// Reads the tasks of a JSON document.
pub fn read(text: &str) -> Result<Entries, FormatError> {
    let value: Value = serde_json::from_str(text).map_err(|error| FormatError::Json(error.to_string()))?;
    let (Document::Export { items } | Document::Items(items)) =
        serde_json::from_value(value).map_err(|_| {
            FormatError::Json("it must be an array, or an object with an array `items`".to_owned())
        })?;
    let items = items.into_iter().enumerate().map(|(index, item)| {
        let position = position(index + 1);
        match serde_json::from_value(item) {
            Ok(item) => Ok(entry(position, item)),
            Err(error) => Err(skipped(position, format!("It is no task: {error}."))),
        }
    });
    Ok(items.collect())
}

fn entry(position: u32, item: Item) -> Entry {
    Entry {
        id: item.id,
        parent_id: item.parent_id,
        notes: item.notes.unwrap_or_default(),
        due: item.due,
        time_zone: item.time_zone,
        priority: item.priority.unwrap_or(Priority::Normal),
        labels: item.labels.unwrap_or_default(),
        is_done: item.completed_at.is_some(),
        completed_at: item.completed_at,
        repeats: item.recurrence.is_some(),
        ..Entry::new(position, item.title)
    }
}

#[cfg(test)]
mod tests {
    use task_model::types::ImportFormat;

    use super::*;
    use crate::formats::tests::entries;

    #[test]
    fn an_export_and_an_array_are_read_and_members_of_another_list_are_left_alone() {
        let item = r#"{"id":"x","title":"Call Ann","due":"2026-12-01","priority":"high","labels":["home"],"version":3}"#;
        let expected = Entry {
            due: Some("2026-12-01".to_owned()),
            priority: Priority::High,
            labels: vec!["home".to_owned()],
            id: Some("x".to_owned()),
            ..Entry::new(1, "Call Ann")
        };
        for text in [format!(r#"{{"items":[{item}],"truncated":false}}"#), format!("[{item}]")] {
            assert_eq!(entries(ImportFormat::Json, &text), std::slice::from_ref(&expected));
        }
    }

    #[test]
    fn one_that_is_no_task_is_told_by_its_number_and_the_others_are_read() {
        let found =
            read(r#"[{"title":"a"},{"title":5},7,{"title":"b","priority":"huge"},{"title":"c"}]"#).unwrap();
        let left_out: Vec<_> =
            found.iter().filter_map(|entry| Some(entry.as_ref().err()?.position)).collect();
        assert_eq!((left_out, found.len()), (vec![2, 3, 4], 5));
    }

    #[test]
    fn what_is_no_json_says_where() {
        assert!(read("[{]").unwrap_err().to_string().contains("column 3"));
        assert!(read(r#"{"tasks":[]}"#).unwrap_err().to_string().contains("`items`"));
    }
}
