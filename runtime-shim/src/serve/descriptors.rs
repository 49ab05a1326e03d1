//! File descriptors: how many connections there can be depends on them.

/// How many descriptors are kept for other things, where there are few: databases, providers, files; half of them.
const MAX_KEPT: u64 = 256;

/// Raises the process' limit of descriptors as far as the system lets it, and gives how many of `wanted` connections there can
/// be. Where the system does not tell, all of them.
pub fn provide_descriptors(wanted: usize) -> usize {
    match raise() {
        Some(descriptors) => {
            let kept = MAX_KEPT.min(descriptors / 2);
            usize::try_from(descriptors - kept).map_or(wanted, |most| most.min(wanted))
        }
        None => wanted,
    }
}

/// The limit after raising it; `None` for none.
#[cfg(unix)]
fn raise() -> Option<u64> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
    let limit = getrlimit(Resource::Nofile);
    let raised = Rlimit { current: limit.maximum, maximum: limit.maximum };
    match setrlimit(Resource::Nofile, raised) {
        Ok(()) => limit.maximum,
        // Some systems have a maximum that they do not give.
        Err(_) => limit.current,
    }
}

#[cfg(not(unix))]
fn raise() -> Option<u64> {
    None
}
