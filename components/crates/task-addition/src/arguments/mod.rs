//! The input of the tool, checked: everything that is wrong with it at once.

use task_model::due::{self, Due};
use task_model::hash::InputHash;
use task_model::list::IN_THE_LIST_OF_ITS_PARENT;
use task_model::recurrence::Series;
use task_model::types::{Caller, NewRecurrence, NewTask, Priority, ToolError};
use task_model::zone::Zone;
use task_model::{Named, Violations, id, instant, labels, list, notes, title, zone};
use task_recurrence::{Terms, start};
use uuid::Uuid;

/// What is stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Arguments {
    /// The title as it is stored.
    pub title: String,
    /// The notes as they are stored.
    pub notes: Option<String>,
    /// When it is due.
    pub due: Option<Due>,
    /// How much it matters.
    pub priority: Priority,
    /// The labels as they are stored.
    pub labels: Vec<String>,
    /// The list that it goes into.
    pub list_id: Option<Uuid>,
    /// How it repeats.
    pub recurrence: Option<Series>,
    /// The task that it is a subtask of.
    pub parent_id: Option<Uuid>,
    /// The client's key for this attempt, and the hash of the input that came with it.
    pub idempotency: Option<Attempt>,
}

/// A client's key for one attempt, and the hash of the input that came with it.
pub type Attempt = (String, [u8; 32]);

impl Arguments {
    /// The same for an input that was made of another one, of which this is the hash: a retry sends that one again.
    #[must_use]
    pub fn with_fingerprint(self, fingerprint: [u8; 32]) -> Self {
        Self { idempotency: self.idempotency.map(|(key, _)| (key, fingerprint)), ..self }
    }
}

/// The longest idempotency key, in characters.
const MAX_KEY_BYTES: usize = 255;

/// Checks the input.
///
/// # Errors
/// [`ToolError::Invalid`] with every rule that is broken.
pub fn check(caller: &Caller, input: &NewTask) -> Result<Arguments, ToolError> {
    let mut violations = Violations::none();
    let title = violations.check("/title", title::title(&input.title)).unwrap_or_default();
    let notes = violations.check_given("/notes", input.notes.as_deref(), notes::notes).flatten();
    let mut due = check_due(caller, input, &mut violations);
    let started = input.recurrence.as_ref().and_then(|recurrence| {
        // Wrong zones were named above; what else is wrong is named all the same.
        let zone = check_zone(caller, input, &mut Violations::none()).or_else(|| zone::zone("UTC").ok())?;
        let terms = Terms { due: due.as_ref(), zone: &zone, now: instant::now(caller) };
        start(recurrence, &terms, &mut violations)
    });
    let labels = labels::labels(input.labels.as_deref().unwrap_or_default(), &mut violations);
    let list_id = violations.check_given("/list_id", input.list_id.as_deref(), list::id);
    let parent_id = violations.check_given("/parent_id", input.parent_id.as_deref(), id::id);
    if input.parent_id.is_some() && input.list_id.is_some() {
        violations.add("/list_id", IN_THE_LIST_OF_ITS_PARENT);
    }
    let idempotency = caller.idempotency_key.as_ref().map(|key| {
        if !(1..=MAX_KEY_BYTES).contains(&key.len()) || !key.bytes().all(|byte| byte.is_ascii_graphic()) {
            violations.add("", "The idempotency key must be 1 to 255 visible ASCII characters.");
        }
        (key.clone(), fingerprint(input))
    });
    violations.finish()?;
    let recurrence = started.map(|started| {
        due = Some(started.due);
        started.series
    });
    Ok(Arguments {
        title,
        notes,
        due,
        priority: input.priority.unwrap_or(Priority::Normal),
        labels,
        list_id,
        recurrence,
        parent_id,
        idempotency,
    })
}

fn check_due(caller: &Caller, input: &NewTask, violations: &mut Violations) -> Option<Due> {
    let Some(text) = &input.due else {
        if input.time_zone.is_some() {
            violations.add("/time_zone", "A time zone is only possible together with `due`.");
        }
        return None;
    };
    let zone = check_zone(caller, input, violations)?;
    violations.check("/due", due::due(text, &zone))
}

/// The zone that a due time is meant in.
fn check_zone(caller: &Caller, input: &NewTask, violations: &mut Violations) -> Option<Zone> {
    match &input.time_zone {
        Some(name) => violations.check("/time_zone", zone::zone(name)),
        None => violations.check("", zone::from_caller(caller)),
    }
}

/// Tells whether two inputs are the same. The caller's zone is no part of it: it may differ between two tries.
fn fingerprint(input: &NewTask) -> [u8; 32] {
    let hash = InputHash::new()
        .part(&input.title)
        .optional(input.notes.as_deref())
        .optional(input.due.as_deref())
        .optional(input.time_zone.as_deref())
        .optional(input.priority.map(Named::name))
        .optional(input.labels.as_ref().map(|labels| labels.len().to_be_bytes()));
    let hash = input.labels.iter().flatten().fold(hash, InputHash::part);
    // Only where they are given, so that an input without them is the same as before there were any.
    let hash = match &input.list_id {
        Some(list) => hash.part("list_id").part(list),
        None => hash,
    };
    let hash = match &input.parent_id {
        Some(parent) => hash.part("parent_id").part(parent),
        None => hash,
    };
    let Some(NewRecurrence { rule, from, zone, exceptions }) = &input.recurrence else {
        return hash.finish();
    };
    let hash = hash
        .part(rule)
        .optional(from.map(Named::name))
        .optional(zone.as_deref())
        .optional(exceptions.as_ref().map(|days| days.len().to_be_bytes()));
    exceptions.iter().flatten().fold(hash, InputHash::part).finish()
}

#[cfg(test)]
mod tests;
