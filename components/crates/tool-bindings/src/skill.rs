//! What a tool says of itself, read from its `SKILL.md`: the one source of its description. What is missing or malformed
//! there is an error of the compiler.

use std::fmt::Write as _;

/// The row of the table with the three hints.
const HINTS: &str = "Read-only, destructive, idempotent";

/// The function `describe`, from the text of a `SKILL.md`.
///
/// # Errors
/// What is wrong with it, as a sentence.
pub(crate) fn describe(tool: &str, text: &str) -> Result<String, String> {
    let matter = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n"));
    let (matter, body) = matter.ok_or("it has no front matter between lines of ---")?;
    let name = quoted(cell(body, "Name for agents")?)?;
    if name != tool {
        return Err(format!("its \"Name for agents\" is `{name}` and not `{tool}`"));
    }
    let title = body.lines().find_map(|line| line.strip_prefix("# ")).ok_or("it has no title")?;
    let hints: Vec<bool> = cell(body, HINTS)?.split(", ").map(yes_or_no).collect::<Result<_, _>>()?;
    let &[read_only, destructive, idempotent] = hints.as_slice() else {
        return Err(format!("\"{HINTS}\" has to be three times yes or no"));
    };
    let words: Vec<&str> = cell(body, "Words for people")?.split('`').skip(1).step_by(2).collect();
    let &[verb, running, done] = words.as_slice() else {
        return Err(
            "\"Words for people\" has to be a verb, what is said while it runs, and afterwards, each in ``"
                .into(),
        );
    };
    let mut examples = String::new();
    for (request, arguments) in self::examples(body)? {
        write!(examples, "task_model::describe::example({request:?}, {arguments:?}), ")
            .map_err(|_| "too long")?;
    }
    let consent = one_of("Consent", cell(body, "Consent")?, &["none", "one", "many"])?;
    let duration = one_of("Duration", cell(body, "Duration")?, &["short", "long"])?;
    let objective = cell(body, "Answers within")?.split(' ').next().and_then(|time| time.parse::<u32>().ok());
    let objective = objective.ok_or("\"Answers within\" has to begin with milliseconds: `100 ms`")?;
    let description = member(matter, "description")?;
    let version = member(matter, "version")?;
    let scope = quoted(cell(body, "Scope")?)?;
    Ok(format!(
        r#"
        /// What the tool says of itself: its `SKILL.md`.
        #[must_use]
        pub fn describe() -> task_model::types::Description {{
            task_model::types::Description {{
                name: {name:?}.to_owned(),
                title: {title:?}.to_owned(),
                description: {description:?}.to_owned(),
                version: {version:?}.to_owned(),
                read_only: {read_only},
                destructive: {destructive},
                idempotent: {idempotent},
                scope: {scope:?}.to_owned(),
                consent: task_model::types::Consent::{consent},
                duration: task_model::types::Duration::{duration},
                wording: task_model::describe::wording({verb:?}, {running:?}, {done:?}),
                examples: vec![{examples}],
                latency_objective: {objective},
                skill: include_str!(concat!(env!("CARGO_MANIFEST_DIR"), "/SKILL.md")).to_owned(),
            }}
        }}
        "#
    ))
}

/// A member of the front matter. In quotation marks, only these and the backslash itself can be escaped.
fn member(matter: &str, name: &str) -> Result<String, String> {
    let value = matter.lines().find_map(|line| line.trim().strip_prefix(name)?.strip_prefix(": "));
    let value = value.ok_or_else(|| format!("its front matter has no `{name}`"))?;
    let Some(inner) = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) else {
        return Ok(value.to_owned());
    };
    let mut text = String::new();
    let mut characters = inner.chars();
    while let Some(character) = characters.next() {
        text.push(match character {
            '\\' => characters.next().filter(|escaped| ['"', '\\'].contains(escaped)).ok_or_else(|| {
                format!("`{name}` in its front matter has an escape that is neither \\\" nor \\\\")
            })?,
            plain => plain,
        });
    }
    Ok(text)
}

/// The second cell of the row that begins so.
fn cell<'a>(body: &'a str, name: &str) -> Result<&'a str, String> {
    let row =
        |line: &'a str| line.strip_prefix("| ")?.strip_prefix(name)?.strip_prefix(" | ")?.strip_suffix(" |");
    body.lines().find_map(row).ok_or_else(|| format!("its table has no row \"{name}\""))
}

fn quoted(cell: &str) -> Result<&str, String> {
    let inner = cell.strip_prefix('`').and_then(|rest| rest.strip_suffix('`'));
    inner.ok_or_else(|| format!("{cell} has to stand in ``"))
}

fn yes_or_no(word: &str) -> Result<bool, String> {
    match word {
        "yes" => Ok(true),
        "no" => Ok(false),
        other => Err(format!("\"{HINTS}\" has to be yes or no, not {other}")),
    }
}

/// The name of a Rust variant.
fn one_of(row: &str, word: &str, known: &[&str]) -> Result<String, String> {
    if !known.contains(&word) {
        return Err(format!("\"{row}\" has to be one of {}, not {word}", known.join(", ")));
    }
    let (first, rest) = word.split_at(1);
    Ok(format!("{}{rest}", first.to_uppercase()))
}

/// What a person says, and the input as a JSON object: the items of "Examples".
fn examples(body: &str) -> Result<Vec<(String, String)>, String> {
    let section = body.split("\n## ").find_map(|section| section.strip_prefix("Examples\n"));
    let section = section.ok_or("it has no section \"Examples\"")?;
    let mut examples = Vec::new();
    for item in format!("\n{section}").split("\n- ").skip(1) {
        let block = item.split_once("\n  ```json\n").and_then(|(request, rest)| {
            let (arguments, _) = rest.split_once("\n  ```")?;
            Some((request.replace("\n  ", " "), arguments.trim().to_owned()))
        });
        examples.push(block.ok_or_else(|| format!("the example \"{item}\" has no ```json block"))?);
    }
    Ok(examples)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SKILL: &str = r#"---
name: pin-task
description: "Pins a \"task\"."
metadata:
  version: "1.0.0"
---

# Pin a task

| | |
|---|---|
| Name for agents | `pin_task` |
| Scope | `tasks:write` |
| Read-only, destructive, idempotent | no, no, yes |
| Consent | one |
| Duration | short |
| Words for people | `pin`, `Pinning {tasks}`, `Pinned {tasks}` |
| Answers within | 100 ms (99th percentile) |

## Examples

- Pin the milk
  ```json
  {"id":"1"}
  ```
- Pin it
  ```json
  {"id":"2"}
  ```

## Changes
"#;

    #[test]
    fn a_description_is_what_the_skill_says() {
        let code = describe("pin_task", SKILL).unwrap();
        for part in [
            r#"name: "pin_task""#,
            r#"title: "Pin a task""#,
            r#"description: "Pins a \"task\".""#,
            "destructive: false",
            "idempotent: true",
            "Consent::One",
            "Duration::Short",
            r#"wording("pin", "Pinning {tasks}", "Pinned {tasks}")"#,
            r#"example("Pin the milk", "{\"id\":\"1\"}")"#,
            r#"example("Pin it", "{\"id\":\"2\"}")"#,
            "latency_objective: 100",
        ] {
            assert!(code.contains(part), "{part}: {code}");
        }
    }

    #[test]
    fn what_is_missing_or_malformed_is_named() {
        for (from, to, named) in [
            ("`pin_task`", "`pin`", "Name for agents"),
            ("| Scope |", "| Scopes |", "Scope"),
            ("no, no, yes", "no, yes", "Read-only"),
            ("no, no, yes", "no, no, maybe", "maybe"),
            ("| one |", "| two |", "Consent"),
            ("`Pinned {tasks}`", "Pinned", "Words for people"),
            ("100 ms", "soon", "Answers within"),
            ("```json", "```", "json"),
            ("\\\"task", "\\ntask", "escape"),
            ("## Examples", "## Example", "Examples"),
        ] {
            let error = describe("pin_task", &SKILL.replace(from, to)).unwrap_err();
            assert!(error.contains(named), "{to}: {error}");
        }
    }
}
