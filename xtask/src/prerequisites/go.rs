//! Programs written in Go: compiled here, since nobody offers them ready-made for every machine.
//!
//! Several processes may ask for the same program at once: one builds it, the others wait.

use std::env;
use std::ffi::OsString;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::{debian, sources};
use crate::run::{self, Error};

/// A program by the package that makes it, in one version.
#[derive(Debug, Clone, Copy)]
pub struct GoProgram {
    name: &'static str,
    version: &'static str,
    package: &'static str,
    source: Source,
}

/// Where a package comes from.
#[derive(Debug, Clone, Copy)]
enum Source {
    /// The module proxy, with the dependencies that its own module names.
    Proxy,
    /// This module of the repository, or what its `go.mod` names; and values of variables that tell the version.
    Module(&'static str, &'static [(&'static str, &'static str)]),
}

const fn program(name: &'static str, package: &'static str, version: &'static str) -> GoProgram {
    GoProgram { name, version, package, source: Source::Proxy }
}

/// The module whose programs share Kubernetes' packages: what one needs of them is compiled once for all.
const KUBERNETES_MODULE: &str = "tests/cluster/kubernetes";
const HELM_VERSION: &str = "v4.2.4";
const KUBERNETES_VERSION: &str = "v1.36.3";
const KUBERNETES_MINOR: &str = "36";

pub const HELM: GoProgram = GoProgram {
    name: "helm",
    version: HELM_VERSION,
    package: "helm.sh/helm/v4/cmd/helm",
    source: Source::Module(KUBERNETES_MODULE, &[("helm.sh/helm/v4/internal/version.version", HELM_VERSION)]),
};
/// Kubernetes with etcd and kubectl, and what enforces its network policies.
pub const KUBERNETES: GoProgram = GoProgram {
    name: "kubernetes",
    version: KUBERNETES_VERSION,
    package: ".",
    // What `kubectl version` and the API server say of themselves.
    source: Source::Module(
        KUBERNETES_MODULE,
        &[
            ("k8s.io/component-base/version.gitVersion", KUBERNETES_VERSION),
            ("k8s.io/component-base/version.gitMajor", "1"),
            ("k8s.io/component-base/version.gitMinor", KUBERNETES_MINOR),
            ("k8s.io/client-go/pkg/version.gitVersion", KUBERNETES_VERSION),
            ("k8s.io/client-go/pkg/version.gitMajor", "1"),
            ("k8s.io/client-go/pkg/version.gitMinor", KUBERNETES_MINOR),
        ],
    ),
};
/// The cluster's name server.
pub const COREDNS: GoProgram = GoProgram {
    name: "coredns",
    version: "v1.14.7",
    package: "./dns",
    source: Source::Module(KUBERNETES_MODULE, &[]),
};
/// The process of a pod's sandbox.
pub const PAUSE: GoProgram = GoProgram {
    name: "pause",
    version: "v1",
    package: ".",
    source: Source::Module("tests/cluster/pause", &[]),
};
pub const HELM_DOCS: GoProgram =
    program("helm-docs", "github.com/norwoodj/helm-docs/cmd/helm-docs", "v1.14.2");
pub const KUBE_SCORE: GoProgram =
    program("kube-score", "github.com/zegl/kube-score/cmd/kube-score", "v1.20.0");
pub const OPA: GoProgram = program("opa", "github.com/open-policy-agent/opa", "v1.22.3");

/// The oldest Go that builds all of them; a newer one that a module asks for is fetched by Go itself.
const MIN_GO_VERSION: u32 = 26;

/// Installs what is missing; a search path on which all of `programs` come first.
pub fn path_with(programs: &[GoProgram]) -> Result<OsString, Error> {
    let mut folders = Vec::new();
    for program in programs {
        install(program)?;
        folders.push(program.folder());
    }
    let inherited = env::var_os("PATH").unwrap_or_default();
    folders.extend(env::split_paths(&inherited));
    env::join_paths(folders).map_err(|error| Error::Failed(format!("a search path ({error})")))
}

/// Installs a program where it is missing; its file.
pub fn installed(program: GoProgram) -> Result<PathBuf, Error> {
    install(&program)?;
    Ok(program.file())
}

impl GoProgram {
    fn folder(&self) -> PathBuf {
        run::tools_folder().join("go").join(format!("{}-{}", self.name, self.version))
    }

    fn file(&self) -> PathBuf {
        self.folder().join(self.name)
    }
}

fn install(program: &GoProgram) -> Result<(), Error> {
    let _alone = lock(&program.folder(), program.name)
        .map_err(|error| Error::Failed(format!("waiting for who else builds {} ({error})", program.name)))?;
    match program.source {
        Source::Proxy if program.file().is_file() => Ok(()),
        Source::Proxy => {
            let what = format!("{}@{}", program.package, program.version);
            let install = ["install", "-trimpath", "-ldflags=-s -w", &what];
            run::checked(go()?.env("GOBIN", program.folder()).args(install))
        }
        Source::Module(module, variables) => build(program, module, variables),
    }
}

/// Holds off others that ask for the program of this folder, until it is dropped.
fn lock(folder: &Path, name: &str) -> io::Result<File> {
    fs::create_dir_all(folder)?;
    let file = File::create(folder.with_added_extension("lock"))?;
    if file.try_lock().is_err() {
        println!("{name} is being built by another process: waiting");
        file.lock()?;
    }
    Ok(file)
}

/// Builds a package of a module in this repository; again where its sources are not those it was built from.
fn build(program: &GoProgram, module: &str, variables: &[(&str, &str)]) -> Result<(), Error> {
    let module = run::repository().join(module);
    let file = program.file();
    let stamp = sources::stamp(&file);
    let io = |error| Error::Failed(format!("keeping what {} was built from ({error})", program.name));
    let variables = variables.iter().map(|(name, value)| format!(" -X {name}={value}"));
    let flags = format!("-ldflags=-s -w{}", variables.collect::<String>());
    let digest = sources::digest(&module, program.package, &flags).map_err(io)?;
    if file.is_file() && fs::read_to_string(&stamp).is_ok_and(|kept| kept == digest) {
        return Ok(());
    }
    // A commit that the program would name is another one each time, and says nothing of its sources.
    let arguments = ["build", "-trimpath", "-buildvcs=false", &flags, "-o"];
    run::checked(go()?.current_dir(module).args(arguments).arg(&file).arg(program.package))?;
    fs::write(stamp, digest).map_err(io)
}

/// The command `go`, which makes static programs and lets everything else go first.
fn go() -> Result<Command, Error> {
    let minor = || {
        let version = run::output("go", &["env", "GOVERSION"])?;
        version.trim_start_matches("go1.").split('.').next()?.parse::<u32>().ok()
    };
    if minor().is_none_or(|minor| minor < MIN_GO_VERSION) {
        debian::newer_packages("Go", &["golang-go"])?;
    }
    let mut command = run::command("nice", &["-n", "5", "go"]);
    command.env("CGO_ENABLED", "0");
    Ok(command)
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc::channel;
    use std::thread;
    use std::time::Duration;

    use super::*;

    #[test]
    fn who_asks_for_a_program_that_is_being_built_waits_for_it() {
        let folder = tempfile::tempdir().unwrap();
        let program = folder.path().join("some-v1.0");
        let first = lock(&program, "some").unwrap();
        let (done, wait) = channel();
        let second = thread::spawn(move || {
            let held = lock(&program, "some").unwrap();
            done.send(()).unwrap();
            held
        });
        assert!(wait.recv_timeout(Duration::from_millis(200)).is_err(), "both build it");
        drop(first);
        wait.recv_timeout(Duration::from_secs(10)).unwrap();
        drop(second.join().unwrap());
    }

    #[test]
    fn programs_of_the_module_are_called_after_the_versions_that_it_names() {
        let module = fs::read_to_string(run::repository().join(KUBERNETES_MODULE).join("go.mod")).unwrap();
        for (name, program) in [
            ("helm.sh/helm/v4", HELM),
            ("k8s.io/kubernetes", KUBERNETES),
            ("github.com/coredns/coredns", COREDNS),
        ] {
            let named = format!("\t{name} {}", program.version);
            assert!(module.lines().any(|line| line.trim_end_matches(" // indirect") == named), "{named}");
        }
        assert!(KUBERNETES_VERSION.starts_with(&format!("v1.{KUBERNETES_MINOR}.")));
    }
}
