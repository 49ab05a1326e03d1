//! Takes back that tasks of the caller were deleted or completed.

pub mod restore_tasks;

tool_bindings::export! { restore_tasks::restore_tasks(Restoration) -> BulkOutcome = restore_tasks::restore_tasks }
