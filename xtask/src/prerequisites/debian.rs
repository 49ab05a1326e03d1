//! Debian's packages.

use std::fs;

use super::on_path;
use crate::run::{self, Error};

/// The release that has what this one has in too old a version, used for nothing but what is named.
const NEWER: &str = "forky";
const SOURCES: &str = "/etc/apt/sources.list.d/forky.sources";
const PREFERENCES: &str = "/etc/apt/preferences.d/forky";
const DEBIANS_KEYS: &str = "/usr/share/keyrings/debian-archive-keyring.gpg";

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
        write(SOURCES, &newer_source(&lists))?;
        write(PREFERENCES, &format!("Package: *\nPin: release n={NEWER}\nPin-Priority: 50\n"))?;
    }
    install(what, &["--target-release", NEWER], packages)
}

/// The newer release as a source, with the mirror and the keys of this machine's own release. In `lists` each line has an
/// address, suite, code name and keys.
fn newer_source(lists: &str) -> String {
    let own = lists.lines().find(|line| !line.contains("security") && !line.contains("updates"));
    let column = |number| own.and_then(|line| line.split(' ').nth(number)).unwrap_or_default();
    // Some versions of apt leave the placeholder standing.
    let keys = Some(column(3)).filter(|keys| !keys.is_empty() && !keys.starts_with('$'));
    let (mirror, keys) = (column(0), keys.unwrap_or(DEBIANS_KEYS));
    format!("Types: deb\nURIs: {mirror}\nSuites: {NEWER}\nComponents: main\nSigned-By: {keys}\n")
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_newer_release_has_the_mirror_and_the_keys_of_this_one() {
        let source = newer_source(
            "http://mirror/debian-security bookworm-security bookworm /security.gpg\n\
             http://mirror/debian bookworm-updates bookworm-updates /updates.gpg\n\
             http://mirror/debian bookworm bookworm /own.gpg",
        );
        assert!(source.contains("URIs: http://mirror/debian\n"), "{source}");
        assert!(source.contains("Signed-By: /own.gpg\n"), "{source}");
    }

    #[test]
    fn a_release_that_names_no_keys_has_debians() {
        for keys in ["", "$(SIGNED_BY)"] {
            let source = newer_source(&format!("http://mirror/debian bookworm bookworm {keys}"));
            assert!(source.contains(&format!("Signed-By: {DEBIANS_KEYS}\n")), "{source}");
        }
    }
}
