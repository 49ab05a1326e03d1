//! `scripts/doctor` finds what a machine lacks, and says which command gets it.

use std::net::TcpListener;
use std::process::Output;

use harness::programs::{everything, run, text};

use crate::checkout::Checkout;
use crate::search_path::SearchPath;

/// Nobody listens there.
const FREE: &str = "127.0.0.1:1";

fn look(search_path: &SearchPath, arguments: &[&str], environment: &[(&str, &str)]) -> Output {
    let checkout = Checkout::new();
    let mut command = checkout.command("scripts/doctor");
    search_path.apply(&mut command);
    command.args(["--listen", FREE]).args(arguments).envs(environment.iter().copied());
    run(&mut command)
}

/// The line about `what`, from its first word on.
fn line(output: &Output, what: &str) -> String {
    let found = text(output)
        .lines()
        .find(|line| line.get(9..).is_some_and(|rest| rest.starts_with(what)))
        .map(str::to_owned);
    found.unwrap_or_else(|| panic!("nothing about {what}:\n{}", everything(output)))
}

#[track_caller]
fn assert_missing(output: &Output, what: &str, remedy: &str) {
    let line = line(output, what);
    assert!(line.starts_with("missing ") && line.contains(remedy), "{line}");
    assert_eq!(output.status.code(), Some(1), "{}", everything(output));
}

#[track_caller]
fn assert_noted(output: &Output, what: &str, advice: &str) {
    let line = line(output, what);
    assert!(line.starts_with("note ") && line.contains(advice), "{line}");
    assert!(output.status.success(), "{}", everything(output));
}

#[test]
fn on_a_machine_that_has_everything_nothing_is_missing() {
    let whole = SearchPath::new();
    let output = look(&whole, &[], &[]);
    assert!(output.status.success(), "{}", everything(&output));
    for what in ["Rust ", "Rust target", "C compiler", "disk", "target", "data folder", "port"] {
        assert!(line(&output, what).starts_with("ok "), "{}", everything(&output));
    }
    let quiet = look(&whole, &["--quiet"], &[]);
    assert!(quiet.status.success());
    assert!(text(&quiet).lines().all(|line| line.starts_with("note ")), "{}", everything(&quiet));
}

#[test]
fn a_missing_or_incomplete_c_compiler_comes_with_the_command_of_the_package_manager() {
    let debian = SearchPath::without(&["cc"]).with("apt-get", "exit 0");
    assert_missing(&look(&debian, &[], &[]), "C compiler", "sudo apt-get install build-essential");
    let fedora = SearchPath::without(&["cc", "apt-get"]).with("dnf", "exit 0");
    assert_missing(&look(&fedora, &[], &[]), "C compiler", "sudo dnf install gcc");
    let macos = SearchPath::without(&["cc"]).with("uname", "echo Darwin").with("sysctl", "echo 34359738368");
    assert_missing(&look(&macos, &[], &[]), "C compiler", "xcode-select --install");
    let without_headers = SearchPath::new().with("cc", "echo 'cannot find Scrt1.o' >&2; exit 1");
    assert_missing(&look(&without_headers, &["--quiet"], &[]), "C compiler", "cannot find Scrt1.o");
}

#[test]
fn rust_is_told_apart_where_it_is_missing_too_old_or_without_the_components_target() {
    let none = SearchPath::without(&["rustup", "rustc", "cargo"]);
    assert_missing(&look(&none, &[], &[]), "Rust", "https://rustup.rs");
    let distribution =
        SearchPath::without(&["rustup"]).with("rustc", "echo 'rustc 1.63.0 (4b91a6ea7 2022-08-08)'");
    assert_missing(&look(&distribution, &[], &[]), "Rust", "1.63.0 is too old");
    let sysroot = tempfile::tempdir().unwrap();
    let script =
        format!("case $1 in --print) echo {} ;; *) echo 'rustc 1.95.0' ;; esac", sysroot.path().display());
    let without_target = SearchPath::new().with("rustc", &script);
    assert_noted(&look(&without_target, &[], &[]), "Rust target", "rustup target add wasm32-wasip2");
}

#[test]
fn a_toolchain_that_rustup_would_fetch_is_no_fault_unless_it_may_not() {
    let without = SearchPath::new().with("rustup", "echo 'stable-x86_64-unknown-linux-gnu (default)'");
    let toolchain = [("RUSTUP_TOOLCHAIN", "1.95.0"), ("RUSTUP_AUTO_INSTALL", "1")];
    assert_noted(&look(&without, &[], &toolchain), "Rust", "fetches 1.95.0");
    let output = look(&without, &[], &[("RUSTUP_TOOLCHAIN", "1.95.0"), ("RUSTUP_AUTO_INSTALL", "0")]);
    assert_missing(&output, "Rust", "rustup toolchain install 1.95.0");
    assert!(line(&output, "Rust").contains("--target wasm32-wasip2"), "{}", everything(&output));
}

#[test]
fn a_taken_port_is_told_with_another_one() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let whole = SearchPath::new();
    assert_missing(&look(&whole, &["--listen", &address], &[]), "port", "cargo up --listen 127.0.0.1:");
    assert_missing(
        &look(&whole, &["--listen", &address.replace("127.0.0.1", "localhost")], &[]),
        "port",
        "localhost:",
    );
    assert_missing(&look(&whole, &[&format!("--listen={address}")], &[]), "port", &address);
}

#[test]
fn a_full_disk_is_told_before_the_build_and_no_longer_after_it() {
    let df =
        "echo Filesystem 1024-blocks Used Available Capacity Mounted on; echo /dev/vda 100 99 900000 99% /";
    let full = SearchPath::new().with("df", df);
    assert_missing(&look(&full, &[], &[]), "disk", "0 GB free, a first build needs");
    let checkout = Checkout::new();
    std::fs::create_dir_all(checkout.path("target/host")).unwrap();
    std::fs::write(checkout.path("target/host/runtime-shim"), "").unwrap();
    let mut command = checkout.command("scripts/doctor");
    full.apply(&mut command);
    let output = run(command.args(["--listen", FREE]));
    assert!(output.status.success(), "{}", everything(&output));
}

#[test]
fn little_memory_is_noted_with_what_helps() {
    let macos = SearchPath::new().with("uname", "echo Darwin").with("sysctl", "echo 1073741824");
    assert_noted(&look(&macos, &[], &[]), "memory", "CARGO_BUILD_JOBS=1");
}

#[test]
fn a_folder_where_nothing_can_be_written_is_named() {
    let whole = SearchPath::new();
    assert_missing(&look(&whole, &["--data-dir", "/proc/none"], &[]), "data folder", "--data-dir");
}

#[test]
fn an_old_postgresql_is_no_fault_since_another_is_downloaded() {
    let hidden = || SearchPath::without(&["postgres", "initdb"]).with("find", "exit 0");
    assert_noted(&look(&hidden(), &[], &[]), "PostgreSQL", "downloads one");
    let old =
        hidden().with("initdb", "").with("postgres", "echo 'postgres (PostgreSQL) 13.4 (Debian 13.4-1)'");
    assert_noted(&look(&old, &[], &[]), "PostgreSQL", "13.4");
    let new = hidden().with("initdb", "").with("postgres", "echo 'postgres (PostgreSQL) 19devel'");
    let output = look(&new, &[], &[]);
    assert!(
        line(&output, "PostgreSQL").starts_with("ok ") && text(&output).contains("19devel"),
        "{}",
        text(&output)
    );
    let empty = tempfile::tempdir().unwrap();
    let wrong = look(&hidden(), &["--postgres-programs", empty.path().to_str().unwrap()], &[]);
    assert_missing(&wrong, "PostgreSQL", "name a folder");
    let named = look(&hidden(), &["--database-url", "postgres://owner:s3cret@127.0.0.1/todo"], &[]);
    assert!(line(&named, "PostgreSQL").starts_with("ok ") && !everything(&named).contains("s3cret"));
}
