//! Each statement of the tools with the user taken out of its conditions, mechanically: row-level security alone then keeps people apart.

use crate::statement::{ID, IDS, LIST, Named, list_statements_of_one_text};
use crate::store::{STRANGER, Store, USER};

/// How a statement limits rows to the user; an alias may stand before it.
const FILTERS: [&str; 2] = ["user_id = (SELECT user_id FROM acting)", "user_id = acting.user_id"];
/// What stands there instead. The acting user is still set first, since it is asked for.
const ANYBODY: &str = "(SELECT user_id FROM acting) IS NOT NULL";

/// Between the parts of what is printed.
const MARK: &str = "SELECT '-----'";

/// Parameters by which statements name tasks and lists, and what they are of the user's.
const TASKS: [(&str, &str); 3] = [("id", ID), ("task_id", ID), ("ids", IDS)];
const TASKS_AND_LIST: [(&str, &str); 4] = [("id", ID), ("task_id", ID), ("ids", IDS), ("list_id", LIST)];

/// Everything of the stranger in the tables of the tools, as a hash.
fn digest() -> String {
    let tables =
        ["tasks", "lists", "task_events", "task_occurrences", "task_versions", "turned_actions", "reminders"];
    let rows = tables.map(|table| {
        format!("SELECT row::text AS text FROM todo.{table} AS row WHERE user_id = '{STRANGER}'")
    });
    format!("SELECT md5(string_agg(text, '' ORDER BY text)) FROM ({}) AS rows", rows.join(" UNION ALL "))
}

/// The statement for anybody, and how often it named the user.
fn without_its_user(sql: &str) -> (String, usize) {
    let mut code: String = sql.to_owned();
    let mut count = 0;
    for filter in FILTERS {
        while let Some(place) = code.find(filter) {
            let is_alias = |letter: char| letter.is_ascii_lowercase() || matches!(letter, '_' | '.');
            let start = code[..place].rfind(|letter| !is_alias(letter)).map_or(0, |before| before + 1);
            code.replace_range(start..place + filter.len(), ANYBODY);
            count += 1;
        }
    }
    (code, count)
}

/// Literals that name what is the stranger's, of these names.
fn name_the_strangers(statement: &Named, names: &[(&str, &str)]) -> Vec<String> {
    let named =
        names.iter().filter(|(name, _)| statement.parameters.iter().any(|parameter| parameter == name));
    let given: Vec<(&str, String)> =
        named.map(|(name, literal)| (*name, literal.replace("00000000002a", "00000000002b"))).collect();
    let given: Vec<(&str, &str)> = given.iter().map(|(name, literal)| (*name, literal.as_str())).collect();
    statement.literals(&given).into_iter().map(str::to_owned).collect()
}

/// What a statement answers to the user, and what becomes of the stranger's rows: these before, the answer, and these after it. The
/// transaction is taken back.
fn outcome(store: &Store, role: &str, sql: &str, literals: &[String]) -> Result<[String; 3], String> {
    let all = std::iter::once(format!("'{USER}'")).chain(literals.iter().cloned()).collect::<Vec<_>>();
    let digest = digest();
    let printed = store.try_as_owner(&format!(
        "BEGIN; {digest}; {MARK}; SET LOCAL ROLE {role}; SET LOCAL statement_timeout = '20s';
         PREPARE mutant AS {sql}; EXECUTE mutant({}); {MARK}; RESET ROLE; {digest}; ROLLBACK",
        all.join(", ")
    ))?;
    let parts: Vec<String> = printed.split("-----").map(|part| part.trim().to_owned()).collect();
    parts.try_into().map_err(|parts| format!("not three parts: {parts:?}"))
}

#[test]
fn no_statement_of_a_tool_reads_or_changes_what_is_anothers_when_it_forgets_its_user() {
    let store = Store::with_two_users();
    let (mut mutated, mut harmful) = (0, 0);
    for (name, statement) in list_statements_of_one_text() {
        let (mutant, count) = without_its_user(&statement.sql);
        if count == 0 {
            continue;
        }
        mutated += 1;
        let mut is_harmful = false;
        // Tasks by their ids, and then in a list of the stranger's as well, which nothing can be put into.
        for names in [&TASKS[..], &TASKS_AND_LIST[..]] {
            let literals = name_the_strangers(&statement, names);
            let Ok([_, right, _]) = outcome(&store, "todo_app", &statement.sql, &literals) else { continue };
            let [before, held, after] = outcome(&store, "todo_app", &mutant, &literals)
                .unwrap_or_else(|error| panic!("{name}: {error}"));
            assert_eq!(held, right, "{name} reads what is the stranger's");
            assert_eq!(before, after, "{name} changes what is the stranger's");
            // The mutation is one: without row-level security it would.
            is_harmful |= match outcome(&store, "NONE", &mutant, &literals) {
                Ok([before, loose, after]) => loose != right || before != after,
                Err(_) => true,
            };
        }
        harmful += usize::from(is_harmful);
    }
    assert!(mutated >= 20, "only {mutated} statements were found");
    assert!(harmful * 3 >= mutated * 2, "{harmful} of {mutated} mutations would do harm by themselves");
}
