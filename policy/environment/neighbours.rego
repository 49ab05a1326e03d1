# What stands beside a workload: a network that is closed by default, and a floor under voluntary disruptions.
package neighbours

import data.objects

# Sets of pods that stay, with their labels.
served contains {"resource": workload.resource, "labels": object.get(workload.pod, ["metadata", "labels"], {})} if {
	some workload in objects.workloads
	objects.stays(workload.resource)
}

served contains {"resource": app, "labels": object.union(
	object.get(app.spec, "podLabels", {}),
	# What the operator adds.
	{"core.spinkube.dev/app-name": app.metadata.name},
)} if some app in objects.spin_apps

deny contains message if {
	some item in served
	some direction in ["Ingress", "Egress"]
	not closed(item, direction)
	message := sprintf("%s: no NetworkPolicy closes its %s", [objects.title(item.resource), lower(direction)])
}

# A policy that selects the pods and names a direction closes that direction but for what policies open.
closed(item, direction) if {
	some policy in objects.all
	policy.kind == "NetworkPolicy"
	same_namespace(policy, item.resource)
	selects(object.get(policy.spec, "podSelector", {}), item.labels)
	direction in policy.spec.policyTypes
}

# A rule without peers is open to everyone on its ports; only without ports too is it no rule at all.
deny contains message if {
	some policy in objects.all
	policy.kind == "NetworkPolicy"
	some direction in ["ingress", "egress"]
	some rule in object.get(policy.spec, direction, [])
	rule == {}
	message := sprintf("%s opens everything: an empty rule under %s", [objects.title(policy), direction])
}

deny contains message if {
	some item in served
	objects.serves_people(item.resource)
	item.resource.kind != "DaemonSet"
	not floored(item)
	message := sprintf("%s: no PodDisruptionBudget covers it", [objects.title(item.resource)])
}

floored(item) if {
	some budget in objects.all
	budget.kind == "PodDisruptionBudget"
	same_namespace(budget, item.resource)
	selects(budget.spec.selector, item.labels)
}

same_namespace(one, other) if {
	object.get(one.metadata, "namespace", "") == object.get(other.metadata, "namespace", "")
}

# Labels alone, which is what this project's selectors are made of; a selector with expressions selects nothing here, so
# that it is looked at by a person.
selects(selector, labels) if {
	not selector.matchExpressions
	every key, value in object.get(selector, "matchLabels", {}) {
		labels[key] == value
	}
}
