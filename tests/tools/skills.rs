//! Each tool's `SKILL.md` (Agent Skills format) says what the tool says of itself.

use std::fs;

use harness::repository;
use task_model::types::Description;

/// A tool's folder, and how it describes itself.
type Tool = (&'static str, fn() -> Description);

/// Every tool.
pub const TOOLS: [Tool; 13] = [
    ("add-task", add_task::describe),
    ("list-tasks", list_tasks::describe),
    ("get-task", get_task::describe),
    ("update-task", update_task::describe),
    ("complete-task", complete_task::describe),
    ("reopen-task", reopen_task::describe),
    ("delete-task", delete_task::describe),
    ("search-tasks", search_tasks::describe),
    ("overview", overview::describe),
    ("export-tasks", export_tasks::describe),
    ("complete-tasks", complete_tasks::describe),
    ("delete-tasks", delete_tasks::describe),
    ("restore-tasks", restore_tasks::describe),
];

fn skill(tool: &str) -> String {
    let path = repository().join("components/tools").join(tool).join("SKILL.md");
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// A member of the front matter, unquoted.
fn front_matter(skill: &str, name: &str) -> String {
    let matter =
        skill.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")).expect("front matter").0;
    let line = matter.lines().find_map(|line| line.trim().strip_prefix(&format!("{name}: ")));
    let value = line.unwrap_or_else(|| panic!("no {name}"));
    if value.starts_with('"') { serde_json::from_str(value).unwrap() } else { value.to_owned() }
}

#[test]
fn every_tool_folder_is_here() {
    let folders = fs::read_dir(repository().join("components/tools")).unwrap();
    assert_eq!(folders.count(), TOOLS.len());
}

#[test]
fn name_version_and_description_agree() {
    for (tool, describe) in TOOLS {
        let (skill, description) = (skill(tool), describe());
        // The format takes the folder's name; agents know the tool by its snake_case name.
        assert_eq!(front_matter(&skill, "name"), tool);
        assert_eq!(description.name, tool.replace('-', "_"));
        assert_eq!(front_matter(&skill, "description"), description.description, "{tool}");
        assert!(description.description.chars().count() <= 1024, "{tool}");
        assert_eq!(front_matter(&skill, "version"), description.version, "{tool}");
        assert!(
            skill.contains(&format!("- {}: ", description.version)),
            "{tool} tells no change to its version"
        );
    }
}

#[test]
fn scope_hints_examples_and_objective_agree() {
    for (tool, describe) in TOOLS {
        let (skill, description) = (skill(tool), describe());
        let said = |flag: bool| if flag { "yes" } else { "no" };
        let hints = format!(
            "| {}, {}, {} |",
            said(description.read_only),
            said(description.destructive),
            said(description.idempotent)
        );
        assert!(skill.contains(&hints), "{tool}: {hints}");
        assert!(skill.contains(&format!("| Scope | `{}` |", description.scope)), "{tool}");
        assert!(
            skill.contains(&format!("| {} ms (99th percentile) |", description.latency_objective)),
            "{tool}"
        );
        for example in &description.examples {
            assert!(
                skill.contains(&example.request) && skill.contains(&example.arguments),
                "{tool}: {}",
                example.request
            );
        }
    }
}

#[test]
fn every_part_is_there_and_the_tests_it_names_exist() {
    for (tool, _) in TOOLS {
        let skill = skill(tool);
        for part in ["## Input", "## Output", "## Errors", "## Examples", "## Test scenarios", "## Changes"] {
            assert!(skill.contains(part), "{tool} lacks {part}");
        }
        let tests = format!("tests/tools/{}.rs", tool.replace('-', "_"));
        assert!(skill.contains(&tests) && repository().join(&tests).exists(), "{tool}");
    }
}
