//! Days and times in a person's words: "tomorrow (Sun 22 Nov) at 18:00".

use jiff::civil::Date;

use crate::tasks::Task;
use task_language::Clock;
use task_language::Due;

/// "tomorrow (Sun 22 Nov)", "Fri 5 Mar 2027".
pub fn day_words(day: Date, clock: &Clock) -> String {
    let today = clock.today();
    let format = if day.year() == today.year() { "%a %-d %b" } else { "%a %-d %b %Y" };
    let date = day.strftime(format).to_string();
    let near = [("yesterday", -1), ("today", 0), ("tomorrow", 1)];
    match near.into_iter().find(|(_, days)| Clock::days_after(today, *days) == day) {
        Some((name, _)) => format!("{name} ({date})"),
        None => date,
    }
}

/// The day, and the time if there is one.
pub fn due_words(due: &Due, clock: &Clock) -> String {
    match due {
        Due::Day(day) => day_words(*day, clock),
        Due::At(at) => format!("{} at {}", day_words(at.date(), clock), at.strftime("%H:%M")),
    }
}

/// When a task is due; `None` when it is not.
pub fn task_due_words(task: &Task, clock: &Clock) -> Option<String> {
    Due::parse(task.due.as_deref()?, clock).map(|due| due_words(&due, clock))
}
