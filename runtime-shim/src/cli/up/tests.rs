use std::collections::BTreeMap;
use std::net::TcpListener;
use std::path::PathBuf;
use std::time::Duration;

use clap::Parser;
use runtime_shim::ListenAddress;

use super::*;

#[derive(Parser)]
struct Line {
    #[command(flatten)]
    up: Up,
}

fn parse(arguments: &[&str]) -> Result<Up, String> {
    let line = std::iter::once("up").chain(arguments.iter().copied());
    Line::try_parse_from(line).map(|line| line.up).map_err(|error| error.to_string())
}

#[test]
fn the_flags_spins_operators_know_are_taken() {
    let line = "--listen 0.0.0.0:80 -f app/spin.toml --variable a=1 --variable b=x=y --env C=2 \
        --runtime-config-file config.toml";
    let up = parse(&line.split_whitespace().collect::<Vec<_>>()).unwrap();
    assert_eq!(up.serve.listen, "0.0.0.0:80".parse().unwrap());
    assert_eq!(up.app.manifest(), PathBuf::from("app/spin.toml"));
    assert_eq!(up.app.folder(), PathBuf::from("app"));
    assert_eq!(up.variables.variables, [("a".into(), "1".into()), ("b".into(), "x=y".into())]);
    assert_eq!(up.serve.environment, [("C".into(), "2".into())]);
    assert_eq!(up.serve.runtime_config_file, Some(PathBuf::from("config.toml")));
    for alias in ["--from", "--file"] {
        assert_eq!(parse(&[alias, "other.toml"]).unwrap().app.manifest(), PathBuf::from("other.toml"));
    }
}

#[test]
fn without_flags_everything_is_beside_the_manifest() {
    let up = parse(&[]).unwrap();
    let settings = up.settings().unwrap();
    assert_eq!(settings.listen, ListenAddress::Localhost(3000));
    assert_eq!(up.data.folder(&up.app), PathBuf::from("./.runtime-shim"));
    assert_eq!(settings.cache_dir, PathBuf::from("./.runtime-shim/cache"));
    assert!(!up.no_build);
    // A data folder of its own does not compile everything again.
    let up = parse(&["--data-dir", "/data"]).unwrap();
    assert_eq!(up.data.folder(&up.app), PathBuf::from("/data"));
    assert_eq!(up.settings().unwrap().cache_dir, PathBuf::from("./.runtime-shim/cache"));
}

#[test]
fn limits_are_given_in_the_units_of_their_names() {
    let line = "--limit-cpu 250 --limit-memory 64 --grace 7 --instance-reuse 0 --limit-body 1000";
    let settings = parse(&line.split_whitespace().collect::<Vec<_>>()).unwrap().settings().unwrap();
    assert_eq!(settings.limits.cpu, Duration::from_millis(250));
    assert_eq!(settings.limits.memory, 64 << 20);
    assert_eq!(settings.grace, Duration::from_secs(7));
    assert_eq!(settings.instances.max_requests, 1);
    assert_eq!(settings.limits.body, 1000);
}

#[test]
fn what_makes_no_sense_is_refused() {
    for (arguments, named) in [
        (&["--variable", "novalue"][..], "name=value"),
        (&["--variable", "=value"][..], "name=value"),
        (&["--listen", "nowhere"][..], "--listen"),
        (&["--no-build", "--build"][..], "--no-build"),
        (&["--malformed"][..], "--malformed"),
        (&["--limit-cpu", "-1"][..], "-1"),
        (&["--log-format", "xml"][..], "xml"),
    ] {
        let error = parse(arguments).err().unwrap();
        assert!(error.contains(named), "{arguments:?}: {error}");
    }
}

#[test]
fn the_operators_values_win() {
    let prepared = Prepared {
        variables: ["a", "b", "c", "d"].map(|name| (name.to_owned(), "provided".to_owned())).into(),
        ..Prepared::default()
    };
    let mut settings = RunSettings::new(PathBuf::from("spin.toml"));
    let given = |name: &str| BTreeMap::from([(name.to_owned(), "given".to_owned())]);
    settings.variables =
        VariableSources { arguments: given("a"), environment: given("b"), runtime_config: given("c") };
    provide(&mut settings, &prepared);
    let low = &settings.variables.runtime_config;
    assert_eq!(low.keys().collect::<Vec<_>>(), ["c", "d"]);
    assert_eq!((low["c"].as_str(), low["d"].as_str()), ("given", "provided"));
}

#[tokio::test]
async fn a_port_in_use_is_told_before_anything_is_built() {
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let folder = tempfile::tempdir().unwrap();
    let manifest = folder.path().join("spin.toml");
    // It can't be built either, which would be told later.
    let text = "spin_manifest_version = 2\n[application]\nname = 'app'\n[component.a]\nsource = 'a.wasm'\n\
        [component.a.build]\ncommand = 'false'\n[[trigger.http]]\nroute = '/...'\ncomponent = 'a'\n";
    std::fs::write(&manifest, text).unwrap();
    let up = parse(&["-f", manifest.to_str().unwrap(), "--listen", &address]).unwrap();
    let error = up.run().await.unwrap_err().to_string();
    assert!(error.contains(&format!("cannot listen on {address}")), "{error}");
}
