# Whatever costs money says whose it is.
package labels

import data.objects

required := {"project", "environment", "cost-centre", "owner"}

# Kinds that are billed: what runs, stores or is reached from outside.
billed := {
	"Deployment", "StatefulSet", "DaemonSet", "Job", "CronJob", "Rollout", "SpinApp",
	"Cluster", "PersistentVolumeClaim", "Service", "Ingress",
}

deny contains message if {
	some resource in objects.all
	resource.kind in billed
	some label in missing(resource.metadata)
	message := sprintf("%s has no label %s", [objects.title(resource), label])
}

# Costs are counted by pod.
deny contains message if {
	some workload in objects.workloads
	workload.resource.kind != "Pod"
	some label in missing(object.get(workload.pod, "metadata", {}))
	message := sprintf("%s: its pods have no label %s", [objects.title(workload.resource), label])
}

deny contains message if {
	some app in objects.spin_apps
	some label in missing({"labels": object.get(app.spec, "podLabels", {})})
	message := sprintf("%s: its pods have no label %s", [objects.title(app), label])
}

deny contains message if {
	some resource in objects.all
	resource.kind in billed
	environment := resource.metadata.labels.environment
	not environment in {"dev", "staging", "prod"}
	message := sprintf("%s: %q is no environment", [objects.title(resource), environment])
}

missing(metadata) := {label |
	some label in required
	object.get(metadata, ["labels", label], "") == ""
}
