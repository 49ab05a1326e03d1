//! `runtime-shim build`, and the build stage of `up`: runs the manifest's build commands where they are needed.

mod commands;
mod reproducible;
mod stale;
mod target;

use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Instant, SystemTime};

use app_manifest::Manifest;
use clap::Args;

use super::CliError;
use super::flags::AppFlags;
use super::process;
use commands::Step;
use stale::{Stale, Stamps, everything, find_stale};

/// Builds components.
#[derive(Debug, Args)]
pub struct BuildArguments {
    #[command(flatten)]
    app: AppFlags,
    /// Run the build commands of all components, stale or not
    #[arg(long)]
    all: bool,
    /// Run the build commands of these components, stale or not, and of no others
    #[arg(short, long, value_name = "ID", conflicts_with = "all")]
    component_id: Vec<String>,
}

/// What to build.
#[derive(Debug, Clone, Copy)]
pub enum Which<'a> {
    /// Components with sources newer than their WebAssembly.
    Stale,
    /// Every component.
    All,
    /// These and no others.
    These(&'a [String]),
}

impl BuildArguments {
    /// Builds what is stale, or everything.
    pub async fn run(self) -> Result<(), CliError> {
        let (manifest, _) = self.app.read()?;
        let started = Instant::now();
        let which = match &*self.component_id {
            [] if self.all => Which::All,
            [] => Which::Stale,
            these => Which::These(these),
        };
        let built = build(&manifest, &self.app, which).await?;
        match built {
            0 => println!("nothing to build: no source is newer than its WebAssembly"),
            _ => println!("built {built} components in {:.1} s", started.elapsed().as_secs_f64()),
        }
        Ok(())
    }
}

/// Runs the build commands of components; gives how many there were.
pub async fn build(manifest: &Manifest, app: &AppFlags, which: Which<'_>) -> Result<usize, CliError> {
    let stamps = Stamps::beside(&super::flags::default_data_folder(app));
    let mut others = everything(manifest);
    let stale = match which {
        Which::Stale => find_stale(manifest, &stamps)?,
        Which::All => others.clone(),
        Which::These(ids) => chosen(std::mem::take(&mut others), ids)?,
    };
    if stale.is_empty() {
        return Ok(0);
    }
    announce(&stale);
    let steps = commands::merge(&stale, &others, &manifest.folder);
    let targets = steps.iter().filter_map(Step::target).collect();
    target::provide(targets, &manifest.folder).await?;
    // Sources that change while the build runs are newer than this, so they are built next time.
    let begun = SystemTime::now();
    for step in &steps {
        run(step).await?;
    }
    for component in &stale {
        stamps.put(component, begun);
    }
    Ok(stale.len())
}

/// Those of `all` that `ids` name.
fn chosen(mut all: Vec<Stale>, ids: &[String]) -> Result<Vec<Stale>, CliError> {
    if let Some(id) = ids.iter().find(|id| all.iter().all(|component| component.component != **id)) {
        return Err(CliError::NotBuildable(id.clone()));
    }
    all.retain(|component| ids.contains(&component.component));
    Ok(all)
}

/// Components that have a build command and no WebAssembly.
pub fn missing(manifest: &Manifest) -> Vec<String> {
    let lacks = |path: &PathBuf| !manifest.folder.join(path).is_file();
    let components = manifest.component.iter();
    components
        .filter(|(_, component)| match &component.source {
            app_manifest::ComponentSource::Path(path) => component.build.is_some() && lacks(path),
            app_manifest::ComponentSource::Remote(_) => false,
        })
        .map(|(id, _)| id.clone())
        .collect()
}

fn announce(stale: &[Stale]) {
    let names: Vec<&str> = stale.iter().map(|stale| stale.component.as_str()).collect();
    match stale {
        [only] => eprintln!("building {}: {}", only.component, only.reason),
        [first, ..] => eprintln!(
            "building {} components ({}: {}, …): {}",
            stale.len(),
            first.component,
            first.reason,
            names.join(" ")
        ),
        [] => {}
    }
}

/// Runs one step with its output on the terminal: cargo shows its own progress.
async fn run(step: &Step) -> Result<(), CliError> {
    eprintln!("$ {}", step.shown());
    let (program, arguments) = step.program();
    let mut command = process::command(&program, step.folder());
    // Standard output is for the one line that says where the app is.
    command.args(&arguments).stdout(stderr_or_null());
    command.envs(step.target().as_deref().and_then(reproducible::flags));
    let status = command.status().await.map_err(|source| {
        let hint = process::hint(&program);
        CliError::Program { program: program.clone(), source, hint }
    })?;
    if status.success() {
        return Ok(());
    }
    Err(CliError::Build { command: step.shown(), status: status.to_string() })
}

#[cfg(unix)]
fn stderr_or_null() -> Stdio {
    use std::os::fd::AsFd;
    std::io::stderr().as_fd().try_clone_to_owned().map_or_else(|_| Stdio::null(), Stdio::from)
}

#[cfg(not(unix))]
fn stderr_or_null() -> Stdio {
    Stdio::null()
}

/// Where the build of `component` runs.
fn workdir(folder: &Path, build: &app_manifest::Build) -> PathBuf {
    let workdir = build.workdir.as_ref().map_or_else(|| folder.to_path_buf(), |workdir| folder.join(workdir));
    if workdir == Path::new("") { PathBuf::from(".") } else { workdir }
}
