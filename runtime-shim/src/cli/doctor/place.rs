//! Ports, folders, disk and the database.

use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};

use app_database::Request;
use app_database::settings::{DatabaseKind, DatabaseSettings};

use super::Finding;

/// A first build and the data of a first day, in bytes.
const DISK_WANTED: u64 = 6 << 30;

/// Whether nobody listens there yet.
pub fn port(listen: SocketAddr) -> Finding {
    match TcpListener::bind(listen) {
        Ok(_free) => Finding::ok("port", format!("{listen} is free")),
        Err(error) => Finding::missing("port", format!("{listen}: {error}; choose another with --listen")),
    }
}

/// Whether files can be made in `folder`, or it in the nearest folder that exists.
pub fn writable(what: &str, folder: &Path) -> Finding {
    let existing = nearest_existing(folder);
    match tempfile::NamedTempFile::new_in(&existing) {
        Ok(_removed) => Finding::ok(what, folder.display().to_string()),
        Err(error) => Finding::missing(
            what,
            format!("cannot write in {}: {error}; choose another with --data-dir", existing.display()),
        ),
    }
}

/// Whether there is room.
#[cfg(unix)]
pub fn disk(folder: &Path) -> Option<Finding> {
    let found = rustix::fs::statvfs(nearest_existing(folder)).ok()?;
    let free = found.f_bavail.saturating_mul(found.f_frsize);
    let gib = |bytes: u64| bytes >> 30;
    Some(if free >= DISK_WANTED {
        Finding::ok("disk", format!("{} GiB free", gib(free)))
    } else {
        Finding::missing(
            "disk",
            format!("{} GiB free, {} wanted for a first build: make room", gib(free), gib(DISK_WANTED)),
        )
    })
}

/// Not looked at here.
#[cfg(not(unix))]
pub fn disk(_folder: &Path) -> Option<Finding> {
    None
}

/// The server that was named, or the embedded database.
pub async fn database(request: &Request<'_>, settings: &DatabaseSettings) -> Finding {
    let what = "postgresql";
    if request.database_url.is_none() && settings.kind == DatabaseKind::Embedded {
        return embedded(what, request.data_folder);
    }
    let opened = match request.open(settings).await {
        Ok(opened) => opened,
        Err(error) => return Finding::missing(what, error.to_string()),
    };
    match opened.owner.connect().await {
        Ok(_connection) => Finding::ok(what, format!("{:?} answers", opened.owner)),
        Err(error) => Finding::missing(what, error.to_string()),
    }
}

/// The engine comes compiled for these.
fn embedded(what: &str, data_folder: &Path) -> Finding {
    let known = cfg!(any(
        all(target_os = "linux", any(target_arch = "x86_64", target_arch = "aarch64")),
        all(target_os = "macos", target_arch = "aarch64"),
        all(target_os = "windows", target_arch = "x86_64"),
    ));
    if known {
        return Finding::ok(what, format!("embedded, in {}", data_folder.join("postgres").display()));
    }
    Finding::missing(
        what,
        "the embedded database does not run on this kind of machine: use a server with --database-url",
    )
}

fn nearest_existing(folder: &Path) -> PathBuf {
    let mut folder = folder;
    while !folder.is_dir() {
        match folder.parent() {
            Some(parent) if parent != Path::new("") => folder = parent,
            _ => return PathBuf::from("."),
        }
    }
    folder.to_path_buf()
}
