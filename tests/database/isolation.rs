//! Row-level security holds by itself: with the user taken out of a statement on purpose, no row of another user is
//! seen or written, and without an acting user no row at all.

use crate::statement::{LIST, statement};
use crate::store::{STRANGER, Store, USER};

const ID_OF_STRANGER: &str = "'01900000-0100-7000-8000-00000000002b'";
const USER_FILTER: &str = "user_id = (SELECT user_id FROM acting)";

#[test]
fn a_statement_without_its_user_filter_still_sees_no_row_of_another_user() {
    let mut statement = statement("get-task", "select_task");
    assert!(statement.sql.contains(USER_FILTER));
    let own_id = ID_OF_STRANGER.replace("2b'", "2a'");
    // The filter is gone, the acting user is still set first.
    statement.sql = statement.sql.replace(USER_FILTER, "(SELECT user_id FROM acting) IS NOT NULL");
    assert_eq!(statement.execute("auto", "", &[("id", ID_OF_STRANGER)]).unwrap(), "");
    assert!(statement.execute("auto", "", &[("id", &own_id)]).unwrap().contains("task"));
}

#[test]
fn a_statement_that_forgets_to_act_for_a_user_sees_nothing() {
    let store = Store::shared();
    assert_eq!(store.as_app("SELECT count(*) FROM todo.tasks").unwrap(), "0");
    assert_eq!(
        store.as_app(&format!("SELECT count(*) FROM todo.tasks WHERE user_id = '{USER}'")).unwrap(),
        "0"
    );
    assert_eq!(store.as_app("UPDATE todo.tasks SET title = 'mine' RETURNING id").unwrap(), "");
}

#[test]
fn a_row_of_another_user_is_not_written() {
    let insert = format!(
        "WITH acting AS MATERIALIZED (SELECT set_config('todo.user_id', '{USER}', true)::uuid AS user_id)
         INSERT INTO todo.tasks (user_id, id, title, title_key, created_at, updated_at, title_words, label_words, notes_words)
         SELECT '{STRANGER}', '01900000-0000-7000-8000-0000000000aa', 't', 't', now(), now(), '', '', '' FROM acting"
    );
    let error = Store::shared().as_app(&insert).unwrap_err();
    assert!(error.contains("row-level security"), "{error}");
    let event = format!(
        "WITH acting AS MATERIALIZED (SELECT set_config('todo.user_id', '{USER}', true)::uuid AS user_id)
         INSERT INTO todo.task_events (user_id, task_id, type, version, request_id, occurred_at)
         SELECT '{STRANGER}', {ID_OF_STRANGER}, 'todo.task.created', 1, 'r', now() FROM acting"
    );
    let error = Store::shared().as_app(&event).unwrap_err();
    assert!(error.contains("row-level security"), "{error}");
    let occurrence = format!(
        "WITH acting AS MATERIALIZED (SELECT set_config('todo.user_id', '{USER}', true)::uuid AS user_id)
         INSERT INTO todo.task_occurrences (user_id, task_id, version, due_by, recurrence, completed_at)
         SELECT '{STRANGER}', {ID_OF_STRANGER}, 2, now(), '{{}}', now() FROM acting"
    );
    let error = Store::shared().as_app(&occurrence).unwrap_err();
    assert!(error.contains("row-level security"), "{error}");
}

#[test]
fn a_task_does_not_change_hands_and_is_not_removed() {
    let store = Store::shared();
    for sql in [
        format!("UPDATE todo.tasks SET user_id = '{USER}'"),
        "UPDATE todo.tasks SET created_at = now()".to_owned(),
        "DELETE FROM todo.tasks".to_owned(),
        "TRUNCATE todo.tasks".to_owned(),
        "UPDATE todo.task_events SET type = 'todo.task.created'".to_owned(),
        "DELETE FROM todo.task_events".to_owned(),
        format!("UPDATE todo.lists SET user_id = '{USER}'"),
        "UPDATE todo.lists SET created_at = now()".to_owned(),
        "TRUNCATE todo.lists CASCADE".to_owned(),
        "UPDATE todo.task_occurrences SET completed_at = now()".to_owned(),
    ] {
        let error = store.as_app(&sql).unwrap_err();
        assert!(error.contains("permission denied"), "{sql}: {error}");
    }
}

#[test]
fn a_list_is_seen_and_used_by_its_user_alone() {
    let store = Store::shared();
    let acting = |rest: &str| {
        format!(
            "WITH acting AS MATERIALIZED (SELECT set_config('todo.user_id', '{USER}', true)::uuid AS user_id) {rest}"
        )
    };
    assert_eq!(store.as_app("SELECT count(*) FROM todo.lists").unwrap(), "0");
    let seen = acting(
        "SELECT count(*), count(DISTINCT lists.user_id) FROM acting, todo.lists WHERE acting.user_id IS NOT NULL",
    );
    assert_eq!(store.as_app(&seen).unwrap(), "20|1");
    // The reference has the user in it: no task is in a list of somebody else, whatever a statement says.
    let into_anothers = acting(&format!(
        "UPDATE todo.tasks SET list_id = {} FROM acting WHERE tasks.user_id = acting.user_id",
        LIST.replace("2a'", "2b'")
    ));
    let error = store.as_app(&into_anothers).unwrap_err();
    assert!(error.contains("tasks_list"), "{error}");
    let into_a_nested_one = |parent: &str, id: &str| {
        acting(&format!(
            "UPDATE todo.lists SET parent_id = '01910000-{parent}-7000-8000-00000000002a' FROM acting
            WHERE lists.user_id = acting.user_id AND id = '01910000-{id}-7000-8000-00000000002a'"
        ))
    };
    let nested_twice = format!(
        "BEGIN; {}; COMMIT; BEGIN; {}; COMMIT",
        into_a_nested_one("0002", "0001"),
        into_a_nested_one("0001", "0003")
    );
    let error = store.as_app(&nested_twice).unwrap_err();
    assert!(error.contains("lists_parent"), "{error}");
}

#[test]
fn a_task_is_below_one_of_its_user_alone_and_never_below_itself() {
    let store = Store::shared();
    let put = |task: &str, parent: &str| {
        format!(
            "WITH acting AS MATERIALIZED (SELECT set_config('todo.user_id', '{USER}', true)::uuid AS user_id)
             UPDATE todo.tasks SET parent_id = {parent} FROM acting
             WHERE tasks.user_id = acting.user_id AND id = '01900000-{task}-7000-8000-00000000002a'"
        )
    };
    let of_user = |task: &str| format!("'01900000-{task}-7000-8000-00000000002a'");
    let in_one = |first: String, second: String| format!("BEGIN; {first}; {second}; ROLLBACK");
    let stranger = of_user("0009").replace("2a'", "2b'");
    let error = store.as_app(&put("0001", &stranger)).unwrap_err();
    assert!(error.contains("tasks_parent"), "{error}");
    let circle = in_one(put("0001", &of_user("0009")), put("0009", &of_user("0001")));
    let error = store.as_app(&circle).unwrap_err();
    assert!(error.contains("below itself"), "{error}");
}

#[test]
fn what_happened_is_seen_by_its_user_alone() {
    let acting = |user: &str| {
        format!(
            "WITH acting AS MATERIALIZED (SELECT set_config('todo.user_id', '{user}', true)::uuid AS user_id)
             SELECT count(*) FILTER (WHERE event.user_id = acting.user_id) > 0,
                 count(*) FILTER (WHERE event.user_id <> acting.user_id)
             FROM acting LEFT JOIN todo.task_events AS event ON true"
        )
    };
    let store = Store::shared();
    for user in [USER, STRANGER] {
        store.as_owner(&format!(
            "INSERT INTO todo.task_events (user_id, task_id, type, version, request_id, occurred_at)
             VALUES ('{user}', gen_random_uuid(), 'todo.task.created', 1, 'r', now())"
        ));
    }
    assert_eq!(store.as_app(&acting(USER)).unwrap(), "t|0");
    assert_eq!(store.as_app("SELECT count(*) FROM todo.task_events").unwrap(), "0");
}

#[test]
fn the_setting_is_gone_after_its_statement() {
    let acting = format!(
        "WITH acting AS MATERIALIZED (SELECT set_config('todo.user_id', '{USER}', true)::uuid AS user_id)"
    );
    let count = "SELECT count(*) > 0 FROM todo.tasks WHERE user_id = (SELECT user_id FROM acting)";
    // Two statements in two transactions on one connection.
    let printed = Store::shared()
        .as_app(&format!("COMMIT; {acting} {count}; COMMIT; SELECT count(*) FROM todo.tasks"))
        .unwrap();
    assert_eq!(printed.lines().last(), Some("0"), "{printed}");
}

#[test]
fn the_sign_in_role_sees_no_task() {
    let store = Store::shared();
    let mine = store.as_owner("SELECT has_table_privilege('todo_identity', 'todo.tasks', 'SELECT')");
    assert_eq!(mine, "f");
}
