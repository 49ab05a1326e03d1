//! Which processors compiled code is for.

use wasmtime::Config;

/// Which processors compiled code is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CodeTarget {
    /// This machine's, with all it can do.
    #[default]
    Native,
    /// Any x86-64 machine of level 3 of the System V psABI (since about 2015): code compiled elsewhere runs here.
    /// A machine that is none compiles for itself.
    X86_64V3,
}

/// What level 3 has beside the baseline, as Cranelift names it.
const LEVEL_3: [&str; 11] = [
    "has_cmpxchg16b",
    "has_sse3",
    "has_ssse3",
    "has_sse41",
    "has_sse42",
    "has_popcnt",
    "has_avx",
    "has_avx2",
    "has_fma",
    "has_bmi1",
    "has_bmi2",
];

impl CodeTarget {
    /// Puts the target into `config`.
    pub(super) fn apply(self, config: &mut Config) -> wasmtime::Result<()> {
        if self == Self::Native || !is_level_3() {
            return Ok(());
        }
        config.target("x86_64-unknown-linux-gnu")?;
        for feature in LEVEL_3 {
            #[allow(unsafe_code, reason = "the engine checks each feature before it runs code that uses it")]
            // SAFETY: features of the instruction set only; see the reason above.
            unsafe {
                config.cranelift_flag_enable(feature);
            }
        }
        Ok(())
    }
}

#[cfg(all(target_arch = "x86_64", target_os = "linux"))]
fn is_level_3() -> bool {
    std::is_x86_feature_detected!("avx2")
        && std::is_x86_feature_detected!("bmi1")
        && std::is_x86_feature_detected!("bmi2")
        && std::is_x86_feature_detected!("fma")
        && std::is_x86_feature_detected!("cmpxchg16b")
}

#[cfg(not(all(target_arch = "x86_64", target_os = "linux")))]
fn is_level_3() -> bool {
    false
}
