//! Adds a list to keep tasks in.

mod arguments;
mod insert_list;

tool_bindings::export! { add_list::add_list(NewList) -> TaskList = insert_list::insert_list }
