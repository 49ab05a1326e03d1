//! Reads the document, and adds its tasks.

use jiff::{Timestamp, ToSpan};
use serde::Serialize;
use task_model::document::MAX_IMPORT_CHARACTERS;
use task_model::due::{Due, Moment};
use task_model::search_terms::{Weight, fold, vector};
use task_model::types::{Caller, ImportNotice, ImportOutcome, Task, TaskImport, ToolError};
use task_model::{Violations, id, instant, invalid, priority, scope, zone};
use task_rows::{FoundTask, TaskRow, max_tasks, statement, write_error};
use user_database::{Parameter, Statement, UserDatabase, columns, parameters};

use crate::entry::{NewRow, check};
use crate::{formats, parents};

/// The most tasks in one document: what a statement does well within its time.
const MAX_TASKS: usize = 1000;
/// How many notices are answered at most.
const MAX_NOTICES: usize = 100;

parameters! {
    struct ImportTasks { entries, max_tasks, now, dry_run, request_id }
}

columns! {
    struct ImportRow {
        /// How many of the tasks the list does not have yet.
        fresh: i64,
        /// How many it had room for.
        room: i32,
        /// One that was added.
        task: ..FoundTask,
    }
}

const STATEMENT: Statement<ImportTasks, ImportRow> = statement!("import_tasks.sql");

/// A task as the statement reads it.
#[derive(Debug, Serialize)]
struct Entry {
    id: String,
    title_key: String,
    title_words: String,
    label_words: String,
    notes_words: String,
    title: String,
    notes: Option<String>,
    due_on: Option<String>,
    due_at: Option<String>,
    due_offset: Option<i32>,
    time_zone: Option<String>,
    due_by: String,
    priority: i16,
    labels: Vec<String>,
    completed_at: Option<String>,
    parent_id: Option<String>,
}

/// A document, read.
struct Document {
    rows: Vec<NewRow>,
    skipped: u32,
    notices: Vec<ImportNotice>,
}

/// Adds the tasks of the document that the caller's list does not have yet: all of them or none.
///
/// # Errors
/// Forbidden; invalid where the document is not written as was said, holds no task or too many; full; unavailable or internal by
/// the database.
pub async fn import_tasks(caller: &Caller, input: TaskImport) -> Result<ImportOutcome, ToolError> {
    scope::require(caller, scope::WRITE)?;
    let Document { rows, skipped, mut notices } = read(caller, &input)?;
    let now = instant::now(caller);
    let given = rows.len();
    let (parents, left_out) = parents::resolve(&rows);
    notices.extend(left_out);
    notices.truncate(MAX_NOTICES);
    let mut entries: Vec<Entry> =
        rows.into_iter().enumerate().map(|(index, row)| entry(index, row, now)).collect();
    for (index, parent) in parents.into_iter().enumerate() {
        let parent_id = parent.and_then(|parent| entries.get(parent)).map(|parent| parent.id.clone());
        if let Some(entry) = entries.get_mut(index) {
            entry.parent_id = parent_id;
        }
    }
    let limit = match max_tasks(caller).await? {
        0 => i32::MAX,
        limit => i32::try_from(limit).unwrap_or(i32::MAX),
    };
    let dry_run = input.dry_run.unwrap_or(false);
    let parameters = ImportTasks {
        // No member of it is a map whose keys are no strings, so this can't fail.
        entries: Parameter::Str(serde_json::to_string(&entries).unwrap_or_default()),
        max_tasks: Parameter::Int32(limit),
        now: Parameter::Str(instant::text(now)),
        dry_run: Parameter::Boolean(dry_run),
        request_id: Parameter::Str(caller.request_id.clone()),
    };
    let database = UserDatabase::open(&caller.user_id, &caller.request_id).await?;
    let rows = database.rows(&STATEMENT, parameters).await.map_err(write_error)?;
    let (mut fresh, mut room, mut tasks) = (0_i64, 0_i32, Vec::<Task>::new());
    for row in rows {
        (fresh, room) = (row.fresh, row.room);
        tasks.extend(row.task.0.map(|TaskRow(task)| task));
    }
    if fresh > i64::from(room) {
        return Err(ToolError::Full(u32::try_from(limit).unwrap_or(u32::MAX)));
    }
    let count = u32::try_from(fresh).unwrap_or_default();
    let existing = u32::try_from(given).unwrap_or(u32::MAX).saturating_sub(count);
    Ok(ImportOutcome { dry_run, count, existing, skipped, notices, tasks })
}

fn read(caller: &Caller, input: &TaskImport) -> Result<Document, ToolError> {
    let mut violations = Violations::none();
    let zone = violations.check("", zone::from_caller(caller));
    match input.text.chars().take(MAX_IMPORT_CHARACTERS + 1).count() {
        0 => violations.add("/text", "The document is empty."),
        length if length > MAX_IMPORT_CHARACTERS => violations.add(
            "/text",
            format!("The document is too long: at most {MAX_IMPORT_CHARACTERS} characters are possible. Import it in parts."),
        ),
        _ => {}
    }
    violations.finish()?;
    let Some(zone) = zone else { return Err(ToolError::Internal(caller.request_id.clone())) };
    let entries = formats::read(input.format, &input.text, &zone).map_err(|error| invalid("/text", error))?;
    match entries.len() {
        0 => return Err(invalid("/text", "There is no task in the document.")),
        many if many > MAX_TASKS => {
            return Err(invalid(
                "/text",
                format!(
                    "The document holds {many} tasks: at most {MAX_TASKS} are possible. Import it in parts."
                ),
            ));
        }
        _ => {}
    }
    let now = instant::now(caller);
    let mut document = Document { rows: Vec::new(), skipped: 0, notices: Vec::new() };
    for entry in entries {
        let notice = match entry.and_then(|entry| check(entry, &zone, now)) {
            Ok((row, notice)) => {
                document.rows.push(row);
                notice
            }
            Err(notice) => {
                document.skipped += 1;
                Some(notice)
            }
        };
        document.notices.extend(notice.filter(|_| document.notices.len() < MAX_NOTICES));
    }
    Ok(document)
}

fn entry(index: usize, row: NewRow, now: Timestamp) -> Entry {
    // A microsecond apart, so that they sort in the order of the document.
    let made =
        i64::try_from(index).ok().and_then(|index| now.checked_add(index.microseconds()).ok()).unwrap_or(now);
    let (due_on, due_at) = match row.due.as_ref().map(|due| due.moment) {
        Some(Moment::Day(day)) => (Some(day.to_string()), None),
        Some(Moment::At(at)) => (None, Some(instant::text(at))),
        None => (None, None),
    };
    let due_by = row.due.as_ref().map_or_else(|| "infinity".to_owned(), |due| instant::text(due.by));
    let (due_offset, time_zone) =
        row.due.map_or((None, None), |Due { offset, zone, .. }| (offset, Some(zone)));
    Entry {
        id: id::new_id(made).to_string(),
        title_key: fold(&row.title),
        title_words: vector(&row.title, Weight::Title),
        label_words: vector(&row.labels.join(" "), Weight::Labels),
        notes_words: vector(row.notes.as_deref().unwrap_or_default(), Weight::Notes),
        title: row.title,
        notes: row.notes,
        due_on,
        due_at,
        due_offset,
        time_zone,
        due_by,
        priority: priority::rank(row.priority),
        labels: row.labels,
        completed_at: row.completed_at.map(instant::text),
        parent_id: None,
    }
}
