//! PostgreSQL's programs as child processes that end with this one, however it ends.

use std::io;
use std::path::Path;
use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use tokio::io::AsyncWriteExt as _;
use tokio::process::{ChildStdin, Command};
use tokio::time::timeout;

use super::account::{Account, Reachable};

/// Runs a program and passes on the signals that standard input names, a line each. At the end of standard input, which
/// the kernel closes with the process at its other end, the program is interrupted: for PostgreSQL that is the fast
/// way to stop. Descriptor 3 becomes what standard output was, and standard output goes where errors go.
const RUN_WITH_SIGNALS: &str = r#"
exec 3<&1 1>&2 4<&0 </dev/null
"$@" 4<&- &
program=$!
{ while read -r signal; do kill -s "$signal" "$program"; done; kill -s INT "$program"; } <&4 2>/dev/null &
reader=$!
wait "$program"
status=$?
kill "$reader" 2>/dev/null
exit "$status"
"#;

/// How long a server may take to write everything when it is told to stop.
const STOP_TIMEOUT: Duration = Duration::from_secs(20);
/// How long it may take to end at once after that.
const QUIT_TIMEOUT: Duration = Duration::from_secs(5);

/// A program that is interrupted when this is dropped, or when this process ends.
pub(super) struct Child {
    process: tokio::process::Child,
    signals: Option<ChildStdin>,
}

/// Starts a program as `account`, with `folder` open as its descriptor 3 and both outputs at `output`.
///
/// It gets nothing of this process's environment, which holds secrets, but the path; and it is in no process group of
/// a terminal, whose Ctrl-C is for this process to handle.
///
/// # Errors
/// In words: this process may not become `account`, or may start nothing.
pub(super) fn spawn(
    program: &Path,
    arguments: &[String],
    account: Option<&Account>,
    folder: Reachable,
    output: Stdio,
) -> Result<Child, String> {
    let Reachable { handle, path: _ } = folder;
    let mut command = Command::new("/bin/sh");
    command
        .args(["-c", RUN_WITH_SIGNALS, "sh"])
        .arg(program)
        .args(arguments)
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .env("LC_ALL", "C")
        .env("TZ", "UTC")
        .current_dir("/")
        .process_group(0)
        .stdin(Stdio::piped())
        .stdout(Stdio::from(handle))
        .stderr(output);
    if let Some(account) = account {
        let (uid, gid) = account.ids();
        command.uid(uid).gid(gid);
    }
    let mut process = command.spawn().map_err(|error| match account {
        Some(account) => format!("PostgreSQL cannot be run as the account `{}`: {error}", account.name()),
        None => format!("PostgreSQL cannot be run: {error}"),
    })?;
    let signals = process.stdin.take();
    Ok(Child { process, signals })
}

impl Child {
    /// Waits for its end.
    ///
    /// # Errors
    /// From the operating system.
    pub(super) async fn ended(&mut self) -> io::Result<ExitStatus> {
        self.process.wait().await
    }

    /// Whether it has ended.
    pub(super) fn has_ended(&mut self) -> bool {
        !matches!(self.process.try_wait(), Ok(None))
    }

    /// Waits for its end and gives what it wrote; for one whose output is a pipe.
    ///
    /// # Errors
    /// From the operating system.
    pub(super) async fn output(self) -> io::Result<(ExitStatus, String)> {
        let Self { process, signals: _kept } = self;
        let output = process.wait_with_output().await?;
        Ok((output.status, String::from_utf8_lossy(&output.stderr).into_owned()))
    }

    /// Has a server write everything and stop, and waits until it has; one that takes too long is ended at once.
    pub(super) async fn stop(mut self) {
        self.signal("INT").await;
        if timeout(STOP_TIMEOUT, self.process.wait()).await.is_err() {
            self.signal("QUIT").await;
            let _ended = timeout(QUIT_TIMEOUT, self.process.wait()).await;
        }
    }

    async fn signal(&mut self, name: &str) {
        if let Some(signals) = &mut self.signals {
            // An error says that it has ended, which is what was wanted.
            let _sent = signals.write_all(format!("{name}\n").as_bytes()).await;
        }
    }
}
