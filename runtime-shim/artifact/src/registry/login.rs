//! Remembering credentials where Docker, and everything that reads Docker's configuration, finds them.

use super::credentials::{CONFIG, docker_folder};
use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use serde_json::{Map, Value, json};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// Why credentials cannot be remembered.
#[derive(Debug, thiserror::Error)]
pub enum LoginError {
    /// Neither `DOCKER_CONFIG` nor `HOME` says where.
    #[error("no folder for the credentials: set DOCKER_CONFIG")]
    NoFolder,
    /// The file.
    #[error("{path}: {source}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the system answered.
        source: io::Error,
    },
    /// The file is not what Docker writes.
    #[error("{path} is not Docker's configuration: {reason}")]
    Content {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        reason: String,
    },
}

/// Writes the credentials for `registry` into `$DOCKER_CONFIG/config.json` (or `~/.docker/config.json`), readable by
/// the user alone, and gives the file. Everything else in it stays.
///
/// # Errors
/// [`LoginError`].
pub fn save_login(registry: &str, user: &str, password: &str) -> Result<PathBuf, LoginError> {
    let folder = docker_folder().ok_or(LoginError::NoFolder)?;
    save(&folder, registry, user, password)
}

fn save(folder: &Path, registry: &str, user: &str, password: &str) -> Result<PathBuf, LoginError> {
    let path = folder.join(CONFIG);
    let mut config = read(&path)?;
    let auth = BASE64_STANDARD.encode(format!("{user}:{password}"));
    let auths = config.entry("auths").or_insert_with(|| json!({}));
    let Some(auths) = auths.as_object_mut() else {
        return Err(LoginError::Content { path, reason: "\"auths\" is no object".to_owned() });
    };
    auths.insert(registry.to_owned(), json!({ "auth": auth }));
    let failed = |source| LoginError::File { path: path.clone(), source };
    std::fs::create_dir_all(folder).map_err(failed)?;
    // A temporary file is the user's alone from its first byte on.
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
    let text = serde_json::to_vec_pretty(&Value::Object(config))
        .map_err(|e| LoginError::Content { path: path.clone(), reason: e.to_string() })?;
    file.write_all(&text).map_err(failed)?;
    file.persist(&path).map_err(|e| failed(e.error))?;
    Ok(path)
}

fn read(path: &Path) -> Result<Map<String, Value>, LoginError> {
    match std::fs::read(path) {
        Ok(text) => serde_json::from_slice(&text)
            .map_err(|e| LoginError::Content { path: path.to_owned(), reason: e.to_string() }),
        Err(e) if e.kind() == io::ErrorKind::NotFound => Ok(Map::new()),
        Err(source) => Err(LoginError::File { path: path.to_owned(), source }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn other_registries_and_settings_stay() {
        let folder = tempfile::tempdir().unwrap();
        let before = json!({ "auths": { "a.example": { "auth": "x" } }, "proxies": { "default": {} } });
        std::fs::write(folder.path().join("config.json"), before.to_string()).unwrap();
        let path = save(folder.path(), "b.example:5000", "user", "pass:word").unwrap();
        let after: Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
        assert_eq!(after["auths"]["a.example"], before["auths"]["a.example"]);
        assert_eq!(after["proxies"], before["proxies"]);
        assert_eq!(after["auths"]["b.example:5000"]["auth"], BASE64_STANDARD.encode("user:pass:word"));
    }

    #[cfg(unix)]
    #[test]
    fn nobody_else_can_read_them() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let path = save(&folder.path().join("new"), "a.example", "user", "password").unwrap();
        assert_eq!(std::fs::metadata(path).unwrap().permissions().mode() & 0o777, 0o600);
    }

    #[test]
    fn a_file_that_is_something_else_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("config.json"), "[1]").unwrap();
        assert!(matches!(save(folder.path(), "a", "u", "p"), Err(LoginError::Content { .. })));
        assert_eq!(std::fs::read(folder.path().join("config.json")).unwrap(), b"[1]");
    }
}
