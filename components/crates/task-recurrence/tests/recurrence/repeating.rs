//! A task that repeats and is completed again and again, without a database.

use jiff::{Span, Timestamp};
use task_model::due;
use task_model::recurrence::Series;
use task_model::types::{NewRecurrence, Priority, RecurrenceBase, Task};
use task_model::{Violations, zone};
use task_recurrence::{Started, Step, Terms, next, start};

/// A task that repeats.
pub struct Repeating {
    pub series: Series,
    pub task: Task,
}

/// An input.
pub fn input(rule: &str) -> NewRecurrence {
    NewRecurrence { rule: rule.to_owned(), from: None, zone: None, exceptions: None }
}

/// The same, counted from completion.
pub fn from_completion(rule: &str) -> NewRecurrence {
    NewRecurrence { from: Some(RecurrenceBase::Completion), ..input(rule) }
}

/// An instant by its text.
pub fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// What is wrong with an input for a task that is due then, if it is.
pub fn refused(input: &NewRecurrence, due: Option<&str>) -> Vec<String> {
    let zone = zone::zone("Europe/Berlin").unwrap();
    let due = due.map(|text| due::due(text, &zone).unwrap());
    let mut violations = Violations::none();
    let terms = Terms { due: due.as_ref(), zone: &zone, now: at("2026-11-18T11:00:00Z") };
    start(input, &terms, &mut violations);
    match violations.finish() {
        Ok(()) => Vec::new(),
        Err(task_model::types::ToolError::Invalid(found)) => {
            found.into_iter().map(|violation| violation.pointer).collect()
        }
        Err(other) => panic!("{other:?}"),
    }
}

impl Repeating {
    /// A task that is due then.
    pub fn due(input: &NewRecurrence, due: &str, zone: &str) -> Self {
        Self::begin(input, Some(due), zone, Timestamp::UNIX_EPOCH)
    }

    /// A task that is not due yet.
    pub fn from(input: &NewRecurrence, now: Timestamp, zone: &str) -> Self {
        Self::begin(input, None, zone, now)
    }

    fn begin(input: &NewRecurrence, due: Option<&str>, zone: &str, now: Timestamp) -> Self {
        let zone = zone::zone(zone).unwrap();
        let due = due.map(|text| due::due(text, &zone).unwrap());
        let mut violations = Violations::none();
        let terms = Terms { due: due.as_ref(), zone: &zone, now };
        let started = start(input, &terms, &mut violations);
        violations.finish().unwrap_or_else(|error| panic!("{}: {error:?}", input.rule));
        let Started { series, due } = started.unwrap();
        let mut repeating = Self { series, task: task() };
        repeating.set(&due);
        repeating
    }

    fn set(&mut self, due: &due::Due) {
        self.task.due = Some(match due.moment {
            due::Moment::Day(day) => day.to_string(),
            due::Moment::At(at) => due::written(at, due.offset.unwrap()),
        });
        self.task.time_zone = Some(due.zone.clone());
    }

    /// When it is due.
    pub fn text(&self) -> &str {
        self.task.due.as_deref().unwrap()
    }

    /// The instant from which on it is due.
    pub fn instant(&self) -> Timestamp {
        let zone = zone::zone(self.task.time_zone.as_deref().unwrap()).unwrap();
        due::start(due::moment(self.text(), &zone).unwrap(), &zone)
    }

    /// Goes on; `false` when nothing is left.
    pub fn step(&mut self, now: Timestamp, step: Step) -> bool {
        match next(&self.series, &self.task, now, step).unwrap() {
            Some((series, due)) => {
                self.series = series;
                self.set(&due);
                true
            }
            None => false,
        }
    }

    /// Is completed when it is due.
    pub fn complete(&mut self) -> bool {
        self.step(self.instant(), Step::Completed)
    }

    /// Is completed so long after it is due.
    pub fn complete_late(&mut self, by: Span) -> bool {
        self.step(self.instant().checked_add(by).unwrap(), Step::Completed)
    }

    /// When it is due, again and again, completed on time: so often at most.
    pub fn dues(mut self, most: usize) -> Vec<String> {
        let mut dues = vec![self.text().to_owned()];
        while dues.len() < most && self.complete() {
            dues.push(self.text().to_owned());
        }
        dues
    }
}

fn task() -> Task {
    Task {
        id: "01936f2e-5d1c-7b3a-9c4e-8f2a6b7d0e1f".to_owned(),
        title: "t".to_owned(),
        notes: None,
        due: None,
        time_zone: None,
        priority: Priority::Normal,
        labels: Vec::new(),
        list_id: None,
        list: None,
        recurrence: None,
        parent_id: None,
        subtasks: None,
        completed_at: None,
        version: 1,
        created_at: "2026-11-18T11:06:40Z".to_owned(),
        updated_at: "2026-11-18T11:06:40Z".to_owned(),
    }
}
