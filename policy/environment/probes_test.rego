package probes_test

import data.probes
import data.sound

test_both_probes_are_asked_for if {
	every probe in ["livenessProbe", "readinessProbe"] {
		found := probes.deny with input as sound.broken("deployment", [sound.take(sprintf("%s/%s", [sound.app, probe]))])
		found == {sprintf("Deployment/todo: container app has no %s", [probe])}
	}
}

test_spin_app if count(probes.deny) == 2 with input as sound.broken("spin", [sound.take("/spec/checks")])

# A Job ends; nobody asks it.
test_a_job_needs_none if {
	job := object.union(sound.deployment, {"kind": "Job"})
	count(probes.deny) == 0 with input as [{"path": "j.yaml", "contents": object.union(job, {"spec": {"template": {"spec": {"containers": [{"name": "m"}]}}}})}]
}

test_a_database_need_only_say_whether_it_is_ready if {
	database := object.union(sound.deployment, {"kind": "StatefulSet", "spec": {"template": {"spec": {"containers": [{"name": "db"}]}}}})
	found := probes.deny with input as [{"path": "d.yaml", "contents": database}]
	found == {"StatefulSet/todo: container db has no readinessProbe"}
}
