//! From the chart as it was released to the one that is here: what people have stays theirs, and nobody notices.

use std::time::Duration;

use libtest_mimic::Trial;
use serde_json::Value;

use crate::database;
use crate::mode::Mode;
use crate::programs::{self, get};
use crate::published::published;
use crate::release::{NAME, Release};
use crate::shell::{progress, wait_for};
use crate::test;
use crate::writer::{Person, Writer};

/// The tests. Mode spinkube's is a step of [its own scenario](crate::spinkube).
pub fn tests() -> Vec<Trial> {
    let of = |mode: Mode| {
        let promise =
            "an upgrade from the released chart keeps data, secrets and Service, and fails no request";
        test(format!("{}: {promise}", mode.name()), move || from_first_to_last(mode))
    };
    Mode::OWN.into_iter().map(of).collect()
}

fn from_first_to_last(mode: Mode) {
    let release = Release::new(&format!("released-{}", mode.name()), mode);
    let own = database::settings_beside(&release.namespace);
    let settings = own.each_ref().map(|(name, value)| (*name, value.as_str()));
    release.install_released(&settings);
    upgrade_keeps_all(&release, &settings);
    release.uninstall();
    wait_for("an empty namespace", Duration::from_secs(60), || {
        release.left_behind().is_empty().then_some(())
    });
    programs::remove_namespace(&release.namespace);
}

/// Upgrades a release of the released chart, with new app and image, while somebody writes. Its passwords are made up, as an operator
/// has them who gave none: so its database's server is its own.
pub fn upgrade_keeps_all(release: &Release, settings: &[(&str, &str)]) {
    release.settle();
    let before = Kept::read(release);
    let person = Person::sign_up(&release.url());
    assert!(person.add("written before"));
    let writer = Writer::start(&release.url());
    std::thread::sleep(Duration::from_secs(1));
    let next = [("image.digest", &*published().next_image)];
    release.upgrade_released(&published().next, &[&next, settings].concat());
    // What is left of the old pods has ended by then, too.
    std::thread::sleep(Duration::from_secs(4));
    let written = writer.finish();
    progress(&format!("{} acknowledged, {} failed", written.acknowledged.len(), written.failed));
    assert!(written.acknowledged.len() > 100, "{written:?}");
    assert_eq!(written.failed, 0, "{written:?}");
    release.wait_for_ready(2);
    let pods = release.ready();
    assert!(pods.iter().all(|pod| pod.to_string().contains(&published().next)), "{}", release.tell());
    // Whose token was signed before is known to who verifies it now.
    assert!(person.add("written after"));
    assert_eq!(person.titles().len(), 2);
    Kept::read(release).holds(&before);
}

/// What an upgrade must not make anew.
#[derive(Debug)]
struct Kept {
    secrets: Value,
    service: [Value; 2],
    deployment: Value,
}

impl Kept {
    fn read(release: &Release) -> Self {
        let object = |kind: &str| get(&[kind, NAME, "--namespace", &release.namespace]);
        let service = object("service");
        Self {
            secrets: object("secret")["data"].clone(),
            service: [service["metadata"]["uid"].clone(), service["spec"]["clusterIP"].clone()],
            deployment: object("deployment")["metadata"]["uid"].clone(),
        }
    }

    /// Asserts that this is what was there before; other secrets may have come.
    fn holds(&self, before: &Self) {
        for (name, value) in before.secrets.as_object().unwrap() {
            assert!(self.secrets[name] == *value, "another {name}");
        }
        assert_eq!(self.service, before.service);
        assert_eq!(self.deployment, before.deployment);
    }
}
