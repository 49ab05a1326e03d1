//! What a change makes of a task: the input of `update_task`, and the sentence for it.

use serde_json::{Map, Value, json};

use crate::intents::{DueChange, LabelChange, NoteChange, PriorityChange, RepeatChange, TaskAction};
use crate::replies::{due_words, escaped, quoted, task_due_words};
use crate::tasks::{Priority, Task};
use task_language::Clock;
use task_language::{Due, Length, Recurrence, When};

/// The change depends on how the task is now, so it has to be read, and changed only if it is still so.
pub fn depends(action: &TaskAction) -> bool {
    matches!(
        action,
        TaskAction::Reschedule(DueChange::To(_) | DueChange::By(..))
            | TaskAction::Prioritise(PriorityChange::Up | PriorityChange::Down)
            | TaskAction::Label(LabelChange::Add(_) | LabelChange::Remove(_))
            | TaskAction::Note(NoteChange::Add(_))
            | TaskAction::Repeat(RepeatChange::To(..))
    )
}

/// The input of `update_task`; `None` when the action is no change of this task.
pub fn input(action: &TaskAction, task: &Task, clock: &Clock) -> Option<Value> {
    let mut input = Map::new();
    input.insert("id".to_owned(), json!(task.id));
    if let Some(version) = task.version.filter(|_| depends(action)) {
        input.insert("version".to_owned(), json!(version));
    }
    let (field, value) = match action {
        TaskAction::Rename(title) => ("title", json!(title)),
        TaskAction::Reschedule(DueChange::ClearDue) => ("clear", json!(["due"])),
        TaskAction::Reschedule(change) => ("due", json!(new_due(change, task, clock)?.rfc3339())),
        TaskAction::Prioritise(step) => ("priority", json!(new_priority(*step, task).name())),
        TaskAction::Label(LabelChange::Clear) => ("clear", json!(["labels"])),
        TaskAction::Label(change) => ("labels", json!(new_labels(change, task))),
        TaskAction::Note(NoteChange::Clear) => ("clear", json!(["notes"])),
        TaskAction::Note(NoteChange::Add(note)) => ("notes", json!(new_notes(note, task))),
        TaskAction::MoveTo(choice) if choice.is_inbox() => ("clear", json!(["list_id"])),
        TaskAction::MoveTo(choice) => ("list_id", json!(choice.id.as_ref()?)),
        TaskAction::Repeat(RepeatChange::Stop) => ("clear", json!(["recurrence"])),
        TaskAction::Repeat(RepeatChange::To(every, when)) => {
            let first = every.first(when, clock);
            let due = (first.has_day() || first.has_time())
                .then(|| new_due(&DueChange::To(first), task, clock))
                .flatten();
            if let Some(due) = due {
                input.insert("due".to_owned(), json!(due.rfc3339()));
            }
            ("recurrence", rule(every))
        }
        TaskAction::Complete
        | TaskAction::Reopen
        | TaskAction::Delete
        | TaskAction::Show
        | TaskAction::Skip
        | TaskAction::Remind(_)
        | TaskAction::CancelReminders
        | TaskAction::AskNewTitle => return None,
    };
    input.insert(field.to_owned(), value);
    Some(Value::Object(input))
}

/// How it is to repeat, as the tools take it.
pub fn rule(every: &Recurrence) -> Value {
    match every.from_completion {
        true => json!({"rule": every.to_string(), "from": "completion"}),
        false => json!({"rule": every.to_string()}),
    }
}

/// The due date that the task gets. An appointment moved to another day keeps its time; one moved to another time keeps
/// its day, unless that is past.
fn new_due(change: &DueChange, task: &Task, clock: &Clock) -> Option<Due> {
    let old = task.due.as_deref().and_then(|due| Due::parse(due, clock));
    match change {
        DueChange::To(when) => match (&old, when.day) {
            (Some(Due::At(at)), Some(day)) if !when.has_time() => {
                clock.at(day.to_datetime(at.time())).map(Due::At)
            }
            (Some(due), None) if when.instant.is_none() && due.day() >= clock.today() => {
                when.at(due.day(), clock).map(Due::At)
            }
            _ => when.due(clock),
        },
        DueChange::By(shift, time) => moved_by(*shift, time.as_ref(), old, clock),
        DueChange::ClearDue | DueChange::Later => None,
    }
}

fn moved_by(shift: Length, time: Option<&When>, old: Option<Due>, clock: &Clock) -> Option<Due> {
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
        Some(time) => time.at(moved.day(), clock).map(Due::At),
        None => Some(moved),
    }
}

fn new_priority(step: PriorityChange, task: &Task) -> Priority {
    match step {
        PriorityChange::To(priority) => priority,
        PriorityChange::Up => task.priority.raised(),
        PriorityChange::Down => task.priority.lowered(),
    }
}

fn new_labels(change: &LabelChange, task: &Task) -> Vec<String> {
    let mut labels = task.labels.clone();
    match change {
        LabelChange::Add(more) => labels.extend(more.iter().cloned()),
        LabelChange::Remove(gone) => labels.retain(|label| !gone.contains(label)),
        LabelChange::Clear => labels.clear(),
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
pub fn sentence(action: &TaskAction, before: &Task, after: &Task, clock: &Clock) -> String {
    let title = quoted(&after.title);
    match action {
        TaskAction::Rename(_) => format!("Renamed {} to {title}.", quoted(&before.title)),
        TaskAction::Reschedule(DueChange::ClearDue) => format!("{title} no longer has a due date."),
        TaskAction::Reschedule(change) => {
            let due = after.due.as_deref().and_then(|due| Due::parse(due, clock));
            let due = due.map_or_else(|| "another day".to_owned(), |due| due_words(&due, clock));
            format!("{title} is now due {due}.{}", reading(change))
        }
        TaskAction::Prioritise(_) => match after.priority {
            Priority::Normal => format!("{title} is back to normal priority."),
            Priority::Urgent => format!("{title} is now urgent."),
            other => format!("{title} is now {} priority.", other.name()),
        },
        TaskAction::Label(LabelChange::Add(labels)) => format!("Labelled {title} {}.", hashed(labels)),
        TaskAction::Label(LabelChange::Remove(labels)) => format!("Removed {} from {title}.", hashed(labels)),
        TaskAction::Label(LabelChange::Clear) => format!("{title} has no labels any more."),
        TaskAction::Note(NoteChange::Add(_)) => format!("Added your note to {title}."),
        TaskAction::Note(NoteChange::Clear) => format!("{title} has no notes any more."),
        TaskAction::MoveTo(choice) if choice.is_inbox() => format!("{title} is back in the inbox."),
        TaskAction::MoveTo(choice) => {
            format!("Moved {title} to the list {}.", quoted(after.list.as_deref().unwrap_or(&choice.name)))
        }
        TaskAction::Repeat(RepeatChange::Stop) => format!("{title} no longer repeats."),
        TaskAction::Repeat(RepeatChange::To(every, _)) => {
            let words = after.repeats().map_or_else(|| every.words(), str::to_owned);
            let due = task_due_words(after, clock).map(|due| format!(", next on {due}")).unwrap_or_default();
            format!("{title} now repeats {}{due}.", escaped(&words))
        }
        TaskAction::Skip => format!("Skipped once: {title} is {}.", next(after, clock)),
        // What repeats was moved on.
        TaskAction::Complete if !after.is_done() && after.recurrence.is_some() => {
            format!("Done; {title} is {}.", next(after, clock))
        }
        TaskAction::Complete => format!("{title} is done. Nice work!"),
        TaskAction::Reopen => format!("{title} is open again."),
        TaskAction::Delete => format!("Deleted {title}."),
        TaskAction::Show | TaskAction::AskNewTitle | TaskAction::Remind(_) | TaskAction::CancelReminders => {
            title
        }
    }
}

/// "next on Fri 27 Nov (every Friday)"
pub fn next(task: &Task, clock: &Clock) -> String {
    let due = task_due_words(task, clock).map_or_else(|| "open".to_owned(), |due| format!("next on {due}"));
    match task.repeats() {
        Some(words) => format!("{due} ({})", escaped(words)),
        None => due,
    }
}

fn reading(change: &DueChange) -> String {
    let DueChange::To(When { ambiguous: Some(digits), day: Some(day), .. }) = change else {
        return String::new();
    };
    format!(" I read {} as {}.", escaped(digits), day.strftime("%-d %B"))
}

fn hashed(labels: &[String]) -> String {
    labels.iter().map(|label| format!("#{}", escaped(label))).collect::<Vec<_>>().join(" ")
}
