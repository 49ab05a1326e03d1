//! The bindings of those who call tools.

use proc_macro::{TokenStream, TokenTree};

use crate::kebab_case;

/// One world that imports every tool named.
pub(crate) fn bindings(names: TokenStream) -> Result<String, String> {
    let mut tools = Vec::new();
    for token in names {
        match token {
            TokenTree::Ident(name) => tools.push(kebab_case(&name.to_string())),
            TokenTree::Punct(comma) if comma.as_char() == ',' => {}
            other => {
                return Err(format!("tools are named in snake_case, with commas between: not `{other}`"));
            }
        }
    }
    let paths: String = tools.iter().map(|tool| format!("\"../../../wit/{tool}\", ")).collect();
    let imports: String = tools.iter().map(|tool| format!("import todo:{tool}/tool@1.0.0; ")).collect();
    Ok(format!(
        r#"wit_bindgen::generate!({{
            path: ["../../../wit/types", {paths}],
            inline: "package todo:task-tools; world tools {{ {imports} }}",
            world: "todo:task-tools/tools",
            with: {{ "todo:types/types@1.0.0": task_model::types }},
            generate_all,
        }});"#
    ))
}
