//! Which tasks a statement about many is about.

use task_model::filter::{self, EVERYTHING, Filter};
use task_model::types::{Caller, TaskFilter, TaskStatus, ToolError};
use task_model::{Violations, id};
use user_database::{Parameter, Statement, UserDatabase, parameters, text_array};
use uuid::Uuid;

use crate::filter::{FilterParameters, filter_parameters};
use crate::list_names::name_lists;

/// Where the filter stands in the inputs that have one.
const PLACE: &str = "/filter";
const TOO_WIDE: &str = "This would be every task. Give at least one filter that leaves some out, such as a label, a due range, \
                        ids, or the status open or done.";

/// The condition on the ids where none are given: the parameter is there all the same, so that every variant takes the same.
pub const ANY_ID: &str = ":ids::text[] IS NULL";
/// The condition where some are.
pub const GIVEN_IDS: &str = "id = ANY (:ids::text[]::uuid[])";

parameters! {
    /// Which tasks a statement about many is about.
    pub struct SelectionParameters {
        /// What must hold of them.
        filter: ..FilterParameters,
        /// The only ones it may be, NULL for any.
        ids,
    }
}

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
    pub fn only_open(mut self) -> Self {
        self.filter.matches_nothing |= self.filter.status == TaskStatus::Done;
        self.filter.status = TaskStatus::Open;
        self
    }

    /// Puts the ids of lists in the place of the names that a query has.
    ///
    /// # Errors
    /// Invalid where there is no list of a name; unavailable or internal by the database.
    pub async fn name_lists(&mut self, database: &UserDatabase) -> Result<(), ToolError> {
        name_lists(&mut self.filter, PLACE, database).await
    }

    /// As parameters.
    #[must_use]
    pub fn parameters(&self) -> SelectionParameters {
        let ids = self.ids.as_ref().map(|ids| text_array(ids.iter().map(Uuid::to_string).collect()));
        SelectionParameters { filter: filter_parameters(&self.filter), ids: ids.unwrap_or(Parameter::DbNull) }
    }

    /// What the text of its statement depends on.
    #[must_use]
    pub fn variant(&self) -> StatementVariant {
        StatementVariant { status: self.filter.status, by_id: self.ids.is_some() }
    }
}

/// What the text of a statement about many tasks depends on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StatementVariant {
    /// Which tasks by completion. Fixed in the text, so that the indexes of open tasks can serve.
    pub status: TaskStatus,
    /// Only tasks with the ids given. Fixed in the text, so that they are found by the key.
    pub by_id: bool,
}

/// A statement with placeholders for what its [`StatementVariant`] decides, `{status}` and `{ids}`: one text for each variant, all of
/// them made by the compiler ([`crate::statement_template!`]).
pub struct StatementTemplate<P, R> {
    open: [Statement<P, R>; 2],
    done: [Statement<P, R>; 2],
    all: [Statement<P, R>; 2],
}

impl<P, R> StatementTemplate<P, R> {
    /// By completion, each for any id and for given ones.
    #[doc(hidden)]
    #[must_use]
    pub const fn new(
        open: [Statement<P, R>; 2],
        done: [Statement<P, R>; 2],
        all: [Statement<P, R>; 2],
    ) -> Self {
        Self { open, done, all }
    }

    /// The statement of this variant.
    #[must_use]
    pub fn choose(&self, variant: StatementVariant) -> &Statement<P, R> {
        let [any, given] = match variant.status {
            TaskStatus::Open => &self.open,
            TaskStatus::Done => &self.done,
            TaskStatus::All => &self.all,
        };
        if variant.by_id { given } else { any }
    }
}

#[cfg(test)]
mod tests;
