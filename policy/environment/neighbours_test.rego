package neighbours_test

import data.neighbours
import data.sound

test_no_network_policy if count(neighbours.deny) == 4 with input as sound.without("network")

test_one_direction_is_half if {
	found := neighbours.deny with input as sound.broken("network", [sound.put("/spec/policyTypes", ["Ingress"])])
	found == {"Deployment/todo: no NetworkPolicy closes its egress", "SpinApp/spin: no NetworkPolicy closes its egress"}
}

test_a_policy_for_other_pods if {
	patch := [sound.put("/spec/podSelector", {"matchLabels": {"app": "other"}})]
	count(neighbours.deny) == 4 with input as sound.broken("network", patch)
}

test_a_policy_in_another_namespace if {
	count(neighbours.deny) == 4 with input as sound.broken("network", [sound.put("/metadata/namespace", "elsewhere")])
}

test_an_empty_rule_opens_everything if {
	found := neighbours.deny with input as sound.broken("network", [sound.put("/spec/egress", [{}])])
	found == {"NetworkPolicy/todo opens everything: an empty rule under egress"}
}

test_no_budget if {
	found := neighbours.deny with input as sound.without("budget")
	found == {"Deployment/todo: no PodDisruptionBudget covers it", "SpinApp/spin: no PodDisruptionBudget covers it"}
}

test_a_budget_for_other_pods if {
	patch := [sound.put("/spec/selector/matchLabels/app", "other")]
	count(neighbours.deny) == 2 with input as sound.broken("budget", patch)
}

# One replica in dev may go whenever its node does.
test_dev_needs_no_budget if {
	dev := json.patch(sound.without("budget"), [
		{"op": "add", "path": "/1/contents/metadata/labels/environment", "value": "dev"},
		{"op": "add", "path": "/4/contents/metadata/labels/environment", "value": "dev"},
	])
	count(neighbours.deny) == 0 with input as dev
}
