//! The skeleton, in a copy of the files that it changes.

use std::collections::BTreeSet;

use super::*;

/// A folder with the lists of this checkout, and what REST's operations are.
fn copy() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let operations = fs::read_dir(run::repository().join(OPERATIONS)).unwrap();
    let operations = operations.map(|file| format!("{OPERATIONS}/{}", file.unwrap().file_name().display()));
    for path in lists::LISTS.iter().map(|list| list.path.to_owned()).chain(operations) {
        let place = folder.path().join(&path);
        fs::create_dir_all(place.parent().unwrap()).unwrap();
        fs::copy(run::repository().join(path), place).unwrap();
    }
    folder
}

#[test]
fn a_new_tool_is_seven_files_and_a_row_in_two() {
    let folder = copy();
    let files = write(folder.path(), "archive-task").unwrap();
    // Cargo.lock is the tenth, and CHANGELOG.md the eleventh.
    assert_eq!(files.iter().collect::<BTreeSet<_>>().len(), 9, "{files:?}");
    let text = |path: &str| fs::read_to_string(folder.path().join(path)).unwrap();
    for file in &files {
        assert!(
            !["{tool}", "{name}", "{verb}", "{title}", "{variant}", "{operation}"]
                .iter()
                .any(|place| text(file).contains(place)),
            "{file} has a place that is not filled in"
        );
    }
    let has = |path: &str, part: &str| assert!(text(path).contains(part), "{path} lacks {part}");
    let catalog = "            ArchiveTask = archive_task::archive_task(TaskRef) -> Task,\n        }\n";
    has("components/crates/tool-catalog/src/lib.rs", catalog);
    let manifest = text("spin.toml");
    let dependency = "\"todo:archive-task/tool@1.0.0\" = { component = \"archive-task\"";
    assert_eq!(manifest.matches(dependency).count(), 2);
    let rest = &manifest[manifest.find("[component.rest-api.dependencies]").unwrap()
        ..manifest.find("[component.mcp]").unwrap()];
    assert!(rest.contains(dependency));
    has("spin.toml", "\n\n[component.archive-task]\n");
    let operation = text("components/endpoints/rest-api/openapi/archive_task.json");
    let operation: serde_json::Value = serde_json::from_str(&operation).unwrap();
    assert_eq!(operation["paths"]["/api/v1/tasks/{id}/archive"]["post"]["operationId"], "archiveTask");
    has("wit/archive-task/tool.wit", "package todo:archive-task@1.0.0;");
}

#[test]
fn its_statement_takes_and_answers_what_its_model_does() {
    let text = |path: &str| fs::read_to_string(run::repository().join(path)).unwrap();
    let skeleton = text("xtask/src/new_tool/skeleton/statement.sql.txt");
    let model = text("components/tools/reopen-task/src/reopen_task.sql");
    let names = |sql: &str| {
        sql_template::names(sql).as_slice().iter().map(ToString::to_string).collect::<BTreeSet<_>>()
    };
    assert_eq!(names(&skeleton), names(&model));
    assert_eq!(sql_template::columns(&skeleton).as_slice(), sql_template::columns(&model).as_slice());
    // What names the user and the task by its key is planned with all others (`tests/database/plans.rs`).
    assert!(sql_template::numbered(&skeleton).contains(" id = $2::uuid"));
}

#[test]
fn a_tool_that_is_there_is_not_written_over() {
    let folder = copy();
    write(folder.path(), "archive-task").unwrap();
    let manifest = folder.path().join("spin.toml");
    let before = fs::read_to_string(&manifest).unwrap();
    assert!(write(folder.path(), "archive-task").is_err());
    assert_eq!(fs::read_to_string(&manifest).unwrap(), before);
}

#[test]
fn what_another_tool_does_to_a_task_needs_another_verb() {
    let folder = copy();
    assert!(write(folder.path(), "complete-reminder").is_err());
    assert!(!folder.path().join("components/tools/complete-reminder").exists());
}

#[test]
fn a_list_that_is_not_as_it_was_leaves_everything_as_it_is() {
    let folder = copy();
    fs::write(folder.path().join("spin.toml"), "").unwrap();
    assert!(write(folder.path(), "archive-task").is_err());
    assert!(!folder.path().join("components/tools/archive-task").exists());
}

#[test]
fn a_name_is_a_verb_and_what_it_is_done_to() {
    for name in [
        "archive",
        "Archive-task",
        "archive_task",
        "archive-",
        "-task",
        "archive task",
        "../archive-task",
        "archive-2nd",
    ] {
        assert!(Tool::named(name).is_none(), "{name}");
    }
    let tool = Tool::named("archive-old-tasks").unwrap();
    assert_eq!(
        (tool.verb(), tool.variant().as_str(), tool.title().as_str()),
        ("archive", "ArchiveOldTasks", "Archive old tasks")
    );
}
