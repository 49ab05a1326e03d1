//! What every tool and everything that calls tools would write alike: the bindings of `wit/<tool>/tool.wit`, from the tool's
//! name. `wit_bindgen::generate!` wants paths and names as literals, which no `macro_rules!` can put together.
//!
//! A crate that uses these depends on `wit-bindgen` and `task-model`, and lies three folders below the repository's root.

mod export;
mod import;
mod skill;

use proc_macro::TokenStream;

/// Exports a tool from its component: the bindings, the function that does it, and `pub fn describe() -> Description`, which
/// says what the tool's `SKILL.md` says.
///
/// `tool::function(Input) -> Output = path::of::the_work`: the tool's name in snake_case, the function of its WIT interface
/// with its types in `todo:types`, and what does the work: an `async fn(&Caller, Input) -> Result<Output, ToolError>`.
///
/// ```ignore
/// tool_bindings::export! { reopen_task::reopen_task(TaskRef) -> Task = reopen_task::reopen_task }
/// ```
#[proc_macro]
pub fn export(row: TokenStream) -> TokenStream {
    written(export::bindings(row))
}

/// Imports tools, given by their names in snake_case: a module `todo::<tool>::tool` for each.
///
/// ```ignore
/// tool_bindings::import!(add_task, reopen_task);
/// ```
#[proc_macro]
pub fn import(names: TokenStream) -> TokenStream {
    written(import::bindings(names))
}

/// The code, or what is wrong as an error of the compiler.
fn written(code: Result<String, String>) -> TokenStream {
    let code = code.unwrap_or_else(|message| format!("compile_error!({message:?});"));
    code.parse().unwrap_or_default()
}

/// A tool's name in WIT and as a folder.
fn kebab_case(name: &str) -> String {
    name.replace('_', "-")
}
