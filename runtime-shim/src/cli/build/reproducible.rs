//! What is built is the same bytes wherever it is built: no path of the builder's is left in it. The launcher of `cargo up`
//! includes this file, so that what it builds is built by the same command; so it uses nothing but the standard library.

use std::env;
use std::path::PathBuf;

/// Where cargo keeps the sources of dependencies, as what is built says it.
const CARGO_HOME: &str = "/cargo";

/// Variable and value that have rustc write [`CARGO_HOME`] for this user's folder into what it builds for `target`: sources
/// are named in messages of panics. Beside the flags that are set already; `RUSTFLAGS` would make cargo overlook all of them.
pub fn flags(target: &str) -> Option<(String, String)> {
    let home =
        env::var_os("CARGO_HOME").map(PathBuf::from).or_else(|| Some(env::home_dir()?.join(".cargo")))?;
    let variable = format!("CARGO_TARGET_{}_RUSTFLAGS", target.to_ascii_uppercase().replace(['-', '.'], "_"));
    let given = env::var(&variable).unwrap_or_default();
    flag(&home.to_string_lossy(), &given).map(|flags| (variable, flags))
}

/// The flags `given` and ours. Cargo takes them apart at spaces.
fn flag(home: &str, given: &str) -> Option<String> {
    let ours = format!("--remap-path-prefix={home}={CARGO_HOME}");
    if home.contains(char::is_whitespace) || given.split_whitespace().any(|flag| flag == ours) {
        return None;
    }
    Some(format!("{given} {ours}").trim_start().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_set_stays() {
        let ours = "--remap-path-prefix=/home/ada/.cargo=/cargo";
        assert_eq!(flag("/home/ada/.cargo", "").as_deref(), Some(ours));
        let both = format!("-C target-feature=+simd128 {ours}");
        assert_eq!(flag("/home/ada/.cargo", "-C target-feature=+simd128"), Some(both.clone()));
        assert_eq!(flag("/home/ada/.cargo", &both), None);
    }

    #[test]
    fn a_folder_that_cargo_would_take_apart_stays_as_it_is() {
        assert_eq!(flag("/home/ada lovelace/.cargo", ""), None);
    }
}
