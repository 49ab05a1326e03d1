//! How long a pod is away that starts on a node where it never ran.

use std::time::{Duration, Instant};

use scratch_postgres::ScratchPostgres;

use crate::program::{Workspace, product, text};
use crate::run_from_there::{Running, database};
use crate::server::{Kind, Server};

/// What operators are promised.
const MAX_COLD_START: Duration = Duration::from_secs(2);
const STARTS: usize = 5;

/// As the runtime's image does it: the code was compiled when the image was made, the app comes from the registry.
#[test]
fn from_the_registry_to_ready_in_under_two_seconds() {
    let (server, workspace) = (Server::start(Kind::Open), Workspace::new());
    let reference = server.reference("todo/app:1.0.0");
    workspace.registry(&["push", &reference, "-f", &product(), "--insecure", "--no-sbom"]).answer();
    let compiled = text(&workspace.path("compiled"));
    let compile =
        workspace.command().args(["compile", "-f", &product(), "--into", &compiled]).output().unwrap();
    assert!(compile.status.success(), "{}", String::from_utf8_lossy(&compile.stderr));
    let postgres = ScratchPostgres::start().unwrap();
    let environment = database(&workspace, &postgres);

    let mut times: Vec<Duration> = Vec::new();
    for _ in 0..STARTS {
        let node = Workspace::new();
        let begun = Instant::now();
        let up = ["-f", &reference, "--insecure", "--compiled-dir", &compiled];
        let running = Running::start(&node, &up, &environment);
        running.nobody().get("/readyz").expect(200);
        times.push(begun.elapsed());
    }
    times.sort();
    println!("from the registry to ready: {times:?}");
    assert!(times[STARTS / 2] < MAX_COLD_START, "{times:?}");
}
