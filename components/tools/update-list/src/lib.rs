//! Changes fields of one of the caller's lists, its place among them included.

mod arguments;
mod placement;
mod update_list;

tool_bindings::export! { update_list::update_list(ListChanges) -> TaskList = update_list::update_list }
