//! The JSON names of the enums: the names they have in WIT, in snake_case.
//!
//! wit-bindgen derives traits but can't add serde's `rename_all`, so the enums get their implementations here.

use std::borrow::Cow;

use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use crate::types::{
    ActionKind, ClearableField, ClearableListField, Consent, Duration, ExportFormat, ImportFormat,
    ListColour, Priority, QuickAddSyntax, RecurrenceBase, ReminderState, SortDirection, SpanKind, TaskSort,
    TaskStatus, UndoableChange,
};

/// An enum whose values have names, in JSON and in the words of a person.
pub trait Named: Copy + Sized + 'static {
    /// Every value with its name, in the order of the WIT declaration.
    const NAMES: &'static [(Self, &'static str)];

    /// The value's name.
    fn name(self) -> &'static str;

    /// The value of that name.
    fn from_name(name: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(_, known)| *known == name).map(|(value, _)| *value)
    }
}

macro_rules! named {
    ($type:ident, $description:literal, $($variant:ident = $name:literal),+) => {
        impl Named for $type {
            const NAMES: &'static [(Self, &'static str)] = &[$(($type::$variant, $name)),+];

            fn name(self) -> &'static str {
                match self { $($type::$variant => $name),+ }
            }
        }

        impl Serialize for $type {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.name())
            }
        }

        impl<'de> Deserialize<'de> for $type {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let name = Cow::<'de, str>::deserialize(deserializer)?;
                Self::from_name(&name)
                    .ok_or_else(|| de::Error::unknown_variant(&name, &[$($name),+]))
            }
        }

        impl JsonSchema for $type {
            fn schema_name() -> Cow<'static, str> {
                Cow::Borrowed(stringify!($type))
            }

            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!({ "type": "string", "enum": [$($name),+], "description": $description })
            }
        }
    };
}

named!(
    Priority,
    "How much a task matters.",
    Urgent = "urgent",
    High = "high",
    Normal = "normal",
    Low = "low"
);
named!(
    ClearableField,
    "A field of a task that can be emptied.",
    Notes = "notes",
    Due = "due",
    Priority = "priority",
    Labels = "labels",
    ListId = "list_id",
    Recurrence = "recurrence",
    ParentId = "parent_id"
);
named!(
    ListColour,
    "The colour of a list.",
    Grey = "grey",
    Red = "red",
    Orange = "orange",
    Yellow = "yellow",
    Green = "green",
    Teal = "teal",
    Blue = "blue",
    Purple = "purple",
    Pink = "pink",
    Brown = "brown"
);
named!(
    ClearableListField,
    "A field of a list that can be emptied.",
    Colour = "colour",
    ParentId = "parent_id"
);
named!(
    RecurrenceBase,
    "What the next occurrence is counted from: the occurrence that was due, or its completion.",
    Due = "due",
    Completion = "completion"
);
named!(
    ReminderState,
    "What became of a reminder.",
    Waiting = "waiting",
    Sent = "sent",
    Failed = "failed",
    Skipped = "skipped"
);
named!(TaskStatus, "Which tasks, by completion.", Open = "open", Done = "done", All = "all");
named!(
    TaskSort,
    "What a list is ordered by: soonest due, most urgent, first added, least recently changed, title.",
    Due = "due",
    Priority = "priority",
    Created = "created",
    Updated = "updated",
    Title = "title"
);
named!(SortDirection, "Which way a list runs.", Ascending = "ascending", Descending = "descending");
named!(
    UndoableChange,
    "What is taken back: that tasks were deleted, or completed.",
    Deletion = "deletion",
    Completion = "completion"
);
named!(
    ActionKind,
    "What was done to tasks.",
    Added = "added",
    Deleted = "deleted",
    Restored = "restored",
    Completed = "completed",
    Reopened = "reopened",
    Updated = "updated"
);
named!(
    QuickAddSyntax,
    "How labels and lists are marked: `#label` and `+list`, `@label` and `#list`, or `*label` and `+list`.",
    Standard = "standard",
    Todoist = "todoist",
    Vikunja = "vikunja"
);
named!(
    SpanKind,
    "What a part of a line was read as.",
    Due = "due",
    Time = "time",
    Recurrence = "recurrence",
    Priority = "priority",
    Label = "label",
    List = "list",
    UnknownList = "unknown_list"
);
named!(
    Consent,
    "Whether a person has to agree first: to nothing, to what it does to one task, to what it does to many.",
    None = "none",
    One = "one",
    Many = "many"
);
named!(Duration, "How long a call may take.", Short = "short", Long = "long");
named!(
    ExportFormat,
    "How a document of tasks is written: a list for people, a table for spreadsheets, an object for programs, to-dos or events \
     for calendars.",
    Markdown = "markdown",
    Csv = "csv",
    Json = "json",
    Icalendar = "icalendar",
    IcalendarEvents = "icalendar_events"
);
named!(
    ImportFormat,
    "How a document of tasks to add is written: a list, a table, an object of a program, todo.txt, or to-dos of a calendar.",
    Markdown = "markdown",
    Csv = "csv",
    Json = "json",
    TodoTxt = "todo_txt",
    Icalendar = "icalendar"
);
