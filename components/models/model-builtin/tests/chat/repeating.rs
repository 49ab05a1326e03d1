//! How tasks repeat, computed as the tools compute it.

use std::collections::BTreeMap;

use jiff::Zoned;
use serde_json::{Value, json};
use task_model::Violations;
use task_model::due::{self, Due, Moment};
use task_model::recurrence::Series;
use task_model::types::{NewRecurrence, Recurrence, Task};
use task_model::zone;
use task_recurrence::{Step, Terms, next, start};

/// Where the tasks that repeat have come, by their ids.
#[derive(Default)]
pub struct Repeating(BTreeMap<String, Series>);

impl Repeating {
    /// The task repeats from now on, or no more where there is no recurrence.
    pub fn set(&mut self, task: &mut Value, recurrence: &Value, now: &Zoned) -> Result<(), String> {
        let id = task["id"].as_str().expect("an id").to_owned();
        if recurrence.is_null() {
            self.0.remove(&id);
            task["recurrence"] = Value::Null;
            return Ok(());
        }
        let input: NewRecurrence = serde_json::from_value(recurrence.clone()).expect("a recurrence");
        let zone = zone::zone(now.time_zone().iana_name().expect("a zone")).expect("a zone");
        let due = task["due"].as_str().map(|text| due::due(text, &zone).expect("a due time"));
        let terms = Terms { due: due.as_ref(), zone: &zone, now: now.timestamp() };
        let mut violations = Violations::none();
        let Some(started) = start(&input, &terms, &mut violations) else {
            return Err(json!({"type": "/problems/invalid", "status": 422, "errors": [
                {"pointer": "/recurrence/rule", "message": "This is no rule."}]})
            .to_string());
        };
        write(task, &started.due, &started.series);
        self.0.insert(id, started.series);
        Ok(())
    }

    /// Moves the task to its next occurrence; false when it does not repeat, or nothing is left.
    pub fn move_on(&mut self, task: &mut Value, now: &Zoned, step: Step) -> bool {
        let id = task["id"].as_str().expect("an id").to_owned();
        let Some(series) = self.0.get(&id) else { return false };
        let stored: Task = serde_json::from_value(task.clone()).expect("a task");
        let Some((series, due)) = next(series, &stored, now.timestamp(), step).expect("a series") else {
            return false;
        };
        write(task, &due, &series);
        self.0.insert(id, series);
        true
    }
}

fn write(task: &mut Value, due: &Due, series: &Series) {
    task["due"] = match due.moment {
        Moment::Day(day) => json!(day.to_string()),
        Moment::At(at) => json!(due::written(at, due.offset.unwrap_or_default())),
    };
    task["time_zone"] = json!(due.zone);
    task["recurrence"] = json!(Recurrence::from(series.clone()));
}
