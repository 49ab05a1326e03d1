package labels_test

import data.labels
import data.sound

test_each_label_is_asked_for if {
	every label in labels.required {
		found := labels.deny with input as sound.broken("deployment", [sound.take(sprintf("/metadata/labels/%s", [label]))])
		found == {sprintf("Deployment/todo has no label %s", [label])}
	}
}

test_empty_is_missing if {
	count(labels.deny) == 1 with input as sound.broken("deployment", [sound.put("/metadata/labels/owner", "")])
}

test_pods_are_billed if {
	found := labels.deny with input as sound.broken("deployment", [sound.take("/spec/template/metadata/labels/cost-centre")])
	found == {"Deployment/todo: its pods have no label cost-centre"}
}

test_pods_of_a_spin_app if {
	found := labels.deny with input as sound.broken("spin", [sound.take("/spec/podLabels")])
	count(found) == 4
}

test_environments_have_names if {
	found := labels.deny with input as sound.broken("deployment", [sound.put("/metadata/labels/environment", "live")])
	found == {`Deployment/todo: "live" is no environment`}
}
