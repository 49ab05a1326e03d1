//! Finds the caller's tasks by words.

mod arguments;
mod select_matches;

tool_bindings::export! { search_tasks::search_tasks(TaskSearch) -> TaskMatches = select_matches::select_matches }
