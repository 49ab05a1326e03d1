//! The webhooks of SpinKube's operator take what the chart renders, and refuse what the real ones were seen to refuse.

use serde_json::{Value, json};

use crate::operator::{default_app, validate_app, validate_executor};
use crate::render::{ENVIRONMENTS, Render, render};

/// What becomes of a SpinApp, on its way through webhook, definition and webhook.
fn admit(app: &Value, executor: Option<&Value>) -> Result<(), String> {
    let app = default_app(app, &[]);
    taken_by_the_definition(&app)?;
    validate_app(&app, executor)
}

/// What the definition of the resource says, which the API server asks next: a list, where there is anything at all.
fn taken_by_the_definition(app: &Value) -> Result<(), String> {
    for probe in ["readiness", "liveness"] {
        let headers = app.pointer(&format!("/spec/checks/{probe}/httpGet/httpHeaders"));
        if headers.is_some_and(|headers| !headers.is_array()) {
            return Err(format!("spec.checks.{probe}.httpGet.httpHeaders: Invalid value: \"null\""));
        }
    }
    Ok(())
}

/// The executor a rendered app names.
fn executor_of<'a>(rendered: &'a Render, app: &Value) -> &'a Value {
    rendered.named("SpinAppExecutor", app["spec"]["executor"].as_str().unwrap())
}

fn rendered() -> Render {
    render("prod", &["mode=spinkube"])
}

#[test]
fn the_operator_takes_what_is_rendered_for_every_environment() {
    for environment in ENVIRONMENTS {
        for by in ["runtime-image", "runtime-class"] {
            let rendered = render(environment, &["mode=spinkube", &format!("spinkube.runBy={by}")]);
            let app = rendered.only("SpinApp");
            let executor = executor_of(&rendered, app);
            assert_eq!(validate_executor(executor), Ok(()), "{environment} by {by}");
            assert_eq!(admit(app, Some(executor)), Ok(()), "{environment} by {by}");
        }
    }
}

#[test]
fn a_probe_without_a_list_of_headers_comes_back_with_null_and_is_refused() {
    let rendered = rendered();
    for probe in ["readiness", "liveness"] {
        let mut app = rendered.only("SpinApp").clone();
        let request = app["spec"]["checks"][probe]["httpGet"].as_object_mut().unwrap();
        request.remove("httpHeaders");
        let said = admit(&app, Some(executor_of(&rendered, &app))).unwrap_err();
        assert_eq!(said, format!("spec.checks.{probe}.httpGet.httpHeaders: Invalid value: \"null\""));
    }
}

#[test]
fn an_app_before_its_executor_is_refused() {
    let said = admit(rendered().only("SpinApp"), None).unwrap_err();
    assert!(
        said.starts_with("SpinApp.core.spinkube.dev \"todo-todo-chatbot\" is invalid: spec.executor: "),
        "{said}"
    );
    assert!(said.ends_with("executor does not exist in namespace"), "{said}");
}

#[test]
fn an_app_without_a_pod_and_one_with_two_masters_are_refused() {
    let rendered = rendered();
    let app = rendered.only("SpinApp");
    let executor = executor_of(&rendered, app);
    for (autoscaling, replicas, fault) in [
        (false, 0, "spec.replicas: Invalid value: 0: replicas must be > 0"),
        (true, 2, "spec.replicas: Invalid value: 2: replicas cannot be set when autoscaling is enabled"),
    ] {
        let mut app = app.clone();
        app["spec"]["enableAutoscaling"] = json!(autoscaling);
        app["spec"]["replicas"] = json!(replicas);
        let said = admit(&app, Some(executor)).unwrap_err();
        assert!(said.ends_with(fault), "{said}");
    }
}

#[test]
fn an_executor_runs_pods_in_one_way() {
    let rendered = rendered();
    let app = rendered.only("SpinApp");
    let mut executor = executor_of(&rendered, app).clone();
    executor["spec"]["deploymentConfig"]["runtimeClassName"] = json!("todo");
    let said = validate_executor(&executor).unwrap_err();
    assert!(said.ends_with("runtimeClassName and spinImage are mutually exclusive"), "{said}");
    executor["spec"]["deploymentConfig"] = json!({});
    let said = validate_executor(&executor).unwrap_err();
    assert!(said.ends_with("either runtimeClassName or spinImage must be set"), "{said}");
}

#[test]
fn the_executor_is_made_before_the_app() {
    for environment in ENVIRONMENTS {
        let rendered = render(environment, &["mode=spinkube"]);
        let hook = |object: &Value| {
            object["metadata"]["annotations"]["helm.sh/hook"].as_str().unwrap_or_default().to_owned()
        };
        let executor = hook(rendered.only("SpinAppExecutor"));
        // Helm makes what is no hook in the order of names of kinds, in which the app is first.
        assert!(
            executor.contains("pre-install") && executor.contains("pre-upgrade"),
            "{environment}: {executor}"
        );
        assert_eq!(hook(rendered.only("SpinApp")), "", "{environment}");
    }
}
