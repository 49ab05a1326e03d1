//! Child processes that end with the test, also when the test is killed.

use std::io;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::mpsc;
use std::thread;

/// A child process; dropping it kills the process.
pub struct Child(std::process::Child);

impl Child {
    /// Kills the process and waits for its end.
    pub fn end(&mut self) {
        // It may have ended by itself; that is as good.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }

    /// The process id.
    pub fn id(&self) -> u32 {
        self.0.id()
    }

    /// The process, for its pipes and its status.
    pub fn process(&mut self) -> &mut std::process::Child {
        &mut self.0
    }
}

impl Drop for Child {
    fn drop(&mut self) {
        self.end();
    }
}

/// A command that the kernel kills when the thread that starts it ends (where `setpriv` can ask for that).
pub fn command_that_dies_with_us(program: &Path) -> Command {
    if !cfg!(target_os = "linux") || !exists("setpriv") {
        return Command::new(program);
    }
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "KILL", "--"]).arg(program);
    command
}

/// PostgreSQL refuses to run as root: then it runs as the account that its package made.
pub(crate) fn as_server_user(program: &Path) -> Command {
    if !root() {
        return command_that_dies_with_us(program);
    }
    let mut command = Command::new("setpriv");
    command
        .args(["--pdeathsig", "KILL", "--reuid", "postgres", "--regid", "postgres", "--init-groups", "--"])
        .arg(program)
        .current_dir("/tmp");
    command
}

pub(crate) fn give_to_server_user(path: &Path) -> io::Result<()> {
    if !root() {
        return Ok(());
    }
    let status = Command::new("chown").arg("postgres:postgres").arg(path).status()?;
    if status.success() { Ok(()) } else { Err(io::Error::other("chown to the account `postgres` failed")) }
}

/// Starts a process from a thread that never ends: the kernel ties a child's life to the thread that started it,
/// and a test's own thread ends before the shared server may.
pub fn spawn(mut command: Command) -> io::Result<Child> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let child = command.stdin(Stdio::null()).spawn();
        let started = child.is_ok();
        if sender.send(child.map(Child)).is_ok() && started {
            loop {
                thread::park();
            }
        }
    });
    receiver.recv().map_err(io::Error::other)?
}

fn root() -> bool {
    Command::new("id").arg("-u").output().is_ok_and(|output| output.stdout == b"0\n")
}

fn exists(program: &str) -> bool {
    Command::new(program).arg("--version").stdout(Stdio::null()).stderr(Stdio::null()).status().is_ok()
}
