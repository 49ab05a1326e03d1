//! Each tool as a component: through the real host, on a PostgreSQL server, with a caller of the test's choosing. The endpoint
//! in front of them (`tests/fixtures/tool-harness`) adds nothing.

mod add_task_once;
mod anything;
mod descriptions;
mod failures;
mod list_tasks_model;
mod many;
mod queries;
mod recurrence;
mod scopes;
mod skills;
mod subtasks;
mod task_lists;
mod tool_harness;

// One file per tool, named like it: a tool without tests does not compile here.
macro_rules! tests {
    ($($operation:ident = $tool:ident :: $function:ident ($input:ident) -> $output:ident),+ $(,)?) => {
        $(mod $tool;)+
    };
}
tool_catalog::with_tools!(tests);
