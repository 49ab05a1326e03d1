//! The query language of filters: conditions with `&`, `|`, `!` and brackets, such as
//! `(today | overdue) & #home & p1 & !@waiting`. docs/queries.md describes it for people.
//!
//! A query is written out as alternatives, each a set of conditions that must all hold, so that one fixed statement of SQL can
//! take any query as a parameter.

mod alternatives;
mod condition;
mod days;
mod expression;

use std::fmt;

use jiff::Timestamp;

pub use alternatives::{Alternative, MAX_ALTERNATIVES};

use crate::zone::Zone;

/// The longest query, in characters.
pub const MAX_CHARACTERS: usize = 500;
/// How deep brackets may be nested.
pub const MAX_DEPTH: usize = 20;

/// A query that was understood.
#[derive(Debug, Clone, PartialEq)]
pub struct Query {
    /// As it was given: what it means moves on with the clock.
    pub text: String,
    /// One of these must hold. None: no task can match.
    pub alternatives: Vec<Alternative>,
}

/// A query names a list that is not there.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("There is no list “{0}”, or it is archived. Lists are named by #, labels by @.")]
pub struct UnknownListError(String);

impl Query {
    /// Whether it names lists, so that [`Query::name_lists`] has to be called before [`Query::to_json`].
    #[must_use]
    pub fn has_lists(&self) -> bool {
        self.alternatives.iter().any(|alternative| alternative.list_names().next().is_some())
    }

    /// Puts the ids of lists in the place of their names. Several lists may have one name: any of them is meant.
    ///
    /// # Errors
    /// [`UnknownListError`] where none of `lists`, ids and names, has a name of the query's, whatever the letter case.
    pub fn name_lists(&mut self, lists: &[(String, String)]) -> Result<(), UnknownListError> {
        let lists: Vec<(&str, String)> =
            lists.iter().map(|(id, name)| (id.as_str(), name.to_lowercase())).collect();
        let ids = |wanted: &str| {
            let named = lists.iter().filter(|(_, name)| name == wanted);
            named.map(|(id, _)| (*id).to_owned()).collect::<Vec<_>>()
        };
        for alternative in &mut self.alternatives {
            if let Some(unknown) = alternative.list_names().find(|name| ids(name).is_empty()) {
                return Err(UnknownListError(unknown.to_owned()));
            }
            alternative.name_lists(ids);
        }
        Ok(())
    }

    /// The alternatives as JSON, as SQL takes them.
    #[must_use]
    pub fn to_json(&self) -> String {
        // Of texts, numbers and truth values, it always is JSON.
        serde_json::to_string(&self.alternatives).unwrap_or_else(|_| "[]".to_owned())
    }
}

/// Why a query is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum QueryError {
    /// Nothing but white space.
    #[error("The query is empty: give a condition, such as today, p1, #list or @label.")]
    Empty,
    /// Over [`MAX_CHARACTERS`].
    #[error("The query has {0} characters; at most {MAX_CHARACTERS} are possible.")]
    Long(usize),
    /// Brackets in brackets, deeper than [`MAX_DEPTH`].
    #[error("Brackets are nested deeper than {MAX_DEPTH}.")]
    Deep,
    /// No condition where one must be, or something behind the end.
    #[error(
        "The query can't be read from character {0} on: conditions are joined by & and |, and every bracket has its other half."
    )]
    Syntax(usize),
    /// A comma, which other products split a view by.
    #[error("At character {0} there is a comma: a query is one list. Join conditions by | instead.")]
    Comma(usize),
    /// A text that is no condition.
    #[error("At character {at}: {problem}")]
    Condition {
        /// Where it begins, from 1 on.
        at: usize,
        /// What is wrong with it.
        problem: String,
    },
    /// Written out it has more than [`MAX_ALTERNATIVES`].
    #[error(
        "The query is too complex: written out without brackets it has more than {MAX_ALTERNATIVES} alternatives."
    )]
    Complex,
}

/// What "today" means.
#[derive(Clone, Copy)]
pub(crate) struct Moment<'a> {
    /// Now.
    pub(crate) now: Timestamp,
    /// Where days begin.
    pub(crate) zone: &'a Zone,
}

impl fmt::Debug for Moment<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} in {}", self.now, self.zone.name)
    }
}

/// Reads a query of somebody in `zone` at `now`.
///
/// # Errors
/// [`QueryError`] says what is wrong, and from which character on.
pub fn parse(text: &str, now: Timestamp, zone: &Zone) -> Result<Query, QueryError> {
    let text = text.trim();
    let expression = expression::parse(text)?;
    let expression = expression.try_map(&mut |condition| {
        condition::read(&condition.text, Moment { now, zone })
            .map_err(|problem| QueryError::Condition { at: condition.at, problem })
    })?;
    Ok(Query { text: text.to_owned(), alternatives: alternatives::write_out(&expression, now)? })
}

#[cfg(test)]
mod tests;
