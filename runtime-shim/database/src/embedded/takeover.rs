//! What a run that was killed may have left: a server that is still ending, and the file with its number.
//!
//! Every process of a server holds the folder of its data open, and locked: the lock is free when the last of them is
//! gone, whatever has become of their numbers.

use std::fs::{self, File, TryLockError};
use std::io;
use std::path::Path;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};
use tokio::time::{Instant, sleep};

/// Between two looks at the lock.
const POLL_INTERVAL: Duration = Duration::from_millis(10);
/// A server left behind ends by itself within this time; then it is told to, more and more plainly.
const STEPS: [(Duration, Option<Signal>); 3] = [
    (Duration::from_secs(1), Some(Signal::INT)),
    (Duration::from_secs(5), Some(Signal::QUIT)),
    (Duration::from_secs(5), None),
];

/// Takes `data` for a server that is about to start, after one that was left behind has ended. Who gets the open folder
/// with the server holds the lock.
///
/// # Errors
/// In words: a server does not end, or is none of ours.
pub(super) async fn take_over(data: &Path) -> Result<File, String> {
    let handle = File::open(data).map_err(|error| error.to_string())?;
    for (timeout, signal) in STEPS {
        if locked_within(timeout, &handle).await.map_err(|error| error.to_string())? {
            remove_stale_number(data)?;
            return Ok(handle);
        }
        if let (Some(signal), Some(pid)) = (signal, server_number(data)) {
            tracing::warn!("PostgreSQL of an earlier run (process {}) is told to end", pid.as_raw_nonzero());
            let _ended_by_itself = kill_process(pid, signal);
        }
    }
    let number = server_number(data).map(|pid| format!(" (process {})", pid.as_raw_nonzero()));
    Err(format!("PostgreSQL of an earlier run{} does not end: end it by hand", number.unwrap_or_default()))
}

async fn locked_within(timeout: Duration, handle: &File) -> io::Result<bool> {
    let deadline = Instant::now() + timeout;
    loop {
        match handle.try_lock() {
            Ok(()) => return Ok(true),
            Err(TryLockError::WouldBlock) if Instant::now() < deadline => sleep(POLL_INTERVAL).await,
            Err(TryLockError::WouldBlock) => return Ok(false),
            Err(TryLockError::Error(error)) => return Err(error),
        }
    }
}

/// PostgreSQL does not start while another process, which may be anything by now, has the number in this file. Where
/// the machine says so, a process that does not serve this data is known.
fn remove_stale_number(data: &Path) -> Result<(), String> {
    let Some(pid) = server_number(data) else { return Ok(()) };
    let number = pid.as_raw_nonzero();
    let process = Path::new("/proc").join(number.to_string());
    if !Path::new("/proc/self/cwd").exists() {
        return Ok(());
    }
    if fs::read_link(process.join("cwd")).is_ok_and(|folder| folder == data) {
        return Err(format!(
            "a PostgreSQL server that the app has not started (process {number}) uses it: stop that"
        ));
    }
    fs::remove_file(number_file(data)).map_err(|error| format!("{}: {error}", number_file(data).display()))
}

fn server_number(data: &Path) -> Option<Pid> {
    let text = fs::read_to_string(number_file(data)).ok()?;
    Pid::from_raw(text.lines().next()?.trim().parse().ok()?)
}

fn number_file(data: &Path) -> std::path::PathBuf {
    data.join("postmaster.pid")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_number_that_is_someone_elses_by_now_is_removed() {
        let data = tempfile::tempdir().unwrap();
        // This process runs, and does not serve the folder.
        fs::write(number_file(data.path()), format!("{}\n{}\n", std::process::id(), data.path().display()))
            .unwrap();
        let _handle = take_over(data.path()).await.unwrap();
        assert_eq!(number_file(data.path()).exists(), !Path::new("/proc/self/cwd").exists());
    }

    #[cfg(target_os = "linux")]
    #[tokio::test]
    async fn a_server_started_by_hand_is_named_and_left_alone() {
        let data = tempfile::tempdir().unwrap();
        let folder = data.path().canonicalize().unwrap();
        let mut other = std::process::Command::new("sleep").arg("60").current_dir(&folder).spawn().unwrap();
        fs::write(number_file(&folder), other.id().to_string()).unwrap();
        let error = take_over(&folder).await.unwrap_err();
        other.kill().unwrap();
        other.wait().unwrap();
        assert!(error.contains(&other.id().to_string()), "{error}");
        assert!(number_file(&folder).exists());
    }

    #[tokio::test]
    async fn one_that_is_still_ending_is_waited_for() {
        let data = tempfile::tempdir().unwrap();
        let held = File::open(data.path()).unwrap();
        held.lock().unwrap();
        let (taken, ()) = tokio::join!(take_over(data.path()), async {
            sleep(Duration::from_millis(100)).await;
            drop(held);
        });
        taken.unwrap();
    }
}
