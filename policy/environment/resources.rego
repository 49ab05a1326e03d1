# Every container says what it needs and where it stops, so that one cannot starve its neighbours.
package resources

import data.objects

quantities := [["requests", "cpu"], ["requests", "memory"], ["limits", "cpu"], ["limits", "memory"]]

deny contains message if {
	some item in objects.containers
	item.role != "ephemeralContainers"
	some path in quantities
	not given(item.container, path)
	message := sprintf("%s has no resources.%s", [objects.place(item), concat(".", path)])
}

deny contains message if {
	some app in array.concat([a | some a in objects.spin_apps], databases)
	some path in quantities
	not given(app.spec, path)
	message := sprintf("%s has no resources.%s", [objects.title(app), concat(".", path)])
}

databases := [resource |
	some resource in objects.all
	resource.kind == "Cluster"
	startswith(resource.apiVersion, "postgresql.cnpg.io/")
]

given(owner, path) if {
	quantity := object.get(owner, array.concat(["resources"], path), "")
	not quantity in {"", "0", 0}
}
