//! The shared libraries a program needs, as the loader of this machine finds them.

use std::path::{Path, PathBuf};
use std::process::Command;

use runtime_image::Error;

/// The libraries of `program`, the loader included, by the path the loader looks at.
pub fn find(program: &Path) -> Result<Vec<PathBuf>, Error> {
    let command = format!("ldd {}", program.display());
    let output = Command::new("ldd").arg(program).output().map_err(Error::at("ldd"))?;
    if !output.status.success() {
        let reason = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        return Err(Error::Program { command, reason });
    }
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    Ok(text.lines().filter_map(path_in).collect())
}

/// The path in `libc.so.6 => /lib/…/libc.so.6 (0x…)` or `/lib64/ld-linux-x86-64.so.2 (0x…)`.
fn path_in(line: &str) -> Option<PathBuf> {
    let found = line.split_once("=> ").map_or(line, |(_, found)| found).trim();
    let path = found.split_once(" (")?.0;
    path.starts_with('/').then(|| PathBuf::from(path))
}

#[cfg(test)]
mod tests {
    use super::path_in;
    use std::path::PathBuf;

    #[test]
    fn libraries_and_the_loader_are_found_and_the_kernels_own_is_not() {
        let of = |line| path_in(line).map(|path: PathBuf| path.display().to_string());
        assert_eq!(of("\tlibm.so.6 => /lib/libm.so.6 (0x00007f)"), Some("/lib/libm.so.6".to_owned()));
        assert_eq!(of("\t/lib64/ld-linux.so.2 (0x00007f)"), Some("/lib64/ld-linux.so.2".to_owned()));
        assert_eq!(of("\tlinux-vdso.so.1 (0x00007f)"), None);
        assert_eq!(of("\tlibgone.so => not found"), None);
    }
}
