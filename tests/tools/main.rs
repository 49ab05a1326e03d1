//! Each tool as a component: through the real host, on a PostgreSQL server, with a caller of the test's choosing. The door in front of them (`tests/fixtures/tool-door`) adds nothing.

mod add_task;
mod add_task_once;
mod anything;
mod complete_task;
mod complete_tasks;
mod delete_task;
mod delete_tasks;
mod descriptions;
mod door;
mod export_tasks;
mod failures;
mod get_task;
mod list_tasks;
mod list_tasks_model;
mod many;
mod overview;
mod reopen_task;
mod restore_tasks;
mod scopes;
mod search_tasks;
mod skills;
mod update_task;
