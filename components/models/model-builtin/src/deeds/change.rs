//! What a change makes of a task: the input of `update_task`, and the sentence for it.

use serde_json::{Map, Value, json};

use crate::clock::Clock;
use crate::dates::{Due, Shift, When};
use crate::intents::{Deed, Labels, Move, Notes, Step};
use crate::replies::{due_words, escaped, quoted};
use crate::tasks::{Priority, Task};

/// The change depends on how the task is now, so it has to be read, and changed only if it is still so.
pub fn depends(deed: &Deed) -> bool {
    matches!(
        deed,
        Deed::Reschedule(Move::To(_) | Move::By(..))
            | Deed::Prioritise(Step::Up | Step::Down)
            | Deed::Label(Labels::Add(_) | Labels::Remove(_))
            | Deed::Note(Notes::Add(_))
    )
}

/// The input of `update_task`; `None` when the deed is no change of this task.
pub fn input(deed: &Deed, task: &Task, clock: &Clock) -> Option<Value> {
    let mut input = Map::new();
    input.insert("id".to_owned(), json!(task.id));
    if let Some(version) = task.version.filter(|_| depends(deed)) {
        input.insert("version".to_owned(), json!(version));
    }
    let (field, value) = match deed {
        Deed::Rename(title) => ("title", json!(title)),
        Deed::Reschedule(Move::Away) => ("clear", json!(["due"])),
        Deed::Reschedule(change) => ("due", json!(new_due(change, task, clock)?.rfc3339())),
        Deed::Prioritise(step) => ("priority", json!(new_priority(*step, task).name())),
        Deed::Label(Labels::Clear) => ("clear", json!(["labels"])),
        Deed::Label(change) => ("labels", json!(new_labels(change, task))),
        Deed::Note(Notes::Clear) => ("clear", json!(["notes"])),
        Deed::Note(Notes::Add(note)) => ("notes", json!(new_notes(note, task))),
        Deed::Complete | Deed::Reopen | Deed::Delete | Deed::Show | Deed::AskNewTitle => return None,
    };
    input.insert(field.to_owned(), value);
    Some(Value::Object(input))
}

/// The due date that the task gets. An appointment moved to another day keeps its time; one moved to another time keeps
/// its day, unless that is past.
fn new_due(change: &Move, task: &Task, clock: &Clock) -> Option<Due> {
    let old = task.due.as_deref().and_then(|due| Due::parse(due, clock));
    match change {
        Move::To(when) => match (&old, when.day) {
            (Some(Due::At(at)), Some(day)) if !when.has_time() => {
                clock.at(day.to_datetime(at.time())).map(Due::At)
            }
            (Some(due), None) if when.instant.is_none() && due.day() >= clock.today() => {
                when.on(due.day(), clock).map(Due::At)
            }
            _ => when.due(clock),
        },
        Move::By(shift, time) => moved_by(*shift, time.as_ref(), old, clock),
        Move::Away | Move::Later => None,
    }
}

fn moved_by(shift: Shift, time: Option<&When>, old: Option<Due>, clock: &Clock) -> Option<Due> {
    let moved = match old {
        Some(Due::At(at)) => Due::At(at.checked_add(shift.span()).ok()?),
        // A whole day has no hour to move: the time counts from now.
        _ if shift.is_within_day() => {
            let minute = jiff::ZonedRound::new().smallest(jiff::Unit::Minute).mode(jiff::RoundMode::Trunc);
            Due::At(clock.now().checked_add(shift.span()).ok()?.round(minute).ok()?)
        }
        Some(Due::Day(day)) => Due::Day(day.checked_add(shift.span()).ok()?),
        None => Due::Day(clock.today().checked_add(shift.span()).ok()?),
    };
    match time {
        Some(time) => time.on(moved.day(), clock).map(Due::At),
        None => Some(moved),
    }
}

fn new_priority(step: Step, task: &Task) -> Priority {
    match step {
        Step::To(priority) => priority,
        Step::Up => task.priority.raised(),
        Step::Down => task.priority.lowered(),
    }
}

fn new_labels(change: &Labels, task: &Task) -> Vec<String> {
    let mut labels = task.labels.clone();
    match change {
        Labels::Add(more) => labels.extend(more.iter().cloned()),
        Labels::Remove(gone) => labels.retain(|label| !gone.contains(label)),
        Labels::Clear => labels.clear(),
    }
    labels.sort();
    labels.dedup();
    labels
}

fn new_notes(note: &str, task: &Task) -> String {
    match task.notes.as_deref().filter(|notes| !notes.trim().is_empty()) {
        Some(notes) => format!("{notes}\n{note}"),
        None => note.to_owned(),
    }
}

/// One sentence for what was changed.
pub fn sentence(deed: &Deed, before: &Task, after: &Task, clock: &Clock) -> String {
    let title = quoted(&after.title);
    match deed {
        Deed::Rename(_) => format!("Renamed {} to {title}.", quoted(&before.title)),
        Deed::Reschedule(Move::Away) => format!("{title} no longer has a due date."),
        Deed::Reschedule(change) => {
            let due = after.due.as_deref().and_then(|due| Due::parse(due, clock));
            let due = due.map_or_else(|| "another day".to_owned(), |due| due_words(&due, clock));
            format!("{title} is now due {due}.{}", reading(change))
        }
        Deed::Prioritise(_) => match after.priority {
            Priority::Normal => format!("{title} is back to normal priority."),
            Priority::Urgent => format!("{title} is now urgent."),
            other => format!("{title} is now {} priority.", other.name()),
        },
        Deed::Label(Labels::Add(labels)) => format!("Labelled {title} {}.", hashed(labels)),
        Deed::Label(Labels::Remove(labels)) => format!("Removed {} from {title}.", hashed(labels)),
        Deed::Label(Labels::Clear) => format!("{title} has no labels any more."),
        Deed::Note(Notes::Add(_)) => format!("Added your note to {title}."),
        Deed::Note(Notes::Clear) => format!("{title} has no notes any more."),
        Deed::Complete => format!("{title} is done. Nice work!"),
        Deed::Reopen => format!("{title} is open again."),
        Deed::Delete => format!("Deleted {title}."),
        Deed::Show | Deed::AskNewTitle => title,
    }
}

fn reading(change: &Move) -> String {
    let Move::To(When { ambiguous: Some(digits), day: Some(day), .. }) = change else { return String::new() };
    format!(" I read {} as {}.", escaped(digits), day.strftime("%-d %B"))
}

fn hashed(labels: &[String]) -> String {
    labels.iter().map(|label| format!("#{}", escaped(label))).collect::<Vec<_>>().join(" ")
}
