//! One file per operation on tasks.

mod add;
mod complete;
mod delete;
mod get;
mod list;
mod reopen;
mod search;
mod update;

pub(crate) use add::add;
pub(crate) use complete::complete;
pub(crate) use delete::delete;
pub(crate) use get::get;
pub(crate) use list::list;
pub(crate) use reopen::reopen;
pub(crate) use search::search;
pub(crate) use update::update;
