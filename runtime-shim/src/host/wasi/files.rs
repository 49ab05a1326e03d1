//! `files` of a component: copied into a folder of their own, so that a component sees what its manifest names and
//! nothing beside it.

use crate::manifest::{Files, ResolvedComponent};
use glob::{MatchOptions, Pattern};
use std::io;
use std::path::{Component, Path, PathBuf};

/// Files that cannot be given to a component.
#[derive(Debug, thiserror::Error)]
pub enum FilesError {
    /// A pattern that is none.
    #[error("component {component}: files {pattern:?}: {reason}")]
    Pattern {
        /// The component.
        component: String,
        /// The pattern or path.
        pattern: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A file cannot be copied.
    #[error("component {component}: {path}: {source}")]
    Copy {
        /// The component.
        component: String,
        /// The file.
        path: PathBuf,
        /// What the system answered.
        source: io::Error,
    },
}

const MATCH: MatchOptions = MatchOptions {
    case_sensitive: true,
    require_literal_separator: true,
    require_literal_leading_dot: false,
};

/// Copies the files of `component` from the manifest's `folder` to `staging` and gives the folder to mount at `/`, if
/// there are any.
///
/// # Errors
/// [`FilesError`] naming component and file.
pub fn stage(
    component: &ResolvedComponent,
    folder: &Path,
    staging: &Path,
) -> Result<Option<PathBuf>, FilesError> {
    if component.files.is_empty() {
        return Ok(None);
    }
    let stage =
        Stage { component, folder, target: staging.join(&component.id), excluded: excluded(component)? };
    // What an earlier start left there may no longer be named.
    match std::fs::remove_dir_all(&stage.target) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(stage.failed(&stage.target, e)),
        _ => {}
    }
    std::fs::create_dir_all(&stage.target).map_err(|e| stage.failed(&stage.target, e))?;
    for files in &component.files {
        match files {
            Files::Pattern(pattern) => stage.copy_matching(pattern)?,
            Files::Mount { source, destination } => {
                let destination = stage.relative(destination)?;
                stage.copy(&folder.join(source), source, &destination)?;
            }
        }
    }
    Ok(Some(stage.target))
}

fn excluded(component: &ResolvedComponent) -> Result<Vec<Pattern>, FilesError> {
    component.exclude_files.iter().map(|p| pattern(component, p)).collect()
}

fn pattern(component: &ResolvedComponent, text: &str) -> Result<Pattern, FilesError> {
    Pattern::new(text).map_err(|e| invalid(component, text, &e.to_string()))
}

fn invalid(component: &ResolvedComponent, pattern: &str, reason: &str) -> FilesError {
    FilesError::Pattern {
        component: component.id.clone(),
        pattern: pattern.to_owned(),
        reason: reason.to_owned(),
    }
}

struct Stage<'a> {
    component: &'a ResolvedComponent,
    folder: &'a Path,
    target: PathBuf,
    excluded: Vec<Pattern>,
}

impl Stage<'_> {
    fn failed(&self, path: &Path, source: io::Error) -> FilesError {
        FilesError::Copy { component: self.component.id.clone(), path: path.to_owned(), source }
    }

    /// A path inside of the component's root.
    fn relative(&self, path: &str) -> Result<PathBuf, FilesError> {
        let mut relative = PathBuf::new();
        for part in Path::new(path).components() {
            match part {
                Component::Normal(part) => relative.push(part),
                Component::RootDir | Component::CurDir => {}
                Component::ParentDir | Component::Prefix(_) => {
                    return Err(invalid(self.component, path, "leads out of the component's root"));
                }
            }
        }
        Ok(relative)
    }

    fn copy_matching(&self, text: &str) -> Result<(), FilesError> {
        self.relative(text)?;
        pattern(self.component, text)?;
        let all = self.folder.join(text);
        let found = glob::glob_with(&all.to_string_lossy(), MATCH)
            .map_err(|e| invalid(self.component, text, &e.to_string()))?;
        for path in found {
            let path = path.map_err(|e| self.failed(e.path(), io::Error::other(e.to_string())))?;
            let name = path.strip_prefix(self.folder).unwrap_or(&path).to_owned();
            self.copy(&path, &name, &name)?;
        }
        Ok(())
    }

    /// Copies `from`, called `name` in the manifest's folder, to `to` below the target, folders with all they hold.
    fn copy(&self, from: &Path, name: &Path, to: &Path) -> Result<(), FilesError> {
        if self.excluded.iter().any(|p| p.matches_path_with(name, MATCH)) {
            return Ok(());
        }
        let failed = |e| self.failed(from, e);
        let target = self.target.join(to);
        if from.is_dir() {
            std::fs::create_dir_all(&target).map_err(failed)?;
            for entry in std::fs::read_dir(from).map_err(failed)? {
                let file = entry.map_err(failed)?.file_name();
                self.copy(&from.join(&file), &name.join(&file), &to.join(&file))?;
            }
            return Ok(());
        }
        if let Some(parent) = target.parent() {
            std::fs::create_dir_all(parent).map_err(failed)?;
        }
        std::fs::copy(from, &target).map(drop).map_err(failed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::host::outbound_http::AllowedHosts;
    use std::collections::BTreeMap;

    fn component(files: Vec<Files>, exclude: &[&str]) -> ResolvedComponent {
        ResolvedComponent {
            id: "c".to_owned(),
            source: PathBuf::new(),
            allowed_hosts: AllowedHosts::default(),
            variables: BTreeMap::new(),
            environment: Vec::new(),
            files,
            exclude_files: exclude.iter().map(|e| (*e).to_owned()).collect(),
        }
    }

    #[test]
    fn a_component_gets_the_files_it_names_and_no_others() {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("app");
        for file in ["static/a.txt", "static/deep/b.txt", "static/secret.key", "other.txt"] {
            let path = folder.join(file);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, file).unwrap();
        }
        let files = vec![
            Files::Pattern("static/**/*".to_owned()),
            Files::Mount { source: "static/deep".into(), destination: "/mounted".to_owned() },
        ];
        let staged =
            stage(&component(files, &["**/*.key"]), &folder, &root.path().join("staging")).unwrap().unwrap();
        assert!(staged.join("static/a.txt").is_file());
        assert!(staged.join("static/deep/b.txt").is_file());
        assert!(staged.join("mounted/b.txt").is_file());
        assert!(!staged.join("static/secret.key").exists());
        assert!(!staged.join("other.txt").exists());
    }

    #[test]
    fn nothing_is_mounted_outside_of_the_root() {
        let root = tempfile::tempdir().unwrap();
        let files = vec![Files::Mount { source: ".".into(), destination: "../up".to_owned() }];
        assert!(stage(&component(files, &[]), root.path(), &root.path().join("s")).is_err());
        let files = vec![Files::Pattern("../*".to_owned())];
        assert!(stage(&component(files, &[]), root.path(), &root.path().join("s")).is_err());
    }
}
