# Pods keep to Kubernetes' restricted level, and to a root that cannot be written, which that level leaves open.
package security

import data.objects

deny contains message if {
	some item in objects.containers
	some fault in faults(item)
	message := sprintf("%s %s", [objects.place(item), fault])
}

faults(item) := {fault |
	some fault, bad in {
		"may run as root: set runAsNonRoot": not_true(effective(item, "runAsNonRoot")),
		"runs as user 0": effective(item, "runAsUser") == 0,
		"may gain privileges: set allowPrivilegeEscalation: false": own(item, "allowPrivilegeEscalation") != false,
		"may write its root: set readOnlyRootFilesystem": not_true(own(item, "readOnlyRootFilesystem")),
		"is privileged": own(item, "privileged") == true,
		"keeps capabilities: drop ALL": not_dropped(item),
		"adds capabilities": count(object.get(item.container, ["securityContext", "capabilities", "add"], [])) > 0,
		"has no seccomp profile": not_confined(effective(item, "seccompProfile")),
	}
	bad
}

# A container's own setting, which is all there is for some.
own(item, name) := object.get(item.container, ["securityContext", name], null)

# A container's setting, or its pod's.
effective(item, name) := own(item, name) if own(item, name) != null

effective(item, name) := object.get(item.pod.spec, ["securityContext", name], null) if own(item, name) == null

not_true(value) := value != true

not_dropped(item) := count({one |
	some one in object.get(item.container, ["securityContext", "capabilities", "drop"], [])
	one == "ALL"
}) == 0

not_confined(profile) if not is_object(profile)

not_confined(profile) := not_in(object.get(profile, "type", ""), {"RuntimeDefault", "Localhost"}) if is_object(profile)

not_in(value, values) := count({value} & values) == 0

deny contains message if {
	some workload in objects.workloads
	some name in ["hostNetwork", "hostPID", "hostIPC"]
	workload.pod.spec[name] == true
	message := sprintf("%s shares the node's %s", [objects.title(workload.resource), name])
}

deny contains message if {
	some workload in objects.workloads
	some volume in object.get(workload.pod.spec, "volumes", [])
	volume.hostPath
	message := sprintf("%s mounts %s of the node", [objects.title(workload.resource), volume.hostPath.path])
}

# The app never asks Kubernetes anything, so no pod carries a token that could without saying so (the Job that waits mounts its own).
deny contains message if {
	some workload in objects.workloads
	object.get(workload.pod.spec, "automountServiceAccountToken", true) != false
	message := sprintf("%s gets a token for the API server: set automountServiceAccountToken: false", [objects.title(workload.resource)])
}

# But for the Job that waits for the pods of SpinKube's operator: it may do this in its own namespace, and no more.
waiting := {
	"deployments.apps": {"get"},
	"pods.": {"list", "delete"},
	"spinappexecutors.core.spinkube.dev": {"list", "delete"},
}

beyond_waiting(rule) if {
	some group in rule.apiGroups
	some resource in rule.resources
	some verb in rule.verbs
	not verb in object.get(waiting, sprintf("%s.%s", [resource, group]), set())
}

deny contains message if {
	some role in objects.all
	role.kind in {"Role", "ClusterRole"}
	some rule in object.get(role, "rules", [])
	not granted(role, rule)
	message := sprintf("%s grants rights in the API server, which nothing here needs", [objects.title(role)])
}

granted(role, rule) if {
	role.kind == "Role"
	object.get(role, ["metadata", "labels", "app.kubernetes.io/component"], "") == "rollout"
	not beyond_waiting(rule)
}
