//! Liveness and readiness while all is well. `tests/failure` takes the database away.

use harness::App;
use serde_json::json;

#[test]
fn a_running_app_is_live_and_ready_and_says_so_without_sign_in() {
    let nobody = App::shared().nobody();
    assert_eq!(nobody.get("/livez").expect(200).json(), json!({ "status": "ok" }));
    let ready = nobody.get("/readyz").expect(200);
    assert_eq!(ready.json(), json!({ "status": "ok", "checks": { "database": "ok", "schema": "ok" } }));
    assert_eq!(ready.header("cache-control"), Some("no-store"));
}

#[test]
fn health_can_only_be_asked() {
    let answer = App::shared().nobody().request("POST", "/readyz").send().expect(405);
    assert_eq!(answer.header("allow"), Some("GET, HEAD, OPTIONS"));
}
