//! The bindings of a tool's own component.

use proc_macro::{Delimiter, TokenStream, TokenTree};

use crate::{kebab_case, skill};

const FORM: &str = "a tool is exported as `tool::function(Input) -> Output = path::of::the_work`";

/// Bindings, the tool's description, and the implementation of its interface.
pub(crate) fn bindings(row: TokenStream) -> Result<String, String> {
    let Row { tool, function, input, output, work } = Row::read(row).ok_or(FORM)?;
    let package = kebab_case(&tool);
    let folder = std::env::var("CARGO_MANIFEST_DIR").map_err(|_| "cargo does not say where the crate is")?;
    let path = std::path::Path::new(&folder).join("SKILL.md");
    let text = std::fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    let describe = skill::describe(&tool, &text).map_err(|error| format!("{}: {error}", path.display()))?;
    Ok(format!(
        r#"
        #[allow(unsafe_code, missing_docs, clippy::all, reason = "generated from WIT, where every item is documented")]
        mod bindings {{
            wit_bindgen::generate!({{
                path: ["../../../wit/types", "../../../wit/{package}"],
                world: "todo:{package}/component",
                with: {{ "todo:types/types@1.0.0": task_model::types }},
                generate_all,
            }});
            pub struct Component;
            // A native build, for tests, exports nothing: its linker takes no such names.
            #[cfg(target_family = "wasm")]
            export!(Component);
        }}

        {describe}

        impl bindings::exports::todo::{tool}::tool::Guest for bindings::Component {{
            fn describe() -> task_model::types::Description {{
                describe()
            }}

            async fn {function}(
                caller: task_model::types::Caller,
                input: task_model::types::{input},
            ) -> Result<task_model::types::{output}, task_model::types::ToolError> {{
                task_model::guest_log::start("{package}");
                {work}(&caller, input).await
            }}
        }}
        "#
    ))
}

/// What the macro is given.
struct Row {
    tool: String,
    function: String,
    input: String,
    output: String,
    work: String,
}

impl Row {
    fn read(row: TokenStream) -> Option<Self> {
        let mut tokens = row.into_iter();
        let tool = identifier(tokens.next())?;
        let function = identifier(after("::", &mut tokens)?)?;
        let input = match tokens.next()? {
            TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis => {
                group.stream().to_string()
            }
            _ => return None,
        };
        let output = identifier(after("->", &mut tokens)?)?;
        let first = after("=", &mut tokens)?;
        let work: TokenStream = first.into_iter().chain(tokens).collect();
        (!work.is_empty()).then(|| Self { tool, function, input, output, work: work.to_string() })
    }
}

/// The token behind this punctuation, if that is what comes next.
fn after(punctuation: &str, tokens: &mut impl Iterator<Item = TokenTree>) -> Option<Option<TokenTree>> {
    let is_next =
        |wanted: char| matches!(tokens.next(), Some(TokenTree::Punct(found)) if found.as_char() == wanted);
    punctuation.chars().all(is_next).then(|| tokens.next())
}

fn identifier(token: Option<TokenTree>) -> Option<String> {
    match token? {
        TokenTree::Ident(name) => Some(name.to_string()),
        _ => None,
    }
}
