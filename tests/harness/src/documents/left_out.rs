//! The commands that the tests' cluster can not run, each with its reason. All others are run.

use super::Command;

/// Commands that are not run.
#[derive(Debug, Clone, Copy)]
pub struct LeftOut {
    /// Path of the document, or the start of it.
    pub document: &'static str,
    /// How the command begins.
    pub command: &'static str,
    /// In which plan it is left out; empty for every one.
    pub plan: &'static str,
    /// Why.
    pub reason: &'static str,
}

const fn everywhere(document: &'static str, command: &'static str, reason: &'static str) -> LeftOut {
    LeftOut { document, command, plan: "", reason }
}

const NO_WAY_OUT: &str =
    "the cluster has no way to the internet; the operator's stand-in of the tests takes its place";
const NO_DOCKER: &str = "there is no Docker, kind or Minikube, and no way to the internet; tests/policy has the scripts read by shellcheck, and \
                        tests/cluster/documented/local.rs makes what they make";
const NO_GITOPS: &str =
    "neither Argo CD nor Flux is there; tests/cluster/definitions.rs has the API server check these files";
const NO_METRICS_SERVER: &str = "there is no metrics-server, which `kubectl top` asks";

/// All of them.
pub const LEFT_OUT: &[LeftOut] = &[
    everywhere("docs/deploy.md", "helm install cert-manager ", NO_WAY_OUT),
    everywhere(
        "docs/deploy.md",
        "kubectl apply --server-side \\\n  -f https://github.com/spinframework/",
        NO_WAY_OUT,
    ),
    everywhere("docs/deploy.md", "helm install spin-operator ", NO_WAY_OUT),
    everywhere(
        "docs/deploy.md",
        "spin kube scaffold ",
        "Spin's plugin can not be had; tests/manifest/documented.rs compares what its template makes of these flags with the file \
         that is applied",
    ),
    everywhere("docs/deploy.md", "kubectl apply -f deploy/argocd/", NO_GITOPS),
    everywhere("docs/deploy.md", "kubectl apply -f deploy/flux/", NO_GITOPS),
    everywhere("docs/local-kubernetes.md", "deploy/local/kind-up.sh", NO_DOCKER),
    everywhere("docs/local-kubernetes.md", "deploy/local/addons.sh ", NO_DOCKER),
    everywhere(
        "docs/local-kubernetes.md",
        "kubectl --namespace todo-dev port-forward ",
        "it goes on until it is stopped; what is behind it is asked by `helm test`",
    ),
    everywhere("docs/local-kubernetes.md", "tilt up ", NO_DOCKER),
    everywhere(
        "docs/rollback.md",
        "git log ",
        "what is committed depends on the checkout, and an unpacked archive of the sources has no history",
    ),
    everywhere(
        "docs/rollback.md",
        "runtime-shim migrate down --steps 1",
        "the code that is running needs the schema; runtime-shim/database/tests/migrations.rs undoes each, and docs/deploy.md's last \
         command all of them",
    ),
    everywhere("docs/runbooks/", "kubectl -n \"$NAMESPACE\" top ", NO_METRICS_SERVER),
    everywhere(
        "docs/runbooks/",
        "kubectl -n \"$NAMESPACE\" logs \"$POD\" --previous ",
        "no container has ended in the pod, so there is no log of one",
    ),
    LeftOut {
        document: "docs/runbooks/todo-component-stops.md",
        command: "helm -n \"$NAMESPACE\" upgrade \"$RELEASE\" \"$CHART\" --version \"$VERSION\" --reuse-values --set 'runtime.args=",
        plan: "spinkube",
        reason: "the page says it: SpinKube's operator passes no flags on",
    },
];

/// The entry that says why a plan does not run a command.
pub fn left_out(command: &Command, plan: &str) -> Option<&'static LeftOut> {
    LEFT_OUT.iter().find(|entry| {
        command.document.starts_with(entry.document)
            && command.text.starts_with(entry.command)
            && (entry.plan.is_empty() || entry.plan == plan)
    })
}
