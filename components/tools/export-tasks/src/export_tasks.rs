//! Writes the document.

use task_model::types::{Caller, ExportQuery, TaskDocument, ToolError};
use task_model::{Violations, scope};
use task_rows::Selection;

use crate::document::Document;
use crate::select_batch::Batches;

/// Writes the caller's tasks that match into one document, in the order in which they were added. They are read in
/// batches, so that neither a statement nor the memory for its rows grows with the list.
///
/// # Errors
/// Forbidden; invalid; unavailable or internal by the database.
pub async fn export_tasks(caller: &Caller, input: ExportQuery) -> Result<TaskDocument, ToolError> {
    scope::require(caller, scope::READ)?;
    let mut violations = Violations::none();
    let selection = Selection::check(caller, input.filter.as_ref(), &mut violations);
    violations.finish()?;
    let mut batches = Batches::open(caller, selection).await?;
    let mut document = Document::new(input.format);
    loop {
        let tasks = batches.next().await?;
        if tasks.is_empty() || !tasks.iter().all(|task| document.add(task)) {
            return Ok(document.finish());
        }
    }
}
