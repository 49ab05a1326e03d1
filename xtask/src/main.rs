//! `cargo xtask test` runs every test and installs what they need; `cargo xtask bench` measures.

mod app;
mod bench;
mod count;
mod fuzz;
mod image;
mod prerequisites;
mod run;
mod stages;

use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo xtask test [STAGE…]   run all tests, or only these stages
       cargo xtask stages          name the stages
       cargo xtask image [FILE]    pack the runtime's image, without a container engine, into target/runtime-image.tar
       cargo xtask bench           measure against native Rust and the Python SDK, write docs/performance.md";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match words.split_first() {
        Some((&"test", chosen)) => stages::test(chosen),
        Some((&"stages", [])) => stages::name_all(),
        Some((&"image", file)) => image::image(file),
        Some((&"bench", flags)) => bench::bench(flags),
        _ => Err(run::Error::Usage(USAGE)),
    };
    match outcome {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::from(2)
        }
    }
}
