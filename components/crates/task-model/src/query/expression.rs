//! The form of a query: conditions, joined and in brackets.

use winnow::ascii::multispace0;
use winnow::combinator::{alt, delimited, eof, preceded, repeat, separated, terminated};
use winnow::error::ContextError;
use winnow::prelude::*;
use winnow::stream::{LocatingSlice, Location};
use winnow::token::{any, none_of};

use super::{MAX_CHARACTERS, MAX_DEPTH, QueryError};

/// A query as a tree. `&` binds closer than `|`, `!` closer than both.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Expression<C> {
    /// All must hold.
    All(Vec<Self>),
    /// One must hold.
    Any(Vec<Self>),
    /// It must not hold.
    Not(Box<Self>),
    /// A condition.
    One(C),
}

/// The text of a condition.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct ConditionText {
    /// Without what keeps `&`, `|` and brackets from having their meaning.
    pub(super) text: String,
    /// Where it begins, in characters from 1 on.
    pub(super) at: usize,
}

impl<C> Expression<C> {
    /// The same form of other conditions.
    pub(super) fn try_map<D, E>(self, map: &mut impl FnMut(C) -> Result<D, E>) -> Result<Expression<D>, E> {
        Ok(match self {
            Self::All(parts) => Expression::All(map_each(parts, map)?),
            Self::Any(parts) => Expression::Any(map_each(parts, map)?),
            Self::Not(part) => Expression::Not(Box::new(part.try_map(map)?)),
            Self::One(condition) => Expression::One(map(condition)?),
        })
    }
}

fn map_each<C, D, E>(
    parts: Vec<Expression<C>>,
    map: &mut impl FnMut(C) -> Result<D, E>,
) -> Result<Vec<Expression<D>>, E> {
    parts.into_iter().map(|part| part.try_map(map)).collect()
}

type Input<'a> = LocatingSlice<&'a str>;
type Parsed<T> = Result<T, ContextError>;

/// Reads the form of a query.
pub(super) fn parse(text: &str) -> Result<Expression<ConditionText>, QueryError> {
    let length = text.chars().count();
    if length == 0 {
        return Err(QueryError::Empty);
    }
    if length > MAX_CHARACTERS {
        return Err(QueryError::Long(length));
    }
    // Before it is read: each bracket is a call in a call.
    if depth(text) > MAX_DEPTH {
        return Err(QueryError::Deep);
    }
    let place = |bytes: usize| text.get(..bytes).map_or(length, |before| before.chars().count()) + 1;
    let mut input = LocatingSlice::new(text);
    let parsed = any_of(&mut input);
    let rest = input.current_token_start();
    match parsed {
        Ok(expression) if eof::<_, ContextError>(&mut input).is_ok() => {
            expression.try_map(&mut |condition: ConditionText| {
                Ok(ConditionText { at: place(condition.at), ..condition })
            })
        }
        _ if text.get(rest..).is_some_and(|rest| rest.starts_with(',')) => {
            Err(QueryError::Comma(place(rest)))
        }
        _ => Err(QueryError::Syntax(place(rest))),
    }
}

fn depth(text: &str) -> usize {
    let (mut depth, mut deepest) = (0_usize, 0);
    for character in text.chars() {
        match character {
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(depth);
    }
    deepest
}

fn any_of(input: &mut Input<'_>) -> Parsed<Expression<ConditionText>> {
    separated(1.., all_of, '|').map(|parts| one_or(parts, Expression::Any)).parse_next(input)
}

fn all_of(input: &mut Input<'_>) -> Parsed<Expression<ConditionText>> {
    separated(1.., negated, '&').map(|parts| one_or(parts, Expression::All)).parse_next(input)
}

fn one_or(
    mut parts: Vec<Expression<ConditionText>>,
    join: impl FnOnce(Vec<Expression<ConditionText>>) -> Expression<ConditionText>,
) -> Expression<ConditionText> {
    match parts.pop() {
        Some(only) if parts.is_empty() => only,
        last => join(parts.into_iter().chain(last).collect()),
    }
}

fn negated(input: &mut Input<'_>) -> Parsed<Expression<ConditionText>> {
    let marks =
        preceded(multispace0, repeat(0.., terminated('!', multispace0)).map(|marks: Vec<char>| marks.len()));
    let bracket = delimited('(', any_of, preceded(multispace0, ')'));
    let part = terminated(alt((bracket, condition)), multispace0);
    (marks, part)
        .map(|(marks, part)| if marks % 2 == 1 { Expression::Not(Box::new(part)) } else { part })
        .parse_next(input)
}

/// Up to the next sign that has a meaning. A backslash takes it from the one behind.
fn condition(input: &mut Input<'_>) -> Parsed<Expression<ConditionText>> {
    let character = alt((preceded('\\', any), none_of(['&', '|', '(', ')', ',', '\\'])));
    repeat(1.., character)
        .with_span()
        .verify_map(|(text, span): (String, _)| {
            let text = text.trim().to_owned();
            (!text.is_empty()).then_some(Expression::One(ConditionText { text, at: span.start }))
        })
        .parse_next(input)
}
