//! Lines of files that can become tasks: read without a model, offered in a widget, and added once the person says so.

use crate::thread_items::{Content, Import, ImportState, NewItem};
use crate::transcript::Step;
use crate::turn::{Cost, TurnOutput};

use super::attachments::SentFile;

/// The most tasks of one file.
const MAX_TASKS: usize = 100;
/// As a task has it.
const MAX_TITLE_CHARACTERS: usize = 200;
/// What the column of titles is called, in the first line of a table.
const TITLE_COLUMNS: [&str; 4] = ["title", "task", "name", "todo"];

/// The answer to a message with files, and a widget for each that has lines.
pub fn offer(files: &[SentFile]) -> (TurnOutput, Vec<NewItem>) {
    let mut sentences = Vec::new();
    let mut items = Vec::new();
    for file in files {
        let mut titles = titles(file);
        sentences.push(match titles.len() {
            0 => format!("“{}” has no line that can be a task.", file.name),
            1 => format!("“{}” has one line that can be a task.", file.name),
            count => format!("“{}” has {count} lines that can be tasks.", file.name),
        });
        if titles.is_empty() {
            continue;
        }
        let left_out = titles.len().saturating_sub(MAX_TASKS);
        titles.truncate(MAX_TASKS);
        let import = Import { name: file.name.clone(), titles, left_out, state: ImportState::Open, added: 0 };
        items.push(NewItem::widget(Content::Import(import)));
    }
    let reply = sentences.join("\n");
    let steps = vec![Step { text: reply.clone(), calls: Vec::new() }];
    (TurnOutput { reply, steps, question: None, is_cancelled: false, cost: Cost::default() }, items)
}

fn titles(file: &SentFile) -> Vec<String> {
    let lines = file.content.lines();
    if file.mime_type == "text/csv" {
        return table(lines);
    }
    let is_markdown = file.mime_type == "text/markdown";
    lines.filter(|line| !(is_markdown && line.starts_with('#'))).filter_map(item).collect()
}

/// The title in a line of a list; none where it is empty or ticked off.
fn item(line: &str) -> Option<String> {
    let mut rest = line.trim();
    rest = ["- ", "* ", "+ ", "• "].iter().find_map(|mark| rest.strip_prefix(mark)).unwrap_or(rest);
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=3).contains(&digits) {
        let after = rest.get(digits..).unwrap_or_default();
        rest = [". ", ") "].iter().find_map(|mark| after.strip_prefix(mark)).unwrap_or(rest);
    }
    let rest = rest.trim_start();
    if ["[x]", "[X]"].iter().any(|ticked| rest.starts_with(ticked)) {
        return None;
    }
    title(rest.strip_prefix("[ ]").unwrap_or(rest))
}

/// The column of titles of a table, or its first one.
fn table<'a>(lines: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut rows =
        lines.map(cells).filter(|cells| cells.iter().any(|cell| !cell.trim().is_empty())).peekable();
    let named = rows.peek().and_then(|head| {
        head.iter().position(|cell| TITLE_COLUMNS.iter().any(|name| cell.trim().eq_ignore_ascii_case(name)))
    });
    let column = named.unwrap_or_default();
    rows.skip(usize::from(named.is_some())).filter_map(|cells| title(cells.get(column)?)).collect()
}

/// The cells of a line (RFC 4180). A cell of several lines is cut at its first.
fn cells(line: &str) -> Vec<String> {
    let mut cells = vec![String::new()];
    let mut is_quoted = false;
    let mut characters = line.chars().peekable();
    while let Some(character) = characters.next() {
        let Some(cell) = cells.last_mut() else { break };
        match character {
            '"' if is_quoted && characters.next_if_eq(&'"').is_some() => cell.push('"'),
            '"' => is_quoted = !is_quoted,
            ',' | ';' if !is_quoted => cells.push(String::new()),
            other => cell.push(other),
        }
    }
    cells
}

/// A text as a title: one line, not too long.
fn title(text: &str) -> Option<String> {
    let words: Vec<&str> = text.split(|letter: char| letter.is_whitespace() || letter.is_control()).collect();
    let line = words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    let title: String = line.chars().take(MAX_TITLE_CHARACTERS).collect();
    (!title.trim().is_empty()).then(|| title.trim().to_owned())
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;

    fn read(mime_type: &str, content: &str) -> Vec<String> {
        titles(&SentFile {
            id: Uuid::nil(),
            name: "a".into(),
            mime_type: mime_type.into(),
            content: content.into(),
        })
    }

    #[test]
    fn each_line_of_a_list_is_a_title_whatever_marks_it() {
        let list = "- milk\n* [ ] bread\r\n1. eggs\n2) tea\n\n  \n- [x] done\n• 12 apples\n# not a heading";
        assert_eq!(
            read("text/plain", list),
            ["milk", "bread", "eggs", "tea", "12 apples", "# not a heading"]
        );
        assert_eq!(read("text/markdown", "# Shopping\n- milk"), ["milk"]);
        assert_eq!(read("text/plain", &"x".repeat(300)), ["x".repeat(200)]);
        assert_eq!(read("text/plain", "2026. a\n2026 b"), ["2026. a", "2026 b"]);
    }

    #[test]
    fn a_table_has_its_titles_in_the_column_that_says_so_or_in_the_first() {
        assert_eq!(
            read("text/csv", "id,Title\n1,milk\n2,\"bread, \"\"dark\"\"\"\n3,\n"),
            ["milk", "bread, \"dark\""]
        );
        assert_eq!(read("text/csv", "milk;1\nbread;2"), ["milk", "bread"]);
    }

    #[test]
    fn what_is_too_much_is_left_out_and_said() {
        let content = (0..120).map(|line| format!("line {line}\n")).collect::<String>();
        let file =
            SentFile { id: Uuid::nil(), name: "a.txt".into(), mime_type: "text/plain".into(), content };
        let (output, items) = offer(&[file]);
        assert_eq!(output.reply, "“a.txt” has 120 lines that can be tasks.");
        let Content::Import(import) = &items[0].content else { panic!("no import") };
        assert_eq!((import.titles.len(), import.left_out), (100, 20));
    }
}
