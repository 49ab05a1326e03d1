//! Dependencies get the rights of their parent only as far as they inherit them.

use crate::fixtures::fixture;
use crate::running::{Running, app};

async fn asker(dependency: &str) -> Running {
    app(&manifest(dependency)).file("static/a.txt", "content").run().await
}

fn manifest(dependency: &str) -> String {
    format!(
        "[[trigger.http]]\nroute = '/...'\ncomponent = 'asker'\n\
         [component.asker]\nsource = '{}'\nfiles = ['static/*']\nenvironment = {{ NAME = 'value' }}\n\
         allowed_outbound_hosts = ['postgres://127.0.0.1:1', 'http://asker.spin.internal']\n\
         variables = {{ name = 'value' }}\n\
         [component.asker.dependencies]\n{dependency}\n[component.reacher]\nsource = '{}'\n",
        fixture("asker").display(),
        fixture("reacher").display()
    )
}

/// What the dependency reaches, in the order of `KINDS`.
async fn reached(app: &Running) -> Vec<bool> {
    let mut reached = Vec::new();
    for path in [
        "/variable?name",
        "/environment?NAME",
        "/file?/static/a.txt",
        "/fetch?http://asker.spin.internal/variable?name",
        "/database?postgres://127.0.0.1:1/d",
    ] {
        // Whatever comes of it: an answer, and never a trap.
        reached.push(app.text(path).await.starts_with("reached: "));
    }
    reached
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dependency_that_inherits_everything_reaches_everything() {
    let app =
        asker("'fixture:reach/reach@1.0.0' = { component = 'reacher', inherit_configuration = true }").await;
    assert_eq!(reached(&app).await, [true; 5]);
    assert_eq!(app.text("/variable?name").await, "reached: value");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dependency_that_inherits_nothing_is_denied_with_ordinary_errors() {
    let app = asker("'fixture:reach@1.0.0' = { component = 'reacher' }").await;
    assert_eq!(reached(&app).await, [false; 5]);
    assert!(app.text("/variable?name").await.contains("Undefined"));
    assert!(app.text("/fetch?http://asker.spin.internal/x").await.contains("HttpRequestDenied"));
    assert!(app.text("/database?postgres://127.0.0.1:1/d").await.contains("ConnectionFailed"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dependency_inherits_the_kinds_it_lists_and_no_others() {
    for (kind, expected) in [
        ("variables", [true, false, false, false, false]),
        ("environment", [false, true, false, false, false]),
        ("files", [false, false, true, false, false]),
        ("allowed_outbound_hosts", [false, false, false, true, true]),
    ] {
        let app = asker(&format!(
            "'fixture:reach/reach@1.0.0' = {{ component = 'reacher', inherit_configuration = ['{kind}'] }}"
        ))
        .await;
        assert_eq!(reached(&app).await, expected, "{kind}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_composed_is_named() {
    let unused = app(&manifest("'other:thing/thing@1.0.0' = { component = 'reacher' }")).error().await;
    assert!(
        unused.contains("other:thing/thing@1.0.0") && unused.contains("fixture:reach/reach@1.0.0"),
        "{unused}"
    );
    let wrong = app(&manifest("'fixture:reach/reach@1.0.0' = { component = 'asker' }")).error().await;
    assert!(wrong.contains("needs an export \"fixture:reach/reach@1.0.0\""), "{wrong}");
    let missing = app(&manifest("")).error().await;
    assert!(missing.contains("asker") && missing.contains("fixture:reach/reach@1.0.0"), "{missing}");
}
