//! The task that a line says, and what is wrong with it.

use task_addition::Arguments;
use task_language::{Line, LinePart, LineSpan, ListMention, Recurrence};
use task_model::due::{self, Due, Moment};
use task_model::types::{
    Caller, NewRecurrence, NewTask, Priority, QuickAddition, RecurrenceBase, SpanKind, TaskDraft, TextSpan,
    ToolError, Violation,
};
use task_model::zone::Zone;

use list_rows::ListName;

/// What a line says.
pub struct Draft {
    /// The task, as far as it can be told.
    pub task: TaskDraft,
    /// What is to be stored.
    ///
    /// # Errors
    /// What is wrong with it: then nothing is.
    pub arguments: Result<Arguments, Vec<Violation>>,
    /// Which parts were read as what.
    pub spans: Vec<TextSpan>,
}

/// Takes the task from a line that was read. `lists` are those whose names were given to the reader.
///
/// # Errors
/// A fault inside, where the caller is none.
pub fn draft(
    caller: &Caller,
    input: &QuickAddition,
    zone: &Zone,
    line: &Line,
    lists: &[ListName],
) -> Result<Draft, ToolError> {
    let mut wrong = Vec::new();
    let named = match &line.list {
        Some(ListMention::Known(place)) => lists.get(*place).map(|list| list.id.to_string()),
        Some(ListMention::Unknown(name)) => {
            wrong.push(violation(format!(
                "There is no list called “{name}”. Add it first, or name its part of the text in `ignore`."
            )));
            None
        }
        None => input.list_id.clone(),
    };
    let due = line.due.as_ref().map(task_language::Due::rfc3339);
    let new = NewTask {
        title: line.title.clone(),
        notes: None,
        time_zone: due.as_ref().map(|_| zone.name.clone()),
        due,
        priority: line.priority.map(priority),
        labels: Some(line.labels.clone()),
        list_id: named,
        parent_id: None,
        recurrence: line.every.as_ref().map(|every| recurrence(every, zone)),
    };
    if new.title.is_empty() {
        wrong.push(violation("No word is left for the title: say what is to be done.".to_owned()));
    }
    let arguments = match task_addition::check(caller, &new) {
        Ok(arguments) if wrong.is_empty() => Ok(arguments),
        Ok(_) => Err(wrong),
        Err(ToolError::Invalid(found)) => {
            let is_new = |found: &Violation| found.pointer != "/title" || !new.title.is_empty();
            wrong.extend(found.into_iter().filter(is_new).map(about_the_text));
            Err(wrong)
        }
        Err(other) => return Err(other),
    };
    let list = new.list_id.as_ref().and_then(|id| lists.iter().find(|list| list.id.to_string() == *id));
    let task = TaskDraft { list: list.map(|list| list.name.clone()), ..task(new, arguments.as_ref().ok()) };
    let spans = line.spans.iter().map(|part| span(part, line, &task)).collect();
    Ok(Draft { task, arguments, spans })
}

/// The task as it would be stored; as it was read, where it can't be.
fn task(new: NewTask, stored: Option<&Arguments>) -> TaskDraft {
    let Some(Arguments { title, due, priority, labels, recurrence, .. }) = stored else {
        return TaskDraft {
            title: new.title,
            due: new.due,
            time_zone: new.time_zone,
            priority: new.priority.unwrap_or(Priority::Normal),
            labels: new.labels.unwrap_or_default(),
            list_id: new.list_id,
            list: None,
            recurrence: None,
        };
    };
    TaskDraft {
        title: title.clone(),
        due: due.as_ref().map(due_text),
        time_zone: due.as_ref().map(|due| due.zone.clone()),
        priority: *priority,
        labels: labels.clone(),
        list_id: new.list_id,
        list: None,
        recurrence: recurrence.clone().map(Into::into),
    }
}

fn due_text(due: &Due) -> String {
    match due.moment {
        Moment::Day(day) => day.to_string(),
        Moment::At(at) => due::written(at, due.offset.unwrap_or_default()),
    }
}

fn recurrence(every: &Recurrence, zone: &Zone) -> NewRecurrence {
    NewRecurrence {
        rule: every.to_string(),
        from: every.from_completion.then_some(RecurrenceBase::Completion),
        zone: Some(zone.name.clone()),
        exceptions: None,
    }
}

fn priority(priority: task_language::Priority) -> Priority {
    match priority {
        task_language::Priority::Urgent => Priority::Urgent,
        task_language::Priority::High => Priority::High,
        task_language::Priority::Normal => Priority::Normal,
        task_language::Priority::Low => Priority::Low,
    }
}

fn span(part: &LineSpan, line: &Line, task: &TaskDraft) -> TextSpan {
    let kind = match part.part {
        LinePart::Due => SpanKind::Due,
        LinePart::Time => SpanKind::Time,
        LinePart::Recurrence => SpanKind::Recurrence,
        LinePart::Priority => SpanKind::Priority,
        LinePart::Label => SpanKind::Label,
        LinePart::List if matches!(line.list, Some(ListMention::Unknown(_))) => SpanKind::UnknownList,
        LinePart::List => SpanKind::List,
    };
    // As every other answer says it.
    let repeats = task.recurrence.as_ref().filter(|_| kind == SpanKind::Recurrence);
    let words = repeats.map_or_else(|| part.words.clone(), |recurrence| recurrence.words.clone());
    let place = |place: usize| u32::try_from(place).unwrap_or(u32::MAX);
    TextSpan { kind, start: place(part.start), end: place(part.end), text: part.text.clone(), words }
}

fn violation(message: String) -> Violation {
    Violation { pointer: "/text".to_owned(), message }
}

/// The error of storing the task, seen from the line.
pub fn about_the_line(error: ToolError) -> ToolError {
    match error {
        ToolError::Invalid(found) => ToolError::Invalid(found.into_iter().map(about_the_text).collect()),
        other => other,
    }
}

/// What is wrong with a member of the task is wrong with the line, which says it. What no member says stays what it is.
fn about_the_text(found: Violation) -> Violation {
    let pointer = if found.pointer.is_empty() { String::new() } else { "/text".to_owned() };
    Violation { pointer, ..found }
}

#[cfg(test)]
mod tests;
