//! Operations on tasks: a file for each, and one for all that change tasks in the same way.

mod add;
mod change_many;
mod change_one;
mod delete;
mod export;
mod get;
mod list;
mod search;
mod update;

pub(crate) use add::add;
pub(crate) use change_many::change_many;
pub(crate) use change_one::change_one;
pub(crate) use delete::delete;
pub(crate) use export::export;
pub(crate) use get::get;
pub(crate) use list::list;
pub(crate) use search::search;
pub(crate) use update::update;
