//! Lists of tasks as Markdown.

use super::due::task_due_words;
use super::names::{escaped, quoted};
use crate::intents::{ListChoice, Listing, Status};
use crate::tasks::{Priority, Task};
use task_language::Clock;
use task_language::Due;

/// `**Write report** · overdue since yesterday (Fri 20 Nov) · high priority · #work`
pub fn line(task: &Task, clock: &Clock) -> String {
    let mut parts = vec![format!("**{}**", escaped(&task.title))];
    if task.is_done() {
        parts.push("done".to_owned());
    } else if let Some(due) = task_due_words(task, clock) {
        parts.push(if is_overdue(task, clock) {
            format!("overdue since {due}")
        } else {
            format!("due {due}")
        });
    }
    match task.priority {
        Priority::Normal => {}
        Priority::Urgent => parts.push("urgent".to_owned()),
        other => parts.push(format!("{} priority", other.name())),
    }
    if !task.is_done() {
        parts.extend(task.repeats().map(escaped));
    }
    parts.extend(task.labels.iter().map(|label| format!("#{}", escaped(label))));
    parts.join(" · ")
}

fn is_overdue(task: &Task, clock: &Clock) -> bool {
    match task.due.as_deref().and_then(|due| Due::parse(due, clock)) {
        Some(Due::Day(day)) => day < clock.today(),
        Some(Due::At(at)) => at < *clock.now(),
        None => false,
    }
}

/// A numbered list that begins after `before` others, so that "the second one" can be said.
pub fn numbered(tasks: &[Task], before: usize, clock: &Clock) -> String {
    let lines =
        tasks.iter().enumerate().map(|(at, task)| format!("{}. {}", before + at + 1, line(task, clock)));
    lines.collect::<Vec<_>>().join("\n")
}

/// "in the inbox", "in “Groceries”"
fn place(list: &ListChoice) -> String {
    if list.is_inbox() { "in the inbox".to_owned() } else { format!("in {}", quoted(&list.name)) }
}

/// What a list shows: "Urgent tasks, due today".
pub fn heading(listing: &Listing) -> String {
    let mut parts: Vec<String> = Vec::new();
    if listing.overdue {
        parts.push("overdue".to_owned());
    }
    match listing.status {
        Status::Open => {}
        Status::Done => parts.push("done".to_owned()),
        Status::All => parts.push("all tasks, done ones too".to_owned()),
    }
    match listing.priority {
        None => {}
        Some(Priority::Urgent) => parts.push("urgent".to_owned()),
        Some(other) => parts.push(format!("{} priority", other.name())),
    }
    parts.extend(listing.list.iter().map(place));
    parts.extend(listing.label.iter().map(|label| format!("#{label}")));
    parts.extend(listing.about.iter().map(|about| format!("about “{}”", escaped(about))));
    parts.extend(listing.text.iter().map(|text| format!("with “{}”", escaped(text))));
    if let Some(range) = &listing.range {
        parts.push(if listing.status == Status::Done {
            range.words.clone()
        } else {
            format!("due {}", range.words)
        });
    }
    if listing.unlabelled {
        parts.push("without a label".to_owned());
    }
    if listing.undated {
        parts.push("without a due date".to_owned());
    }
    if parts.is_empty() {
        "Your open tasks".to_owned()
    } else {
        task_language::capitalised(&parts.join(", "))
    }
}

/// That a list is empty: "Nothing is overdue.", "You have no urgent tasks due today."
pub fn none(listing: &Listing) -> String {
    let only_range = Listing { range: listing.range.clone(), ..Listing::default() } == *listing;
    if let Some(range) = listing.range.as_ref().filter(|_| only_range) {
        return format!("Nothing is due {}.", range.words);
    }
    if (Listing { overdue: true, ..Listing::default() }) == *listing {
        return "Nothing is overdue. Nice!".to_owned();
    }
    let mut words = vec!["You have no".to_owned()];
    match listing.status {
        Status::Open if *listing == Listing::default() => words.push("open".to_owned()),
        Status::Done => words.push("done".to_owned()),
        _ => {}
    }
    if listing.overdue {
        words.push("overdue".to_owned());
    }
    match listing.priority {
        None => {}
        Some(Priority::Urgent) => words.push("urgent".to_owned()),
        Some(other) => words.push(format!("{}-priority", other.name())),
    }
    words.push("tasks".to_owned());
    words.extend(listing.list.iter().map(place));
    words.extend(listing.label.iter().map(|label| format!("labelled #{label}")));
    words.extend(listing.about.iter().map(|about| format!("about “{}”", escaped(about))));
    words.extend(listing.text.iter().map(|text| format!("with “{}”", escaped(text))));
    if let Some(range) = &listing.range {
        words.push(if listing.status == Status::Done {
            range.words.clone()
        } else {
            format!("due {}", range.words)
        });
    }
    if listing.unlabelled {
        words.push("without a label".to_owned());
    }
    if listing.undated {
        words.push("without a due date".to_owned());
    }
    format!("{}.", words.join(" "))
}
