//! Build commands of components, made fewer: one cargo for many packages takes far less time than many cargos.

use std::path::{Path, PathBuf};

use super::stale::Stale;

/// Characters a shell would act on.
const SHELL: &[char] =
    &['$', '`', '|', '&', ';', '<', '>', '(', ')', '{', '}', '*', '?', '!', '~', '\n', '#'];

/// One command to run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// `cargo build` for one or more packages.
    Cargo {
        /// Where it runs.
        folder: PathBuf,
        /// All arguments but the packages.
        arguments: Vec<String>,
        /// The packages.
        packages: Vec<String>,
    },
    /// Anything else, by the shell, as Spin does.
    Shell {
        /// Where it runs.
        folder: PathBuf,
        /// The text.
        command: String,
    },
}

/// Turns the commands of `stale` components into steps; cargo commands that differ in their packages only become one.
///
/// Packages of the `others` that such a command can name are named in it, too: it is at once done with what is fresh, and
/// the features of shared dependencies, and with them the bytes that come out, are those of all packages it names.
pub fn merge(stale: &[Stale], others: &[Stale], folder: &Path) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    for component in stale {
        let workdir = super::workdir(folder, &component.build);
        let alone = component.build.commands().len() == 1;
        for command in component.build.commands() {
            let step = match parse_cargo(command) {
                Some((arguments, packages)) => Step::Cargo { folder: workdir.clone(), arguments, packages },
                None => Step::Shell { folder: workdir.clone(), command: command.clone() },
            };
            // One of several commands may rely on those before it, so it stays in its place.
            match step {
                Step::Cargo { folder, arguments, packages } if alone => {
                    add_packages(&mut steps, folder, arguments, packages);
                }
                step if steps.contains(&step) && alone => {}
                step => steps.push(step),
            }
        }
    }
    for other in others {
        if let [command] = other.build.commands()
            && let Some((arguments, packages)) = parse_cargo(command)
        {
            name_too(&mut steps, &super::workdir(folder, &other.build), &arguments, &packages);
        }
    }
    steps
}

fn add_packages(steps: &mut Vec<Step>, folder: PathBuf, arguments: Vec<String>, packages: Vec<String>) {
    if !name_too(steps, &folder, &arguments, &packages) {
        steps.push(Step::Cargo { folder, arguments, packages });
    }
}

/// Names `packages` in the step of that shape, if there is one.
fn name_too(steps: &mut [Step], folder: &Path, arguments: &[String], packages: &[String]) -> bool {
    for step in steps {
        if let Step::Cargo { folder: f, arguments: a, packages: p } = step
            && (&**f, &**a) == (folder, arguments)
        {
            let new: Vec<String> = packages.iter().filter(|package| !p.contains(package)).cloned().collect();
            p.extend(new);
            return true;
        }
    }
    false
}

/// Arguments and packages of a plain `cargo build` that names packages.
fn parse_cargo(command: &str) -> Option<(Vec<String>, Vec<String>)> {
    if command.contains(SHELL) {
        return None;
    }
    let mut words = shell_words::split(command).ok()?.into_iter();
    if words.next()? != "cargo" || words.next()? != "build" {
        return None;
    }
    let (mut arguments, mut packages) = (Vec::new(), Vec::new());
    while let Some(word) = words.next() {
        if word == "-p" || word == "--package" {
            packages.push(words.next()?);
        } else if let Some(package) = word.strip_prefix("--package=").or_else(|| word.strip_prefix("-p")) {
            packages.push(package.to_owned());
        } else if word.starts_with("--manifest-path") || word == "--" {
            return None;
        } else {
            arguments.push(word);
        }
    }
    // `--release --target x` and `--target x --release` are the same shape, but telling so is not worth the risk.
    (!packages.is_empty()).then_some((arguments, packages))
}

impl Step {
    /// The Rust target it builds for, if it says so.
    pub fn target(&self) -> Option<String> {
        let words = match self {
            Self::Cargo { arguments, .. } => arguments.clone(),
            Self::Shell { command, .. } => shell_words::split(command).unwrap_or_default(),
        };
        let after = words.iter().position(|word| word == "--target").and_then(|at| words.get(at + 1));
        after
            .cloned()
            .or_else(|| words.iter().find_map(|word| word.strip_prefix("--target=").map(str::to_owned)))
    }

    /// Where it runs.
    pub fn folder(&self) -> &Path {
        match self {
            Self::Cargo { folder, .. } | Self::Shell { folder, .. } => folder,
        }
    }

    /// Program and arguments.
    pub fn program(&self) -> (String, Vec<String>) {
        match self {
            Self::Cargo { arguments, packages, .. } => {
                let packages = packages.iter().flat_map(|package| ["--package".to_owned(), package.clone()]);
                let all =
                    std::iter::once("build".to_owned()).chain(arguments.iter().cloned()).chain(packages);
                // The cargo that runs us, if any, so that a pinned toolchain stays the same.
                (std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned()), all.collect())
            }
            Self::Shell { command, .. } => ("sh".to_owned(), vec!["-c".to_owned(), command.clone()]),
        }
    }

    /// As a person would type it.
    pub fn shown(&self) -> String {
        match self {
            Self::Cargo { .. } => format!("cargo {}", shell_words::join(self.program().1)),
            Self::Shell { command, .. } => command.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::build::stale::Reason;
    use app_manifest::Build;

    fn stale(component: &str, build: &str) -> Stale {
        let build: Build = toml::from_str(build).unwrap();
        Stale { component: component.to_owned(), build, reason: Reason::NotBuilt }
    }

    #[test]
    fn cargo_commands_of_one_shape_become_one() {
        let all = [
            stale("a", "command = 'cargo build --target wasm32-wasip2 --release --package a'"),
            stale("b", "command = 'cargo build --target wasm32-wasip2 -p b --release'"),
            stale("b2", "command = 'cargo build --package=b --target wasm32-wasip2 --release'"),
            stale("c", "command = 'cargo build --target wasm32-wasip2 -p c'"),
            stale("d", "command = 'cargo build --target wasm32-wasip2 --release -p d'\nworkdir = 'd'"),
        ];
        let steps = merge(&all, &[], Path::new("/app"));
        let shown: Vec<_> =
            steps.iter().map(|step| (step.folder().to_str().unwrap(), step.shown())).collect();
        assert_eq!(
            shown,
            [
                ("/app", "cargo build --target wasm32-wasip2 --release --package a --package b".to_owned()),
                ("/app", "cargo build --target wasm32-wasip2 --package c".to_owned()),
                ("/app/d", "cargo build --target wasm32-wasip2 --release --package d".to_owned()),
            ]
        );
        assert!(steps.iter().all(|step| step.target().as_deref() == Some("wasm32-wasip2")));
    }

    #[test]
    fn what_is_fresh_is_built_along_where_the_command_is_the_same() {
        let one = [stale("a", "command = 'cargo build --release -p a'")];
        let others = [
            one[0].clone(),
            stale("b", "command = 'cargo build --release -p b'"),
            stale("c", "command = 'cargo build -p c'"),
            stale("d", "command = 'cargo build --release -p d'\nworkdir = 'd'"),
            stale("e", "command = ['cargo build --release -p e', 'wasm-opt e']"),
            stale("f", "command = 'npm run build'"),
        ];
        let shown: Vec<_> = merge(&one, &others, Path::new("/app")).iter().map(Step::shown).collect();
        assert_eq!(shown, ["cargo build --release --package a --package b"]);
    }

    #[test]
    fn other_commands_run_in_the_shell_in_their_order() {
        let all = [
            stale("a", "command = ['cargo build -p a', 'wasm-opt a.wasm']"),
            stale("b", "command = 'FLAG=1 cargo build -p b'"),
            stale("c", "command = 'cargo build -p c && cp c d'"),
            stale("d", "command = 'npm run build'"),
            stale("e", "command = 'npm run build'"),
            stale("f", "command = 'cargo build --release'"),
        ];
        let steps = merge(&all, &[], Path::new(""));
        let shown: Vec<_> = steps.iter().map(Step::shown).collect();
        assert_eq!(
            shown,
            [
                "cargo build --package a",
                "wasm-opt a.wasm",
                "FLAG=1 cargo build -p b",
                "cargo build -p c && cp c d",
                "npm run build",
                "cargo build --release",
            ]
        );
        assert!(matches!(steps.last(), Some(Step::Shell { .. })));
    }
}
