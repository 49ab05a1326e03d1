//! The runtime's image.

use std::path::Path;

use crate::app;
use crate::count::Count;
use crate::programs;
use crate::run::{self, Error};

/// Packs the image into a file, or where it is looked for.
pub fn image(file: &[&str]) -> Result<bool, Error> {
    let file = file.first().copied().unwrap_or("target/runtime-image.tar");
    pack(Path::new(file)).map(|count| count.failed == 0)
}

/// Packs the runtime's image into the archive `out`, from what is built now.
pub fn pack(out: &Path) -> Result<Count, Error> {
    let mut count = app::build()?;
    count += programs::host(&["build"])?;
    let revision = run::output("git", &["rev-parse", "HEAD"]).unwrap_or_default();
    let date = run::output("git", &["log", "-1", "--format=%ct"]).unwrap_or_else(|| "0".to_owned());
    let mut pack = run::command("target/host/runtime-image", &["--name", "todo-assistant/runtime:0.1.0"]);
    pack.args(["--programs", "target/host", "--revision", &revision, "--date", &date, "--out"]).arg(out);
    run::checked(&mut pack)?;
    Ok(count)
}
