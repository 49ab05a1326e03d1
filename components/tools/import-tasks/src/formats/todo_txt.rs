//! todo.txt: a task a line, `x` before what is done, `(A)` before what matters, `+project` and `@context` among the words.

use task_model::types::Priority;

use super::{Entries, position};
use crate::entry::Entry;

/// Reads the tasks of the lines.
pub fn read(text: &str) -> Entries {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines.map(|(index, line)| Ok(entry(position(index + 1), line))).collect()
}

fn entry(position: u32, line: &str) -> Entry {
    let mut entry = Entry::new(position, "");
    let mut words = line.split_whitespace().peekable();
    entry.is_done = words.next_if_eq(&"x").is_some();
    if let Some(priority) = words.peek().and_then(|word| priority(word)) {
        entry.priority = priority;
        words.next();
    }
    // Of two days the first is that of completion; the other, or the only one of an open task, that of its making.
    let first = words.next_if(|word| is_day(word));
    let _made = words.next_if(|word| is_day(word));
    entry.completed_at = first.filter(|_| entry.is_done).map(str::to_owned);
    let mut title: Vec<&str> = Vec::new();
    for word in words {
        match word.strip_prefix(['+', '@']) {
            Some(label) if !label.is_empty() => entry.labels.push(label.to_owned()),
            _ => match word.strip_prefix("due:") {
                Some(day) if is_day(day) => entry.due = Some(day.to_owned()),
                _ => title.push(word),
            },
        }
    }
    entry.title = title.join(" ");
    entry
}

/// `(A)` is the most urgent; below `(C)` nothing is told apart.
fn priority(word: &str) -> Option<Priority> {
    let letter = word.strip_prefix('(')?.strip_suffix(')')?;
    match letter {
        "A" => Some(Priority::Urgent),
        "B" => Some(Priority::High),
        "C" => Some(Priority::Normal),
        other if other.len() == 1 && other.bytes().all(|byte| byte.is_ascii_uppercase()) => {
            Some(Priority::Low)
        }
        _ => None,
    }
}

/// `2026-12-01`.
fn is_day(word: &str) -> bool {
    word.len() == 10
        && word.bytes().enumerate().all(|(index, byte)| match index {
            4 | 7 => byte == b'-',
            _ => byte.is_ascii_digit(),
        })
}

#[cfg(test)]
mod tests {
    use task_model::types::ImportFormat;

    use super::*;
    use crate::formats::tests::entries;

    #[test]
    fn the_formats_own_examples_are_read() {
        let text = "(A) Thank Mom for the meatballs @phone\n\n(B) Schedule Goodwill pickup +GarageSale @phone\n\
            x 2026-03-02 2026-03-01 Review Tim's pull request +TodoTxtTouch @github\n\
            2026-03-01 Post signs around the neighborhood due:2026-12-01\n\
            (b) Get back to the boss\n";
        let found = entries(ImportFormat::TodoTxt, text);
        assert_eq!(
            (found[0].title.as_str(), found[0].priority),
            ("Thank Mom for the meatballs", Priority::Urgent)
        );
        assert_eq!(
            (found[1].labels.as_slice(), found[1].position),
            (&["GarageSale".to_owned(), "phone".to_owned()][..], 3)
        );
        assert_eq!((found[2].is_done, found[2].completed_at.as_deref()), (true, Some("2026-03-02")));
        assert_eq!(found[2].title, "Review Tim's pull request");
        assert_eq!(
            (found[3].title.as_str(), found[3].due.as_deref()),
            ("Post signs around the neighborhood", Some("2026-12-01"))
        );
        assert_eq!(
            (found[4].title.as_str(), found[4].priority),
            ("(b) Get back to the boss", Priority::Normal)
        );
    }

    #[test]
    fn what_merely_looks_like_a_mark_stays_in_the_title() {
        let found = entries(
            ImportFormat::TodoTxt,
            "xylophone lesson\nx-ray due:friday 3 + 4 @\nsend to ann@example.org\n",
        );
        let titles: Vec<_> = found.iter().map(|entry| entry.title.as_str()).collect();
        assert_eq!(titles, ["xylophone lesson", "x-ray due:friday 3 + 4 @", "send to ann@example.org"]);
        assert!(found.iter().all(|entry| !entry.is_done && entry.labels.is_empty()));
    }
}
