//! What is known of a request while it is answered.

use std::cell::{Cell, RefCell};

use uuid::Uuid;

/// Whom a request is about, as it is found out while it is answered.
#[derive(Debug, Default)]
pub struct AuditTrail {
    user_id: Cell<Option<Uuid>>,
    client_id: RefCell<Option<String>>,
    refusal: Cell<Option<&'static str>>,
    happened: Cell<Option<(&'static str, Option<&'static str>)>>,
    is_recorded: Cell<bool>,
}

impl AuditTrail {
    /// It is about this user.
    pub fn set_user(&self, user_id: Uuid) {
        self.user_id.set(Some(user_id));
    }

    /// A program that is known by this id acts.
    pub fn set_program(&self, client_id: &str) {
        *self.client_id.borrow_mut() = Some(client_id.to_owned());
    }

    /// It was refused for this reason, whatever the answer looks like.
    pub fn set_refusal(&self, code: &'static str) {
        self.refusal.set(Some(code));
    }

    /// What happened is this, rather than what the path says.
    pub fn set_action(&self, action: &'static str, detail: Option<&'static str>) {
        self.happened.set(Some((action, detail)));
    }

    /// What happened is recorded already, by the statement that did it.
    pub fn set_recorded(&self) {
        self.is_recorded.set(true);
    }

    /// The event that a request was whose answer is no error, where this is the action that its path names; `None` for what is recorded already or need not
    /// be.
    pub fn conclude(&self, action: Option<&'static str>) -> Option<Event<'static>> {
        let event = |action, outcome, detail| Some(Event { action, outcome, detail });
        match (self.is_recorded.get(), self.refusal.get(), self.happened.get()) {
            (true, ..) => None,
            (_, Some(code), happened) => {
                event(happened.map(|(action, _)| action).or(action)?, Outcome::Refused, Some(code))
            }
            (_, None, Some((action, detail))) => event(action, Outcome::Success, detail),
            (_, None, None) => event(action?, Outcome::Success, None),
        }
    }

    /// Whom it is about.
    #[must_use]
    pub fn user_id(&self) -> Option<Uuid> {
        self.user_id.get()
    }

    /// The program that acts.
    #[must_use]
    pub fn client_id(&self) -> Option<String> {
        self.client_id.borrow().clone()
    }
}

/// What is recorded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Event<'a> {
    /// What was done, or tried: `session.started`.
    pub action: &'static str,
    /// What came of it.
    pub outcome: Outcome,
    /// Why it was refused, or which kind of it.
    pub detail: Option<&'a str>,
}

/// What came of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// It was done.
    Success,
    /// It was not.
    Refused,
}

impl Outcome {
    /// Its name in the database.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Success => "success",
            Self::Refused => "refused",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_part_says_goes_before_what_the_path_says() {
        let of = |say: &dyn Fn(&AuditTrail), action| {
            let trail = AuditTrail::default();
            say(&trail);
            trail.conclude(action).map(|event| (event.action, event.outcome, event.detail))
        };
        use Outcome::{Refused, Success};
        assert_eq!(of(&|_| {}, Some("a")), Some(("a", Success, None)));
        assert_eq!(of(&|_| {}, None), None);
        assert_eq!(of(&|trail| trail.set_refusal("no"), Some("a")), Some(("a", Refused, Some("no"))));
        assert_eq!(of(&|trail| trail.set_action("b", Some("c")), Some("a")), Some(("b", Success, Some("c"))));
        assert_eq!(of(&|trail| trail.set_recorded(), Some("a")), None);
    }
}
