//! Endpoints know what a tool says of itself, and no tool by its name.

use std::fs;
use std::path::Path;

/// Where MCP calls a tool for a purpose of its own: it reads tasks, to show them as resources, to complete what is typed, and to
/// say in a question what it is about.
const READING: [(&str, &[&str]); 6] = [
    ("components/endpoints/mcp/src/tools/preview.rs", &["get_task", "list_lists"]),
    ("components/endpoints/mcp/src/completion.rs", &["list_tasks", "search_tasks", "overview"]),
    ("components/endpoints/mcp/src/prompts/mod.rs", &["list_tasks", "search_tasks"]),
    ("components/endpoints/mcp/src/resources/mod.rs", &["get_task", "list_tasks", "overview"]),
    ("components/endpoints/rest-api/src/if_match.rs", &["get_task"]),
    ("components/endpoints/rest-api/src/lists/if_match.rs", &["list_lists"]),
];

/// Whether a word stands in a text by itself.
fn has_word(text: &str, word: &str) -> bool {
    let is_part = |character: char| character.is_alphanumeric() || character == '_';
    text.match_indices(word).any(|(place, _)| {
        let before = text[..place].chars().next_back();
        let after = text[place + word.len()..].chars().next();
        !before.is_some_and(is_part) && !after.is_some_and(is_part)
    })
}

/// What of a file is no test of it.
fn without_tests(text: &str) -> &str {
    text.split("#[cfg(test)]").next().unwrap_or(text)
}

#[test]
fn an_endpoint_names_no_tool() {
    let root = harness::repository();
    let endpoints = ["mcp/src", "chat/src", "rest-api/src", "web-ui/src", "web-ui/static"];
    let endpoints = endpoints.map(|folder| Path::new("components/endpoints").join(folder));
    let is_code = |file: &Path| {
        let ends = |ending: &str| file.extension().is_some_and(|extension| extension == ending);
        let is_test = file.file_stem().is_some_and(|stem| stem == "tests")
            || file.components().any(|part| part.as_os_str() == "tests");
        (ends("rs") || ends("js") || ends("html") || ends("css")) && !is_test
    };
    let mut read = 0;
    for file in harness::tracked_files() {
        if !(endpoints.iter().any(|folder| file.starts_with(folder)) && is_code(&file)) {
            continue;
        }
        read += 1;
        let text = fs::read_to_string(root.join(&file)).unwrap();
        let allowed =
            READING.iter().find(|(path, _)| file == Path::new(path)).map_or(&[][..], |(_, names)| *names);
        // A word that people use as well.
        for name in tool_catalog::NAMES.iter().filter(|name| **name != "overview" && !allowed.contains(*name))
        {
            assert!(!has_word(without_tests(&text), name), "{} names the tool {name}", file.display());
        }
    }
    assert!(read > 50, "only {read} files were read");
}

#[test]
fn the_catalog_is_what_the_folders_and_the_manifest_hold() {
    let mut rows: Vec<String> = tool_catalog::folders().collect();
    rows.sort_unstable();
    assert_eq!(rows, crate::spin_toml::folders("tools").into_iter().collect::<Vec<_>>());
}
