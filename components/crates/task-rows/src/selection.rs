//! Which tasks a statement about many is about.

use std::borrow::Cow;
use std::sync::OnceLock;

use task_model::filter::{self, Filter};
use task_model::types::{Caller, TaskFilter, TaskStatus};
use task_model::{Violations, id};
use user_database::{Parameter, text_array};
use uuid::Uuid;

use crate::filter::{completion, filter_parameters};

/// A filter that leaves no task out.
const EVERYTHING: TaskFilter = TaskFilter {
    ids: None,
    status: None,
    due_after: None,
    due_before: None,
    overdue: None,
    label: None,
    priority: None,
    text: None,
};
/// Where the filter stands in the inputs that have one.
const PLACE: &str = "/filter";
const TOO_WIDE: &str = "This would be every task. Give at least one filter that leaves some out, such as a label, a due range, \
                        ids, or the status open or done.";

/// A filter that was checked.
#[derive(Debug, Clone)]
pub struct Selection {
    /// All that must hold beside the ids.
    pub filter: Filter,
    ids: Option<Vec<Uuid>>,
}

impl Selection {
    /// Checks the filter at `/filter`. None means every task.
    pub fn check(caller: &Caller, input: Option<&TaskFilter>, violations: &mut Violations) -> Self {
        let input = input.unwrap_or(&EVERYTHING);
        let ids = input.ids.as_deref().map(|ids| id::ids(ids, "/filter/ids", violations));
        Self { filter: filter::check(caller, input.into(), PLACE, violations), ids }
    }

    /// Checks the filter of a change, which must leave some tasks out: nobody empties a list by leaving a word out.
    pub fn check_narrow(caller: &Caller, input: &TaskFilter, violations: &mut Violations) -> Self {
        let as_wide = input.status.filter(|status| *status == TaskStatus::All);
        if *input == (TaskFilter { status: as_wide, ..EVERYTHING }) {
            violations.add(PLACE, TOO_WIDE);
        }
        Self::check(caller, Some(input), violations)
    }

    /// Leaves out what is done.
    #[must_use]
    pub fn open_alone(mut self) -> Self {
        self.filter.impossible |= self.filter.status == TaskStatus::Done;
        self.filter.status = TaskStatus::Open;
        self
    }

    /// The parameters `$3` to `$9`: those of the filter, and the ids.
    #[must_use]
    pub fn parameters(&self) -> Vec<Parameter> {
        let ids = self.ids.as_ref().map(|ids| text_array(ids.iter().map(Uuid::to_string).collect()));
        let mut parameters = Vec::from(filter_parameters(&self.filter));
        parameters.push(ids.unwrap_or(Parameter::DbNull));
        parameters
    }

    /// What the text of its statement depends on.
    #[must_use]
    pub fn shape(&self) -> Shape {
        Shape { status: self.filter.status, by_id: self.ids.is_some() }
    }
}

/// What the text of a statement about many tasks depends on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Shape {
    /// Which tasks by completion. Fixed in the text, so that the indexes of open tasks can serve.
    pub status: TaskStatus,
    /// Only tasks with the ids given. Fixed in the text, so that they are found by the key.
    pub by_id: bool,
}

/// A statement with places for what its [`Shape`] decides, `{status}` and `{ids}`, put together once per shape in the
/// life of an instance.
pub struct Shaped {
    template: &'static str,
    made: [OnceLock<String>; 6],
}

impl Shaped {
    /// A statement as it stands in its file.
    #[must_use]
    pub const fn new(template: &'static str) -> Self {
        Self { template, made: [const { OnceLock::new() }; 6] }
    }

    /// The statement of this shape.
    #[must_use]
    pub fn of(&'static self, shape: Shape) -> Cow<'static, str> {
        // 3 by completion, each with and without ids.
        match self.made.get(shape.status as usize * 2 + usize::from(shape.by_id)) {
            Some(made) => Cow::Borrowed(made.get_or_init(|| self.composed(shape))),
            None => Cow::Owned(self.composed(shape)),
        }
    }

    fn composed(&self, shape: Shape) -> String {
        // Without ids the parameter is there all the same, so that each has its number in every shape.
        let ids = if shape.by_id { "id = ANY ($9::text[]::uuid[])" } else { "$9::text[] IS NULL" };
        self.template.replace("{status}", completion(shape.status)).replace("{ids}", ids)
    }
}

#[cfg(test)]
mod tests;
