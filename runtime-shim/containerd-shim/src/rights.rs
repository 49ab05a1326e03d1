//! What a container of this shim may do as a process: nothing but take a low port.

use caps::{CapSet, Capability, CapsHashSet, errors::CapsError};

/// Gives up the capabilities of this process, for threads that start after this.
///
/// The library below takes a container that is to have no capability ("drop: ALL" leaves the lists out of its
/// specification) for one that was told nothing, and leaves it all that root on the node has. A run needs none. One that
/// was given a list of its own keeps the right to low ports, if that is in it.
///
/// # Errors
/// When the kernel refuses.
pub fn give_up() -> Result<(), CapsError> {
    let bounding = caps::read(None, CapSet::Bounding)?;
    let kept = kept_of(&bounding);
    if caps::has_cap(None, CapSet::Effective, Capability::CAP_SETPCAP)? {
        for capability in bounding.difference(&kept) {
            caps::drop(None, CapSet::Bounding, *capability)?;
        }
    }
    caps::clear(None, CapSet::Ambient)?;
    for set in [CapSet::Effective, CapSet::Permitted, CapSet::Inheritable] {
        let now = caps::read(None, set)?;
        caps::set(None, set, &now.intersection(&kept).copied().collect())?;
    }
    Ok(())
}

/// What stays of `bounding`. Nobody lists the right to everything: where it is in, nothing was listed.
fn kept_of(bounding: &CapsHashSet) -> CapsHashSet {
    let listed = !bounding.contains(&Capability::CAP_SYS_ADMIN);
    let kept = bounding.iter().filter(|c| listed && **c == Capability::CAP_NET_BIND_SERVICE);
    kept.copied().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_list_of_its_own_lets_a_container_keep_low_ports() {
        assert!(kept_of(&caps::all()).is_empty());
        let usual = CapsHashSet::from([Capability::CAP_CHOWN, Capability::CAP_NET_BIND_SERVICE]);
        assert_eq!(kept_of(&usual), CapsHashSet::from([Capability::CAP_NET_BIND_SERVICE]));
        let without = CapsHashSet::from([Capability::CAP_CHOWN]);
        assert!(kept_of(&without).is_empty());
    }
}
