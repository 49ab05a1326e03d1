//! What the app prints for people at a terminal, and into a file: the real app, on a terminal that util-linux' `script` makes.

use std::io::{BufRead as _, BufReader, Lines, Write as _};
use std::process::{Child, ChildStdout, Command, Stdio};

use harness::{App, repository, runtime_shim};
use scratch_postgres::command_that_dies_with_us;

/// A running app, and what it printed until it served. Dropping it ends the process.
struct Run {
    process: Child,
    lines: Lines<BufReader<ChildStdout>>,
    said: Vec<String>,
    url: String,
    _data: tempfile::TempDir,
}

/// Flags of `up` for a database and a port of its own.
fn flags(data: &tempfile::TempDir, more: &[&str]) -> Vec<String> {
    let compiled = repository().join("target/compiled");
    let flags =
        ["up", "--no-build", "--listen", "127.0.0.1:0", "--database-url", &App::shared().database_url];
    let folders = ["--data-dir", data.path().to_str().unwrap(), "--cache-dir", compiled.to_str().unwrap()];
    [&flags[..], &folders, more].concat().into_iter().map(str::to_owned).collect()
}

impl Run {
    fn on_a_terminal(more: &[&str]) -> Self {
        let data = tempfile::tempdir().unwrap();
        let line = format!("exec {} {}", runtime_shim().display(), flags(&data, more).join(" "));
        let mut command = command_that_dies_with_us("script".as_ref());
        command.args(["--quiet", "--return", "--flush", "--command", &line, "/dev/null"]);
        Self::start(command, data)
    }

    fn with_errors_in(log: &std::fs::File, more: &[&str]) -> Self {
        let data = tempfile::tempdir().unwrap();
        let mut command = command_that_dies_with_us(&runtime_shim());
        command.args(flags(&data, more)).stderr(log.try_clone().unwrap());
        Self::start(command, data)
    }

    fn start(mut command: Command, data: tempfile::TempDir) -> Self {
        command.current_dir(repository()).env_remove("RUST_LOG").env_remove("NO_COLOR");
        let mut process = command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let mut lines = BufReader::new(process.stdout.take().unwrap()).lines();
        let mut said = Vec::new();
        for line in lines.by_ref().map_while(Result::ok) {
            said.push(line.trim_end().to_owned());
            if line.starts_with("Stop it with") {
                break;
            }
        }
        let url = said.iter().find_map(|line| line.strip_prefix("The app is at ")?.split_whitespace().next());
        let url = url.unwrap_or_else(|| panic!("{said:#?}")).to_owned();
        Self { process, lines, said, url, _data: data }
    }

    /// Sends a request, types Ctrl-C, and answers what was printed meanwhile.
    fn visit_and_stop(mut self) -> String {
        ureq::get(format!("{}/livez", self.url)).call().unwrap();
        self.process.stdin.as_mut().unwrap().write_all(b"\x03").unwrap();
        self.rest()
    }

    fn visit_and_interrupt(mut self) -> String {
        ureq::get(format!("{}/livez", self.url)).call().unwrap();
        assert!(
            Command::new("kill").args(["-INT", &self.process.id().to_string()]).status().unwrap().success()
        );
        self.rest()
    }

    fn rest(&mut self) -> String {
        let rest: Vec<String> = self.lines.by_ref().map_while(Result::ok).collect();
        assert!(self.process.wait().unwrap().success(), "{rest:#?}");
        rest.join("\n")
    }
}

impl Drop for Run {
    fn drop(&mut self) {
        // It may have ended by itself; that is as good.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[test]
fn a_terminal_keeps_the_url_in_sight_with_how_to_stop_and_where_the_data_is() {
    let run = Run::on_a_terminal(&[]);
    let [.., url, last] = run.said.as_slice() else { panic!("{:#?}", run.said) };
    assert!(url.starts_with("The app is at http://127.0.0.1:") && url.contains("ready after"), "{url}");
    assert!(last.starts_with("Stop it with Ctrl-C. Your data is in "), "{last}");
    let rest = run.visit_and_stop();
    assert!(!rest.contains("access"), "{rest}");
}

#[test]
fn a_line_for_each_request_comes_when_it_is_asked_for() {
    let rest = Run::on_a_terminal(&["--log", "info"]).visit_and_stop();
    assert!(rest.lines().any(|line| line.contains("access") && line.contains("/livez")), "{rest}");
    // In colours, as other programs at a terminal.
    assert!(rest.contains('\x1b'), "{rest}");
}

#[test]
fn a_file_gets_the_lines_of_requests_and_no_codes_of_terminals() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("log");
    let run = Run::with_errors_in(&std::fs::File::create(&file).unwrap(), &[]);
    run.visit_and_interrupt();
    let log = std::fs::read_to_string(file).unwrap();
    assert!(log.lines().any(|line| line.contains("access") && line.contains("/livez")), "{log}");
    assert!(!log.contains('\x1b'), "{log}");
}
