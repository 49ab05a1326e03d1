//! A query without brackets: alternatives, each of conditions that must all hold (its disjunctive normal form).

use jiff::Timestamp;
use serde::Serialize;

use super::QueryError;
use super::condition::Condition;
use super::days::Range;
use super::expression::Expression;
use crate::due::LAST_DUE;
use crate::instant::{just_after, just_before};
use crate::{instant, priority};

/// The most alternatives of a query.
pub const MAX_ALTERNATIVES: usize = 64;

/// What must hold together. As JSON it is what the SQL of a filter takes; what is left out does not filter.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Alternative {
    /// The first instant by which it may be due, in RFC 3339, or `infinity` where it must not be due at all.
    #[serde(skip_serializing_if = "Option::is_none")]
    due_from: Option<String>,
    /// The last one.
    #[serde(skip_serializing_if = "Option::is_none")]
    due_to: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_done: Option<bool>,
    /// The ranks of priorities of which it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    priorities: Option<Vec<i16>>,
    /// Labels that it has.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    labels: Vec<String>,
    /// Labels that it has not.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    no_labels: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_labelled: Option<bool>,
    /// Ids of lists of which it is in one.
    #[serde(skip_serializing_if = "Option::is_none")]
    lists: Option<Vec<String>>,
    /// Ids of lists that it is not in.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    no_lists: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    in_inbox: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_repeating: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_timed: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_subtask: Option<bool>,
    /// Words that it has, in PostgreSQL's form.
    #[serde(skip_serializing_if = "Option::is_none")]
    words: Option<String>,
    /// Words that it has not, any of these.
    #[serde(skip_serializing_if = "Option::is_none")]
    no_words: Option<String>,
    /// The name of the list that it is in, in lower case.
    #[serde(skip)]
    list_name: Option<String>,
    /// Names of lists that it is not in, likewise.
    #[serde(skip)]
    no_list_names: Vec<String>,
    /// When it is due, from and to.
    #[serde(skip)]
    range: Option<(DueBy, DueBy)>,
    /// Two conditions contradict each other.
    #[serde(skip)]
    is_impossible: bool,
}

/// The instant that a task is due by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum DueBy {
    At(Timestamp),
    /// It is not due.
    Never,
}

/// Writes an expression out as alternatives. What can hold for no task is left out.
///
/// # Errors
/// [`QueryError::Complex`] over [`MAX_ALTERNATIVES`].
pub(super) fn write_out(
    expression: &Expression<Condition>,
    now: Timestamp,
) -> Result<Vec<Alternative>, QueryError> {
    let sets = sets(expression, false, now)?;
    let alternatives = sets.into_iter().map(|set| {
        let mut alternative = Alternative::default();
        for (condition, holds) in set {
            alternative.require(condition, holds);
        }
        alternative.finish()
    });
    Ok(alternatives.filter(|alternative| !alternative.is_impossible).collect())
}

/// Conditions, and whether each holds or does not.
type Set = Vec<(Condition, bool)>;

fn sets(
    expression: &Expression<Condition>,
    is_negated: bool,
    now: Timestamp,
) -> Result<Vec<Set>, QueryError> {
    match expression {
        Expression::Not(part) => sets(part, !is_negated, now),
        Expression::One(condition) => Ok(sets_of_condition(condition, is_negated, now)),
        // What does not hold of all does not hold of one (De Morgan).
        Expression::All(parts) if is_negated => union(parts, is_negated, now),
        Expression::Any(parts) if !is_negated => union(parts, is_negated, now),
        Expression::All(parts) | Expression::Any(parts) => {
            let mut product = vec![Set::new()];
            for part in parts {
                let factors = sets(part, is_negated, now)?;
                check_number(product.len() * factors.len())?;
                product = product
                    .iter()
                    .flat_map(|set| factors.iter().map(move |factor| [&set[..], &factor[..]].concat()))
                    .collect();
            }
            Ok(product)
        }
    }
}

fn union(parts: &[Expression<Condition>], is_negated: bool, now: Timestamp) -> Result<Vec<Set>, QueryError> {
    let mut union = Vec::new();
    for part in parts {
        union.extend(sets(part, is_negated, now)?);
        check_number(union.len())?;
    }
    Ok(union)
}

fn check_number(alternatives: usize) -> Result<(), QueryError> {
    if alternatives > MAX_ALTERNATIVES { Err(QueryError::Complex) } else { Ok(()) }
}

/// What a condition, or its contrary, consists of.
fn sets_of_condition(condition: &Condition, is_negated: bool, now: Timestamp) -> Vec<Set> {
    let due = |from, to| (Condition::Due(Range { from, to }), true);
    match (condition, is_negated) {
        (Condition::Not(condition), _) => sets_of_condition(condition, !is_negated, now),
        (Condition::Everything, false) => vec![Set::new()],
        (Condition::Everything, true) => vec![],
        (Condition::NotDue, true) => vec![vec![due(None, Some(LAST_DUE))]],
        (Condition::Overdue, false) => {
            vec![vec![(Condition::Done, false), due(None, Some(just_before(now)))]]
        }
        (Condition::Overdue, true) => vec![vec![(Condition::Done, true)], vec![due(Some(now), None)]],
        (Condition::Due(range), true) => {
            let before = range.from.map(|from| vec![due(None, Some(just_before(from)))]);
            let after = range.to.map(|to| vec![due(Some(just_after(to)), None)]);
            before.into_iter().chain(after).collect()
        }
        (other, _) => vec![vec![(other.clone(), !is_negated)]],
    }
}

impl Alternative {
    /// The lists that it names, in lower case.
    pub(super) fn list_names(&self) -> impl Iterator<Item = &str> {
        self.list_name.iter().chain(&self.no_list_names).map(String::as_str)
    }

    /// Puts ids in the place of names.
    pub(super) fn name_lists(&mut self, ids: impl Fn(&str) -> Vec<String>) {
        self.lists = self.list_name.as_deref().map(&ids);
        self.no_lists = self.no_list_names.iter().flat_map(|name| ids(name)).collect();
    }

    /// One more condition that must hold, or must not.
    fn require(&mut self, condition: Condition, holds: bool) {
        match condition {
            Condition::Due(range) => self.narrow(
                DueBy::At(range.from.unwrap_or(Timestamp::MIN)),
                range.to.map_or(DueBy::Never, DueBy::At),
            ),
            // Later than all that are due.
            Condition::NotDue => self.narrow(DueBy::Never, DueBy::Never),
            Condition::Done => self.is_impossible |= !agree(&mut self.is_done, holds),
            Condition::Priority(priority) => {
                let is_meant = |rank: &i16| (*rank == priority::rank(priority)) == holds;
                let left = self.priorities.take().unwrap_or_else(|| (1..=4).collect());
                let left: Vec<i16> = left.into_iter().filter(is_meant).collect();
                self.is_impossible |= left.is_empty();
                self.priorities = Some(left);
            }
            Condition::Label(label) => {
                if holds { &mut self.labels } else { &mut self.no_labels }.push(label);
            }
            Condition::Labelled => self.is_impossible |= !agree(&mut self.is_labelled, holds),
            Condition::List(name) if holds => {
                let other = self.list_name.replace(name.clone());
                self.is_impossible |= other.is_some_and(|other| other != name);
            }
            Condition::List(name) => self.no_list_names.push(name),
            Condition::Inbox => self.is_impossible |= !agree(&mut self.in_inbox, holds),
            Condition::Repeating => self.is_impossible |= !agree(&mut self.is_repeating, holds),
            Condition::Timed => self.is_impossible |= !agree(&mut self.is_timed, holds),
            Condition::Subtask => self.is_impossible |= !agree(&mut self.is_subtask, holds),
            Condition::Words(words) => {
                let (all, operator) =
                    if holds { (&mut self.words, " & ") } else { (&mut self.no_words, " | ") };
                let joined = all.take().map_or(String::new(), |before| before + operator);
                *all = Some(format!("{joined}({words})"));
            }
            // Written out before.
            Condition::Overdue | Condition::Not(_) | Condition::Everything => {}
        }
    }

    fn narrow(&mut self, from: DueBy, to: DueBy) {
        let (first, last) = self.range.unwrap_or((DueBy::At(Timestamp::MIN), DueBy::Never));
        self.range = Some((first.max(from), last.min(to)));
    }

    /// The range as texts.
    fn finish(mut self) -> Self {
        if let Some((from, to)) = self.range {
            self.is_impossible |= from > to;
            self.due_from = match from {
                DueBy::At(from) => (from > Timestamp::MIN).then(|| instant::text(from)),
                DueBy::Never => Some("infinity".to_owned()),
            };
            self.due_to = match to {
                DueBy::At(to) => Some(instant::text(to)),
                DueBy::Never => None,
            };
        }
        self
    }
}

/// Whether what is asked now goes with what was asked before.
fn agree(asked: &mut Option<bool>, now: bool) -> bool {
    *asked.get_or_insert(now) == now
}
