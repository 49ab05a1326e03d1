//! Writes the caller's tasks that match into one document.

mod document;
mod export_tasks;
mod formats;
pub mod select_batch;

tool_bindings::export! { export_tasks::export_tasks(ExportQuery) -> TaskDocument = export_tasks::export_tasks }
