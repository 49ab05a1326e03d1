//! Each tool's `SKILL.md` as a skill, with the schemas of what the tool takes and gives as its references.

use mcp_protocol::{Skill, SkillFile, Skills};
use serde_json::Value;

use crate::tools::ListedTool;

/// All of them, as the tools have them: one that is replaced brings its own.
pub(crate) fn all(tools: &[ListedTool]) -> Skills {
    let skills = tools.iter().filter_map(|tool| {
        let name = tool.operation.name();
        let skill = Skill::new(&tool.description().skill, references(tool.definition(false)?.as_json()));
        skill.inspect_err(|error| log::error!("the skill of {name} can't be served: {error}")).ok()
    });
    Skills::new(skills.collect())
}

/// The schemas, as the list of tools has them.
fn references(definition: &str) -> Vec<SkillFile> {
    let definition: Value = serde_json::from_str(definition).unwrap_or_default();
    let schema = |member: &str, path: &str| {
        definition.get(member).map(|schema| SkillFile {
            path: path.to_owned(),
            media_type: "application/schema+json",
            text: format!("{schema:#}\n"),
        })
    };
    [("inputSchema", "references/input.schema.json"), ("outputSchema", "references/output.schema.json")]
        .into_iter()
        .filter_map(|(member, path)| schema(member, path))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_skill_md_is_a_skill() {
        for folder in tool_catalog::folders() {
            let path =
                format!("{}/../../tools/{folder}/SKILL.md", std::env::var("CARGO_MANIFEST_DIR").unwrap());
            let text = std::fs::read_to_string(path).unwrap();
            let skill = Skill::new(&text, references(r#"{"inputSchema":{},"outputSchema":{}}"#)).unwrap();
            assert_eq!(skill.name(), folder);
        }
    }
}
