//! Engines of other languages under the host's care for many requests.

use std::thread;

use harness::Caller;

use crate::built::{app, built};

fn at_once(requests: usize, caller: &Caller, path: &'static str) -> Vec<(u16, String)> {
    let threads: Vec<_> = (0..requests)
        .map(|_| {
            let caller = caller.clone();
            thread::spawn(move || {
                let answer = caller.get(path);
                (answer.status, answer.body)
            })
        })
        .collect();
    threads.into_iter().map(|thread| thread.join().unwrap()).collect()
}

/// An instance of this engine serves one request and fails at the second.
#[test]
fn a_component_of_wasi_0_2_gets_an_instance_for_each_request() {
    let nobody = app().nobody();
    for path in ["/labels", "/today"] {
        for _ in 0..4 {
            for (status, body) in at_once(4, &nobody, path) {
                assert_eq!((status, body.as_str()), (401, "Send a token.\n"), "{path}: {}", app().log());
            }
        }
    }
}

#[test]
fn a_tool_in_python_serves_several_people_at_once() {
    let people: Vec<_> = (1..=4).map(|tasks| (tasks, app().user())).collect();
    for (tasks, person) in &people {
        for number in 0..*tasks {
            let task = serde_json::json!({ "title": format!("{number}"), "due": "2020-01-01" });
            person.post("/api/v1/tasks", &task).expect(201);
        }
    }
    for (tasks, person) in &people {
        for (status, body) in at_once(4, person, "/api/v1/overview") {
            assert_eq!(status, 200, "{body}");
            assert!(body.contains(&format!("\"overdue_count\":{tasks},")), "{body}");
        }
    }
}

#[test]
fn what_the_manifest_does_not_name_is_out_of_reach() {
    let folder = &built().folder;
    let manifest = std::fs::read_to_string(folder.join("spin.toml")).unwrap();
    let granted = "allowed_outbound_hosts = [\"http://rest-api.spin.internal\"]\n";
    assert_eq!(manifest.matches(granted).count(), 2);
    let name = "granted-nothing.toml";
    std::fs::write(folder.join(name), manifest.replace(granted, "")).unwrap();
    let app = built().start(name, &[]);
    let answer = app.user().get("/today");
    assert_eq!((answer.status, answer.body.as_str()), (502, "The tasks can't be reached.\n"));
}
