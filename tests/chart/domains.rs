//! One list of domains is everything that has to know them.

use serde_json::json;

use crate::render::{NAME, Render, items, refusal, render};

const TWO: [&str; 2] = ["domains[0]=todo.example.com", "domains[1]=todo.example.org"];

fn variable<'a>(rendered: &'a Render, name: &str) -> Vec<&'a str> {
    let value = rendered.named("ConfigMap", NAME)["data"][format!("SPIN_VARIABLE_{name}")].as_str();
    value.unwrap().split(' ').collect()
}

#[test]
fn the_app_knows_its_names() {
    let rendered = render("dev", &[&TWO[..], &["cors.origins[0]=https://pages.example.net"]].concat());
    assert_eq!(variable(&rendered, "PUBLIC_URL"), ["https://todo.example.com"]);
    assert_eq!(
        variable(&rendered, "CORS_ORIGINS"),
        ["https://todo.example.org", "https://pages.example.net"]
    );
    let mcp = variable(&rendered, "MCP_ALLOWED_HOSTS");
    for name in ["todo.example.com", "todo.example.org", NAME, "todo-todo-chatbot.todo.svc.cluster.local"] {
        assert!(mcp.contains(&name), "{name}");
    }
    let elsewhere = render("dev", &[TWO[0], "publicUrl=https://front.example.net/"]);
    assert_eq!(variable(&elsewhere, "PUBLIC_URL"), ["https://front.example.net"]);
    assert_eq!(variable(&elsewhere, "CORS_ORIGINS"), ["https://todo.example.com"]);
}

#[test]
fn the_ways_in_answer_to_them_with_tls() {
    let by_ingress = ["ingress.enabled=true", "httpRoute.enabled=false", "gateway.create=false"];
    let rendered = render("staging", &[&TWO[..], &by_ingress].concat());
    let spec = &rendered.only("Ingress")["spec"];
    assert_eq!(spec["tls"][0]["hosts"], json!(["todo.example.com", "todo.example.org"]));
    let hosts: Vec<&str> = items(&spec["rules"]).iter().map(|rule| rule["host"].as_str().unwrap()).collect();
    assert_eq!(hosts, ["todo.example.com", "todo.example.org"]);

    let rendered = render("prod", &TWO);
    assert_eq!(
        rendered.only("HTTPRoute")["spec"]["hostnames"],
        json!(["todo.example.com", "todo.example.org"])
    );
    for listener in items(&rendered.only("Gateway")["spec"]["listeners"]) {
        assert_eq!(listener["protocol"], "HTTPS");
        assert_eq!(listener["tls"]["mode"], "Terminate");
    }
    assert_eq!(items(&rendered.only("Gateway")["spec"]["listeners"]).len(), 2);
}

#[test]
fn a_way_in_without_a_name_is_refused() {
    for environment in ["staging", "prod"] {
        assert!(refusal(environment, &["--set-json=domains=[]"]).contains("name what the way in answers to"));
    }
    assert!(refusal("dev", &["ingress.enabled=true"]).contains("name what the way in answers to"));
    assert!(refusal("prod", &["gateway.create=false"]).contains("name the Gateway"));
    assert!(refusal("prod", &["httpRoute.enabled=false"]).contains("leads nowhere"));
}
