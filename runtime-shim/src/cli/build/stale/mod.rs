//! Which components have sources newer than their last build.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use app_manifest::{Build, ComponentSource, Manifest};

use crate::cli::CliError;

/// Folders without sources, when a component does not say what to watch.
const NOT_SOURCES: [&str; 2] = ["target", "node_modules"];

/// A component to build.
#[derive(Debug, Clone)]
pub struct Stale {
    /// Its id.
    pub component: String,
    /// How.
    pub build: Build,
    /// Why.
    pub reason: Reason,
}

/// Why a component is to be built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reason {
    /// There is no WebAssembly.
    NotBuilt,
    /// This file is newer.
    Changed(PathBuf),
    /// It is built by another command now.
    Command,
    /// It was asked for.
    Asked,
}

impl std::fmt::Display for Reason {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::NotBuilt => f.write_str("not built yet"),
            Self::Changed(file) => write!(f, "{} changed", file.display()),
            Self::Command => f.write_str("its build command changed"),
            Self::Asked => f.write_str("asked for"),
        }
    }
}

/// When each component was last built by us. Cargo leaves a file as it is when nothing in it changes, so its own time
/// does not tell.
#[derive(Debug)]
pub struct Stamps {
    folder: PathBuf,
}

impl Stamps {
    /// Stamps in `data_folder`.
    pub fn beside(data_folder: &Path) -> Self {
        Self { folder: data_folder.join("built") }
    }

    /// Notes that `built` was made from the sources of `begun`. Without the note it is built again, nothing worse.
    pub fn put(&self, built: &Stale, begun: SystemTime) {
        let file = self.folder.join(&built.component);
        let noted = fs::create_dir_all(&self.folder)
            .and_then(|()| fs::write(&file, text(&built.build)))
            .and_then(|()| fs::File::options().write(true).open(&file)?.set_modified(begun));
        if let Err(error) = noted {
            tracing::debug!("{}: {error}", file.display());
        }
    }

    fn get(&self, component: &str) -> Option<(SystemTime, String)> {
        let file = self.folder.join(component);
        let time = fs::metadata(&file).ok()?.modified().ok()?;
        Some((time, fs::read_to_string(&file).ok()?))
    }
}

fn text(build: &Build) -> String {
    build.commands().join("\n")
}

/// Components with a build command whose sources are newer than their build.
pub fn find_stale(manifest: &Manifest, stamps: &Stamps) -> Result<Vec<Stale>, CliError> {
    let mut newest = NewestFiles::default();
    let mut stale = Vec::new();
    for (component, build, source) in buildable(manifest) {
        let reason = match fs::metadata(&source).and_then(|found| found.modified()) {
            Err(_) => Some(Reason::NotBuilt),
            Ok(wasm) => {
                let (since, command) = stamps.get(component).unwrap_or_else(|| (wasm, text(build)));
                let workdir = super::workdir(&manifest.folder, build);
                let found = newest
                    .find(&workdir, &build.watch)
                    .map_err(|reason| CliError::Watch { component: component.to_owned(), reason })?;
                match found {
                    _ if command != text(build) => Some(Reason::Command),
                    Some((time, file)) if time > since => Some(Reason::Changed(file)),
                    _ => None,
                }
            }
        };
        if let Some(reason) = reason {
            stale.push(Stale { component: component.to_owned(), build: build.clone(), reason });
        }
    }
    Ok(stale)
}

/// Every component with a build command.
pub fn everything(manifest: &Manifest) -> Vec<Stale> {
    buildable(manifest)
        .map(|(component, build, _)| Stale {
            component: component.to_owned(),
            build: build.clone(),
            reason: Reason::Asked,
        })
        .collect()
}

fn buildable(manifest: &Manifest) -> impl Iterator<Item = (&str, &Build, PathBuf)> {
    manifest.component.iter().filter_map(|(id, component)| {
        let build = component.build.as_ref()?;
        match &component.source {
            ComponentSource::Path(path) => Some((id.as_str(), build, manifest.folder.join(path))),
            ComponentSource::Remote(_) => None,
        }
    })
}

type Newest = Option<(SystemTime, PathBuf)>;

/// Newest files by pattern; components share most of their patterns.
#[derive(Default)]
struct NewestFiles {
    seen: BTreeMap<PathBuf, Newest>,
}

impl NewestFiles {
    fn find(&mut self, workdir: &Path, watch: &[String]) -> Result<Newest, String> {
        if watch.is_empty() {
            return Ok(self
                .seen
                .entry(workdir.to_path_buf())
                .or_insert_with(|| newest_below(workdir))
                .clone());
        }
        let mut newest: Newest = None;
        for pattern in watch {
            // The folder's own name may hold characters of patterns.
            let prefix = glob::Pattern::escape(&workdir.to_string_lossy());
            let whole = PathBuf::from(prefix).join(pattern);
            let found = match self.seen.get(&whole) {
                Some(found) => found.clone(),
                None => {
                    let found = newest_matching(&whole).map_err(|error| format!("{pattern:?}: {error}"))?;
                    self.seen.insert(whole, found.clone());
                    found
                }
            };
            newest = newest.max(found);
        }
        Ok(newest)
    }
}

/// Folders count too: theirs is the time when a file in them came or went.
fn newest_matching(pattern: &Path) -> Result<Newest, glob::PatternError> {
    let paths = glob::glob(&pattern.to_string_lossy())?;
    Ok(paths.filter_map(Result::ok).filter_map(|path| Some((modified(&path)?, path))).max())
}

fn newest_below(folder: &Path) -> Newest {
    let mut newest = modified(folder).map(|time| (time, folder.to_path_buf()));
    for entry in fs::read_dir(folder).ok()?.filter_map(Result::ok) {
        let name = entry.file_name();
        let name = name.to_string_lossy();
        if name.starts_with('.') || NOT_SOURCES.contains(&&*name) {
            continue;
        }
        let path = entry.path();
        let found = match entry.file_type() {
            Ok(kind) if kind.is_dir() => newest_below(&path),
            _ => modified(&path).map(|time| (time, path)),
        };
        newest = newest.max(found);
    }
    newest
}

fn modified(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).ok()?.modified().ok()
}

#[cfg(test)]
mod tests;
