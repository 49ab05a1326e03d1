//! When a task is due, as parameters.

use task_model::due::{Due, Moment};
use task_model::instant;
use user_database::Parameter;

/// The five columns of a due time in their order: `due_on`, `due_at`, `due_offset`, `time_zone`, `due_by`.
#[must_use]
pub fn due_parameters(due: Option<&Due>) -> [Parameter; 5] {
    let Some(due) = due else {
        let never = Parameter::Str("infinity".to_owned());
        return [Parameter::DbNull, Parameter::DbNull, Parameter::DbNull, Parameter::DbNull, never];
    };
    let (day, at) = match due.moment {
        Moment::Day(day) => (Parameter::Str(day.to_string()), Parameter::DbNull),
        Moment::At(at) => (Parameter::DbNull, Parameter::Str(instant::text(at))),
    };
    [
        day,
        at,
        due.offset.map_or(Parameter::DbNull, Parameter::Int32),
        Parameter::Str(due.zone.clone()),
        Parameter::Str(instant::text(due.by)),
    ]
}
