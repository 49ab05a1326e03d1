//! A user's streams that listen are counted exactly, however many are opened at once, and what is lost is not lost for good.

use std::thread;

use crate::store::Store;

macro_rules! sql {
    ($name:literal) => {
        include_str!(concat!("../../components/crates/mcp-spin/src/store/", $name, ".sql"))
    };
}

/// Tries for one of three places: "t" where it was taken, "f" where another was quicker, "" where there is none.
fn open(user: &str, stream: &str) -> String {
    Store::shared().run(user, sql!("open_listener"), &format!("'{stream}', 3, 30"))
}

fn keep(user: &str, stream: &str) -> String {
    Store::shared().run(user, sql!("renew_listener"), &format!("'{stream}', 30"))
}

fn opened(user: &str) -> Vec<String> {
    let stream = || {
        let stream = Store::shared().new_id();
        assert_eq!(open(user, &stream), "t");
        stream
    };
    vec![stream(), stream(), stream()]
}

#[test]
fn as_many_streams_as_there_are_places_are_opened_however_many_try_at_once() {
    let user = Store::shared().new_id();
    // Again where another was quicker, as the store does: then it has a place, or there is none.
    let try_for_a_place = || {
        let stream = Store::shared().new_id();
        (0..8).map(|_| open(&user, &stream)).find(|answer| answer != "f").unwrap_or_default()
    };
    let answers: Vec<String> = thread::scope(|scope| {
        let all: Vec<_> = (0..12).map(|_| scope.spawn(try_for_a_place)).collect();
        all.into_iter().map(|one| one.join().unwrap()).collect()
    });
    assert_eq!(answers.iter().filter(|answer| *answer == "t").count(), 3, "{answers:?}");
    let rows = format!("SELECT count(*) FROM todo.mcp_listeners WHERE user_id = '{user}'");
    assert_eq!(Store::shared().as_owner(&rows), "3");
}

#[test]
fn a_place_that_is_given_back_is_taken_by_the_next_stream() {
    let user = Store::shared().new_id();
    let streams = opened(&user);
    assert_eq!(open(&user, &Store::shared().new_id()), "");
    assert_ne!(Store::shared().run(&user, sql!("close_listener"), &format!("'{}'", streams[0])), "");
    assert_eq!(open(&user, &Store::shared().new_id()), "t");
    assert_eq!(open(&user, &Store::shared().new_id()), "");
}

#[test]
fn a_stream_that_fell_silent_loses_its_place_to_the_next_and_to_nobody_before() {
    let user = Store::shared().new_id();
    let streams = opened(&user);
    let expire = |stream: &str| {
        Store::shared().as_owner(&format!(
            "UPDATE todo.mcp_listeners SET expires_at = now() - interval '1 second' WHERE id = '{stream}'"
        ));
    };
    expire(&streams[1]);
    assert_ne!(keep(&user, &streams[1]), "", "nobody wanted its place");
    assert_eq!(open(&user, &Store::shared().new_id()), "");
    expire(&streams[1]);
    assert_eq!(open(&user, &Store::shared().new_id()), "t");
    assert_eq!(keep(&user, &streams[1]), "", "its place is another's");
    assert_eq!(open(&user, &Store::shared().new_id()), "");
}

#[test]
fn a_user_has_places_of_their_own_and_reaches_no_others() {
    let (ann, bob) = (Store::shared().new_id(), Store::shared().new_id());
    let streams = opened(&ann);
    opened(&bob);
    assert_eq!(keep(&bob, &streams[0]), "");
    assert_eq!(Store::shared().run(&bob, sql!("close_listener"), &format!("'{}'", streams[0])), "");
    assert_ne!(keep(&ann, &streams[0]), "");
}
