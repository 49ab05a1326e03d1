//! wkg itself: what is published is fetched, and built against, by whoever knows the package's name.

use std::path::Path;
use std::process::Output;

use harness::{programs, repository};

use crate::program::{Workspace, built, product, text};
use crate::server::{Kind, Server};

struct Scene {
    workspace: Workspace,
    _server: Server,
}

impl Scene {
    /// A registry with all that the product publishes, and someone whose wkg knows where it is.
    fn new() -> Self {
        let (server, workspace) = (Server::start(Kind::Open), Workspace::new());
        let (prefix, types) = (server.reference("acme"), text(&repository().join("wit/types")));
        let publish = ["publish", &prefix, "-f", &product(), "--wit", &types, "--insecure"];
        let published = workspace.registry(&publish);
        assert!(published.success, "{}", published.error);
        let place = format!("{{ registry = {:?}, namespacePrefix = \"acme/\" }}", server.address);
        let config = format!(
            "[namespace_registries]\n\
             todo = {{ registry = \"acme\", metadata = {{ preferredProtocol = \"oci\", oci = {place} }} }}\n\
             [registry.acme.oci]\nprotocol = \"http\"\n"
        );
        std::fs::write(workspace.path("registries.toml"), config).unwrap();
        Self { workspace, _server: server }
    }

    fn wkg(&self, folder: &Path, arguments: &[&str]) -> Output {
        let mut command = programs::command("wkg");
        self.workspace.equip(&mut command);
        command.args(arguments).current_dir(folder).env("HOME", self.workspace.path("home"));
        command.arg("--config").arg(self.workspace.path("registries.toml"));
        command.arg("--cache").arg(self.workspace.path("wkg-cache"));
        let output = command.output().expect("wkg is installed (`cargo xtask test artifacts` installs it)");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        output
    }
}

#[test]
fn a_tool_is_fetched_by_its_name_as_it_was_built() {
    let scene = Scene::new();
    let folder = scene.workspace.path("");
    scene.wkg(&folder, &["get", "todo:add-task@1.0.0", "--output", "./add-task.wasm"]);
    let fetched = std::fs::read(folder.join("add-task.wasm")).unwrap();
    assert!(fetched == std::fs::read(built("add_task")).unwrap());
}

#[test]
fn a_world_of_someone_elses_builds_against_a_tool() {
    let scene = Scene::new();
    let folder = scene.workspace.path("planner");
    std::fs::create_dir_all(folder.join("wit")).unwrap();
    let world = "package acme:planner@0.1.0;\n\
                 world planner {\n  import todo:types/types@1.0.0;\n  import todo:add-task/tool@1.0.0;\n}\n";
    std::fs::write(folder.join("wit/world.wit"), world).unwrap();
    scene.wkg(&folder, &["fetch"]);
    let tool = std::fs::read_to_string(folder.join("wit/deps/todo-add-task-1.0.0/package.wit")).unwrap();
    assert!(tool.contains("add-task: async func(caller: caller"), "{tool}");
    scene.wkg(&folder, &["build", "--output", "planner.wasm"]);
    assert!(folder.join("planner.wasm").is_file());
}
