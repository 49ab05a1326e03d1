//! Lists the caller's tasks, a page at a time.

mod arguments;
pub mod filters;
pub mod order;
mod page;
mod position;
mod select_page;

tool_bindings::export! { list_tasks::list_tasks(TaskQuery) -> TaskPage = select_page::select_page }
