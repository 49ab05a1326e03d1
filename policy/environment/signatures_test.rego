package signatures_test

import data.signatures
import data.sound

test_a_namespace_without_the_gate if {
	found := signatures.deny with input as sound.broken("namespace", [sound.take("/metadata/labels")])
	count(found) == 2
}

test_no_namespace_at_all if count(signatures.deny) == 2 with input as sound.without("namespace")

test_an_app_without_its_key if {
	found := signatures.deny with input as sound.broken("deployment", [sound.take(sprintf("%s/env", [sound.app]))])
	found == {"Deployment/todo: container app pulls the app without RUNTIME_SHIM_VERIFY_KEY"}
}

test_an_empty_key_is_none if {
	patch := [sound.put(sprintf("%s/env/0/value", [sound.app]), "")]
	count(signatures.deny) == 1 with input as sound.broken("deployment", patch)
}

test_an_app_within_the_image_needs_no_key if {
	patch := [sound.put(sprintf("%s/args", [sound.app]), ["up", "-f", "/app"]), sound.take(sprintf("%s/env", [sound.app]))]
	count(signatures.deny) == 0 with input as sound.broken("deployment", patch)
}

test_dev_runs_what_was_just_built if {
	dev := sound.broken("deployment", [
		sound.put("/metadata/labels/environment", "dev"), sound.take(sprintf("%s/env", [sound.app])),
	])
	count(signatures.deny) == 0 with input as dev
}

executor := {"path": "e.yaml", "contents": {
	"kind": "SpinAppExecutor",
	"metadata": {"name": "todo"},
	"spec": {"deploymentConfig": {"spinImage": sound.container.image}},
}}

hardening := {"path": "h.yaml", "contents": {
	"kind": "MutatingAdmissionPolicy",
	"metadata": {"name": "harden"},
	"spec": {"mutations": [{"jsonPatch": {"expression": `{name: "RUNTIME_SHIM_VERIFY_KEY"}`}}]},
}}

run_by_the_image := array.concat(sound.broken("spin", [sound.put("/spec/executor", "todo")]), [executor])

test_a_spin_app_whose_pods_get_no_key if {
	found := signatures.deny with input as run_by_the_image
	found == {"SpinApp/spin: nothing gives its pods RUNTIME_SHIM_VERIFY_KEY"}
}

test_a_spin_app_whose_pods_are_admitted_with_the_key if {
	count(signatures.deny) == 0 with input as array.concat(run_by_the_image, [hardening])
}

# There the node pulls, and the gate at the namespace holds.
test_a_spin_app_that_the_node_runs if {
	count(signatures.deny) == 0 with input as sound.broken("spin", [sound.put("/spec/executor", "todo")])
}
