//! Reads the line, and adds its task.

use list_rows::select_list_names;
use task_language::{Clock, Line, Reading};
use task_model::scope;
use task_model::types::{Caller, QuickAddOutcome, QuickAddition, ToolError};
use user_database::UserDatabase;

use crate::arguments::{check, fingerprint};
use crate::draft::{about_the_line, draft};

/// Adds the task that a line says, or answers what would be added.
///
/// # Errors
/// Forbidden; invalid where the line says no task that can be stored, names a list that is not there, or its key came with another
/// input before; list not found; full; unavailable or internal by the database.
pub async fn quick_add_task(caller: &Caller, input: QuickAddition) -> Result<QuickAddOutcome, ToolError> {
    scope::require(caller, scope::WRITE)?;
    let arguments = check(caller, &input)?;
    let preview = input.preview.unwrap_or(false);
    // A preview makes nothing that a key could be about.
    let caller =
        &Caller { idempotency_key: caller.idempotency_key.clone().filter(|_| !preview), ..caller.clone() };
    let names_list = Line::may_name_list(&input.text, arguments.syntax);
    let shows_list = preview && input.list_id.is_some();
    let lists = if names_list || shows_list {
        select_list_names(&UserDatabase::open(&caller.user_id, &caller.request_id).await?).await?
    } else {
        Vec::new()
    };
    if shows_list && !lists.iter().any(|list| Some(list.id.to_string()) == input.list_id) {
        return Err(ToolError::ListNotFound);
    }
    let names: Vec<String> = lists.iter().map(|list| list.name.clone()).collect();
    let clock = Clock::new(caller.now, &arguments.zone.name);
    let reading = Reading { syntax: arguments.syntax, lists: &names, ignored: &arguments.ignored };
    let line = Line::read(&input.text, &clock, &reading);
    let read = draft(caller, &input, &arguments.zone, &line, &lists)?;
    let mut outcome =
        QuickAddOutcome { preview, draft: read.task, spans: read.spans, notices: line.notices, task: None };
    match read.arguments {
        Err(wrong) if preview => outcome.notices.extend(wrong.into_iter().map(|violation| violation.message)),
        Ok(_) if preview => {}
        // What was added stays added, also where its list is gone meanwhile.
        Err(wrong) => match task_addition::find_earlier(caller, fingerprint(&input)).await? {
            Some(task) => outcome.task = Some(task),
            None => return Err(ToolError::Invalid(wrong)),
        },
        Ok(new) => {
            let new = new.with_fingerprint(fingerprint(&input));
            outcome.task = Some(task_addition::insert(caller, &new).await.map_err(about_the_line)?);
        }
    }
    Ok(outcome)
}
