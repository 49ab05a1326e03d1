//! The one table of the tools. Whatever has to name every tool expands it: what endpoints import, what MCP lists and
//! calls, what tests go through. A new tool is a row.

#![warn(missing_docs)]

/// Expands a macro with the rows of the table, in the order in which tools are listed.
///
/// A row is `Operation = tool::function(Input) -> Output`: the operation's name as a Rust variant, the tool's name for
/// agents (its package in WIT is the same in kebab-case), the function of its WIT interface, and the types of
/// `todo:types` that the function takes beside the caller and gives.
///
/// ```
/// macro_rules! functions {
///     ($($operation:ident = $tool:ident :: $function:ident ($input:ident) -> $output:ident),+ $(,)?) => {
///         const FUNCTIONS: &[&str] = &[$(stringify!($function)),+];
///     };
/// }
/// tool_catalog::with_tools!(functions);
/// assert!(FUNCTIONS.contains(&"show_overview"));
/// ```
#[macro_export]
macro_rules! with_tools {
    ($expand:ident) => {
        $expand! {
            AddTask = add_task::add_task(NewTask) -> Task,
            ListTasks = list_tasks::list_tasks(TaskQuery) -> TaskPage,
            GetTask = get_task::get_task(TaskKey) -> Task,
            UpdateTask = update_task::update_task(TaskChanges) -> Task,
            CompleteTask = complete_task::complete_task(TaskRef) -> Task,
            ReopenTask = reopen_task::reopen_task(TaskRef) -> Task,
            DeleteTask = delete_task::delete_task(TaskRef) -> Task,
            SearchTasks = search_tasks::search_tasks(TaskSearch) -> TaskMatches,
            Overview = overview::show_overview(OverviewQuery) -> Overview,
            ExportTasks = export_tasks::export_tasks(ExportQuery) -> TaskDocument,
            CompleteTasks = complete_tasks::complete_tasks(TaskSelection) -> BulkOutcome,
            DeleteTasks = delete_tasks::delete_tasks(TaskSelection) -> BulkOutcome,
            RestoreTasks = restore_tasks::restore_tasks(Restoration) -> BulkOutcome,
            ImportTasks = import_tasks::import_tasks(TaskImport) -> ImportOutcome,
            AddList = add_list::add_list(NewList) -> TaskList,
            ListLists = list_lists::list_lists(ListQuery) -> TaskLists,
            UpdateList = update_list::update_list(ListChanges) -> TaskList,
            DeleteList = delete_list::delete_list(ListRef) -> ListDeletion,
            SkipOccurrence = skip_occurrence::skip_occurrence(TaskRef) -> Task,
            QuickAddTask = quick_add_task::quick_add_task(QuickAddition) -> QuickAddOutcome,
            AddReminder = add_reminder::add_reminder(NewReminder) -> Reminder,
            ListReminders = list_reminders::list_reminders(ReminderQuery) -> Reminders,
            CancelReminder = cancel_reminder::cancel_reminder(ReminderKey) -> Reminder,
            UndoAction = undo_action::undo_action(ActionChoice) -> Action,
            RedoAction = redo_action::redo_action(ActionChoice) -> Action,
            ListActions = list_actions::list_actions(ActionQuery) -> Actions,
        }
    };
}

macro_rules! names {
    ($($operation:ident = $tool:ident :: $function:ident ($input:ident) -> $output:ident),+ $(,)?) => {
        /// The names of the tools for agents, in snake_case, in the order of lists.
        pub const NAMES: &[&str] = &[$(stringify!($tool)),+];
    };
}
with_tools!(names);

/// The tools' folders and components, in the order of lists: their names in kebab-case.
pub fn folders() -> impl Iterator<Item = String> {
    NAMES.iter().map(|name| name.replace('_', "-"))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn a_tool_is_listed_once() {
        assert_eq!(NAMES.iter().collect::<BTreeSet<_>>().len(), NAMES.len());
    }

    #[test]
    fn every_tool_folder_is_a_row_and_every_row_has_its_folder() {
        // Asked while it runs: the program may have been built in another checkout.
        let tools = std::env::var("CARGO_MANIFEST_DIR").unwrap() + "/../../tools";
        let found = std::fs::read_dir(tools).unwrap().map(|entry| entry.unwrap().file_name());
        let found: BTreeSet<String> = found.map(|name| name.into_string().unwrap()).collect();
        assert_eq!(found, folders().collect());
    }
}
