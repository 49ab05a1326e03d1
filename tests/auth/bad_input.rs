//! Every row of `bad_input.json` gets the status, the kind of problem and Better Auth's code that it names.

use harness::{App, Case};

#[test]
fn bad_input_is_refused_by_name_and_makes_no_account() {
    let app = App::shared();
    let nobody = app.nobody();
    let cases = Case::table(include_str!("bad_input.json")).expect("a table");
    let before = app.sql("SELECT count(*) FROM todo.users WHERE email LIKE 'ann.bad-input%'").unwrap();
    let differences: Vec<_> = cases
        .iter()
        .filter_map(|case| {
            let answer = case.send(&nobody);
            let body = answer.json();
            let has_code = body["code"] == case.row["code"] && body["message"].is_string();
            let difference = case.differs(&answer).or_else(|| {
                (!has_code).then(|| format!("not the code {}: {}", case.row["code"], answer.body))
            })?;
            Some(format!("{}: {difference}", case.name))
        })
        .collect();
    assert!(cases.len() >= 20);
    assert!(differences.is_empty(), "{}", differences.join("\n"));
    let after = app.sql("SELECT count(*) FROM todo.users WHERE email LIKE 'ann.bad-input%'").unwrap();
    assert_eq!(before, after);
}
