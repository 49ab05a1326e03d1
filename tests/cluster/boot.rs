//! From a process on this machine to one inside a cluster.

use std::fs;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use harness::repository;
use oci_spec::image::ConfigBuilder;
use runtime_image::{Entry, Image, Layer};

use crate::definitions;
use crate::programs::setting;

/// Whether there is a cluster around this process.
pub fn is_inside() -> bool {
    std::env::var_os("NODE_ADDRESS").is_some()
}

/// Becomes node/up.sh, which runs this program again, with the same arguments, in the cluster it boots.
pub fn inside_a_cluster() -> ! {
    // The cluster has no way out.
    definitions::fetch();
    let pause = PathBuf::from(setting("CLUSTER_PAUSE"));
    let archive = PathBuf::from(setting("CLUSTER_RUN")).with_extension("pause.tar");
    pack_pause(&pause, &archive);
    let myself = std::env::current_exe().unwrap();
    let mut up = Command::new(repository().join("tests/cluster/node/up.sh"));
    up.arg(myself).args(std::env::args_os().skip(1)).env("CLUSTER_PAUSE", archive);
    let error = up.exec();
    panic!("{up:?}: {error}");
}

/// The image of a pod's sandbox.
fn pack_pause(program: &Path, archive: &Path) {
    fs::create_dir_all(archive.parent().unwrap()).unwrap();
    let entries = [(PathBuf::from("/pause"), Entry::File(program.to_owned()))].into();
    let config = ConfigBuilder::default().entrypoint(["/pause".to_owned()]).build().unwrap();
    let image = Image { layers: vec![Layer::pack(&entries, 0).unwrap()], config, date: 0 };
    image.write("localhost/pause:1", archive).unwrap();
}
