//! docs/privacy.md names everything that is stored.

use std::collections::BTreeMap;
use std::fs;

use harness::repository;
use scratch_postgres::ScratchPostgres;

use crate::store::sorted;

#[test]
fn each_table_and_column_is_in_the_inventory_of_personal_data() {
    let text = fs::read_to_string(repository().join("docs/privacy.md")).unwrap();
    let names =
        |cell: &str| -> Vec<String> { cell.split('`').skip(1).step_by(2).map(str::to_owned).collect() };
    let rows = text.lines().filter(|line| line.starts_with("| `")).map(|line| {
        let cells: Vec<&str> = line.split('|').map(str::trim).collect();
        assert!(cells.len() == 7 && cells.iter().skip(1).take(5).all(|cell| !cell.is_empty()), "{line}");
        (names(cells[1]).remove(0), names(cells[2]))
    });
    let described: BTreeMap<String, Vec<String>> = rows.collect();
    let server = ScratchPostgres::start().unwrap();
    server.create_database("privacy").unwrap();
    for migration in sorted(&repository().join("migrations"), ".up.sql") {
        server.sql("privacy", &fs::read_to_string(&migration).unwrap()).unwrap();
    }
    let stored = server
        .sql(
            "privacy",
            "SELECT class.relname || ' ' || string_agg(attribute.attname, ' ' ORDER BY attribute.attnum) FROM pg_class AS class
             JOIN pg_attribute AS attribute ON attribute.attrelid = class.oid AND attnum > 0 AND NOT attisdropped
             WHERE class.relnamespace = 'todo'::regnamespace AND class.relkind IN ('r', 'p') GROUP BY class.relname",
        )
        .unwrap();
    let stored: BTreeMap<String, Vec<String>> = stored
        .lines()
        .filter_map(|line| line.trim().split_once(' '))
        .map(|(table, columns)| (table.to_owned(), columns.split(' ').map(str::to_owned).collect()))
        .collect();
    assert!(stored.len() > 30, "{stored:?}");
    for (table, columns) in &stored {
        assert_eq!(described.get(table), Some(columns), "{table} in docs/privacy.md");
    }
    assert_eq!(described.len(), stored.len(), "docs/privacy.md has a table that is none");
}
