//! Debian's packages.

use std::fs;

use super::on_path;
use crate::run::{self, Error};

/// The release that has what this one has in too old a version, used for nothing but what is named.
const NEWER: &str = "forky";
const SOURCES: &str = "/etc/apt/sources.list.d/forky.sources";
const PREFERENCES: &str = "/etc/apt/preferences.d/forky";

/// Installs packages, if this may.
pub fn packages(what: &'static str, packages: &[&str]) -> Result<(), Error> {
    install(what, &[], packages)
}

/// Installs packages of a newer release than this machine's, with what they need from there, and nothing else from there.
pub fn newer_packages(what: &'static str, packages: &[&str]) -> Result<(), Error> {
    may_install(what, packages)?;
    let lists =
        ["indextargets", "--format", "$(REPO_URI) $(SUITE) $(CODENAME) $(SIGNED_BY)", "Created-By: Packages"];
    let lists = run::output("apt-get", &lists).unwrap_or_default();
    if !lists.contains(NEWER) {
        // The same mirror and key as this machine's own release.
        let own = lists.lines().find(|line| !line.contains("security") && !line.contains("updates"));
        let mirror = own.and_then(|line| line.split(' ').next()).unwrap_or_default();
        let key = own.and_then(|line| line.split(' ').nth(3)).filter(|key| !key.is_empty());
        let key = key.unwrap_or("/usr/share/keyrings/debian-archive-keyring.gpg");
        let source =
            format!("Types: deb\nURIs: {mirror}\nSuites: {NEWER}\nComponents: main\nSigned-By: {key}\n");
        write(SOURCES, &source)?;
        write(PREFERENCES, &format!("Package: *\nPin: release n={NEWER}\nPin-Priority: 50\n"))?;
    }
    install(what, &["--target-release", NEWER], packages)
}

fn write(file: &str, text: &str) -> Result<(), Error> {
    fs::write(file, text).map_err(|error| Error::Failed(format!("writing {file} ({error})")))
}

fn install(what: &'static str, flags: &[&str], packages: &[&str]) -> Result<(), Error> {
    may_install(what, packages)?;
    println!("{what} is missing: installing {}", packages.join(", "));
    run::check("apt-get", &["update", "--quiet"])?;
    run::check("apt-get", &[&["install", "--yes", "--no-install-recommends"], flags, packages].concat())
}

fn may_install(what: &'static str, packages: &[&str]) -> Result<(), Error> {
    if on_path("apt-get") && run::output("id", &["-u"]).as_deref() == Some("0") {
        return Ok(());
    }
    Err(Error::Missing { what, how: format!("sudo apt-get install {}", packages.join(" ")) })
}
