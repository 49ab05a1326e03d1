//! The code speaks the field's words: those that were given up for them do not come back. What is our own on purpose is in
//! docs/glossary.md.

use std::fmt::Write as _;
use std::path::Path;

use harness::tracked_files;

/// Words that stand nowhere, in no name and no sentence, and what says the same.
const WORDS: [(&str, &str); 13] = [
    ("deed", "action"),
    ("deeds", "actions"),
    ("door", "endpoint"),
    ("doors", "endpoints"),
    ("manners", "behaviour"),
    ("outlet", "sink"),
    ("outlets", "sinks"),
    ("patience", "timeout"),
    ("prolong", "extend"),
    ("purse", "lease"),
    ("purses", "leases"),
    ("toy", "test server"),
    ("toys", "test servers"),
];

/// Names of types, functions and constants that no code has, and the field's.
const NAMES: [(&str, &str); 53] = [
    ("AnyHost", "Target"),
    ("AppLink", "AppHandle"),
    ("Answered", "RecordedResponses"),
    ("Desk", "Workspace"),
    ("Driven", "CallOutcome"),
    ("Exchange", "RequestContext"),
    ("FREE_PER_ACCOUNT", "free_attempts"),
    ("Fate", "RequestState"),
    ("Fault", "DbError, RpcError"),
    ("Flavour", "the kind of what it is"),
    ("HeldCall", "PendingCall"),
    ("Inconsistency", "DecodeError"),
    ("NoCode", "an error whose name ends in Error"),
    ("NotADigest", "an error whose name ends in Error"),
    ("NotRun", "an error whose name ends in Error"),
    ("NotServed", "an error whose name ends in Error"),
    ("NotUnderstood", "an error whose name ends in Error"),
    ("PROLONG", "EXTEND"),
    ("Refusal", "RequestError, AuthError"),
    ("Said", "Message"),
    ("Seal", "Sealer"),
    ("ServerCard", "ServerInfo"),
    ("Shaped", "StatementTemplate"),
    ("Shot", "LoadRequest"),
    ("Sides", "Targets"),
    ("Surroundings", "WasiConfig"),
    ("ThisHost", "Target"),
    ("Threshold", "LogFilter"),
    ("Trail", "RequestSpans"),
    ("Unusable", "an error whose name ends in Error"),
    ("are_harmless", "only_pure_functions"),
    ("as_it_is", "what it does to it"),
    ("break_off", "interrupt"),
    ("complaints", "console_errors"),
    ("cries", "panics"),
    ("deed_with_many", "describe_bulk_action"),
    ("for_model", "to_model_messages"),
    ("give_back", "release, trim"),
    ("goodbye", "close_session"),
    ("handover", "share_listeners"),
    ("holds_back", "any_needs_confirmation"),
    ("impossible", "matches_nothing"),
    ("is_held_back", "needs_confirmation"),
    ("is_passing", "is_transient"),
    ("is_told", "is_statement"),
    ("is_tried", "is_dry_run"),
    ("mend", "repair"),
    ("mended", "repaired, corrected"),
    ("nonsense", "invalid_value"),
    ("open_alone", "only_open"),
    ("shows_nothing", "is_invisible"),
    ("speak_of", "note_mentions"),
    ("with_causes", "error_chain"),
];

/// Names of files and folders, and better ones.
const FILES: [(&str, &str); 13] = [
    ("answering", "request"),
    ("beside", "ab_build, fillers"),
    ("fault", "error"),
    ("figures", "measurements"),
    ("harm", "health"),
    ("joined", "conjunctions"),
    ("odd", "hostile_values"),
    ("recent", "token_cache"),
    ("said", "transcript"),
    ("shots", "requests"),
    ("sides", "targets"),
    ("told", "notifications"),
    ("wording", "serde_messages"),
];

/// How limits and durations do not begin: a limit is `MAX_…`, a duration `…_TIMEOUT` or `…_INTERVAL`.
const BEGINNINGS: [&str; 12] = [
    "BUSY", "FARTHEST", "GONE", "LARGEST", "LATER", "LONGEST", "MENDED", "MOST", "PATIENCE", "PAUSE",
    "SILENCE", "SOON",
];

/// How the name of a duration ends. A minute is a minute, and what is given for a time has a time to live.
const DURATIONS: [&str; 7] = ["TIMEOUT", "INTERVAL", "TTL", "BACKOFF", "MINUTE", "DOWNTIME", "START"];

/// What people say to the app, what others have written, and an option that a released chart gives.
const OTHERS: [&str; 11] = [
    "components/endpoints/identity/src/common_passwords.txt",
    "components/crates/task-language/src/language/",
    "components/crates/task-language/src/verbs.rs",
    "components/crates/task-language/tests/",
    "components/models/model-builtin/src/intents/",
    "components/models/model-builtin/src/tasks/similarity.rs",
    "components/models/model-builtin/tests/",
    "tests/manifest/words.rs",
    // Python's own parser is fed.
    "tests/mcp/python_checks/browser.py",
    "tests/smoke/src/main.rs",
    "docs/glossary.md",
];

const CODE: [&str; 10] = ["rs", "js", "mjs", "ts", "py", "go", "sh", "sql", "rego", "txt"];

/// A file as it is read for its words.
struct Source {
    path: String,
    text: String,
}

impl Source {
    fn extension(&self) -> &str {
        Path::new(&self.path).extension().and_then(|extension| extension.to_str()).unwrap_or_default()
    }

    /// The text without what stands in quotation marks and comments, as far as a line shows it.
    fn code(&self) -> String {
        let mut code = String::new();
        for line in self.text.lines() {
            let line = line.split("//").next().unwrap_or_default();
            let outside: Vec<&str> = line.split('"').step_by(2).collect();
            let _ = writeln!(code, "{}", outside.join(" "));
        }
        code
    }
}

/// Every file that is text.
fn all_sources() -> Vec<Source> {
    let read = |path: std::path::PathBuf| {
        let text = std::fs::read_to_string(harness::repository().join(&path)).ok()?;
        Some(Source { path: path.to_string_lossy().into_owned(), text })
    };
    tracked_files().into_iter().filter_map(read).collect()
}

/// Those whose words are ours.
fn sources() -> Vec<Source> {
    let is_ours = |path: &str| {
        !path.ends_with("lock.json")
            && !path.ends_with("Cargo.lock")
            && !OTHERS.iter().any(|other| path.starts_with(other))
    };
    all_sources().into_iter().filter(|source| is_ours(&source.path)).collect()
}

fn tokens(text: &str) -> impl Iterator<Item = &str> {
    text.split(|character: char| !character.is_ascii_alphanumeric() && character != '_')
}

/// `snake_case` and `CamelCase` in their parts, in lower case.
fn parts(token: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut was_lower = false;
    for character in token.chars() {
        if (character == '_' || character.is_ascii_uppercase() && was_lower)
            && parts.last().is_some_and(|part| !part.is_empty())
        {
            parts.push(String::new());
        }
        was_lower = character.is_ascii_lowercase();
        if let Some(part) = parts.last_mut().filter(|_| character != '_') {
            part.push(character.to_ascii_lowercase());
        }
    }
    parts
}

/// Fails with what was found, each once for a file, and the number of all.
fn assert_none(mut found: Vec<String>) {
    let all = found.len();
    found.dedup();
    assert!(found.is_empty(), "{all} left:\n{}", found.join("\n"));
}

#[test]
fn no_name_and_no_sentence_has_a_word_that_was_given_up() {
    let mut found = Vec::new();
    for source in sources() {
        for text in [&source.path, &source.text] {
            for part in tokens(text).flat_map(parts) {
                if let Some((word, instead)) = WORDS.iter().find(|(word, _)| *word == part) {
                    found.push(format!("{}: {word}, say {instead}", source.path));
                }
            }
        }
    }
    found.sort();
    assert_none(found);
}

#[test]
fn no_code_has_a_name_that_was_given_up() {
    let mut found = Vec::new();
    for source in sources().iter().filter(|source| CODE.contains(&source.extension())) {
        let code = source.code();
        for token in tokens(&code) {
            if let Some((name, instead)) = NAMES.iter().find(|(name, _)| *name == token) {
                found.push(format!("{}: {name}, say {instead}", source.path));
            }
        }
    }
    found.sort();
    assert_none(found);
}

#[test]
fn no_file_has_a_name_that_was_given_up() {
    let mut found = Vec::new();
    for source in sources() {
        for token in tokens(&source.path) {
            if let Some((name, instead)) = FILES.iter().find(|(name, _)| *name == token) {
                found.push(format!("{}: {name}, say {instead}", source.path));
            }
        }
    }
    assert_none(found);
}

/// The names and types of a file's constants.
fn constants(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.lines().filter_map(|line| {
        let (_, rest) = line.split_once("const ")?;
        let (name, rest) = rest.split_once(": ")?;
        let kind = rest.split([' ', ';', '=']).next()?;
        name.chars()
            .all(|letter| letter.is_ascii_uppercase() || letter.is_ascii_digit() || letter == '_')
            .then_some((name, kind))
    })
}

#[test]
fn limits_and_durations_are_named_as_such() {
    let mut found = Vec::new();
    for source in sources().iter().filter(|source| source.extension() == "rs") {
        for (name, kind) in constants(&source.text) {
            let is_number = kind == "Duration"
                || kind.trim_start_matches(['u', 'i', 'f']) == "size"
                || kind.len() <= 4 && kind.ends_with(['8', '6', '2', '4']);
            let begins = |word: &&str| {
                name.strip_prefix(*word).is_some_and(|rest| rest.is_empty() || rest.starts_with('_'))
            };
            if is_number && (BEGINNINGS.iter().any(begins) || name == "LIMIT" || name.ends_with("_MAX")) {
                found.push(format!("{}: {name}: a limit begins with MAX_", source.path));
            } else if kind == "Duration" && !DURATIONS.iter().any(|ending| name.ends_with(ending)) {
                found.push(format!("{}: {name}: a duration ends in _TIMEOUT or _INTERVAL", source.path));
            }
        }
    }
    found.sort();
    assert_none(found);
}

#[test]
fn functions_are_verbs_and_errors_end_in_error() {
    let mut found = Vec::new();
    for source in sources().iter().filter(|source| source.extension() == "rs") {
        for (line, next) in source.text.lines().zip(source.text.lines().skip(1)) {
            let function = line.split_once("fn ").and_then(|(_, rest)| rest.split(['(', '<']).next());
            // A test is a sentence, and may begin so.
            if function
                .is_some_and(|name| name == "of" || name.starts_with("of_") && name.split('_').count() < 4)
            {
                found.push(format!("{}: {}: say what it does", source.path, line.trim()));
            }
            let name = next.split_once("enum ").or_else(|| next.split_once("struct ")).map(|(_, rest)| rest);
            let name = name.and_then(|rest| rest.split(['(', '<', ' ', ';']).next()).unwrap_or("Error");
            if line.contains("thiserror::Error") && line.contains("derive") && !name.ends_with("Error") {
                found.push(format!("{}: {name} is an error and has to say so", source.path));
            }
        }
    }
    found.sort();
    assert_none(found);
}

#[test]
fn a_module_with_parts_is_a_folder_with_mod_rs() {
    let files = tracked_files();
    let mut found: Vec<String> = Vec::new();
    for path in files.iter().filter(|path| path.extension().is_some_and(|extension| extension == "rs")) {
        let folder = path.with_extension("");
        let has_parts = files.iter().any(|other| {
            other.parent() == Some(&folder) && other.extension().is_some_and(|ending| ending == "rs")
        });
        if has_parts {
            found.push(format!("{}: is {}", path.display(), folder.join("mod.rs").display()));
        }
    }
    found.sort();
    assert_none(found);
}

/// The names of statements in logs and spans, of which an operator sees nothing more.
#[test]
fn no_two_statements_have_one_name() {
    let mut names = Vec::new();
    for source in all_sources()
        .iter()
        .filter(|source| source.path.starts_with("components/") && source.extension() == "rs")
    {
        let made = ["Statement::new(", "Statement::composed("]
            .iter()
            .flat_map(|call| source.text.split(call).skip(1));
        let name = |rest: &str| rest.trim_start().strip_prefix('"')?.split('"').next().map(str::to_owned);
        names.extend(made.filter_map(name));
    }
    names.sort();
    assert!(names.len() > 20, "{names:?}");
    let twice = names.iter().zip(names.iter().skip(1)).filter(|(one, other)| one == other);
    assert_none(twice.map(|(name, _)| format!("{name} is the name of two statements")).collect());
}
