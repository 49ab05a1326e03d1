//! Where a list goes among the others.

use list_rows::rank;
use list_rows::{Place, check_parent};
use task_model::invalid;
use task_model::types::ToolError;
use uuid::Uuid;

use crate::arguments::{Arguments, Target};

/// A new place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Placement {
    /// The list that it is nested in.
    pub parent_id: Option<Uuid>,
    /// Its new rank; none where it keeps the one that it has.
    pub position: Option<String>,
}

const NOT_INTO_ITSELF: &str = "A list can't be placed by itself: name another one.";
const HOLDS_OTHERS: &str =
    "Other lists are nested in this one, and lists are nested one level deep: take them out first.";
const IN_AN_ARCHIVED_ONE: &str =
    "The list that it is nested in is archived: use that one again, or take this one out of it.";

/// Where the list goes, none where it stays.
///
/// # Errors
/// List not found, for it and for the one that the place is told by; invalid where lists would be nested deeper than one level, or
/// a list in use would be in an archived one.
pub fn place(places: &[Place], arguments: &Arguments) -> Result<Option<Placement>, ToolError> {
    let find = |id: Uuid| places.iter().find(|place| place.id == id).ok_or(ToolError::ListNotFound);
    let moved = find(arguments.id)?;
    let is_archived = arguments.archived.unwrap_or(moved.is_archived);
    let Some(target) = arguments.target else {
        // It stays where it is, which may be a place for archived lists alone.
        if let Some(parent) = moved.parent_id
            && !is_archived
            && find(parent)?.is_archived
        {
            return Err(invalid("/archived", IN_AN_ARCHIVED_ONE));
        }
        return Ok(None);
    };
    let (member, parent_id) = match target {
        Target::Top => ("", None),
        Target::Into(parent) => ("/parent_id", Some(parent)),
        Target::Beside(rank::Side::Before, other) => ("/before", find(other)?.parent_id),
        Target::Beside(rank::Side::After, other) => ("/after", find(other)?.parent_id),
    };
    if matches!(target, Target::Into(id) | Target::Beside(_, id) if id == moved.id) {
        return Err(invalid(member, NOT_INTO_ITSELF));
    }
    if let Some(parent) = parent_id.filter(|_| parent_id != moved.parent_id || !is_archived) {
        check_parent(places, parent)?;
    }
    if parent_id.is_some() && places.iter().any(|place| place.parent_id == Some(moved.id)) {
        return Err(invalid(member, HOLDS_OTHERS));
    }
    let position = match target {
        Target::Beside(side, other) => rank::beside(places, find(other)?, side, moved),
        // It is there already.
        _ if parent_id == moved.parent_id => Ok(None),
        _ => rank::last(places, parent_id, moved.id).map(Some),
    };
    let position = position.map_err(|error| invalid(member, error))?;
    Ok(Some(Placement { parent_id, position }))
}

#[cfg(test)]
mod tests {
    use list_rows::rank::Side;

    use super::*;

    fn listed(number: u128, parent: Option<u128>, position: &str) -> Place {
        Place {
            id: Uuid::from_u128(number),
            parent_id: parent.map(Uuid::from_u128),
            position: position.to_owned(),
            is_archived: false,
        }
    }

    fn moved(number: u128, target: Target) -> Arguments {
        Arguments {
            id: Uuid::from_u128(number),
            name: None,
            colour: None,
            target: Some(target),
            archived: None,
        }
    }

    fn pointer(outcome: Result<Option<Placement>, ToolError>) -> String {
        match outcome {
            Err(ToolError::Invalid(found)) => found[0].pointer.clone(),
            other => panic!("must be invalid: {other:?}"),
        }
    }

    fn places() -> Vec<Place> {
        vec![
            listed(1, None, "80"),
            listed(2, None, "8180"),
            listed(3, Some(1), "80"),
            listed(4, None, "8280"),
        ]
    }

    #[test]
    fn beside_another_list_means_onto_its_level() {
        let beside =
            place(&places(), &moved(4, Target::Beside(Side::After, Uuid::from_u128(3)))).unwrap().unwrap();
        assert_eq!(beside.parent_id, Some(Uuid::from_u128(1)));
        assert!(beside.position.unwrap().as_str() > "80");
        let first =
            place(&places(), &moved(4, Target::Beside(Side::Before, Uuid::from_u128(1)))).unwrap().unwrap();
        assert_eq!(first.parent_id, None);
        assert!(first.position.unwrap().as_str() < "80");
    }

    #[test]
    fn a_list_that_is_there_already_stays() {
        for (number, target) in [
            (1, Target::Top),
            (3, Target::Into(Uuid::from_u128(1))),
            (2, Target::Beside(Side::After, Uuid::from_u128(1))),
        ] {
            assert_eq!(
                place(&places(), &moved(number, target)).unwrap().unwrap().position,
                None,
                "{target:?}"
            );
        }
    }

    #[test]
    fn lists_are_nested_one_level_deep() {
        for (number, target, expected) in [
            (2, Target::Into(Uuid::from_u128(3)), "/parent_id"),
            (1, Target::Into(Uuid::from_u128(2)), "/parent_id"),
            (1, Target::Beside(Side::Before, Uuid::from_u128(3)), "/before"),
            (2, Target::Into(Uuid::from_u128(2)), "/parent_id"),
            (2, Target::Beside(Side::After, Uuid::from_u128(2)), "/after"),
        ] {
            assert_eq!(pointer(place(&places(), &moved(number, target))), expected, "{number} {target:?}");
        }
    }

    #[test]
    fn a_list_in_use_is_in_no_archived_one() {
        let mut places = places();
        for place in &mut places {
            place.is_archived = place.id.as_u128() % 2 == 1;
        }
        let again = Arguments { archived: Some(false), target: None, ..moved(3, Target::Top) };
        assert_eq!(pointer(place(&places, &again)), "/archived");
        let taken_out = Arguments { archived: Some(false), ..moved(3, Target::Top) };
        assert_eq!(place(&places, &taken_out).unwrap().unwrap().parent_id, None);
        assert_eq!(pointer(place(&places, &moved(2, Target::Into(Uuid::from_u128(1))))), "/parent_id");
    }

    #[test]
    fn what_is_not_there_is_not_found() {
        for change in [moved(9, Target::Top), moved(1, Target::Beside(Side::After, Uuid::from_u128(9)))] {
            assert!(matches!(place(&places(), &change), Err(ToolError::ListNotFound)));
        }
    }
}
