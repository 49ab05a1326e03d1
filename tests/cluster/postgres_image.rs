//! An image of PostgreSQL made of this machine's, which keeps the part of the official image's contract that the chart needs.

use std::path::{Path, PathBuf};
use std::process::Command;

use harness::repository;
use oci_spec::image::ConfigBuilder;
use runtime_image::{Entry, Image, Layer};

use crate::programs::registry;
use crate::published::{digest_in, push_archive};
use crate::shell::run;

/// Repository of the image.
pub const REPOSITORY: &str = "library/postgres";
/// initdb asks a shell whether the server is of its version; the entry point is its script.
const SHELL: &str = "/bin/sh";
const ENTRYPOINT: &str = "/usr/bin/entrypoint.sh";
/// initdb must know who it runs as.
const USERS: &str = "postgres:x:65532:65532::/:/bin/sh\n";
/// Most of the bytes, to compile extensions and queries.
const UNUSED: [&str; 3] = ["bitcode", "pgxs", "llvmjit*"];

/// Pushes the image; its digest.
pub fn push() -> String {
    let programs = scratch_postgres::find_binaries().expect("a PostgreSQL server is installed");
    let folder = tempfile::tempdir().unwrap();
    let base = format!("{}/{REPOSITORY}:base", registry());
    push_base(&programs, &folder.path().join("base.tar"), &base);
    let layer = folder.path().join("layer.tar");
    pack(&programs, &layer);
    let name = format!("{}/{REPOSITORY}:test", registry());
    let append = ["append", "--insecure", "--base", &base, "--new_tag", &name, "--new_layer"];
    digest_in(&run(Command::new("crane").args(append).arg(layer)))
}

/// How it runs, and the files that are not PostgreSQL's.
fn push_base(programs: &Path, archive: &Path, name: &str) {
    let script = repository().join("tests/cluster/postgres/entrypoint.sh");
    let entries = [
        (PathBuf::from(ENTRYPOINT), Entry::File(script)),
        (PathBuf::from("/etc/passwd"), Entry::Text(USERS.to_owned())),
    ];
    let config = ConfigBuilder::default()
        .entrypoint([SHELL.to_owned(), ENTRYPOINT.to_owned()])
        .env([format!("PATH=/usr/bin:/bin:{}", programs.display())])
        .user("65532:65532")
        // As in the official image: SIGTERM would wait for the app to hang up.
        .stop_signal("SIGINT")
        .build()
        .unwrap();
    let image = Image { layers: vec![Layer::pack(&entries.into(), 0).unwrap()], config, date: 0 };
    image.write(name, archive).unwrap();
    push_archive(archive, name);
}

/// Packs initdb and the server with what they load, each where it is on this machine. Not by [`Layer`], which takes half a
/// minute for them where it is compiled for tests.
fn pack(programs: &Path, layer: &Path) {
    let share = run(Command::new(programs.join("pg_config")).arg("--sharedir"));
    // People's time zones are those of Debian's tzdata.
    let folders = [share.into(), programs.with_file_name("lib"), PathBuf::from("/usr/share/zoneinfo")];
    let started = [PathBuf::from(SHELL), programs.join("initdb"), programs.join("postgres")];
    let loaded = started.iter().flat_map(|program| libraries(program));
    let mut files: Vec<PathBuf> = loaded.chain(folders).chain(started.clone()).collect();
    files.sort();
    files.dedup();
    let mut tar = Command::new("tar");
    tar.args(["--create", "--dereference", "--absolute-names", "--transform=s#^/##", "--file"]).arg(layer);
    run(tar.args(UNUSED.map(|name| format!("--exclude={name}"))).args(files));
}

/// The shared libraries of a program, the loader included.
fn libraries(program: &Path) -> Vec<PathBuf> {
    let found = run(Command::new("ldd").arg(program));
    let paths = found.split_whitespace().filter(|word| word.starts_with('/') && !word.ends_with(':'));
    paths.map(PathBuf::from).collect()
}
