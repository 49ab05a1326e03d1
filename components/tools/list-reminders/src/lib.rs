//! Lists reminders of the caller's tasks.

mod select_reminders;

tool_bindings::export! { list_reminders::list_reminders(ReminderQuery) -> Reminders = select_reminders::select_reminders }
