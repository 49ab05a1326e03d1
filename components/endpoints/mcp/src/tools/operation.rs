//! The operations: which tool each one is, and how it is called.

use endpoint::{Problem, json};
use mcp_protocol::ToolResult;
use serde::de::DeserializeOwned;
use serde_json::Value;
use task_model::types::{self, Caller, Description, ToolError};

use super::schema::Schemas;

macro_rules! operations {
    ($($operation:ident = $tool:ident :: $function:ident ($input:ident) -> $output:ident),+ $(,)?) => {
        /// What can be done with tasks.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Operation {
            $(
                #[doc = concat!("The tool `", stringify!($tool), "`.")]
                $operation,
            )+
        }

        impl Operation {
            /// Every operation, in the order of lists.
            pub(crate) const ALL: [Self; tool_catalog::NAMES.len()] = [$(Self::$operation),+];

            /// Its tool's name for agents.
            pub(crate) const fn name(self) -> &'static str {
                match self { $(Self::$operation => stringify!($tool)),+ }
            }

            /// What its tool says of itself.
            pub(super) fn describe(self) -> Description {
                match self { $(Self::$operation => task_tools::$tool::describe()),+ }
            }

            /// Whether the input names a list, and not a task, by its `id`.
            pub(super) fn names_a_list(self) -> bool {
                match self { $(Self::$operation => names_a_list(stringify!($input))),+ }
            }

            /// The schemas of what it takes and gives.
            pub(super) fn schemas(self) -> Schemas {
                match self { $(Self::$operation => Schemas::new::<types::$input, types::$output>()),+ }
            }

            /// Reads the arguments as the tool will.
            ///
            /// # Errors
            ///
            /// They are not what the tool takes.
            pub(super) fn check(self, arguments: &str) -> Result<(), Problem> {
                let arguments = arguments.as_bytes();
                match self { $(Self::$operation => json::read::<types::$input>(arguments).map(drop)),+ }
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
                Ok(match self { $(
                    Self::$operation => {
                        ToolResult::structured(&call(caller, arguments, task_tools::$tool::$function).await?)
                    }
                )+ })
            }

            /// The same, with what the tool gives as JSON.
            ///
            /// # Errors
            ///
            /// The arguments are not what the tool takes, or the tool did not do it.
            pub(super) async fn answer(
                self,
                caller: &Caller,
                arguments: &str,
            ) -> Result<Result<Value, serde_json::Error>, Problem> {
                Ok(match self { $(
                    Self::$operation => {
                        serde_json::to_value(call(caller, arguments, task_tools::$tool::$function).await?)
                    }
                )+ })
            }
        }
    };
}
tool_catalog::with_tools!(operations);

/// Whether an input of this type names a list by its `id`.
fn names_a_list(input: &str) -> bool {
    matches!(input, "ListRef" | "ListChanges")
}

async fn call<I: DeserializeOwned, O>(
    caller: &Caller,
    arguments: &str,
    tool: impl AsyncFnOnce(Caller, I) -> Result<O, ToolError>,
) -> Result<O, Problem> {
    let input = json::read(arguments.as_bytes())?;
    Ok(tool(caller.clone(), input).await?)
}
