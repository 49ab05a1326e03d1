//! Ranks: texts between any two of which there is always another one, so that moving a list changes no other list's row.

use fractional_index::FractionalIndex;
use uuid::Uuid;

use crate::place::Place;

/// The longest rank, in characters. Only who moves lists between the same two thousands of times in a row gets there.
const MAX_RANK_CHARACTERS: usize = 1000;

/// Which side of another list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// In front of it.
    Before,
    /// Behind it.
    After,
}

/// A rank can't be found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("There is no room left at this place: move another list between these two first.")]
pub struct RankError;

/// The rank behind all lists of a level, but the one that moves there.
///
/// # Errors
/// [`RankError`] where ranks have grown as long as they may.
pub fn last(places: &[Place], parent: Option<Uuid>, moved: Uuid) -> Result<String, RankError> {
    let siblings = siblings(places, parent, moved);
    between(siblings.last().map(|place| place.position.as_str()), None)
}

/// The rank beside a list of these; none where the one that moves stands there already.
///
/// # Errors
/// [`RankError`] where ranks have grown as long as they may.
pub fn beside(
    places: &[Place],
    target: &Place,
    side: Side,
    moved: &Place,
) -> Result<Option<String>, RankError> {
    let level = target.parent_id;
    if moved.parent_id == level && stands_beside(places, target, side, moved) {
        return Ok(None);
    }
    let siblings = siblings(places, level, moved.id);
    let mut ranks = siblings.iter().map(|place| place.position.as_str());
    let here = target.position.as_str();
    // Two lists may have one rank, if they were moved in the same moment: what is meant is the next other one.
    let (lower, upper) = match side {
        Side::Before => (ranks.rfind(|rank| *rank < here), Some(here)),
        Side::After => (Some(here), ranks.filter(|rank| *rank > here).min()),
    };
    between(lower, upper).map(Some)
}

/// The lists of a level in their order, without the one that moves.
fn siblings(places: &[Place], parent: Option<Uuid>, moved: Uuid) -> Vec<&Place> {
    places.iter().filter(|place| place.parent_id == parent && place.id != moved).collect()
}

/// Whether a list is the next one on that side of another of its level.
fn stands_beside(places: &[Place], target: &Place, side: Side, moved: &Place) -> bool {
    let level: Vec<Uuid> =
        places.iter().filter(|place| place.parent_id == target.parent_id).map(|place| place.id).collect();
    let (first, second) = match side {
        Side::Before => (moved.id, target.id),
        Side::After => (target.id, moved.id),
    };
    level.windows(2).any(|pair| pair == [first, second])
}

fn between(lower: Option<&str>, upper: Option<&str>) -> Result<String, RankError> {
    let read = |rank: &str| FractionalIndex::from_string(rank).map_err(|_| RankError);
    let (lower, upper) = (lower.map(read).transpose()?, upper.map(read).transpose()?);
    let rank = FractionalIndex::new(lower.as_ref(), upper.as_ref()).ok_or(RankError)?.to_string();
    if rank.len() > MAX_RANK_CHARACTERS { Err(RankError) } else { Ok(rank) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn place(number: u128, position: &str) -> Place {
        Place {
            id: Uuid::from_u128(number),
            parent_id: None,
            position: position.to_owned(),
            is_archived: false,
        }
    }

    /// As the statement answers them.
    fn sorted(mut places: Vec<Place>) -> Vec<Place> {
        places.sort_by(|one, other| (&one.position, one.id).cmp(&(&other.position, other.id)));
        places
    }

    fn appended(number: u128) -> Vec<Place> {
        (0..number).fold(Vec::new(), |mut places, number| {
            let rank = last(&places, None, Uuid::from_u128(number)).unwrap();
            places.push(place(number, &rank));
            places
        })
    }

    #[test]
    fn lists_stand_in_the_order_in_which_they_were_added() {
        let places = appended(200);
        assert_eq!(sorted(places.clone()), places);
        assert!(places.iter().all(|place| place.position.len() <= 8), "ranks stay short");
    }

    #[test]
    fn a_list_that_stands_there_already_keeps_its_rank() {
        let places = appended(3);
        assert_eq!(beside(&places, &places[1], Side::Before, &places[0]), Ok(None));
        assert_eq!(beside(&places, &places[1], Side::After, &places[2]), Ok(None));
        assert!(beside(&places, &places[1], Side::After, &places[0]).unwrap().is_some());
    }

    #[test]
    fn beside_two_of_one_rank_there_is_still_a_place() {
        let places = vec![place(1, "80"), place(2, "80"), place(3, "8180")];
        let moved = place(4, "ff80");
        for target in &places[..2] {
            let behind = beside(&places, target, Side::After, &moved).unwrap().unwrap();
            assert!(behind.as_str() > "80");
            let before = beside(&places, target, Side::Before, &moved).unwrap().unwrap();
            assert!(before.as_str() < "80");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_moved_stands_where_it_was_put_and_nothing_else_moves(
            moves in prop::collection::vec((0..8_usize, 0..8_usize, any::<bool>()), 0..60),
        ) {
            let mut places = appended(8);
            for (moved, target, is_before) in moves {
                let (moved, target) = (places[moved].clone(), places[target].clone());
                if moved.id == target.id { continue }
                let side = if is_before { Side::Before } else { Side::After };
                let mut expected: Vec<Uuid> =
                    places.iter().map(|place| place.id).filter(|id| *id != moved.id).collect();
                let at = expected.iter().position(|id| *id == target.id).unwrap();
                expected.insert(if is_before { at } else { at + 1 }, moved.id);
                if let Some(rank) = beside(&places, &target, side, &moved).unwrap() {
                    let stored = places.iter_mut().find(|place| place.id == moved.id).unwrap();
                    stored.position = rank;
                }
                places = sorted(places);
                prop_assert_eq!(places.iter().map(|place| place.id).collect::<Vec<_>>(), expected);
            }
        }
    }
}
