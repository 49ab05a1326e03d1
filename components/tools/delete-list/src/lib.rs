//! Deletes one of the caller's lists; its tasks stay.

mod delete_list;

tool_bindings::export! { delete_list::delete_list(ListRef) -> ListDeletion = delete_list::delete_list }
