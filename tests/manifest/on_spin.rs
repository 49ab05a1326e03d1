//! docs/spin.md says what people need who run the app with Spin.

use crate::spin_toml::{components, manifest};

/// What a PostgreSQL server allows, unless someone changes it.
const CONNECTIONS_OF_A_SERVER: usize = 100;

fn guide() -> String {
    std::fs::read_to_string(harness::repository().join("docs/spin.md")).unwrap()
}

#[test]
fn the_limit_that_the_guide_gives_spin_leaves_a_server_half_of_its_connections() {
    let guide = guide();
    let config = guide.split("```toml\n").nth(1).and_then(|rest| rest.split("```").next()).unwrap();
    let config: toml::Table = toml::from_str(config).unwrap();
    let limit = config["outbound_pg"]["max_connections"].as_integer().unwrap();
    let components = components();
    let users =
        components.values().filter(|component| !component["variables"]["database_url"].is_null()).count();
    assert_eq!(users, 8, "the guide says eight components");
    let most = users * usize::try_from(limit).unwrap();
    assert!(guide.contains(&format!("That makes {most} at most")), "{most}");
    assert!(most <= CONNECTIONS_OF_A_SERVER / 2);
}

#[test]
fn every_run_with_spin_in_the_guide_has_that_limit_and_sets_variables_that_there_are() {
    let guide = guide().replace("\\\n", " ");
    let variables = manifest()["variables"].as_object().unwrap().clone();
    let runs: Vec<&str> = guide.lines().filter(|line| line.starts_with("spin ")).collect();
    assert!(runs.len() >= 3, "{runs:?}");
    for run in runs {
        assert!(run.contains("--runtime-config-file runtime-config.toml"), "{run}");
        for set in run.split("--variable ").skip(1) {
            let name = set.split('=').next().unwrap();
            assert!(variables.contains_key(name), "{name} in {run}");
        }
    }
}
