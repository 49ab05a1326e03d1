//! From the shim to the container: the files that hold the app's code, already open.
//!
//! A container sees neither the node's folders nor may it read them. Containers of a pod are forked from one zygote, so
//! what the zygote has open, they have open: code that is mapped from there is shared between all pods of the node.

use containerd_shimkit::zygote::Zygote;
use std::collections::BTreeMap;
use std::fs::File;
use std::os::fd::AsRawFd;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};

/// What preparing an app gave: the file of each component's code, or why there is none.
pub type Prepared = Result<BTreeMap<String, PathBuf>, String>;

type Opened = Result<BTreeMap<String, File>, String>;

/// In the zygote, and in every container forked from it: by the digest of the locked app.
static RECEIVED: Mutex<BTreeMap<String, Opened>> = Mutex::new(BTreeMap::new());

/// Why a container has no code.
#[derive(Debug, thiserror::Error)]
pub enum CodeError {
    /// The shim never said anything about this app.
    #[error("the shim did not prepare the app {0}")]
    Unknown(String),
    /// Preparing failed.
    #[error("the node could not prepare the app: {0}")]
    Failed(String),
}

/// Gives what was prepared for `app` to the containers that start after this.
///
/// # Errors
/// When the zygote is gone.
pub fn give(app: String, prepared: Prepared) -> anyhow::Result<()> {
    Zygote::global().try_run(open, (app, prepared)).map_err(|e| anyhow::anyhow!("zygote: {e}"))
}

/// Runs in the zygote, with the node's files before it and all rights.
fn open((app, prepared): (String, Prepared)) {
    let opened = prepared.and_then(|files| files.into_iter().map(open_one).collect());
    RECEIVED.lock().unwrap_or_else(PoisonError::into_inner).insert(app, opened);
}

fn open_one((component, path): (String, PathBuf)) -> Result<(String, File), String> {
    let file = File::open(&path).map_err(|e| format!("{}: {e}", path.display()))?;
    Ok((component, file))
}

/// In the container: a path for the code of each component of `app`. It leads to the open file, whatever the container's
/// own file system is.
///
/// # Errors
/// [`CodeError`].
pub fn take(app: &str) -> Result<BTreeMap<String, PathBuf>, CodeError> {
    let received = RECEIVED.lock().unwrap_or_else(PoisonError::into_inner);
    match received.get(app) {
        None => Err(CodeError::Unknown(app.to_owned())),
        Some(Err(reason)) => Err(CodeError::Failed(reason.clone())),
        Some(Ok(files)) => Ok(files.iter().map(path_of).collect()),
    }
}

fn path_of((component, file): (&String, &File)) -> (String, PathBuf) {
    (component.clone(), PathBuf::from(format!("/proc/self/fd/{}", file.as_raw_fd())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_container_reads_what_the_zygote_opened_even_when_the_file_is_gone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("code");
        std::fs::write(&path, "compiled").unwrap();
        open(("sha256:1".to_owned(), Ok(BTreeMap::from([("web".to_owned(), path.clone())]))));
        std::fs::remove_file(&path).unwrap();
        let code = take("sha256:1").unwrap();
        assert_eq!(std::fs::read_to_string(&code["web"]).unwrap(), "compiled");
    }

    #[test]
    fn a_container_is_told_why_there_is_no_code() {
        open(("sha256:2".to_owned(), Err("no space left".to_owned())));
        assert!(take("sha256:2").unwrap_err().to_string().ends_with("no space left"));
        let missing = BTreeMap::from([("web".to_owned(), PathBuf::from("/nowhere/code"))]);
        open(("sha256:3".to_owned(), Ok(missing)));
        assert!(take("sha256:3").unwrap_err().to_string().contains("/nowhere/code"));
        assert!(matches!(take("sha256:4"), Err(CodeError::Unknown(_))));
    }
}
