//! Everything is denied but what the manifest gives.

use crate::running::unruly;

#[tokio::test(flavor = "multi_thread")]
async fn a_component_finds_only_what_its_manifest_names() {
    let app = unruly(
        "environment = { GIVEN = 'yes' }\nfiles = ['static/*']\n[component.unruly.variables]\ngiven = '{{ source }}'\n\
         [variables]\nsource = { required = true }\nother = { default = 'x' }\n",
    )
    .file("static/a.txt", "content")
    .file("secret.txt", "secret")
    .with(|s| drop(s.variables.arguments.insert("source".to_owned(), "value".to_owned())))
    .run()
    .await;
    assert_eq!(app.text("/variable?given").await, "value");
    assert!(app.get("/variable?other").await.body.contains("Undefined"));
    assert!(app.get("/variable?Bad-Name").await.body.contains("InvalidName"));
    assert_eq!(app.text("/environment?GIVEN").await, "yes");
    assert_eq!(app.get("/environment?PATH").await.status, 502);
    assert_eq!(app.text("/file?/static/a.txt").await, "content");
    let secret = app.folder().join("secret.txt");
    for path in ["/secret.txt", "/static/../../secret.txt", "/etc/passwd", secret.to_str().unwrap()] {
        assert_eq!(app.get(&format!("/file?{path}")).await.status, 502, "{path}");
    }
    assert_eq!(app.get("/write-file?/static/a.txt").await.status, 502);
    assert_eq!(app.text("/file?/static/a.txt").await, "content");
}

#[tokio::test(flavor = "multi_thread")]
async fn connections_are_made_to_allowed_hosts_only() {
    let other = unruly("").run().await;
    let (allowed, denied) = (other.address, other.metrics);
    let app = unruly(&format!("allowed_outbound_hosts = ['http://{allowed}']")).run().await;
    assert_eq!(app.text(&format!("/fetch?http://{allowed}/hello")).await, "200 OK hello");
    for url in [format!("http://{denied}/livez"), format!("http://localhost:{}/hello", allowed.port())] {
        assert!(app.get(&format!("/fetch?{url}")).await.body.contains("HttpRequestDenied"), "{url}");
    }
    // A socket of its own is no way around the list.
    assert_eq!(app.get(&format!("/connect?{allowed}")).await.status, 502);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_app_without_its_required_variables_does_not_start() {
    let error = unruly("[variables]\none = { required = true }\ntwo = { required = true, secret = true }")
        .error()
        .await;
    assert!(error.contains("one, two"), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_app_whose_component_was_not_built_does_not_start() {
    let error = crate::running::app(
        "[[trigger.http]]\nroute = '/'\ncomponent = 'c'\n[component.c]\nsource = 'missing.wasm'\n",
    )
    .error()
    .await;
    assert!(error.contains("missing.wasm") && error.contains("has it been built?"), "{error}");
}
