//! The memory that the container around this process may use, where there is one and it has a limit (cgroup v2).

use std::fs;
use std::path::Path;

/// Where Linux shows control groups.
const GROUPS: &str = "/sys/fs/cgroup";

/// Its limit in bytes. `None` without a container, without a limit, or where the system tells neither.
pub fn memory_limit() -> Option<usize> {
    let groups = fs::read_to_string("/proc/self/cgroup").ok()?;
    limit_below(Path::new(GROUPS), group(&groups)?)
}

/// The one group of version 2, in a list such as `0::/pod/app`.
fn group(groups: &str) -> Option<&str> {
    groups.lines().find_map(|line| line.strip_prefix("0::"))
}

/// The smallest limit of a group and those it is in.
fn limit_below(root: &Path, group: &str) -> Option<usize> {
    let own = root.join(group.trim_start_matches('/'));
    let within = own.ancestors().take_while(|folder| folder.starts_with(root));
    within.filter_map(|folder| fs::read_to_string(folder.join("memory.max")).ok()?.trim().parse().ok()).min()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_limit_around_the_process_counts() {
        let root = tempfile::tempdir().unwrap();
        let own = root.path().join("pods/app");
        fs::create_dir_all(&own).unwrap();
        assert_eq!(limit_below(root.path(), "/pods/app"), None);
        fs::write(own.join("memory.max"), "max\n").unwrap();
        fs::write(root.path().join("pods/memory.max"), "536870912\n").unwrap();
        assert_eq!(limit_below(root.path(), "/pods/app"), Some(512 << 20));
        fs::write(own.join("memory.max"), "268435456\n").unwrap();
        assert_eq!(limit_below(root.path(), "/pods/app"), Some(256 << 20));
    }

    #[test]
    fn the_group_is_that_of_version_2() {
        assert_eq!(group("12:memory:/old\n0::/pods/app\n"), Some("/pods/app"));
        assert_eq!(group("12:memory:/old\n"), None);
    }
}
