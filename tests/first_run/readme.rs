//! README.md: what it tells people to type works, also when it is typed again; what it says of a first run is what `cargo up`
//! says.

use std::fs;
use std::io::Write as _;
use std::process::Stdio;

use harness::programs::{command, everything, text};
use harness::{App, repository};
use serde_json::Value;

const README: &str = "README.md";
/// Bytes of the picture that everybody loads who looks at the project.
const MAX_PICTURE: u64 = 150_000;

fn read(path: &str) -> String {
    fs::read_to_string(repository().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// What the blocks for a shell hold, in their order.
fn commands(text: &str) -> String {
    let blocks = text.split("```bash\n").skip(1).map(|rest| rest.split("```").next().unwrap());
    blocks.collect()
}

/// The text of a constant of the launcher.
fn announced(name: &str) -> String {
    let source = read("runtime-shim/launcher/src/first_run.rs");
    let (_, rest) = source.split_once(&format!("const {name}: &str = \"")).unwrap();
    rest.split('"').next().unwrap().to_owned()
}

#[test]
fn its_first_thirty_lines_have_the_two_commands_to_begin_with() {
    let readme = read(README);
    let first: Vec<&str> = readme.lines().take(30).collect();
    for wanted in ["cargo up", "cargo xtask test"] {
        assert!(
            first.iter().any(|line| line.starts_with(wanted)),
            "{wanted} is not in\n{}",
            first.join("\n")
        );
    }
}

#[test]
fn its_picture_is_there_and_soon_loaded() {
    let readme = read(README);
    let path = readme.split("![").nth(1).and_then(|rest| rest.split(['(', ')']).nth(1)).unwrap();
    let picture = fs::read(repository().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"));
    assert!(picture.starts_with(b"\x89PNG"), "{path}");
    assert!((picture.len() as u64) < MAX_PICTURE, "{path} has {} bytes", picture.len());
}

#[test]
fn a_first_run_takes_what_every_text_says_it_takes() {
    let (time, disk) = (announced("TIME"), announced("DISK"));
    for path in [README, "docs/running.md", "CONTRIBUTING.md"] {
        assert!(read(path).contains(&time), "{path} does not say {time:?}");
    }
    for path in [README, "docs/running.md"] {
        assert!(read(path).contains(&format!("{disk} below `target/`")), "{path} does not say {disk:?}");
    }
    // What is asked for is more than what is used.
    let doctor = read("scripts/doctor");
    let needed = |name: &str| {
        let line = doctor.lines().find_map(|line| line.strip_prefix(&format!("{name}="))).unwrap();
        line.parse::<f64>().unwrap()
    };
    assert!(needed("disk_needed") > disk.trim_end_matches(" GB").parse().unwrap());
    let readme = read(README);
    for (name, what) in [("disk_needed", "disk"), ("memory_needed", "memory")] {
        let said = format!("{} GB of {what}", needed(name));
        assert!(readme.contains(&said), "README.md does not say {said:?}");
    }
}

#[test]
fn its_commands_may_be_pasted_twice() {
    let app = App::shared();
    let commands = commands(&read(README)).replace("http://127.0.0.1:3000", &app.url);
    assert!(commands.contains(&app.url));
    let mut shell = command("bash")
        .arg("-u")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let script = format!("{commands}\necho; echo === again\n{commands}");
    shell.stdin.take().unwrap().write_all(script.as_bytes()).unwrap();
    let output = shell.wait_with_output().unwrap();
    assert!(output.status.success(), "{}", everything(&output));
    let said = text(&output);
    let (first, again) = said.split_once("=== again").unwrap();
    let [task, ..] = answers(first);
    for said in [first, again] {
        let [rest, chat, mcp] = answers(said);
        assert_eq!(rest["id"], task["id"], "{said}");
        assert!(chat["reply"].as_str().is_some_and(|reply| reply.contains("Buy milk")), "{said}");
        let tasks =
            mcp["result"]["structuredContent"]["items"].as_array().unwrap_or_else(|| panic!("{said}"));
        let titles: Vec<&Value> = tasks.iter().map(|task| &task["title"]).collect();
        assert_eq!(titles, ["Buy milk"], "{said}");
    }
}

/// What the commands print: one JSON text for each endpoint.
fn answers(said: &str) -> [Value; 3] {
    let answers = serde_json::Deserializer::from_str(said).into_iter().collect::<Result<Vec<Value>, _>>();
    answers.unwrap_or_else(|error| panic!("{error}:\n{said}")).try_into().unwrap_or_else(|_| panic!("{said}"))
}
