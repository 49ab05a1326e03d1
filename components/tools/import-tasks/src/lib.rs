//! Adds the tasks of a document to the caller's list.

mod entry;
mod formats;
mod import_tasks;
mod parents;

tool_bindings::export! { import_tasks::import_tasks(TaskImport) -> ImportOutcome = import_tasks::import_tasks }
