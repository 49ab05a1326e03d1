//! The process' allocator: cheaper per request than the C library's (about a tenth of the whole request), and able to
//! give the memory compiling took back to the system.

#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Gives freed memory back to the system, that of ended threads too.
pub fn trim() {
    #[allow(unsafe_code, reason = "a call into the allocator without arguments that matter to memory safety")]
    // SAFETY: `mi_collect` may be called at any time from any thread.
    unsafe {
        libmimalloc_sys::mi_collect(true);
    }
}
