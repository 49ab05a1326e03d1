# What the rules look at: the objects of one environment, and the pods and containers in them.
package objects

import data.files

# Every object of the environment.
all contains resource if {
	some file in input
	some resource in files.documents(file)
	is_string(resource.kind)
}

# How a message names an object.
title(resource) := sprintf("%s/%s", [resource.kind, resource.metadata.name])

# dev, staging or prod; "unknown" is judged as strictly as prod.
environment(resource) := resource.metadata.labels.environment

environment(resource) := "unknown" if not resource.metadata.labels.environment

# Where a mistake reaches people: everywhere but in dev.
serves_people(resource) if environment(resource) != "dev"

# The pods that an object makes.
pod(resource) := resource if resource.kind == "Pod"

pod(resource) := resource.spec.template if {
	resource.kind in {"Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job", "Rollout"}
}

pod(resource) := resource.spec.jobTemplate.spec.template if resource.kind == "CronJob"

# Objects that make pods by themselves, with those pods.
workloads contains {"resource": resource, "pod": template} if {
	some resource in all
	template := pod(resource)
	template.spec
}

# Kinds whose pods are there to stay; the others run to their end.
stays(resource) if resource.kind in {"Deployment", "StatefulSet", "DaemonSet", "Rollout"}

# Every container, with what it belongs to.
containers contains {"resource": workload.resource, "pod": workload.pod, "container": container, "role": role} if {
	some workload in workloads
	some role in ["containers", "initContainers", "ephemeralContainers"]
	some container in object.get(workload.pod.spec, role, [])
}

# How a message names a container.
place(item) := sprintf("%s: container %s", [title(item.resource), item.container.name])

# Apps that SpinKube's operator makes the Deployment of.
spin_apps contains resource if {
	some resource in all
	resource.kind == "SpinApp"
}
