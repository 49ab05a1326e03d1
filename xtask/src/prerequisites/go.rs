//! Programs written in Go, from the module proxy.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use super::{debian, sources};
use crate::run::{self, Error};

/// A program by the package that makes it, in one version.
#[derive(Debug, Clone, Copy)]
pub struct GoProgram {
    name: &'static str,
    package: &'static str,
    version: &'static str,
}

const fn program(name: &'static str, package: &'static str, version: &'static str) -> GoProgram {
    GoProgram { name, package, version }
}

pub const CONFTEST: GoProgram = program("conftest", "github.com/open-policy-agent/conftest", "v0.71.1");
pub const COREDNS: GoProgram = program("coredns", "github.com/coredns/coredns", "v1.15.0");
pub const CRANE: GoProgram = program("crane", "github.com/google/go-containerregistry/cmd/crane", "v0.22.1");
pub const HELM: GoProgram = program("helm", "helm.sh/helm/v4/cmd/helm", "v4.3.1");
pub const HELM_DOCS: GoProgram =
    program("helm-docs", "github.com/norwoodj/helm-docs/cmd/helm-docs", "v1.14.2");
pub const K6: GoProgram = program("k6", "go.k6.io/k6", "v1.8.1");
pub const KUBE_ROUTER: GoProgram =
    program("kube-router", "github.com/cloudnativelabs/kube-router/v2/cmd/kube-router", "v2.1.0");
pub const KUBE_SCORE: GoProgram =
    program("kube-score", "github.com/zegl/kube-score/cmd/kube-score", "v1.20.0");
pub const OPA: GoProgram = program("opa", "github.com/open-policy-agent/opa", "v1.22.3");

/// The oldest Go that builds all of them; a newer one that a module asks for is fetched by Go itself.
const OLDEST: u32 = 26;

/// Folder of one program in one version.
fn folder(name: &str, version: &str) -> PathBuf {
    run::tools_folder().join("go").join(format!("{name}-{version}"))
}

/// Installs what is missing; a search path on which all of `programs` come first.
pub fn path_with(programs: &[GoProgram]) -> Result<OsString, Error> {
    let mut folders = Vec::new();
    for GoProgram { name, package, version } in programs {
        let folder = folder(name, version);
        if !folder.join(name).is_file() {
            let what = format!("{package}@{version}");
            run::checked(go()?.env("GOBIN", &folder).args([
                "install",
                "-trimpath",
                "-ldflags=-s -w",
                &what,
            ]))?;
        }
        folders.push(folder);
    }
    let inherited = env::var_os("PATH").unwrap_or_default();
    folders.extend(env::split_paths(&inherited));
    env::join_paths(folders).map_err(|error| Error::Failed(format!("a search path ({error})")))
}

/// Builds the program of a module in this repository, into a folder that is named for its version; again where its
/// sources are not those it was built from.
pub fn built(name: &'static str, module: &str, version: &str, flags: &str) -> Result<PathBuf, Error> {
    let program = folder(name, version).join(name);
    let stamp = sources::stamp(&program);
    let module = run::repository().join(module);
    let io = |error| Error::Failed(format!("keeping what {name} was built from ({error})"));
    let digest = sources::digest(&module, flags).map_err(io)?;
    if !program.is_file() || !fs::read_to_string(&stamp).is_ok_and(|kept| kept == digest) {
        let mut build = go()?;
        // A commit that the program would name is another one each time, and says nothing of its sources.
        build
            .current_dir(module)
            .args(["build", "-trimpath", "-buildvcs=false", &format!("-ldflags={flags}"), "-o"])
            .arg(&program);
        run::checked(build.arg("."))?;
        fs::write(stamp, digest).map_err(io)?;
    }
    Ok(program)
}

/// The command `go`, static programs only.
fn go() -> Result<Command, Error> {
    let minor = || {
        let version = run::output("go", &["env", "GOVERSION"])?;
        version.trim_start_matches("go1.").split('.').next()?.parse::<u32>().ok()
    };
    if minor().is_none_or(|minor| minor < OLDEST) {
        debian::newer_packages("Go", &["golang-go"])?;
    }
    let mut command = run::command("go", &[]);
    command.env("CGO_ENABLED", "0");
    Ok(command)
}
