//! How deep a test goes: `cargo xtask test` waits for the short form of long tests, `cargo xtask test --all` for the whole.

/// `short`, or `whole` where `TEST_DEPTH` is `all`.
pub fn by_depth<T>(short: T, whole: T) -> T {
    if std::env::var("TEST_DEPTH").is_ok_and(|depth| depth == "all") { whole } else { short }
}
