//! What is in the image: a base like distroless', the programs, the release of the app.

use std::path::{Path, PathBuf};
use std::process::Command;

use oci_spec::image::{Config, ConfigBuilder};
use runtime_image::{Entries, Entry, Error, Layer};

use crate::libraries;

/// Where the app takes requests; the chart and the Dockerfile name the same.
const PORT: u16 = 8080;
/// Where metrics and health are.
const MANAGEMENT_PORT: u16 = 9464;
/// The user and group everything runs as: distroless' `nonroot`.
const USER: u32 = 65532;
/// Where the app is in the image.
const APP: &str = "/app";
/// Where its compiled code is.
const COMPILED: &str = "/app/compiled";
/// What compiled code is for, at build and at run time.
const TARGET_CPU: &str = "x86-64-v3";

/// Certificates of the public authorities, as Debian keeps them.
const AUTHORITIES: &str = "/etc/ssl/certs/ca-certificates.crt";
const PROGRAMS: [&str; 2] = ["runtime-shim", "todo-smoke"];
const APP_FILES: [&str; 2] = ["spin.toml", "runtime-shim.toml"];

/// The image's layers, from what changes least to what changes most.
pub struct Contents {
    base: Entries,
    programs: Entries,
    app: Entries,
    /// Holds compiled code until it is packed.
    _compiled: tempfile::TempDir,
}

impl Contents {
    /// Collects programs with their libraries, the app's files, and its code compiled by the program itself.
    pub fn collect(programs: &Path, app: &Path) -> Result<Self, Error> {
        let mut base = base();
        let mut own = Entries::new();
        for name in PROGRAMS {
            let program = programs.join(name);
            for library in libraries::find(&program)? {
                base.insert(library.clone(), Entry::File(library));
            }
            own.insert(Path::new("/usr/bin").join(name), Entry::File(program));
        }
        let compiled = tempfile::tempdir().map_err(Error::at("temporary folder"))?;
        compile(&programs.join("runtime-shim"), app, compiled.path())?;
        let mut release = Entries::new();
        for name in APP_FILES {
            release.insert(Path::new(APP).join(name), Entry::File(app.join(name)));
        }
        add_folder(&mut release, &app.join("migrations"), &Path::new(APP).join("migrations"), "sql")?;
        add_folder(&mut release, compiled.path(), Path::new(COMPILED), "cwasm")?;
        Ok(Self { base, programs: own, app: release, _compiled: compiled })
    }

    /// Packs the layers.
    pub fn layers(&self, date: u64) -> Result<Vec<Layer>, Error> {
        [&self.base, &self.programs, &self.app]
            .map(|entries| Layer::pack(entries, date))
            .into_iter()
            .collect()
    }
}

/// How a container of the image runs.
pub fn config(revision: &str) -> Result<Config, Error> {
    let labels = [
        ("title", "todo-assistant runtime"),
        ("description", "Runs the todo assistant's Spin app on wasmtime"),
        ("licenses", "Apache-2.0"),
        ("version", env!("CARGO_PKG_VERSION")),
        ("revision", revision),
    ];
    let labels = labels.map(|(key, value)| (format!("org.opencontainers.image.{key}"), value.to_owned()));
    let environment = [
        "PATH=/usr/bin".to_owned(),
        format!("RUNTIME_SHIM_COMPILED_DIR={COMPILED}"),
        format!("RUNTIME_SHIM_TARGET_CPU={TARGET_CPU}"),
        "RUNTIME_SHIM_CACHE_DIR=/tmp/cache".to_owned(),
        "RUNTIME_SHIM_LOG_FORMAT=json".to_owned(),
        format!("SPIN_HTTP_LISTEN_ADDR=0.0.0.0:{PORT}"),
        format!("RUNTIME_SHIM_METRICS_LISTEN=0.0.0.0:{MANAGEMENT_PORT}"),
    ];
    Ok(ConfigBuilder::default()
        .user(format!("{USER}:{USER}"))
        .exposed_ports([PORT, MANAGEMENT_PORT].map(|port| format!("{port}/tcp")))
        .env(environment)
        .entrypoint(["/usr/bin/runtime-shim".to_owned()])
        .working_dir(APP)
        .labels(labels)
        .build()?)
}

/// Accounts, authorities and a place for temporary files.
fn base() -> Entries {
    let accounts =
        format!("root:x:0:0:root:/:/sbin/nologin\nnonroot:x:{USER}:{USER}:nonroot:/tmp:/sbin/nologin\n");
    let groups = format!("root:x:0:\nnonroot:x:{USER}:\n");
    let mut base: Entries = [
        ("/etc/passwd", Entry::Text(accounts)),
        ("/etc/group", Entry::Text(groups)),
        ("/etc/nsswitch.conf", Entry::Text("hosts: files dns\n".to_owned())),
        ("/tmp", Entry::SharedFolder),
    ]
    .map(|(path, entry)| (PathBuf::from(path), entry))
    .into();
    if Path::new(AUTHORITIES).is_file() {
        base.insert(AUTHORITIES.into(), Entry::File(AUTHORITIES.into()));
    }
    base
}

fn compile(program: &Path, app: &Path, into: &Path) -> Result<(), Error> {
    let mut command = Command::new(program);
    command.arg("compile").arg("--from").arg(app).arg("--into").arg(into).args(["--target-cpu", TARGET_CPU]);
    let output = command.output().map_err(Error::at(program))?;
    if output.status.success() {
        return Ok(());
    }
    let reason = String::from_utf8_lossy(&output.stderr).trim().to_owned();
    Err(Error::Program { command: "runtime-shim compile".to_owned(), reason })
}

/// Adds the files of `folder` that end in `extension`.
fn add_folder(entries: &mut Entries, folder: &Path, at: &Path, extension: &str) -> Result<(), Error> {
    for file in std::fs::read_dir(folder).map_err(Error::at(folder))? {
        let path = file.map_err(Error::at(folder))?.path();
        if path.extension().is_some_and(|found| found == extension)
            && let Some(name) = path.file_name()
        {
            entries.insert(at.join(name), Entry::File(path.clone()));
        }
    }
    Ok(())
}
