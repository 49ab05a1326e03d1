//! Lists the caller's lists.

mod select_lists;

tool_bindings::export! { list_lists::list_lists(ListQuery) -> TaskLists = select_lists::select_lists }
