//! Which task of a document is a subtask of which.

use std::collections::HashMap;

use task_model::types::ImportNotice;

use crate::entry::NewRow;

/// How many levels of tasks there may be (`todo.check_parent`).
const MAX_LEVELS: usize = 5;
const NO_PARENT: &str =
    "It is no subtask, since the task that it is below was left out or is not in the document.";
const DONE: &str = "It is no subtask, since the task that it is below is done and it is not.";
const DEEP: &str = "It is no subtask, since it would be deeper than five levels, or below itself.";

/// The place of each task's parent among them, and what is no subtask though the document says so.
pub fn resolve(rows: &[NewRow]) -> (Vec<Option<usize>>, Vec<ImportNotice>) {
    let mut places: HashMap<&str, usize> = HashMap::new();
    for (place, row) in rows.iter().enumerate() {
        if let Some(id) = row.id.as_deref() {
            places.entry(id).or_insert(place);
        }
    }
    let mut parents: Vec<Option<usize>> = vec![None; rows.len()];
    let mut notices = Vec::new();
    for (place, row) in rows.iter().enumerate() {
        let Some(id) = row.parent_id.as_deref() else { continue };
        let found = places.get(id).and_then(|parent| Some((*parent, rows.get(*parent)?)));
        let refused = match found {
            None => Some(NO_PARENT),
            Some((_, parent)) if parent.completed_at.is_some() && row.completed_at.is_none() => Some(DONE),
            Some(_) => None,
        };
        match refused {
            Some(message) => notices.push(notice(row, message)),
            None => {
                if let Some(slot) = parents.get_mut(place) {
                    *slot = found.map(|(parent, _)| parent);
                }
            }
        }
    }
    // From the top: what is cut off here is a top itself for what is below it.
    for (place, row) in rows.iter().enumerate() {
        if levels(&parents, place) > MAX_LEVELS {
            if let Some(slot) = parents.get_mut(place) {
                *slot = None;
            }
            notices.push(notice(row, DEEP));
        }
    }
    (parents, notices)
}

/// How many levels there are down to a task; one more than there may be where they have no end.
fn levels(parents: &[Option<usize>], place: usize) -> usize {
    let above = std::iter::successors(Some(place), |place| parents.get(*place).copied().flatten());
    above.take(MAX_LEVELS + 1).count()
}

fn notice(row: &NewRow, message: &str) -> ImportNotice {
    ImportNotice { position: row.position, skipped: false, message: message.to_owned() }
}

#[cfg(test)]
mod tests {
    use task_model::types::Priority;

    use super::*;

    fn row(id: &str, parent: Option<&str>, is_done: bool) -> NewRow {
        NewRow {
            position: 1,
            id: Some(id.to_owned()),
            parent_id: parent.map(str::to_owned),
            title: id.to_owned(),
            notes: None,
            due: None,
            priority: Priority::Normal,
            labels: Vec::new(),
            completed_at: is_done.then(|| "2026-11-30T08:00:00Z".parse().unwrap()),
        }
    }

    #[test]
    fn a_parent_is_found_wherever_it_stands() {
        let rows = [row("a", Some("b"), false), row("b", None, false), row("c", Some("a"), true)];
        assert_eq!(resolve(&rows), (vec![Some(1), None, Some(0)], vec![]));
    }

    #[test]
    fn what_can_be_no_subtask_is_at_the_top_with_a_notice() {
        let rows = [row("a", Some("gone"), false), row("b", None, true), row("c", Some("b"), false)];
        let (parents, notices) = resolve(&rows);
        assert_eq!((parents, notices.len()), (vec![None; 3], 2));
    }

    #[test]
    fn circles_are_opened_and_no_level_is_deeper_than_the_fifth() {
        let circle = [row("a", Some("b"), false), row("b", Some("a"), false)];
        let (parents, notices) = resolve(&circle);
        assert_eq!((parents, notices.len()), (vec![None, Some(0)], 1));
        let names: Vec<String> = (0..12).map(|number| number.to_string()).collect();
        let chain: Vec<NewRow> = (0..12_usize)
            .map(|number| {
                row(&names[number], number.checked_sub(1).map(|above| names[above].as_str()), false)
            })
            .collect();
        let (parents, notices) = resolve(&chain);
        assert!((0..12).all(|place| levels(&parents, place) <= MAX_LEVELS), "{parents:?}");
        assert_eq!(notices.len(), 2);
    }
}
