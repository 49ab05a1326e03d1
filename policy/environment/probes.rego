# What stays running can be asked whether it lives and whether it may be given work.
package probes

import data.objects

deny contains message if {
	some item in objects.containers
	item.role == "containers"
	objects.stays(item.resource)
	some probe in ["livenessProbe", "readinessProbe"]
	not item.container[probe]
	message := sprintf("%s has no %s", [objects.place(item), probe])
}

deny contains message if {
	some app in objects.spin_apps
	some check in ["liveness", "readiness"]
	not app.spec.checks[check]
	message := sprintf("%s has no checks.%s", [objects.title(app), check])
}
