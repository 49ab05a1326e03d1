//! A folder that looks like the checkout, to write the operator's own files into, and the programs that commands name.

use std::os::unix::fs::symlink;
use std::path::Path;

use harness::{repository, runtime_shim};
use scratch_postgres::write_program;

/// What is called otherwise here: the API's client is a part of one program; the registry speaks plain HTTP, which Helm has to be told;
/// and runtime-shim was built before, in the checkout itself.
const PROGRAMS: [(&str, &str); 3] = [
    ("kubectl", "exec kubernetes kubectl \"$@\""),
    (
        "helm",
        "folder=$(dirname \"$0\"); PATH=${PATH#\"$folder:\"}\ncase \" $*\" in\n*\" oci://\"*) exec helm \"$@\" --plain-http ;;\n*) exec \
         helm \"$@\" ;;\nesac",
    ),
    (
        "cargo",
        "folder=$(dirname \"$0\"); PATH=${PATH#\"$folder:\"}\ncase \"$*\" in\n\"build --profile host --package runtime-shim\") ;;\n*) \
         exec cargo \"$@\" ;;\nesac",
    ),
];

/// Puts links to all of the checkout's files into a folder.
pub fn link_files(folder: &Path) {
    std::fs::create_dir_all(folder).unwrap();
    for entry in std::fs::read_dir(repository()).unwrap() {
        let entry = entry.unwrap();
        symlink(entry.path(), folder.join(entry.file_name())).unwrap();
    }
}

/// Puts the programs into a folder.
pub fn put_programs(folder: &Path) {
    std::fs::create_dir_all(folder).unwrap();
    symlink(runtime_shim(), folder.join("runtime-shim")).unwrap();
    for (name, script) in PROGRAMS {
        let file = folder.join(name);
        write_program(&file, &format!("#!/bin/bash\n{script}\n")).unwrap();
    }
}
