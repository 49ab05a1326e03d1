//! The chart on a real Kubernetes, with what a node of it needs.

use std::env;
use std::fs;

use super::named;
use crate::count::Count;
use crate::image;
use crate::prerequisites::{self, go};
use crate::run::{self, Error};

/// Kubernetes, in the version tests/cluster/kubernetes/go.mod names.
const KUBERNETES: &str = "1.36.3";
/// The sandbox of a pod.
const PAUSE: &str = "1";

/// The chart on a real Kubernetes.
pub fn cluster() -> Result<Count, Error> {
    prerequisites::postgres()?;
    prerequisites::node()?;
    let folder = run::tools_folder().join("cluster");
    fs::create_dir_all(&folder)
        .map_err(|error| Error::Failed(format!("making {} ({error})", folder.display())))?;
    let pause = go::built("pause", "tests/cluster/pause", PAUSE, "-s -w")?;
    let kubernetes = go::built("kubernetes", "tests/cluster/kubernetes", KUBERNETES, &kubernetes_flags())?;
    let mut folders = vec![kubernetes.parent().unwrap_or(&folder).to_owned()];
    let tools = go::path_with(&[go::HELM, go::K6, go::COREDNS, go::CRANE, go::KUBE_ROUTER])?;
    folders.extend(env::split_paths(&tools));
    let tools =
        env::join_paths(folders).map_err(|error| Error::Failed(format!("a search path ({error})")))?;

    let image = folder.join("runtime.tar");
    let mut count = image::pack(&image)?;
    count += node_shim()?;
    let mut command = named("cluster");
    command
        .env("PATH", tools)
        .env("CLUSTER_PAUSE", pause)
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

/// What `kubectl version` and the API server say of themselves.
fn kubernetes_flags() -> String {
    let mut minor = KUBERNETES.split('.').skip(1);
    let minor = minor.next().unwrap_or_default();
    let set = |name: &str, value: &str| {
        ["k8s.io/component-base/version", "k8s.io/client-go/pkg/version"]
            .map(|package| format!("-X {package}.{name}={value}"))
            .join(" ")
    };
    let version = format!("v{KUBERNETES}");
    ["-s -w".to_owned(), set("gitVersion", &version), set("gitMajor", "1"), set("gitMinor", minor)].join(" ")
}
