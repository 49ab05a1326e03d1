# What stays running can be asked whether it lives and whether it may be given work. A StatefulSet need not be asked whether
# it lives: a database that recovers after a crash is slow, and killing it for that begins the recovery anew.
package probes

import data.objects

deny contains message if {
	some item in objects.containers
	item.role == "containers"
	objects.stays(item.resource)
	some probe in asked(item.resource)
	not item.container[probe]
	message := sprintf("%s has no %s", [objects.place(item), probe])
}

asked(resource) := ["readinessProbe"] if resource.kind == "StatefulSet"

asked(resource) := ["livenessProbe", "readinessProbe"] if resource.kind != "StatefulSet"

deny contains message if {
	some app in objects.spin_apps
	some check in ["liveness", "readiness"]
	not app.spec.checks[check]
	message := sprintf("%s has no checks.%s", [objects.title(app), check])
}
