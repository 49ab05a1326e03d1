//! The inputs of calls, held to the types of `wit/types/types.wit`.

use serde::de::DeserializeOwned;
use serde_json::Value;
use task_model::types::{
    ActionChoice, ActionQuery, ExportQuery, ListChanges, ListQuery, ListRef, NewList, NewReminder, NewTask,
    OverviewQuery, ReminderKey, ReminderQuery, Restoration, TaskChanges, TaskKey, TaskQuery, TaskRef,
    TaskSearch, TaskSelection,
};

/// The arguments are what the tool takes.
pub fn check(tool: &str, arguments: &Value) {
    match tool {
        "add_task" => reads::<NewTask>(tool, arguments),
        "get_task" => reads::<TaskKey>(tool, arguments),
        "update_task" => reads::<TaskChanges>(tool, arguments),
        "complete_task" | "reopen_task" | "delete_task" | "skip_occurrence" => {
            reads::<TaskRef>(tool, arguments)
        }
        "list_tasks" => reads::<TaskQuery>(tool, arguments),
        "search_tasks" => reads::<TaskSearch>(tool, arguments),
        "overview" => reads::<OverviewQuery>(tool, arguments),
        "complete_tasks" | "delete_tasks" => reads::<TaskSelection>(tool, arguments),
        "restore_tasks" => reads::<Restoration>(tool, arguments),
        "export_tasks" => reads::<ExportQuery>(tool, arguments),
        "list_lists" => reads::<ListQuery>(tool, arguments),
        "add_list" => reads::<NewList>(tool, arguments),
        "update_list" => reads::<ListChanges>(tool, arguments),
        "delete_list" => reads::<ListRef>(tool, arguments),
        "add_reminder" => reads::<NewReminder>(tool, arguments),
        "list_reminders" => reads::<ReminderQuery>(tool, arguments),
        "cancel_reminder" => reads::<ReminderKey>(tool, arguments),
        "undo_action" | "redo_action" => reads::<ActionChoice>(tool, arguments),
        "list_actions" => reads::<ActionQuery>(tool, arguments),
        other => panic!("there is no tool {other}"),
    }
}

fn reads<T: DeserializeOwned>(tool: &str, arguments: &Value) {
    if let Err(error) = serde_json::from_value::<T>(arguments.clone()) {
        panic!("{tool} does not take {arguments}: {error}");
    }
}
