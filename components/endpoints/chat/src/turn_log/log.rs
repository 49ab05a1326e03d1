//! The events of a turn that runs here.

use std::cell::RefCell;

use serde_json::Value;

use super::event::{Event, EventName};

/// The events of a turn that runs here: how many there were, and those that are not stored yet.
#[derive(Default)]
pub struct TurnLog(RefCell<Events>);

#[derive(Default)]
struct Events {
    count: i32,
    unsaved: Vec<Event>,
}

impl TurnLog {
    /// Adds an event and answers it with its number.
    pub fn add(&self, name: EventName, data: Value) -> Event {
        let mut events = self.0.borrow_mut();
        events.count += 1;
        let event = Event { number: events.count, name, data };
        events.unsaved.push(event.clone());
        event
    }

    /// The events that are not stored yet. Whoever can't store them gives them back.
    pub fn take_unsaved(&self) -> Vec<Event> {
        std::mem::take(&mut self.0.borrow_mut().unsaved)
    }

    /// Takes events back that could not be stored.
    pub fn put_back(&self, events: Vec<Event>) {
        let unsaved = &mut self.0.borrow_mut().unsaved;
        unsaved.splice(..0, events);
    }

    /// Whether there is something to store.
    pub fn has_unsaved(&self) -> bool {
        !self.0.borrow().unsaved.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_numbered_and_given_out_once_unless_they_come_back() {
        let log = TurnLog::default();
        assert_eq!(log.add(EventName::Delta, Value::Null).number, 1);
        log.add(EventName::Delta, Value::Null);
        let taken = log.take_unsaved();
        assert_eq!((taken.len(), log.has_unsaved()), (2, false));
        log.add(EventName::Done, Value::Null);
        log.put_back(taken);
        let numbers: Vec<i32> = log.take_unsaved().iter().map(|event| event.number).collect();
        assert_eq!(numbers, [1, 2, 3]);
    }
}
