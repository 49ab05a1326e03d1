//! The suite's scenarios for authorization servers: its metadata, and a code that becomes tokens. The suite opens no browser: it prints
//! an address, which a person opens here, and listens for where they are sent.

use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};

use harness::{App, Caller, Options};
use scratch_postgres::free_port;
use serde_json::json;
use uuid::Uuid;

use crate::suite;

/// Somebody who is signed in and says yes at an address: where they are sent.
fn allow(app: &App, address: &str) -> String {
    let nobody = app.nobody();
    let account = json!({"name": "Ann", "email": format!("{}@example.org", Uuid::new_v4().simple()), "password": "correct horse battery"});
    let signed_up = nobody.post("/api/auth/sign-up/email", &account).expect(200);
    let cookie = signed_up.header("set-cookie").unwrap().split(';').next().unwrap().to_owned();
    let path = address.strip_prefix(&app.url).expect("an address of the app");
    let page = nobody.request("GET", path).header("cookie", &cookie).send().expect(200).body;
    let request = page.split("name=\"request\" value=\"").nth(1).expect("a form").split('"').next().unwrap();
    let answer = nobody
        .request("POST", "/api/auth/oauth2/consent")
        .header("cookie", &cookie)
        .header("origin", &app.url)
        .header("content-type", "application/x-www-form-urlencoded")
        .body(format!("request={request}&answer=allow"))
        .send()
        .expect(303);
    answer.header("location").unwrap().to_owned()
}

#[test]
fn the_suite_finds_nothing_wrong_with_the_authorization_server() {
    let app = App::start(Options::default()).unwrap();
    let port = free_port().unwrap().to_string();
    let registration = json!({
        "redirect_uris": [format!("http://127.0.0.1:{port}/callback")], "token_endpoint_auth_method": "none",
    });
    let client = app.nobody().post("/api/auth/oauth2/register", &registration).expect(201).json();
    let mut command: Command = suite::command();
    command.args([
        "authorization",
        "--url",
        &app.url,
        "--resource",
        &format!("{}/mcp", app.url),
        "--port",
        &port,
    ]);
    command.args(["--client-id", client["client_id"].as_str().unwrap()]);
    let mut child = command.stdout(Stdio::piped()).spawn().unwrap();

    let mut said = String::new();
    for line in BufReader::new(child.stdout.take().unwrap()).lines() {
        let line = line.unwrap();
        if line.starts_with(&format!("{}/api/auth/oauth2/authorize", app.url)) {
            let back = allow(&app, &line);
            let (origin, path) = back.split_at(back.find("/callback").expect("the suite's callback"));
            Caller::new(origin, Uuid::nil(), None).get(path).expect(200);
        }
        said.push_str(&line);
        said.push('\n');
    }
    assert!(child.wait().unwrap().success(), "{said}\n{}", app.log());
    for scenario in ["authorization-server-metadata-endpoint", "authorization-code-grant"] {
        assert!(said.contains(scenario), "{scenario} did not run:\n{said}");
    }
    let said = said.to_ascii_lowercase();
    assert!(!said.contains("failure") && !said.contains("warning") && !said.contains("skipped"), "{said}");
}
