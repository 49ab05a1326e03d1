//! What is left of a release.

use crate::programs::kubectl;
use crate::release::Release;

impl Release {
    /// What is in the namespace beside what Kubernetes itself puts there, as `kind/name`.
    pub fn left_behind(&self) -> Vec<String> {
        let kinds = kubectl(&["api-resources", "--verbs=list", "--namespaced", "--output=name"]);
        let kinds: Vec<&str> = kinds
            .lines()
            .filter(|kind| !kind.starts_with("events") && !kind.contains("metrics.k8s.io"))
            .collect();
        let found = kubectl(&["get", &kinds.join(","), "--namespace", &self.namespace, "--output=name"]);
        let own = |name: &&str| *name != "configmap/kube-root-ca.crt" && *name != "serviceaccount/default";
        found.lines().filter(own).map(str::to_owned).collect()
    }

    /// What of this release is in the cluster and in no namespace, as `kind/name`: its name says whose it is.
    pub fn left_in_the_cluster(&self) -> Vec<String> {
        let kinds = kubectl(&["api-resources", "--verbs=list,delete", "--namespaced=false", "--output=name"]);
        let kinds: Vec<&str> = kinds.lines().filter(|kind| *kind != "namespaces").collect();
        let found = kubectl(&["get", &kinds.join(","), "--output=name"]);
        found.lines().filter(|name| name.contains(&self.namespace)).map(str::to_owned).collect()
    }
}
