//! Each tool's `SKILL.md` (Agent Skills format) says what the tool says of itself.

use std::fs;

use harness::repository;
use serde_json::{Value, json};

use crate::tool_harness::ToolHarness;

/// Each tool's folder, and what its component says of itself.
fn tools() -> impl Iterator<Item = (String, Value)> {
    tool_catalog::folders().map(|tool| {
        let description = ToolHarness::shared().description(&tool);
        (tool, description)
    })
}

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
fn name_version_and_description_agree() {
    for (tool, description) in tools() {
        let skill = skill(&tool);
        // The format takes the folder's name; agents know the tool by its snake_case name.
        assert_eq!(front_matter(&skill, "name"), tool);
        assert_eq!(description["name"], tool.replace('-', "_"));
        assert_eq!(front_matter(&skill, "description"), description["description"], "{tool}");
        assert!(description["description"].as_str().unwrap().chars().count() <= 1024, "{tool}");
        let version = description["version"].as_str().unwrap();
        assert_eq!(front_matter(&skill, "version"), version, "{tool}");
        assert!(skill.contains(&format!("- {version}: ")), "{tool} tells no change to its version");
        assert_eq!(description["skill"], skill, "{tool} was built from another SKILL.md");
    }
}

#[test]
fn scope_hints_examples_and_objective_agree() {
    for (tool, description) in tools() {
        let skill = skill(&tool);
        let said = |hint: &str| if description[hint] == json!(true) { "yes" } else { "no" };
        let hints = format!("| {}, {}, {} |", said("read_only"), said("destructive"), said("idempotent"));
        assert!(skill.contains(&hints), "{tool}: {hints}");
        let scope = description["scope"].as_str().unwrap();
        assert!(skill.contains(&format!("| Scope | `{scope}` |")), "{tool}");
        let objective = format!("| {} ms (99th percentile) |", description["latency_objective"]);
        assert!(skill.contains(&objective), "{tool}");
        for example in description["examples"].as_array().unwrap() {
            for part in ["request", "arguments"] {
                assert!(skill.contains(example[part].as_str().unwrap()), "{tool}: {example}");
            }
        }
    }
}

#[test]
fn every_part_is_there_and_the_tests_it_names_exist() {
    for tool in tool_catalog::folders() {
        let skill = skill(&tool);
        for part in ["## Input", "## Output", "## Errors", "## Examples", "## Test scenarios", "## Changes"] {
            assert!(skill.contains(part), "{tool} lacks {part}");
        }
        let tests = format!("tests/tools/{}.rs", tool.replace('-', "_"));
        assert!(skill.contains(&tests) && repository().join(&tests).exists(), "{tool}");
    }
}
