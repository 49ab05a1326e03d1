package resources_test

import data.resources
import data.sound

test_each_quantity_is_asked_for if {
	some path in resources.quantities
	patch := [sound.take(sprintf("%s/resources/%s", [sound.app, concat("/", path)]))]
	expected := {sprintf("Deployment/todo: container app has no resources.%s", [concat(".", path)])}
	resources.deny == expected with input as sound.broken("deployment", patch)
}

test_all_four_are_asked_for if {
	found := resources.deny with input as sound.broken("deployment", [sound.take(sprintf("%s/resources", [sound.app]))])
	count(found) == 4
}

test_nothing_is_no_limit if {
	patch := [sound.put(sprintf("%s/resources/limits/memory", [sound.app]), "0")]
	count(resources.deny) == 1 with input as sound.broken("deployment", patch)
}

test_spin_app if {
	found := resources.deny with input as sound.broken("spin", [sound.take("/spec/resources")])
	count(found) == 4
}

test_database if {
	cluster := {"apiVersion": "postgresql.cnpg.io/v1", "kind": "Cluster", "metadata": {"name": "db"}, "spec": {}}
	found := resources.deny with input as [{"path": "db.yaml", "contents": cluster}]
	count(found) == 4
}
