//! The chart on a real Kubernetes, with what a node of it needs.

use std::fs;

use super::{Depth, test_program};
use crate::count::Count;
use crate::image;
use crate::prerequisites::{self, go};
use crate::run::{self, Error};

/// What runs beside the app.
const PROGRAMS: [go::GoProgram; 3] = [go::HELM, go::KUBERNETES, go::COREDNS];

/// Installs what a node needs, and builds Kubernetes and what runs beside it.
pub fn prepare(_: Depth) -> Result<(), Error> {
    prerequisites::postgres()?;
    prerequisites::node()?;
    prerequisites::debian_program("prometheus", "Prometheus", "prometheus")?;
    prerequisites::debian_program("jq", "jq", "jq")?;
    prerequisites::newer_debian_program("crane", "a client of registries", "crane")?;
    go::path_with(&PROGRAMS)?;
    go::installed(go::PAUSE).map(drop)
}

/// The chart on a real Kubernetes.
pub fn cluster(depth: Depth) -> Result<Count, Error> {
    let folder = run::tools_folder().join("cluster");
    fs::create_dir_all(&folder)
        .map_err(|error| Error::Failed(format!("making {} ({error})", folder.display())))?;
    // With it everything else that the host's profile makes: the load among it.
    let image = folder.join("runtime.tar");
    let mut count = image::pack(&image)?;
    count += node_shim()?;
    let mut command = test_program("cluster", depth)?;
    command
        .env("PATH", go::path_with(&PROGRAMS)?)
        .env("CLUSTER_PAUSE", go::installed(go::PAUSE)?)
        .env("CLUSTER_SHIMS", run::repository().join(NODE).join("host"))
        .env("CLUSTER_RUN", folder.join("run"))
        .env("CLUSTER_RUNTIME_IMAGE", image);
    count += run::counted(command)?;
    Ok(count)
}

/// Where the node's shim is built: beside the rest, whose dependencies have other features.
const NODE: &str = "target/node";

/// containerd's shim, for any node: with libseccomp inside.
fn node_shim() -> Result<Count, Error> {
    let target = ["build", "--profile", "host", "--target-dir", NODE, "--package", "containerd-shim-todo"];
    let mut build = run::command("cargo", &target);
    let libraries = run::output("pkg-config", &["--variable=libdir", "libseccomp"]).unwrap_or_default();
    build.env("LIBSECCOMP_LINK_TYPE", "static").env("LIBSECCOMP_LIB_PATH", libraries);
    run::counted(build)
}
