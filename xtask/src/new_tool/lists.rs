//! The files that are there already and name every tool: the catalog and the manifest.

use super::Tool;

/// A list of tools, and what a new one adds to it.
pub(super) struct List {
    /// The file.
    pub(super) path: &'static str,
    additions: &'static [Addition],
}

/// Lines that are put into a file.
struct Addition {
    /// Where: before the first line that begins so …
    before: &'static str,
    /// … after the line that begins so.
    behind: &'static str,
    /// What, with the tool's names to be filled in.
    text: &'static str,
}

/// What the endpoints compose.
const DEPENDENCY: &str =
    "\"todo:{tool}/tool@1.0.0\" = { component = \"{tool}\", inherit_configuration = true }\n";

pub(super) const LISTS: &[List] = &[
    List {
        path: "components/crates/tool-catalog/src/lib.rs",
        additions: &[Addition {
            behind: "macro_rules! with_tools",
            before: "        }",
            text: "            {variant} = {name}::{name}(TaskRef) -> Task,\n",
        }],
    },
    List {
        path: "spin.toml",
        additions: &[
            Addition { behind: "[component.rest-api.dependencies]", before: "\n", text: DEPENDENCY },
            Addition { behind: "[component.mcp.dependencies]", before: "\n", text: DEPENDENCY },
            Addition {
                behind: "# --- Composed into endpoints",
                before: "[component.model-builtin]",
                text: include_str!("skeleton/component.toml.txt"),
            },
        ],
    },
];

impl List {
    /// The file's text with the tool added; `None` where a place is not found.
    pub(super) fn with(&self, text: &str, tool: &Tool) -> Option<String> {
        self.additions.iter().try_fold(text.to_owned(), |text, addition| addition.put_into(&text, tool))
    }
}

impl Addition {
    fn put_into(&self, text: &str, tool: &Tool) -> Option<String> {
        let behind = start_of_line(text, 0, self.behind)?;
        let place = start_of_line(text, behind + self.behind.len(), self.before)?;
        let (head, tail) = text.split_at_checked(place)?;
        Some(format!("{head}{}{tail}", tool.fill(self.text)))
    }
}

/// Where the first line begins that begins so, from a position on.
fn start_of_line(text: &str, from: usize, beginning: &str) -> Option<usize> {
    let rest = text.get(from..)?;
    match from == 0 && rest.starts_with(beginning) {
        true => Some(0),
        false => rest.find(&format!("\n{beginning}")).map(|place| from + place + 1),
    }
}
