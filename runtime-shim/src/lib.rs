//! Runs Spin apps on wasmtime.
