//! How much room a user's list has, without counting it before every addition.
//!
//! Counting a long list takes the database some milliseconds, so it is counted for some additions only: for a user's first one
//! in an instance, and again after at most [`MAX_UNCOUNTED`] more, sooner where it is nearly full. A list that many instances
//! add to at once may come to hold a few more.

use std::cell::RefCell;
use std::collections::HashMap;

/// Additions of a user after which their list is counted again.
const MAX_UNCOUNTED: u32 = 64;

/// The share of the room that an instance adds to before it counts again: others may be adding, too.
const SHARE: u32 = 8;

/// Users that an instance knows the room of.
const MAX_USERS: usize = 256;

thread_local! {
    static ROOM: RefCell<Room> = RefCell::default();
}

/// Whether a task may be added without counting the list; it then counts as added.
pub fn has_room(user: &str) -> bool {
    ROOM.with_borrow_mut(|room| room.take(user))
}

/// Keeps how many more tasks a list has room for.
pub fn keep_room(user: &str, tasks: u32) {
    ROOM.with_borrow_mut(|room| room.put(user, tasks));
}

/// How many tasks may be added to lists before they are counted again.
#[derive(Default)]
struct Room(HashMap<String, u32>);

impl Room {
    fn take(&mut self, user: &str) -> bool {
        match self.0.get_mut(user) {
            Some(left) if *left > 0 => {
                *left -= 1;
                true
            }
            _ => false,
        }
    }

    fn put(&mut self, user: &str, tasks: u32) {
        if self.0.len() >= MAX_USERS && !self.0.contains_key(user) {
            self.0.clear();
        }
        self.0.insert(user.to_owned(), (tasks / SHARE).min(MAX_UNCOUNTED));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn added_before_counting(room: &mut Room, user: &str) -> usize {
        (0..1000).take_while(|_| room.take(user)).count()
    }

    #[test]
    fn a_list_is_counted_first_and_again_after_some_additions() {
        let mut room = Room::default();
        assert_eq!(added_before_counting(&mut room, "ann"), 0);
        room.put("ann", 5_000);
        assert_eq!(added_before_counting(&mut room, "bob"), 0);
        assert_eq!(added_before_counting(&mut room, "ann"), 64);
    }

    #[test]
    fn a_list_that_is_nearly_full_is_counted_when_it_may_be() {
        let mut room = Room::default();
        room.put("ann", 24);
        assert_eq!(added_before_counting(&mut room, "ann"), 3);
        room.put("ann", 7);
        assert_eq!(added_before_counting(&mut room, "ann"), 0);
    }

    #[test]
    fn an_instance_keeps_the_room_of_so_many_users_and_no_more() {
        let mut room = Room::default();
        for user in 0..=MAX_USERS {
            room.put(&user.to_string(), 1);
            assert!(room.0.len() <= MAX_USERS);
        }
    }
}
