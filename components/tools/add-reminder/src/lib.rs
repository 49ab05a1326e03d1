//! Adds a reminder of a task.

mod arguments;
mod insert_reminder;

tool_bindings::export! { add_reminder::add_reminder(NewReminder) -> Reminder = insert_reminder::insert_reminder }
