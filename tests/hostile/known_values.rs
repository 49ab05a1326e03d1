//! What has been learned from answers: ids, states and cursors that are good, at least for somebody.

use std::collections::{HashMap, VecDeque};

use fastrand::Rng;
use serde_json::Value;

use crate::hostile_values;

/// How many of a kind are remembered.
const MAX_VALUES: usize = 24;

/// What a value is good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// A task of a person.
    Task,
    /// Where a list goes on.
    Cursor,
    /// What a call that asked gave out.
    State,
    /// A call that runs as a task.
    Job,
    Session,
    /// A session whose client can be asked.
    AskingSession,
    /// An event on a stream.
    Event,
}

/// The newest values of each kind.
#[derive(Debug, Clone, Default)]
pub struct KnownValues(HashMap<Kind, VecDeque<String>>);

impl KnownValues {
    /// Remembers a value.
    pub fn learn(&mut self, kind: Kind, value: &str) {
        let values = self.0.entry(kind).or_default();
        if values.len() == MAX_VALUES {
            values.pop_front();
        }
        values.push_back(value.to_owned());
    }

    /// Remembers what is in an answer.
    pub fn learn_from(&mut self, answer: &Value) {
        match answer {
            Value::Array(items) => items.iter().for_each(|item| self.learn_from(item)),
            Value::Object(members) => {
                for (name, value) in members {
                    match (name.as_str(), value.as_str()) {
                        ("id", Some(id)) if id.len() == 36 => self.learn(Kind::Task, id),
                        ("nextCursor" | "next_cursor", Some(cursor)) => self.learn(Kind::Cursor, cursor),
                        ("requestState", Some(state)) => self.learn(Kind::State, state),
                        ("taskId", Some(id)) => self.learn(Kind::Job, id),
                        _ => self.learn_from(value),
                    }
                }
            }
            _ => {}
        }
    }

    /// A value of this kind: mostly a good one, sometimes a changed one, sometimes nonsense.
    pub fn any(&self, kind: Kind, random: &mut Rng) -> String {
        let good = self.0.get(&kind).and_then(|values| values.get(random.usize(..values.len())));
        match (good, random.u8(..12)) {
            (None, _) | (_, 0) => hostile_values::word(random),
            (Some(good), 1) => changed(good, random),
            (Some(good), _) => good.clone(),
        }
    }
}

/// The value with one character changed.
fn changed(value: &str, random: &mut Rng) -> String {
    let mut characters: Vec<char> = value.chars().collect();
    let place = random.usize(..characters.len().max(1));
    if let Some(character) = characters.get_mut(place) {
        *character = random.alphanumeric();
    }
    characters.into_iter().collect()
}
