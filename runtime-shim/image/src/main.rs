//! `runtime-image --out FILE.tar`: the OCI image that `runtime-shim/image/Dockerfile` describes, made without a container
//! engine. The same files give the same digests: names are sorted and times are those of the release.

mod contents;
mod libraries;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::Parser;

use contents::Contents;
use runtime_image::{Error, Image};

/// Packs the runtime and a release of the app into an OCI image.
#[derive(Debug, Parser)]
#[command(name = "runtime-image", version)]
struct Arguments {
    /// The archive to write: an OCI image layout in a tar file, as `crane push` and `ctr images import` read it
    #[arg(long, value_name = "FILE")]
    out: PathBuf,
    /// The image's name and tag
    #[arg(long, value_name = "NAME:TAG")]
    name: String,
    /// Folder with the programs runtime-shim and todo-smoke
    #[arg(long, value_name = "FOLDER")]
    programs: PathBuf,
    /// Folder of the app: spin.toml, runtime-shim.toml, migrations
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    app: PathBuf,
    /// Time of the release, in seconds since 1970 (SOURCE_DATE_EPOCH)
    #[arg(long, value_name = "S", env = "SOURCE_DATE_EPOCH", default_value_t = 0)]
    date: u64,
    /// Commit of the release
    #[arg(long, value_name = "COMMIT", default_value = "")]
    revision: String,
}

fn main() -> ExitCode {
    match pack(&Arguments::parse()) {
        Ok(digest) => {
            println!("{digest}");
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

/// Writes the image and gives its manifest's digest.
fn pack(arguments: &Arguments) -> Result<String, Error> {
    let contents = Contents::collect(&arguments.programs, &arguments.app)?;
    let layers = contents.layers(arguments.date)?;
    let image = Image { layers, config: contents::config(&arguments.revision)?, date: arguments.date };
    image.write(&arguments.name, &arguments.out)
}
