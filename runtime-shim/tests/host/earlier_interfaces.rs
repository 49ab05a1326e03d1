//! Components that ask for what Spin had before, or what this host does not have: there, or refused by name at the start.

use crate::running::app;

/// Starts an app whose component imports `interface` and exports nothing; answers why it does not run.
async fn refusal(interface: &str, content: &str) -> String {
    let folder = tempfile::tempdir().unwrap();
    let source = folder.path().join("guest.wasm");
    let component = format!("(component (import \"{interface}\" (instance {content})))");
    std::fs::write(&source, wat::parse_str(component).unwrap()).unwrap();
    let manifest = format!(
        "[[trigger.http]]\nroute = '/...'\ncomponent = 'guest'\n[component.guest]\nsource = '{}'\n",
        source.display()
    );
    app(&manifest).error().await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_offered_is_refused_by_its_name_with_what_to_do_instead() {
    const OPEN: &str = "(export \"open\" (func))";
    for (interface, instead) in [
        ("spin:postgres/postgres@3.0.0", "build it with an SDK that asks for spin:postgres@4"),
        ("fermyon:spin/postgres@2.0.0", "build it with an SDK that asks for spin:postgres@4"),
        ("fermyon:spin/key-value@2.0.0", "keep state in PostgreSQL, through spin:postgres@4"),
        ("spin:key-value/key-value@3.0.0", "keep state in PostgreSQL, through spin:postgres@4"),
        ("wasi:keyvalue/store@0.2.0-draft2", "keep state in PostgreSQL, through spin:postgres@4"),
        ("fermyon:spin/sqlite@2.0.0", "keep state in PostgreSQL, through spin:postgres@4"),
        ("wasi:config/store@0.2.0-draft-2024-09-27", "read variables through spin:variables@3"),
        ("wasi:http/client@0.3.0-rc-2026-03-15", "build it for wasi:http@0.3.0"),
        ("fermyon:spin/llm@2.0.0", "reach such a service over HTTP, through wasi:http"),
    ] {
        let error = refusal(interface, OPEN).await;
        let sentence = format!(
            "component guest cannot run here: it asks for what this host does not offer: {interface} ({instead})"
        );
        assert_eq!(error, sentence);
    }
}

/// What is linked is refused for what it lacks otherwise: it exports no handler.
#[tokio::test(flavor = "multi_thread")]
async fn earlier_versions_of_what_is_offered_are_there() {
    const ERROR: &str = "(type $error (variant (case \"invalid-name\" string) (case \"undefined\" string) \
                         (case \"provider\" string) (case \"other\" string))) (export \"error\" (type $e (eq $error))) \
                         (export \"get\" (func (param \"name\" string) (result (result string (error $e)))))";
    const CONNECTION: &str = "(export \"connection\" (type (sub resource)))";
    for (interface, content) in [
        ("spin:postgres/postgres@4.0.0", CONNECTION),
        ("spin:postgres/postgres@4.1.0", CONNECTION),
        ("spin:postgres/postgres@4.2.0", CONNECTION),
        ("fermyon:spin/variables@2.0.0", ERROR),
        ("wasi:http/types@0.2.0", "(export \"fields\" (type (sub resource)))"),
        ("wasi:http/types@0.2.10", "(export \"fields\" (type (sub resource)))"),
    ] {
        let error = refusal(interface, content).await;
        assert!(error.contains("export") && !error.contains(interface), "{interface}: {error}");
    }
}
