//! Where a user's lists stand: what the rules about order and nesting need to know of them.

use task_model::Violations;
use task_model::types::ToolError;
use user_database::{Statement, UserDatabase, columns, statement};
use uuid::Uuid;

columns! {
    /// Where a list stands.
    #[derive(Debug, Clone, PartialEq)]
    pub struct Place {
        /// The list.
        id: Uuid,
        /// The one that it is nested in.
        parent_id: Option<Uuid>,
        /// Its rank among those of its level.
        position: String,
        /// Whether it is archived.
        is_archived: bool,
    }
}

const STATEMENT: Statement<(), Place> = statement!("todo.lists", "select_places.sql");

/// Where all of the user's lists stand, by their rank.
///
/// # Errors
/// Unavailable or internal by the database.
pub async fn select_places(database: &UserDatabase) -> Result<Vec<Place>, ToolError> {
    Ok(database.rows(&STATEMENT, ()).await?)
}

/// Checks that lists can be nested in this one.
///
/// # Errors
/// List not found; invalid where it is nested itself, or archived.
pub fn check_parent(places: &[Place], parent: Uuid) -> Result<(), ToolError> {
    let parent = places.iter().find(|place| place.id == parent).ok_or(ToolError::ListNotFound)?;
    let mut violations = Violations::none();
    if parent.parent_id.is_some() {
        violations
            .add("/parent_id", "This list is nested in another one, and lists are nested one level deep.");
    }
    if parent.is_archived {
        violations
            .add("/parent_id", "This list is archived: nothing can be put into it before it is used again.");
    }
    violations.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_list_at_the_top_that_is_in_use_takes_others() {
        let place = |number: u128, parent: Option<u128>, is_archived| Place {
            id: Uuid::from_u128(number),
            parent_id: parent.map(Uuid::from_u128),
            position: "80".to_owned(),
            is_archived,
        };
        let places = [place(1, None, false), place(2, Some(1), false), place(3, None, true)];
        assert!(check_parent(&places, Uuid::from_u128(1)).is_ok());
        for wrong in [2, 3] {
            assert!(matches!(check_parent(&places, Uuid::from_u128(wrong)), Err(ToolError::Invalid(_))));
        }
        assert!(matches!(check_parent(&places, Uuid::from_u128(4)), Err(ToolError::ListNotFound)));
    }
}
