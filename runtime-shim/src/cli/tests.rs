use clap::{CommandFactory, Parser};

use super::*;

#[test]
fn the_command_line_is_consistent() {
    Arguments::command().debug_assert();
}

#[test]
fn every_subcommand_is_taken() {
    for line in [
        "up --no-build",
        "build --all -f app",
        "migrate up --to 5 --roles --variable a=b",
        "migrate up --roles --share-roles",
        "migrate --database-url postgres://o@h/d down --steps 2",
        "migrate up --database-url postgres://o@h/d -f app",
        "migrate down --to 0",
        "migrate status",
    ] {
        let words = std::iter::once("runtime-shim").chain(line.split_whitespace());
        assert!(Arguments::try_parse_from(words).is_ok(), "{line}");
    }
    for line in [
        "",
        "doctor",
        "down",
        "migrate",
        "migrate down --steps 2 --to 0",
        "migrate up --to x",
        "migrate up --share-roles",
    ] {
        let words = std::iter::once("runtime-shim").chain(line.split_whitespace());
        assert!(Arguments::try_parse_from(words).is_err(), "{line}");
    }
}
