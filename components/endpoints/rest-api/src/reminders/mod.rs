//! How each tool on reminders is called.

mod add;
mod cancel;
mod list;
