//! When a task is due, as parameters.

use task_model::due::{Due, Moment};
use task_model::instant;
use user_database::{Parameter, parameters};

parameters! {
    /// When a task is due, as the table has it.
    pub struct DueParameters {
        /// The day, where it is a whole day.
        due_on,
        /// The instant, where it is one.
        due_at,
        /// Its offset from UTC, in seconds.
        due_offset,
        /// The time zone in which it was said.
        time_zone,
        /// The instant by which it is due, `infinity` where it is not.
        due_by,
    }
}

/// The columns of a due time; of none, those of a task that is not due.
#[must_use]
pub fn due_parameters(due: Option<&Due>) -> DueParameters {
    let Some(due) = due else {
        return DueParameters {
            due_on: Parameter::DbNull,
            due_at: Parameter::DbNull,
            due_offset: Parameter::DbNull,
            time_zone: Parameter::DbNull,
            due_by: Parameter::Str("infinity".to_owned()),
        };
    };
    let (due_on, due_at) = match due.moment {
        Moment::Day(day) => (Parameter::Str(day.to_string()), Parameter::DbNull),
        Moment::At(at) => (Parameter::DbNull, Parameter::Str(instant::text(at))),
    };
    DueParameters {
        due_on,
        due_at,
        due_offset: due.offset.map_or(Parameter::DbNull, Parameter::Int32),
        time_zone: Parameter::Str(due.zone.clone()),
        due_by: Parameter::Str(instant::text(due.by)),
    }
}
