//! Who the operator is, and what it may: the ServiceAccount of its Helm chart, with the rights of its role and no others.

use serde_json::json;

use crate::programs::apply;

/// The operator, as the API server names it.
pub const ACCOUNT: &str = "system:serviceaccount:spin-operator:spin-operator-controller-manager";

/// Grants it the rights of its role.
pub fn grant() {
    let all = ["create", "delete", "get", "list", "patch", "update", "watch"];
    let rule = |group: &str, resources: &[&str], verbs: &[&str]| json!({ "apiGroups": [group], "resources": resources, "verbs": verbs });
    let own = "core.spinkube.dev";
    let rules = [
        rule("", &["events"], &["create", "patch"]),
        rule("", &["secrets", "services"], &all),
        rule("apps", &["deployments"], &all),
        rule("apps", &["deployments/status"], &["get"]),
        rule(own, &["spinappexecutors", "spinapps"], &all),
        rule(own, &["spinappexecutors/finalizers"], &["update"]),
        rule(own, &["spinappexecutors/status", "spinapps/status"], &["get", "patch", "update"]),
    ];
    let (api, name) = ("rbac.authorization.k8s.io/v1", "spin-operator-manager-role");
    let metadata = json!({ "name": name });
    let role = json!({ "apiVersion": api, "kind": "ClusterRole", "metadata": metadata, "rules": rules });
    apply(&role.to_string());
    let user = json!({ "apiGroup": "rbac.authorization.k8s.io", "kind": "User", "name": ACCOUNT });
    let reference = json!({ "apiGroup": "rbac.authorization.k8s.io", "kind": "ClusterRole", "name": name });
    let binding = json!({
        "apiVersion": api,
        "kind": "ClusterRoleBinding",
        "metadata": { "name": "spin-operator-manager-rolebinding" },
        "roleRef": reference,
        "subjects": [user],
    });
    apply(&binding.to_string());
}
