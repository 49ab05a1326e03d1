//! A dump restores into another server with everything that protects the data.

use std::path::Path;

use scratch_postgres::ScratchPostgres;

use crate::operator::{Operator, done, said};
use crate::person::{Person, app_on};

/// What must be the same in both databases, as text.
const PROTECTION: [&str; 5] = [
    "SELECT relname, relrowsecurity, relforcerowsecurity FROM pg_class
     WHERE relnamespace = 'todo'::regnamespace AND relkind = 'r' ORDER BY relname",
    "SELECT tablename, policyname, permissive, roles, cmd, qual, with_check FROM pg_policies ORDER BY tablename, policyname",
    "SELECT table_name, grantee, privilege_type FROM information_schema.role_table_grants
     WHERE grantee IN ('todo_app', 'todo_identity') ORDER BY 1, 2, 3",
    "SELECT rolname, rolsuper, rolbypassrls, rolinherit, rolcreaterole FROM pg_roles
     WHERE rolname IN ('todo_app', 'todo_identity') ORDER BY rolname",
    "SELECT rolname, setting FROM pg_db_role_setting JOIN pg_roles ON pg_roles.oid = setrole
     JOIN pg_database ON pg_database.oid = setdatabase, unnest(setconfig) AS setting
     WHERE datname = current_database() ORDER BY rolname, setting",
];

#[test]
fn contents_roles_and_row_level_security_come_back_together() {
    let operator = Operator::new();
    let server = ScratchPostgres::start().unwrap();
    server.create_database("todo").unwrap();
    let app = app_on(&server, None);
    let name = app.url.clone();
    let (ann, bob) = (Person::sign_up(&app, "ann@example.org"), Person::sign_up(&app, "bob@example.org"));
    for number in 0..20 {
        ann.add(&app, &format!("Ann's {number}"));
        bob.add(&app, &format!("Bob's {number}"));
    }
    let (anns, bobs) = (ann.tasks(&app), bob.tasks(&app));
    let backup = ("todo_backup", "for backups alone");
    server
        .sql(
            "todo",
            "CREATE ROLE todo_backup LOGIN BYPASSRLS PASSWORD 'for backups alone' IN ROLE pg_read_all_data",
        )
        .unwrap();
    let dump = done(&operator.run_as(&server, "todo", backup, "dump.sh", &[&operator.dumps]));
    drop(app);

    let other = ScratchPostgres::start().unwrap();
    other.create_database("todo").unwrap();
    done(&operator.run(&other, "todo", "restore-dump.sh", &[Path::new(&dump)]));
    for query in PROTECTION {
        let expected = server.sql("todo", query).unwrap();
        assert!(!expected.is_empty(), "{query}");
        assert_eq!(other.sql("todo", query).unwrap(), expected, "{query}");
    }
    let seen = "SET ROLE todo_app; SELECT count(*) FROM todo.tasks";
    assert_eq!(other.sql("todo", seen).unwrap(), "0", "the tools' role sees tasks without acting for anyone");

    let app = app_on(&other, Some(&name));
    for (person, tasks) in [(&ann, &anns), (&bob, &bobs)] {
        person.is_known_to(&app);
        assert_eq!(person.tasks(&app), *tasks);
    }
    assert!(anns.is_disjoint(&bobs));

    let again = operator.run(&other, "todo", "restore-dump.sh", &[Path::new(&dump)]);
    assert!(!again.status.success() && said(&again).contains("empty database"), "{}", said(&again));
}

#[test]
fn who_stands_below_row_level_security_gets_an_error_and_no_part_of_the_data() {
    let operator = Operator::new();
    let server = ScratchPostgres::start().unwrap();
    server.create_database("todo").unwrap();
    let app = app_on(&server, None);
    Person::sign_up(&app, "ann@example.org");
    let below = ("below", "sees what policies let it see");
    server
        .sql(
            "todo",
            "CREATE ROLE below LOGIN PASSWORD 'sees what policies let it see' IN ROLE pg_read_all_data",
        )
        .unwrap();
    let output = operator.run_as(&server, "todo", below, "dump.sh", &[&operator.dumps]);
    assert!(!output.status.success() && said(&output).contains("row-level security"), "{}", said(&output));
    assert_eq!(std::fs::read_dir(&operator.dumps).unwrap().count(), 0, "a part of the data is left");
}

#[test]
fn a_dump_that_was_changed_is_not_restored() {
    let operator = Operator::new();
    let server = ScratchPostgres::start().unwrap();
    server.create_database("todo").unwrap();
    drop(app_on(&server, None));
    let dump = done(&operator.run(&server, "todo", "dump.sh", &[&operator.dumps]));
    let settings = Path::new(&dump).join("database.sql");
    let text = std::fs::read_to_string(&settings).unwrap();
    std::fs::write(&settings, format!("{text}ALTER ROLE todo_app BYPASSRLS;\n")).unwrap();
    server.create_database("other").unwrap();
    let output = operator.run(&server, "other", "restore-dump.sh", &[Path::new(&dump)]);
    assert!(!output.status.success() && said(&output).contains("did NOT match"), "{}", said(&output));
    let schemas = server.sql("other", "SELECT count(*) FROM pg_namespace WHERE nspname = 'todo'").unwrap();
    assert_eq!(schemas, "0");
}
