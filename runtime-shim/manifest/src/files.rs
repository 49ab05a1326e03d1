//! `files` of a component: copied into a folder of their own, so that a component sees what its manifest names and
//! nothing beside it.

use super::Files;
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

/// Copies the files of component `id` from the manifest's `folder` to `staging`, without those that match `exclude`,
/// and gives the folder to mount at `/`, if there are any.
///
/// # Errors
/// [`FilesError`] naming component and file.
pub fn stage(
    id: &str,
    files: &[Files],
    exclude: &[String],
    folder: &Path,
    staging: &Path,
) -> Result<Option<PathBuf>, FilesError> {
    if files.is_empty() {
        return Ok(None);
    }
    let excluded = exclude.iter().map(|p| pattern(id, p)).collect::<Result<_, _>>()?;
    let stage = Stage { id, folder, target: staging.join(id), excluded };
    // What an earlier start left there may no longer be named.
    match std::fs::remove_dir_all(&stage.target) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(stage.failed(&stage.target, e)),
        _ => {}
    }
    std::fs::create_dir_all(&stage.target).map_err(|e| stage.failed(&stage.target, e))?;
    for files in files {
        match files {
            Files::Pattern(pattern) => stage.copy_matching(pattern)?,
            Files::Mount { source, destination } => {
                let destination = stage.relative(destination)?;
                stage.copy(&folder.join(source), source, &destination)?;
            }
            Files::Inline { content, destination } => stage.write(content, &stage.relative(destination)?)?,
        }
    }
    Ok(Some(stage.target))
}

fn pattern(component: &str, text: &str) -> Result<Pattern, FilesError> {
    Pattern::new(text).map_err(|e| invalid(component, text, &e.to_string()))
}

fn invalid(component: &str, pattern: &str, reason: &str) -> FilesError {
    FilesError::Pattern {
        component: component.to_owned(),
        pattern: pattern.to_owned(),
        reason: reason.to_owned(),
    }
}

struct Stage<'a> {
    id: &'a str,
    folder: &'a Path,
    target: PathBuf,
    excluded: Vec<Pattern>,
}

impl Stage<'_> {
    fn failed(&self, path: &Path, source: io::Error) -> FilesError {
        FilesError::Copy { component: self.id.to_owned(), path: path.to_owned(), source }
    }

    /// A path inside of the component's root.
    fn relative(&self, path: &str) -> Result<PathBuf, FilesError> {
        let mut relative = PathBuf::new();
        for part in Path::new(path).components() {
            match part {
                Component::Normal(part) => relative.push(part),
                Component::RootDir | Component::CurDir => {}
                Component::ParentDir | Component::Prefix(_) => {
                    return Err(invalid(self.id, path, "leads out of the component's root"));
                }
            }
        }
        Ok(relative)
    }

    fn copy_matching(&self, text: &str) -> Result<(), FilesError> {
        self.relative(text)?;
        pattern(self.id, text)?;
        let all = self.folder.join(text);
        let found = glob::glob_with(&all.to_string_lossy(), MATCH)
            .map_err(|e| invalid(self.id, text, &e.to_string()))?;
        for path in found {
            let path = path.map_err(|e| self.failed(e.path(), io::Error::other(e.to_string())))?;
            let name = path.strip_prefix(self.folder).unwrap_or(&path).to_owned();
            self.copy(&path, &name, &name)?;
        }
        Ok(())
    }

    fn write(&self, content: &[u8], to: &Path) -> Result<(), FilesError> {
        let target = self.target.join(to);
        self.make_room(&target)?;
        std::fs::write(&target, content).map_err(|e| self.failed(&target, e))
    }

    fn make_room(&self, target: &Path) -> Result<(), FilesError> {
        let Some(parent) = target.parent() else { return Ok(()) };
        std::fs::create_dir_all(parent).map_err(|e| self.failed(parent, e))
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
        self.make_room(&target)?;
        std::fs::copy(from, &target).map(drop).map_err(failed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn staged(files: &[Files], exclude: &str, folder: &Path, root: &Path) -> Option<PathBuf> {
        stage("c", files, &[exclude.to_owned()], folder, &root.join("staging")).ok().flatten()
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
            Files::Inline { content: b"inline".to_vec(), destination: "new/inline.txt".to_owned() },
        ];
        let staged = staged(&files, "**/*.key", &folder, root.path()).unwrap();
        assert!(staged.join("static/a.txt").is_file());
        assert!(staged.join("static/deep/b.txt").is_file());
        assert!(staged.join("mounted/b.txt").is_file());
        assert_eq!(std::fs::read(staged.join("new/inline.txt")).unwrap(), b"inline");
        assert!(!staged.join("static/secret.key").exists());
        assert!(!staged.join("other.txt").exists());
    }

    #[test]
    fn nothing_is_mounted_outside_of_the_root() {
        let root = tempfile::tempdir().unwrap();
        for files in [
            Files::Mount { source: ".".into(), destination: "../up".to_owned() },
            Files::Pattern("../*".to_owned()),
            Files::Inline { content: Vec::new(), destination: "../up".to_owned() },
        ] {
            let staging = root.path().join("s");
            assert!(stage("c", &[files], &[], root.path(), &staging).is_err());
        }
    }
}
