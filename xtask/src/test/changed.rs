//! Which stages a change touches, by its paths.

use std::collections::BTreeSet;

use crate::run::{self, Error};
use crate::stages::{STAGES, Stage};

/// Paths that touch no stage: what only people read, and that no test holds to anything.
const READ_BY_PEOPLE: [&str; 5] = ["LICENSE", ".gitignore", ".editorconfig", "CHANGELOG.md", "docs/adr"];

/// What differs from `base`, committed or not, and what git does not know yet. Without a base, from the branch that was
/// fetched last, or from the last commit where there is none.
pub fn paths(base: Option<&str>) -> Result<Vec<String>, Error> {
    let fetched = run::output("git", &["rev-parse", "--verify", "--quiet", "origin/main"]);
    let base = base.map(str::to_owned).or(fetched).unwrap_or_else(|| "HEAD".to_owned());
    let changed = run::output("git", &["diff", "--name-only", "--no-renames", &base, "--"]);
    let changed = changed.ok_or_else(|| Error::Failed(format!("git diff {base}")))?;
    let new = run::output("git", &["ls-files", "--others", "--exclude-standard"]).unwrap_or_default();
    Ok(changed.lines().chain(new.lines()).map(str::to_owned).collect())
}

/// The stages that these paths touch, in their order. A path that none of them names touches all.
pub fn touched(paths: &[String]) -> Vec<&'static Stage> {
    let mut names = BTreeSet::new();
    for path in paths.iter().filter(|path| !READ_BY_PEOPLE.iter().any(|read| is_below(path, read))) {
        let of_path: Vec<_> = STAGES.iter().filter(|stage| touches(stage, path)).collect();
        if of_path.is_empty() {
            return STAGES.iter().collect();
        }
        names.extend(of_path.iter().map(|stage| stage.name));
    }
    // The first stage that a chosen one needs may be fresh or not: it knows by itself.
    for stage in STAGES.iter().rev() {
        if names.contains(stage.name) {
            names.extend(stage.after);
        }
    }
    STAGES.iter().filter(|stage| names.contains(stage.name)).collect()
}

fn touches(stage: &Stage, path: &str) -> bool {
    stage.paths.iter().copied().flatten().any(|named| is_below(path, named))
}

fn is_below(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(paths: &[&str]) -> Vec<&'static str> {
        let paths: Vec<String> = paths.iter().map(|&path| path.to_owned()).collect();
        touched(&paths).iter().map(|stage| stage.name).collect()
    }

    #[test]
    fn a_change_runs_what_it_touches_and_what_that_needs() {
        assert_eq!(names(&["deny.toml"]), ["licences", "advisories"]);
        assert_eq!(names(&["CHANGELOG.md"]), [""; 0]);
        let page = names(&["components/endpoints/web-ui/static/page.js"]);
        assert!(
            page.contains(&"browser") && page.contains(&"build") && !page.contains(&"recovery"),
            "{page:?}"
        );
        let chart = names(&["charts/todo-chatbot/values.yaml"]);
        assert!(
            chart.contains(&"cluster") && chart.contains(&"policy") && !chart.contains(&"product"),
            "{chart:?}"
        );
    }

    #[test]
    fn a_path_that_no_stage_names_runs_all() {
        assert_eq!(names(&["new-folder/file"]).len(), STAGES.len());
    }

    #[test]
    fn a_folder_is_not_another_that_begins_like_it() {
        assert!(is_below("tests/mcp/a.rs", "tests/mcp") && !is_below("tests/mcp-other/a.rs", "tests/mcp"));
    }
}
