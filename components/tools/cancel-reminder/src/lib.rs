//! Cancels one of the caller's reminders.

mod delete_reminder;

tool_bindings::export! { cancel_reminder::cancel_reminder(ReminderKey) -> Reminder = delete_reminder::delete_reminder }
