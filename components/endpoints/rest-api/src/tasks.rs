//! One file per operation on tasks.

mod add;
mod complete;
mod complete_many;
mod delete;
mod delete_many;
mod export;
mod get;
mod list;
mod reopen;
mod restore_many;
mod search;
mod update;

pub(crate) use add::add;
pub(crate) use complete::complete;
pub(crate) use complete_many::complete_many;
pub(crate) use delete::delete;
pub(crate) use delete_many::delete_many;
pub(crate) use export::export;
pub(crate) use get::get;
pub(crate) use list::list;
pub(crate) use reopen::reopen;
pub(crate) use restore_many::restore_many;
pub(crate) use search::search;
pub(crate) use update::update;
