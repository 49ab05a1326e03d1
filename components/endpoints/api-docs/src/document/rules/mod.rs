//! What inputs have to be beyond their types and limits: formats, forms of text, and members that depend on each other.
//!
//! In patterns each class names its characters by code point, because `\s` is not the same set in every program that reads
//! them. White space at both ends is allowed where the tools trim it.

use serde_json::{Map, Value, json};

/// What is trimmed: Unicode's White_Space.
const SPACE: &str = r"\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000";

/// What breaks a line, is a control, or reorders text (`task_model::text`).
const CONTROL: &str = r"\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069";

/// What shows nothing by itself, beside white space (`task_model::text::is_invisible`).
const NOTHING: &str = r"\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0";

/// A year from 1970 to 9999, at the start of a date.
const YEAR: &str = r"^(19[7-9]\d|[2-9]\d{3})-";

/// One line that shows something.
fn line() -> Value {
    json!(format!("^[{SPACE}]*[^{CONTROL}]*[^{SPACE}{CONTROL}{NOTHING}][^{CONTROL}]*[{SPACE}]*$"))
}

/// One word without commas and `#`, that shows something.
fn label() -> Value {
    let inside = format!("{SPACE}{CONTROL},#");
    json!(format!("^[{SPACE}]*[^{inside}]*[^{inside}{NOTHING}][^{inside}]*[{SPACE}]*$"))
}

/// Lines and tabs, and no other controls.
fn lines() -> Value {
    let control = r"\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f";
    json!(format!("^[{SPACE}]*[^{control}]*[{SPACE}]*$"))
}

/// A text with a letter or a digit to look for.
fn words() -> Value {
    json!(r"[\p{L}\p{N}]")
}

/// A day, or an instant with its offset (RFC 3339).
fn moment() -> Value {
    json!([{ "format": "date", "pattern": YEAR }, { "format": "date-time", "pattern": YEAR }])
}

/// Parts with a name and a value; which ones fit together no pattern says.
const RULE: &str = r"^([Rr]{2}[Uu][Ll][Ee]:)?[A-Za-z]+=[A-Za-z0-9,+-]+(;[A-Za-z]+=[A-Za-z0-9,+-]+)*;?$";

/// Writes the rules into the schemas of inputs.
pub(super) fn write(schemas: &mut Map<String, Value>) {
    for input in ["NewTask", "TaskPatch"] {
        for (member, keyword, value) in [
            ("title", "pattern", line()),
            ("notes", "pattern", lines()),
            ("labels/items", "pattern", label()),
            ("due", "anyOf", moment()),
            ("time_zone", "format", json!("iana-time-zone")),
        ] {
            set(schemas, &format!("{input}/properties/{member}"), keyword, value);
        }
    }
    for (member, keyword, value) in [
        ("rule", "pattern", json!(RULE)),
        ("zone", "format", json!("iana-time-zone")),
        ("exceptions/items", "format", json!("date")),
        ("exceptions/items", "pattern", json!(YEAR)),
    ] {
        set(schemas, &format!("NewRecurrence/properties/{member}"), keyword, value);
    }
    for input in ["TaskQuery", "TaskFilter"] {
        for (member, keyword, value) in [
            ("label", "pattern", label()),
            ("text", "pattern", words()),
            ("due_after", "anyOf", moment()),
            ("due_before", "anyOf", moment()),
        ] {
            set(schemas, &format!("{input}/properties/{member}"), keyword, value);
        }
    }
    for input in ["TaskQuery", "TaskFilter", "TaskSearch"] {
        let list = json!([{ "format": "uuid" }, { "pattern": "^inbox$" }]);
        set(schemas, &format!("{input}/properties/list"), "anyOf", list);
    }
    for input in ["NewList", "ListPatch"] {
        set(schemas, &format!("{input}/properties/name"), "pattern", line());
    }
    set(schemas, "QuickAddition/properties/text", "pattern", line());
    set(schemas, "QuickAddition/properties/time_zone", "format", json!("iana-time-zone"));
    for id in [
        "NewTask/properties/list_id",
        "QuickAddition/properties/list_id",
        "TaskPatch/properties/list_id",
        "NewTask/properties/parent_id",
        "TaskPatch/properties/parent_id",
        "TaskQuery/properties/parent_id",
        "TaskFilter/properties/parent_id",
        "NewList/properties/parent_id",
        "ListPatch/properties/parent_id",
        "ListPatch/properties/before",
        "ListPatch/properties/after",
    ] {
        set(schemas, id, "format", json!("uuid"));
    }
    set(schemas, "ListPatch", "minProperties", json!(1));
    set(schemas, "ListPatch", "not", several_places());
    for input in ["NewReminder", "ReminderQuery"] {
        set(schemas, &format!("{input}/properties/task_id"), "format", json!("uuid"));
    }
    set(schemas, "NewReminder/properties/at", "format", json!("date-time"));
    set(schemas, "NewReminder/properties/at", "pattern", json!(YEAR));
    set(schemas, "NewReminder", "anyOf", absolute_or_relative());
    set(schemas, "TaskQuery/properties/cursor", "format", json!("cursor"));
    set(schemas, "TaskSearch/properties/query", "pattern", words());
    for input in ["TaskFilter", "Restoration"] {
        set(schemas, &format!("{input}/properties/ids/items"), "format", json!("uuid"));
    }
    // A time zone is that of a due date; a patch that changes nothing is refused.
    set(schemas, "NewTask", "anyOf", zone_with_due(false));
    set(schemas, "TaskPatch", "anyOf", zone_with_due(true));
    set(schemas, "TaskPatch", "minProperties", json!(1));
    set(schemas, "NewTask", "not", parted_and_listed());
    set(schemas, "TaskPatch", "not", json!({ "anyOf": [repeats_undated(), parted_and_listed()] }));
    set(schemas, "TaskSelection/properties/filter", "anyOf", leaves_some_out());
}

/// No time zone, or a due date beside it. In a patch `null` removes both together.
fn zone_with_due(is_patch: bool) -> Value {
    let dated = json!({ "required": ["due"], "properties": { "due": { "type": "string" } } });
    let without = json!({ "properties": { "time_zone": { "type": "null" } } });
    if !is_patch {
        return json!([without, dated]);
    }
    json!([
        { "not": { "required": ["time_zone"] } },
        { "required": ["due", "time_zone"], "properties": { "time_zone": { "type": "null" } } },
        dated,
    ])
}

/// More than one place for a list.
fn several_places() -> Value {
    let both = |one: &str, other: &str| json!({ "required": [one, other] });
    json!({ "anyOf": [both("parent_id", "before"), both("parent_id", "after"), both("before", "after")] })
}

/// An instant, or minutes before a due time, and not both.
fn absolute_or_relative() -> Value {
    let one = |given: &str, kind: &str, other: &str| {
        json!({
            "required": [given],
            "properties": { given: { "type": kind }, other: { "type": "null" } },
        })
    };
    json!([one("at", "string", "before_due_minutes"), one("before_due_minutes", "integer", "at")])
}

/// What a subtask can't have: a list of its own.
fn parted_and_listed() -> Value {
    json!({
        "required": ["parent_id", "list_id"],
        "properties": { "parent_id": { "type": "string" }, "list_id": { "type": "string" } },
    })
}

/// What a patch can't do: let a task repeat that it makes not due.
fn repeats_undated() -> Value {
    json!({
        "required": ["due", "recurrence"],
        "properties": { "due": { "type": "null" }, "recurrence": { "type": "object" } },
    })
}

/// At least one filter that is there and means less than everything.
fn leaves_some_out() -> Value {
    let filter = |name: &str, schema: Value| json!({ "required": [name], "properties": { name: schema } });
    let given = |name: &str, kind: &str| filter(name, json!({ "type": kind }));
    json!([
        given("ids", "array"),
        filter("status", json!({ "enum": ["open", "done"] })),
        given("due_after", "string"),
        given("due_before", "string"),
        given("overdue", "boolean"),
        given("label", "string"),
        given("list", "string"),
        given("priority", "string"),
        given("text", "string"),
        given("query", "string"),
        given("parent_id", "string"),
    ])
}

/// Sets a keyword of the schema at this path.
pub(super) fn set(schemas: &mut Map<String, Value>, path: &str, keyword: &str, value: Value) {
    let (name, rest) =
        path.split_once('/').map_or((path, String::new()), |(name, rest)| (name, format!("/{rest}")));
    let schema =
        schemas.get_mut(name).and_then(|schema| schema.pointer_mut(&rest)).and_then(Value::as_object_mut);
    if let Some(schema) = schema {
        schema.insert(keyword.to_owned(), value);
    }
}

#[cfg(test)]
mod tests;
