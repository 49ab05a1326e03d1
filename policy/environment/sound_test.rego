# An environment with nothing wrong in it, which each test breaks in one place.
package sound

digest := "sha256:0000000000000000000000000000000000000000000000000000000000000000"

labels := {"project": "todo-assistant", "environment": "prod", "cost-centre": "cc-1", "owner": "team"}

metadata := {"name": "todo", "namespace": "todo-prod", "labels": labels}

namespace := {
	"apiVersion": "v1", "kind": "Namespace",
	"metadata": {"name": "todo-prod", "labels": {"policy.sigstore.dev/include": "true"}},
}

container := {
	"name": "app",
	"image": sprintf("registry.example/todo-assistant/runtime@%s", [digest]),
	"args": ["up", "-f", sprintf("registry.example/todo-assistant/app@%s", [digest])],
	"env": [
		{"name": "RUNTIME_SHIM_VERIFY_KEY", "value": "/keys/app.pub"},
		{"name": "SPIN_VARIABLE_DB_APP_PASSWORD", "valueFrom": {"secretKeyRef": {"name": "todo", "key": "db-app-password"}}},
	],
	"resources": {"requests": {"cpu": "100m", "memory": "64Mi"}, "limits": {"cpu": "1", "memory": "256Mi"}},
	"securityContext": {
		"allowPrivilegeEscalation": false, "readOnlyRootFilesystem": true,
		"capabilities": {"drop": ["ALL"]},
	},
	"livenessProbe": {"httpGet": {"path": "/livez", "port": "http-app"}},
	"readinessProbe": {"httpGet": {"path": "/readyz", "port": "http-app"}},
}

deployment := {
	"apiVersion": "apps/v1", "kind": "Deployment", "metadata": metadata,
	"spec": {"template": {
		"metadata": {"labels": object.union(labels, {"app": "todo"})},
		"spec": {
			"automountServiceAccountToken": false,
			"securityContext": {"runAsNonRoot": true, "runAsUser": 65532, "seccompProfile": {"type": "RuntimeDefault"}},
			"containers": [container],
		},
	}},
}

network_policy := {
	"apiVersion": "networking.k8s.io/v1", "kind": "NetworkPolicy", "metadata": metadata,
	"spec": {"podSelector": {}, "policyTypes": ["Ingress", "Egress"], "ingress": [{"ports": [{"port": 8080}]}]},
}

budget := {
	"apiVersion": "policy/v1", "kind": "PodDisruptionBudget", "metadata": metadata,
	"spec": {"selector": {"matchLabels": {"app": "todo"}}, "maxUnavailable": 1},
}

config := {"apiVersion": "v1", "kind": "ConfigMap", "metadata": metadata, "data": {"model": "builtin"}}

spin_app := {
	"apiVersion": "core.spinkube.dev/v1alpha1", "kind": "SpinApp",
	"metadata": object.union(metadata, {"name": "spin"}),
	"spec": {
		"image": sprintf("registry.example/todo-assistant/app@%s", [digest]),
		"podLabels": object.union(labels, {"app": "todo"}),
		"resources": container.resources,
		"checks": {"liveness": {}, "readiness": {}},
		"variables": [{"name": "public_url", "value": "https://todo.example"}],
	},
}

# Where each of them stands in the input.
at := {"namespace": 0, "deployment": 1, "network": 2, "budget": 3, "config": 4, "spin": 5}

environment := [
{"path": "sound.yaml", "contents": one} |
	some one in [namespace, deployment, network_policy, budget, config, spin_app]
]

# The environment with one object changed by JSON patches, whose paths start at that object.
broken(name, patches) := json.patch(environment, [
object.union(one, {"path": sprintf("/%d/contents%s", [at[name], one.path])}) |
	some one in patches
])

put(path, value) := {"op": "add", "path": path, "value": value}

take(path) := {"op": "remove", "path": path}

# The pod of the Deployment, and its container.
pod := "/spec/template/spec"

app := "/spec/template/spec/containers/0"

without(name) := array.concat(
	array.slice(environment, 0, at[name]),
	array.slice(environment, at[name] + 1, count(environment)),
)

# Nothing in the sound environment is refused by any rule.
test_sound if {
	count(data.images.deny) == 0 with input as environment
	count(data.resources.deny) == 0 with input as environment
	count(data.security.deny) == 0 with input as environment
	count(data.labels.deny) == 0 with input as environment
	count(data.secrets.deny) == 0 with input as environment
	count(data.signatures.deny) == 0 with input as environment
	count(data.probes.deny) == 0 with input as environment
	count(data.neighbours.deny) == 0 with input as environment
}
