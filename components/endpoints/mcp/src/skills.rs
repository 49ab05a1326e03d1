//! Each tool's `SKILL.md` as a skill, with the schemas of what the tool takes and gives as its references.

use mcp_protocol::{Skill, SkillFile, Skills};
use serde_json::Value;

use crate::tools::ListedTool;

macro_rules! skill_md {
    ($($tool:literal),+ $(,)?) => {
        /// Each tool's name for agents, and its `SKILL.md`.
        const SKILL_MD: &[(&str, &str)] =
            &[$(($tool, include_str!(concat!("../../../tools/", $tool, "/SKILL.md")))),+];
    };
}

skill_md![
    "add-task",
    "list-tasks",
    "get-task",
    "update-task",
    "complete-task",
    "reopen-task",
    "delete-task",
    "search-tasks",
    "overview",
    "export-tasks",
    "complete-tasks",
    "delete-tasks",
    "restore-tasks",
];

/// All of them.
pub(crate) fn all(tools: &[ListedTool]) -> Skills {
    let skills = SKILL_MD.iter().filter_map(|(folder, text)| {
        let name = folder.replace('-', "_");
        let tool = tools.iter().find(|tool| tool.operation.name() == name)?;
        let skill = Skill::new(text, references(tool.definition(false)?.as_json()));
        skill.inspect_err(|error| eprintln!("the skill of {folder} can't be served: {error}")).ok()
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
        for (folder, text) in SKILL_MD {
            let skill = Skill::new(text, references(r#"{"inputSchema":{},"outputSchema":{}}"#)).unwrap();
            assert_eq!(skill.name(), *folder);
        }
    }
}
