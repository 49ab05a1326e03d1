//! Nobody reads or changes another's data, through any endpoint, whatever they try in whatever order.

mod actions;
mod conversations;
mod lists;
mod operations;
mod reminders;
mod tasks;
