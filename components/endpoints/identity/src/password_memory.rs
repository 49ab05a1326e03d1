//! The memory in which passwords are hashed.
//!
//! A component's memory grows and never shrinks, and what lies between two blocks of 19 MiB may keep the second from fitting
//! where the first one was. So an instance takes the memory once and keeps it.

use std::sync::{Mutex, PoisonError};

use argon2::Block;

static BLOCKS: Mutex<Vec<Block>> = Mutex::new(Vec::new());

/// Calls `work` with this many blocks of 1 KiB, whose content is left over from before. One call at a time.
///
/// # Errors
/// What `work` answers; `OutOfMemory` when there is no room for the blocks.
pub fn with_blocks<T>(
    count: usize,
    work: impl FnOnce(&mut [Block]) -> Result<T, argon2::Error>,
) -> Result<T, argon2::Error> {
    // What a call that broke off left there is overwritten like anything else.
    let mut blocks = BLOCKS.lock().unwrap_or_else(PoisonError::into_inner);
    let missing = count.saturating_sub(blocks.len());
    blocks.try_reserve_exact(missing).map_err(|_| argon2::Error::OutOfMemory)?;
    let length = blocks.len().saturating_add(missing);
    blocks.resize(length, Block::new());
    work(&mut blocks)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hashing_again_takes_no_more_memory() {
        let place = || with_blocks(19 * 1024, |blocks| Ok((blocks.as_ptr() as usize, blocks.len()))).unwrap();
        let first = place();
        with_blocks(8 * 1024, |_| Ok(())).unwrap();
        assert_eq!(place(), first);
        assert_eq!(first.1, 19 * 1024);
    }
}
