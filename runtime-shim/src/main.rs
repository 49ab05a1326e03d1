//! Command line of the runtime shim.
fn main() {}
