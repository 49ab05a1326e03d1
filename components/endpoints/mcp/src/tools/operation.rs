//! The operations: which tool each one is, and how it is called.

use endpoint::{Problem, json};
use mcp_protocol::ToolResult;
use serde::{Serialize, de::DeserializeOwned};
use task_model::types::{
    BulkOutcome, Caller, Description, ExportQuery, NewTask, Overview, OverviewQuery, Restoration, Task,
    TaskChanges, TaskDocument, TaskKey, TaskMatches, TaskPage, TaskQuery, TaskRef, TaskSearch, TaskSelection,
    ToolError,
};
use task_tools::{
    add_task, complete_task, complete_tasks, delete_task, delete_tasks, export_tasks, get_task, list_tasks,
    overview, reopen_task, restore_tasks, search_tasks, update_task,
};

use super::schema::Schemas;

/// Each row: the operation, its tool, the tool's function, what it takes, what it gives. In the order of lists.
macro_rules! operations {
    ($($operation:ident = $tool:ident :: $function:ident ($input:ty) -> $output:ty),+ $(,)?) => {
        /// What can be done with tasks.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Operation {
            $(
                #[doc = concat!("The tool `", stringify!($tool), "`.")]
                $operation,
            )+
        }

        impl Operation {
            /// Every operation.
            pub(crate) const ALL: [Self; [$(stringify!($operation)),+].len()] = [$(Self::$operation),+];

            /// Its tool's name for agents.
            pub(crate) const fn name(self) -> &'static str {
                match self { $(Self::$operation => stringify!($tool)),+ }
            }

            /// What its tool says of itself.
            pub(super) fn describe(self) -> Description {
                match self { $(Self::$operation => $tool::describe()),+ }
            }

            /// The schemas of what it takes and gives.
            pub(super) fn schemas(self) -> Schemas {
                match self { $(Self::$operation => Schemas::of::<$input, $output>()),+ }
            }

            /// Reads the arguments and calls the tool. The inner error is a result without a JSON form.
            ///
            /// # Errors
            ///
            /// The arguments are not what the tool takes, or the tool did not do it.
            pub(crate) async fn run(
                self,
                caller: &Caller,
                arguments: &str,
            ) -> Result<Result<ToolResult, serde_json::Error>, Problem> {
                match self { $(Self::$operation => call(caller, arguments, $tool::$function).await),+ }
            }
        }
    };
}

operations! {
    AddTask = add_task::add_task(NewTask) -> Task,
    ListTasks = list_tasks::list_tasks(TaskQuery) -> TaskPage,
    GetTask = get_task::get_task(TaskKey) -> Task,
    UpdateTask = update_task::update_task(TaskChanges) -> Task,
    CompleteTask = complete_task::complete_task(TaskRef) -> Task,
    ReopenTask = reopen_task::reopen_task(TaskRef) -> Task,
    DeleteTask = delete_task::delete_task(TaskRef) -> Task,
    SearchTasks = search_tasks::search_tasks(TaskSearch) -> TaskMatches,
    Overview = overview::show_overview(OverviewQuery) -> Overview,
    ExportTasks = export_tasks::export_tasks(ExportQuery) -> TaskDocument,
    CompleteTasks = complete_tasks::complete_tasks(TaskSelection) -> BulkOutcome,
    DeleteTasks = delete_tasks::delete_tasks(TaskSelection) -> BulkOutcome,
    RestoreTasks = restore_tasks::restore_tasks(Restoration) -> BulkOutcome,
}

async fn call<I: DeserializeOwned, O: Serialize>(
    caller: &Caller,
    arguments: &str,
    tool: impl AsyncFnOnce(Caller, I) -> Result<O, ToolError>,
) -> Result<Result<ToolResult, serde_json::Error>, Problem> {
    let input = json::read(arguments.as_bytes())?;
    let output = tool(caller.clone(), input).await?;
    Ok(ToolResult::structured(&output))
}
