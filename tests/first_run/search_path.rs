//! A machine with other programs: a search path that lacks some, or has stand-ins for them.

use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::symlink;
use std::path::PathBuf;
use std::process::Command;

use scratch_postgres::write_program;
use tempfile::TempDir;

/// Where programs are found while this lives.
pub struct SearchPath {
    stand_ins: TempDir,
    others: Vec<PathBuf>,
    _links: Option<TempDir>,
}

impl SearchPath {
    /// All programs of this machine.
    pub fn new() -> Self {
        let path = std::env::var_os("PATH").unwrap();
        let others = std::env::split_paths(&path).collect();
        Self { stand_ins: tempfile::tempdir().unwrap(), others, _links: None }
    }

    /// All but these: what is left has links in one folder.
    pub fn without(programs: &[&str]) -> Self {
        let whole = Self::new();
        let links = tempfile::tempdir().unwrap();
        for entry in whole.others.iter().filter_map(|folder| fs::read_dir(folder).ok()).flatten() {
            let entry = entry.unwrap();
            if !programs.iter().any(|program| entry.file_name() == *program) {
                // What comes first is found first.
                let _ = symlink(entry.path(), links.path().join(entry.file_name()));
            }
        }
        Self { others: vec![links.path().to_owned()], _links: Some(links), ..whole }
    }

    /// With this script of `sh` in the place of a program.
    pub fn with(self, program: &str, script: &str) -> Self {
        write_program(&self.stand_ins.path().join(program), &format!("#!/bin/sh\n{script}\n")).unwrap();
        self
    }

    /// Has a command find its programs here.
    pub fn apply(&self, command: &mut Command) {
        let folders = std::iter::once(self.stand_ins.path()).chain(self.others.iter().map(PathBuf::as_path));
        let path: OsString = std::env::join_paths(folders).unwrap();
        command.env("PATH", path);
    }
}
