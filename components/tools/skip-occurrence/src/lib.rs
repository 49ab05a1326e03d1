//! Moves one of the caller's repeating tasks to its next occurrence.

mod skip_occurrence;

tool_bindings::export! { skip_occurrence::skip_occurrence(TaskRef) -> Task = skip_occurrence::skip_occurrence }
