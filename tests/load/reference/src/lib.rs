//! The native reference of the benchmark.
