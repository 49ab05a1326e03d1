use std::fs;

use super::*;

/// Programs that say they are of a version, or whatever `script` does.
fn write(folder: &Path, script: &str) {
    for program in SERVER_PROGRAMS {
        scratch_postgres::write_program(&folder.join(program), &format!("#!/bin/sh\n{script}\n")).unwrap();
    }
}

#[test]
fn versions_are_read_as_servers_write_them() {
    for (said, version, major) in [
        ("postgres (PostgreSQL) 15.18 (Debian 15.18-0+deb12u1)\n", "15.18", 15),
        ("postgres (PostgreSQL) 17.11\n", "17.11", 17),
        ("postgres (PostgreSQL) 19devel\n", "19devel", 19),
        ("postgres (PostgreSQL) 9.6.24\n", "9.6.24", 9),
    ] {
        assert_eq!(read_version(said), Some((version.to_owned(), major)));
    }
    for said in ["", "pglite 17", "postgres (PostgreSQL) next"] {
        assert_eq!(read_version(said), None, "{said}");
    }
}

#[test]
fn the_programs_of_a_folder_are_asked_for_their_version() {
    let folder = tempfile::tempdir().unwrap();
    write(folder.path(), "echo 'postgres (PostgreSQL) 16.4'");
    let programs = Programs::in_folder(folder.path()).unwrap();
    assert_eq!((programs.version(), programs.major()), ("16.4", 16));
    assert_eq!(programs.path("initdb"), folder.path().join("initdb"));
}

#[test]
fn a_folder_without_them_and_programs_that_do_not_run_are_errors_that_name_them() {
    let folder = tempfile::tempdir().unwrap();
    let error = Programs::in_folder(folder.path()).unwrap_err().to_string();
    assert!(error.contains("`initdb`") && error.contains(folder.path().to_str().unwrap()), "{error}");
    write(folder.path(), "echo 'libicu.so.60: not found' >&2; exit 127");
    let error = Programs::in_folder(folder.path()).unwrap_err().to_string();
    assert!(error.contains("libicu.so.60") && error.contains("127"), "{error}");
}

#[test]
fn of_several_the_newest_comes_first_and_what_does_not_run_is_left_out() {
    let top = tempfile::tempdir().unwrap();
    let folders: Vec<PathBuf> = [
        ("a", "echo 'postgres (PostgreSQL) 14.9'"),
        ("b", "echo 'postgres (PostgreSQL) 18.1'"),
        ("c", "exit 1"),
        ("d", "echo 'postgres (PostgreSQL) 9.6'"),
    ]
    .map(|(name, script)| {
        let folder = top.path().join(name);
        fs::create_dir(&folder).unwrap();
        write(&folder, script);
        folder
    })
    .into();
    let versions: Vec<String> =
        Programs::among(&folders).iter().map(|programs| programs.version().to_owned()).collect();
    assert_eq!(versions, ["18.1", "14.9", "9.6"]);
}
