//! The tools as imports. An endpoint that depends on this crate imports every tool it calls; `spin.toml` says which
//! component fills each import.

macro_rules! imports {
    ($($operation:ident = $tool:ident :: $function:ident ($input:ident) -> $output:ident),+ $(,)?) => {
        #[allow(
            unsafe_code,
            missing_docs,
            clippy::all,
            reason = "generated from WIT, where every item is documented"
        )]
        mod bindings {
            tool_bindings::import!($($tool),+);
        }

        pub use bindings::todo::{$($tool::tool as $tool),+};
    };
}
tool_catalog::with_tools!(imports);
