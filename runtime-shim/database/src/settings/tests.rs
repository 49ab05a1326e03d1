use super::*;

const WHOLE: &str = r#"
    public-url = { variable = "public_url" }
    [database]
    name = "todo"
    migrations = "migrations"
    audit = "todo.audit"
    [database.variables]
    host = "db_host"
    port = "db_port"
    [database.roles.todo_app]
    password = "db_app_password"
    [secrets]
    signing_key = { bytes = 48 }
    other_key = {}
    [[schedule]]
    path = "/tick"
    every-seconds = 5
    bearer = "other_key"
"#;

#[test]
fn the_whole_format_is_read() {
    let settings = LocalRun::parse(WHOLE).unwrap();
    let database = settings.database.as_ref().unwrap();
    assert_eq!(database.kind, DatabaseKind::Embedded);
    assert_eq!(database.roles["todo_app"].password, "db_app_password");
    assert_eq!(settings.secrets["signing_key"].bytes, 48);
    assert_eq!(settings.secrets["other_key"].bytes, 32);
    let call =
        ScheduleSettings { path: "/tick".to_owned(), every_seconds: 5, bearer: Some("other_key".to_owned()) };
    assert_eq!(settings.schedule, [call]);
    let mut variables: Vec<_> = settings.variables().collect();
    variables.sort_unstable();
    assert_eq!(
        variables,
        ["db_app_password", "db_host", "db_port", "other_key", "public_url", "signing_key"]
    );
}

#[test]
fn an_app_without_the_file_is_given_nothing() {
    let folder = tempfile::tempdir().unwrap();
    assert_eq!(LocalRun::read(folder.path()).unwrap(), LocalRun::default());
}

#[test]
fn what_is_wrong_is_refused_by_name() {
    for (change, named) in [
        (("name = \"todo\"", "nmae = \"todo\""), "nmae"),
        (("bytes = 48", "byte = 48"), "byte"),
        (("bytes = 48", "bytes = 8"), "signing_key"),
        (("bytes = 48", "bytes = \"48\""), "bytes"),
        (("[database]", "[database]\nkind = \"sqlite\""), "sqlite"),
        (("[database]", "extra = 1\n[database]"), "extra"),
        (("host = \"db_host\"", ""), "host"),
        (("password = \"db_app_password\"", "password = \"db_host\""), "db_host"),
        (("\"public_url\"", "\"Public-Url\""), "Public-Url"),
        (("name = \"todo\"", "name = \"template1\""), "template1"),
        (("name = \"todo\"", "name = \"to do\""), "to do"),
        (("\"todo.audit\"", "\"audit\""), "audit"),
        (("\"todo.audit\"", "\"todo.audit; DROP TABLE x\""), "DROP TABLE"),
        (("roles.todo_app", "roles.\"todo-app\""), "todo-app"),
        (("roles.todo_app", "roles.postgres"), "postgres"),
        (("\"/tick\"", "\"tick\""), "path"),
        (("every-seconds = 5", "every-seconds = 0"), "every-seconds"),
        (("every-seconds = 5", "each-seconds = 5"), "each-seconds"),
        (("bearer = \"other_key\"", "bearer = \"Other\""), "bearer"),
    ] {
        let text = WHOLE.replacen(change.0, change.1, 1);
        assert_ne!(text, WHOLE, "{change:?} changes nothing");
        let error = LocalRun::parse(&text).unwrap_err();
        assert!(error.contains(named), "{change:?}: {error}");
    }
}

#[test]
fn the_file_is_named_in_errors() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join(FILE_NAME), "x = 1").unwrap();
    let error = LocalRun::read(folder.path()).unwrap_err().to_string();
    assert!(error.contains(FILE_NAME), "{error}");
}
