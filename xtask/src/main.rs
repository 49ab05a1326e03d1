//! `cargo xtask test` runs every test and installs what they need; `cargo xtask bench` measures.

mod app;
mod bench;
mod count;
mod coverage;
mod fuzz;
mod image;
mod new_tool;
mod prerequisites;
mod programs;
mod run;
mod stages;
mod test;

use std::process::ExitCode;

const USAGE: &str = "\
usage: cargo xtask test                    run what every change has to pass
       cargo xtask test --all              run everything, also what takes long
       cargo xtask test --changed [BASE]   run the stages that the changes since BASE touch
       cargo xtask test STAGE…             run these stages; with --all, as deep as they go
       cargo xtask test STAGE -- NAME…     run only the tests of this stage whose names contain one of these
       cargo xtask stages                  name the stages
       cargo xtask new tool NAME           write the skeleton of a tool, such as archive-task
       cargo xtask image [FILE]            pack the runtime's image, without a container engine, into target/runtime-image.tar
       cargo xtask bench                   measure against native Rust and the Python SDK, write docs/performance.md
       cargo xtask bench --quick           the same in a minute, to look at
       cargo xtask bench [--rounds N] --beside-host PROGRAM | --beside-app MANIFEST
                                           measure what this build costs beside another one
       cargo xtask bench --embedded        measure the database that the app starts beside a server";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match words.split_first() {
        Some((&"test", chosen)) => test::test(chosen),
        Some((&"part", words)) => test::run_here(words),
        Some((&"stages", [])) => stages::name_all(),
        Some((&"new", ["tool", name])) => new_tool::new_tool(name),
        Some((&"image", file)) => image::image(file),
        // Before anything is built.
        Some((&"bench", ["--help" | "-h"])) => Err(run::Error::Usage(USAGE)),
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
