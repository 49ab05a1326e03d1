//! One file per format: how a document begins, how a task stands in it, how it ends.

pub mod csv;
pub mod icalendar;
pub mod json;
pub mod markdown;

#[cfg(test)]
pub mod tests {
    //! What the tests of all formats write down.

    use task_model::types::{Priority, Recurrence, RecurrenceBase, SubtaskCounts, Task};

    /// A task of this title with nothing else to it.
    pub fn task(title: &str) -> Task {
        Task {
            id: "01936f2e-5d1c-7b3a-9c4e-8f2a6b7d0e1f".to_owned(),
            title: title.to_owned(),
            notes: None,
            due: None,
            time_zone: None,
            priority: Priority::Normal,
            labels: Vec::new(),
            list_id: None,
            list: None,
            recurrence: None,
            parent_id: None,
            subtasks: None,
            completed_at: None,
            version: 1,
            created_at: "2026-11-18T11:06:40Z".to_owned(),
            updated_at: "2026-11-18T11:06:40Z".to_owned(),
        }
    }

    /// A task with everything to it.
    pub fn whole() -> Task {
        Task {
            notes: Some("two\nlines".to_owned()),
            due: Some("2026-12-01T18:00:00+01:00".to_owned()),
            time_zone: Some("Europe/Berlin".to_owned()),
            priority: Priority::High,
            labels: vec!["home".to_owned(), "phone".to_owned()],
            list_id: Some("01936f2e-5d1c-7b3a-9c4e-8f2a6b7d0e20".to_owned()),
            list: Some("Family".to_owned()),
            recurrence: Some(Recurrence {
                rule: "FREQ=WEEKLY;INTERVAL=2".to_owned(),
                from: RecurrenceBase::Due,
                zone: "Europe/Berlin".to_owned(),
                exceptions: Vec::new(),
                words: "every 2 weeks".to_owned(),
            }),
            parent_id: Some("01936f2e-5d1c-7b3a-9c4e-8f2a6b7d0e21".to_owned()),
            subtasks: Some(SubtaskCounts { open: 2, completed: 1, changed: 0 }),
            completed_at: Some("2026-11-19T08:00:00Z".to_owned()),
            version: 3,
            ..task("Call Ann")
        }
    }
}
