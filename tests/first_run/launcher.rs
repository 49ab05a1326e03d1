//! `cargo up` in a new checkout: the real alias, launcher, doctor and cargo; only the host is a small one.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use harness::programs::{everything, run, text};

use crate::checkout::Checkout;
use crate::search_path::SearchPath;

/// Nobody listens there.
const FREE: &str = "127.0.0.1:1";
/// A second, and what other tests take of the machine meanwhile.
const FIRST_OUTPUT_TIMEOUT: Duration = Duration::from_secs(10);

fn up(checkout: &Checkout) -> Command {
    let mut command = checkout.command("cargo");
    command.args(["up", "--listen", FREE]);
    command
}

#[test]
fn the_first_lines_say_what_a_first_run_takes_and_then_cargo_its_progress() {
    let checkout = Checkout::new();
    let started = Instant::now();
    let mut child = up(&checkout).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok);
    let first = lines.next().unwrap();
    assert!(started.elapsed() < FIRST_OUTPUT_TIMEOUT, "{:?}", started.elapsed());
    for word in ["First run", "minutes", "GB below target/"] {
        assert!(first.contains(word), "{first}");
    }
    let rest: Vec<String> = lines.collect();
    assert!(rest[0].contains("Ctrl-C"), "{rest:?}");
    assert!(rest.iter().any(|line| line.contains("Compiling runtime-shim")), "{rest:?}");

    let said = BufReader::new(child.stdout.take().unwrap()).lines().map_while(Result::ok).collect::<Vec<_>>();
    assert_eq!(said[0], format!(r#"arguments ["up", "--listen", "{FREE}"]"#));
    // It took the launcher's place, and that the place of cargo: a signal to `cargo up` reaches it.
    assert_eq!(said[1], format!("process {}", child.id()));
    assert_eq!(child.wait().unwrap().code(), Some(7));
}

#[test]
fn a_later_run_says_one_line_and_builds_nothing() {
    let checkout = Checkout::new();
    assert_eq!(run(&mut up(&checkout)).status.code(), Some(7));
    let again = run(&mut up(&checkout));
    assert_eq!(again.status.code(), Some(7), "{}", everything(&again));
    let said = String::from_utf8(again.stderr).unwrap();
    assert!(said.lines().count() == 1 && said.contains("Finished"), "{said}");
}

#[test]
fn a_build_from_a_shell_and_one_by_cargo_up_are_the_same_build() {
    let checkout = Checkout::new();
    run(&mut up(&checkout));
    let build = ["build", "--profile", "host", "--package", "runtime-shim", "--bin", "runtime-shim"];
    let from_shell = run(checkout.command("cargo").args(build));
    assert!(
        from_shell.status.success() && !everything(&from_shell).contains("Compiling"),
        "{}",
        everything(&from_shell)
    );
    let again = run(&mut up(&checkout));
    assert!(!everything(&again).contains("Compiling"), "{}", everything(&again));
    assert!(!text(&again).contains("told CARGO_PKG_") && !text(&again).contains("told CARGO_MANIFEST_"));
}

#[test]
fn what_is_built_is_below_target_wherever_other_projects_are_built() {
    let checkout = Checkout::new();
    let elsewhere = tempfile::tempdir().unwrap();
    let output = run(up(&checkout).env("CARGO_TARGET_DIR", elsewhere.path()));
    assert_eq!(output.status.code(), Some(7), "{}", everything(&output));
    assert!(checkout.path("target/host/runtime-shim").is_file());
    assert_eq!(elsewhere.path().read_dir().unwrap().count(), 0);
    assert!(!text(&output).contains("told CARGO_TARGET_DIR"), "{}", everything(&output));
}

#[test]
fn without_a_c_compiler_the_command_that_gets_one_is_said_at_once() {
    let checkout = Checkout::new();
    let started = Instant::now();
    let mut command = up(&checkout);
    let without = SearchPath::without(&["cc"]).with("apt-get", "exit 0");
    without.apply(&mut command);
    let output = run(&mut command);
    assert!(started.elapsed() < FIRST_OUTPUT_TIMEOUT, "{:?}", started.elapsed());
    assert!(!output.status.success());
    assert!(everything(&output).contains("sudo apt-get install build-essential"), "{}", everything(&output));
}

#[test]
fn what_is_missing_stops_a_first_run_before_anything_is_built() {
    let checkout = Checkout::new();
    let mut command = up(&checkout);
    let df =
        "echo Filesystem 1024-blocks Used Available Capacity Mounted on; echo /dev/vda 100 99 900000 99% /";
    let full = SearchPath::new().with("df", df);
    full.apply(&mut command);
    let output = run(&mut command);
    assert_eq!(output.status.code(), Some(1), "{}", everything(&output));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("missing  disk") && said.contains("nothing was built"), "{said}");
    assert_eq!(text(&output), "");
    assert!(!checkout.path("target/host").exists());
}

#[test]
fn a_build_that_fails_ends_with_cargos_words_and_status() {
    let checkout = Checkout::new();
    std::fs::write(checkout.path("host/src/main.rs"), "fn main() { let mistake: u8 = ''; }").unwrap();
    let output = run(&mut up(&checkout));
    assert_eq!(output.status.code(), Some(101), "{}", everything(&output));
    assert!(everything(&output).contains("could not compile `runtime-shim`"), "{}", everything(&output));
}

#[test]
fn a_first_run_builds_the_components_too_as_the_host_would() {
    let checkout = Checkout::new();
    checkout.add_component("pub fn page() {}");
    let output = run(&mut up(&checkout));
    assert_eq!(output.status.code(), Some(7), "{}", everything(&output));
    assert!(checkout.path("target/wasm32-wasip2/release/page.wasm").is_file());
    // With the flags that leave no path of the builder's in it; with others it would be built again.
    let home = std::env::var_os("CARGO_HOME")
        .map_or_else(|| std::env::home_dir().unwrap().join(".cargo"), Into::into);
    let mut build = checkout.command("cargo");
    build.args(["build", "--target", "wasm32-wasip2", "--release", "--package", "page"]);
    build.env(
        "CARGO_TARGET_WASM32_WASIP2_RUSTFLAGS",
        format!("--remap-path-prefix={}=/cargo", home.display()),
    );
    let again = run(&mut build);
    assert!(again.status.success() && !everything(&again).contains("Compiling"), "{}", everything(&again));
}

#[test]
fn a_component_that_cannot_be_built_is_told_and_nothing_is_started() {
    let checkout = Checkout::new();
    checkout.add_component("mistake");
    let output = run(&mut up(&checkout));
    assert_eq!(output.status.code(), Some(101), "{}", everything(&output));
    assert!(everything(&output).contains("could not compile `page`"), "{}", everything(&output));
    assert_eq!(text(&output), "");
}

#[test]
fn a_component_that_cannot_be_built_ends_the_build_of_the_host_beside_it() {
    let checkout = Checkout::new();
    checkout.add_component("mistake");
    let slow = "fn main() { std::thread::sleep(std::time::Duration::from_secs(120)); }";
    std::fs::write(checkout.path("host/build.rs"), slow).unwrap();
    let started = Instant::now();
    let output = run(&mut up(&checkout));
    assert!(started.elapsed() < Duration::from_secs(60), "{:?}", started.elapsed());
    assert_eq!(output.status.code(), Some(101), "{}", everything(&output));
    assert!(everything(&output).contains("could not compile `page`"), "{}", everything(&output));
}

/// A Rust without the components' target. `rustup target add` does what `rustup` says.
fn without_target(rustup: &str) -> SearchPath {
    let rustc = std::path::Path::new(&std::env::var("CARGO").unwrap()).with_file_name("rustc");
    let rustc = format!(
        r#"if [ "$*" = "--print sysroot" ]; then echo /nowhere; else exec {} "$@"; fi"#,
        rustc.display()
    );
    let channel = r#"sed -n 's/^channel = "\(.*\)"/\1/p' rust-toolchain.toml"#;
    let rustup =
        format!(r#"case $1 in toolchain) echo "${{RUSTUP_TOOLCHAIN:-$({channel})}}" ;; *) {rustup} ;; esac"#);
    SearchPath::new().with("rustc", &rustc).with("rustup", &rustup)
}

#[test]
fn the_components_target_is_fetched_before_anything_is_built() {
    let checkout = Checkout::new();
    checkout.add_component("pub fn page() {}");
    let mut command = up(&checkout);
    let fetching = without_target(r#"echo "asked for $*" >&2"#);
    fetching.apply(&mut command);
    let output = run(&mut command);
    assert_eq!(output.status.code(), Some(7), "{}", everything(&output));
    let said = String::from_utf8_lossy(&output.stderr);
    let fetched = said.find("asked for target add wasm32-wasip2").unwrap();
    assert!(fetched < said.find("Compiling").unwrap(), "{said}");
}

#[test]
fn a_target_that_cannot_be_fetched_is_told_before_anything_is_built() {
    let checkout = Checkout::new();
    checkout.add_component("pub fn page() {}");
    let mut command = up(&checkout);
    let failing = without_target("echo no network >&2; exit 1");
    failing.apply(&mut command);
    let output = run(&mut command);
    assert_eq!(output.status.code(), Some(1), "{}", everything(&output));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("no network") && said.contains("nothing was built"), "{said}");
    assert!(!checkout.path("target/host").exists());
}

#[test]
fn components_of_another_app_are_left_to_the_host() {
    let checkout = Checkout::new();
    checkout.add_component("mistake");
    for flags in [&["--from", "other.toml"][..], &["-fother.toml"], &["--no-build"]] {
        let output = run(up(&checkout).args(flags));
        assert_eq!(output.status.code(), Some(7), "{}", everything(&output));
        std::fs::remove_dir_all(checkout.path("target/host")).unwrap();
    }
    assert!(!checkout.path("target/wasm32-wasip2").exists());
}
