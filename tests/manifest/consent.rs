//! One dialogue: the sentence that asks, and the words for yes and no, exist once in the tree.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// The crate of the words, and the file of the sentence.
const WORDS: &str = "components/crates/yes-or-no/src";
const SENTENCE: &str = "components/crates/task-model/src/consent/question.rs";

/// Beginnings and ends of a sentence that asks for a yes.
const ASKING: [&str; 6] =
    ["Do you want to ", "Shall I ", "Should I ", "Are you sure", "Please answer", "Say “yes”"];

/// Words that stand in a list of answers and hardly anywhere else.
const ANSWERS: [&str; 7] = ["yep", "yup", "yeah", "nope", "nah", "affirmative", "nvm"];

/// The text of each source of a component or a crate of components, without its tests.
fn sources() -> Vec<(String, String)> {
    let is_source = |path: &Path| {
        let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
        path.starts_with("components") && ["rs", "js", "html", "txt", "json", "sql"].contains(&ending)
    };
    let is_test = |path: &Path| {
        path.file_stem().is_some_and(|stem| stem == "tests")
            || path.components().any(|part| ["tests", "fuzz"].iter().any(|name| part.as_os_str() == *name))
    };
    let read = |path: &Path| {
        let text = fs::read_to_string(harness::repository().join(path)).ok()?;
        let code = text.split("#[cfg(test)]\nmod ").next().unwrap_or_default().to_owned();
        Some((path.to_string_lossy().into_owned(), code))
    };
    let files = harness::tracked_files();
    files.iter().filter(|path| is_source(path) && !is_test(path)).filter_map(|path| read(path)).collect()
}

/// What a file says. What its comments say is said to nobody.
fn said(code: &str) -> impl Iterator<Item = &str> {
    code.lines().filter(|line| !line.trim_start().starts_with("//"))
}

#[test]
fn the_sentence_that_asks_exists_once() {
    let mut asking = Vec::new();
    for (path, code) in sources() {
        let asks = |line: &&str| ASKING.iter().any(|words| line.contains(words));
        asking.extend(said(&code).filter(asks).map(|line| format!("{path}: {}", line.trim())));
    }
    let (here, elsewhere): (Vec<_>, Vec<_>) = asking.iter().partition(|line| line.starts_with(SENTENCE));
    assert_eq!(here.len(), 1, "{here:#?}");
    assert!(elsewhere.is_empty(), "who asks calls task_model::consent::question: {elsewhere:#?}");
}

#[test]
fn the_words_for_yes_and_no_exist_once() {
    let mut lists = Vec::new();
    let mut here = BTreeSet::new();
    for (path, code) in sources() {
        let words: BTreeSet<&str> =
            said(&code).flat_map(|line| line.split(|letter: char| !letter.is_alphabetic())).collect();
        let answers: Vec<&str> = ANSWERS.into_iter().filter(|answer| words.contains(answer)).collect();
        if path.starts_with(WORDS) {
            here.extend(answers);
        } else if answers.len() > 1 {
            lists.push(format!("{path}: {answers:?}"));
        }
    }
    assert_eq!(here.len(), ANSWERS.len(), "only {here:?} are found where all of them are");
    assert!(lists.is_empty(), "who reads an answer calls yes_or_no::read: {lists:#?}");
}

#[test]
fn whoever_reads_an_answer_reads_it_by_the_same_words() {
    for reader in ["endpoints/chat", "models/model-builtin"] {
        let path = harness::repository().join("components").join(reader).join("Cargo.toml");
        let manifest: toml::Table = fs::read_to_string(&path).unwrap().parse().unwrap();
        assert!(manifest["dependencies"].get("yes-or-no").is_some(), "{reader}");
    }
}
