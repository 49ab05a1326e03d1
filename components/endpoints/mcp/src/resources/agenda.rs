//! Today's agenda as text that people and models read alike.

use std::fmt::Write as _;

use task_model::Named as _;
use task_model::types::{Overview, Priority, Task};

/// An overview as Markdown.
pub(crate) fn markdown(overview: &Overview) -> String {
    let mut text = format!(
        "# Agenda for {}\n\n{} open, {} overdue, {} due today, {} coming up, {} completed today.\n",
        overview.today,
        overview.open_count,
        overview.overdue_count,
        overview.due_today_count,
        overview.upcoming_count,
        overview.completed_today_count,
    );
    for (heading, count, tasks) in [
        ("Overdue", overview.overdue_count, &overview.overdue),
        ("Due today", overview.due_today_count, &overview.due_today),
        ("Coming up", overview.upcoming_count, &overview.upcoming),
    ] {
        section(&mut text, heading, count, tasks);
    }
    if !overview.labels.is_empty() {
        text.push_str("\n## Labels\n\n");
        for label in &overview.labels {
            // Writing to a string has no way to fail.
            let _ = writeln!(text, "- {} ({})", label.label, label.open);
        }
    }
    text
}

fn section(text: &mut String, heading: &str, count: u32, tasks: &[Task]) {
    if tasks.is_empty() {
        return;
    }
    let _ = write!(text, "\n## {heading}\n\n");
    for task in tasks {
        let _ = writeln!(text, "{}", line(task));
    }
    let more = u64::from(count).saturating_sub(tasks.len() as u64);
    if more > 0 {
        let _ = writeln!(text, "- and {more} more");
    }
}

/// A task on one line. Its title is one line already.
fn line(task: &Task) -> String {
    let due = task.due.as_deref().map(|due| format!(", due {due}")).unwrap_or_default();
    let priority = match task.priority {
        Priority::Normal => String::new(),
        priority => format!(", {}", priority.name()),
    };
    let labels: String = task.labels.iter().map(|label| format!(" #{label}")).collect();
    format!("- {}{due}{priority}{labels} ({})", task.title, task.id)
}

#[cfg(test)]
mod tests {
    use task_model::types::LabelCount;

    use super::*;

    fn task(title: &str, due: Option<&str>, priority: Priority) -> Task {
        Task {
            id: "7".into(),
            title: title.into(),
            notes: None,
            due: due.map(Into::into),
            time_zone: None,
            priority,
            labels: vec!["home".into()],
            list_id: None,
            list: None,
            recurrence: None,
            parent_id: None,
            subtasks: None,
            completed_at: None,
            version: 1,
            created_at: String::new(),
            updated_at: String::new(),
        }
    }

    #[test]
    fn an_agenda_says_what_matters_and_what_it_leaves_out() {
        let overview = Overview {
            today: "2026-11-26".into(),
            open_count: 13,
            overdue_count: 12,
            due_today_count: 0,
            upcoming_count: 1,
            completed_today_count: 2,
            overdue: vec![task("Pay the rent", Some("2026-11-20"), Priority::Urgent)],
            due_today: Vec::new(),
            upcoming: vec![task("Call Ann", None, Priority::Normal)],
            labels: vec![LabelCount { label: "home".into(), open: 2 }],
        };
        assert_eq!(
            markdown(&overview),
            "# Agenda for 2026-11-26\n\n13 open, 12 overdue, 0 due today, 1 coming up, 2 completed today.\n\
             \n## Overdue\n\n- Pay the rent, due 2026-11-20, urgent #home (7)\n- and 11 more\n\
             \n## Coming up\n\n- Call Ann #home (7)\n\
             \n## Labels\n\n- home (2)\n"
        );
    }
}
