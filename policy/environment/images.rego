# An image is named so that it can be found again: with a tag that says what it is, and in prod by its digest.
package images

import data.objects

# Everything that is pulled, and for which object.
pulled contains {"resource": item.resource, "image": item.container.image} if {
	some item in objects.containers
}

# The app that a runtime fetches by itself: `up -f <reference>`.
pulled contains {"resource": item.resource, "image": artifact} if {
	some item in objects.containers
	some artifact in artifacts(item.container)
}

pulled contains {"resource": app, "image": app.spec.image} if some app in objects.spin_apps

pulled contains {"resource": resource, "image": resource.spec.deploymentConfig.spinImage} if {
	some resource in objects.all
	resource.kind == "SpinAppExecutor"
}

pulled contains {"resource": resource, "image": resource.spec.imageName} if {
	some resource in objects.all
	resource.kind == "Cluster"
	startswith(resource.apiVersion, "postgresql.cnpg.io/")
}

# References among a container's arguments. A path or a manifest in the image itself is pulled with the image.
artifacts(container) := {reference |
	arguments := object.get(container, "args", [])
	some index, argument in arguments
	argument in {"-f", "--from", "--file"}
	reference := arguments[index + 1]
	not startswith(reference, "/")
	not startswith(reference, ".")
	not endswith(reference, ".toml")
	not endswith(reference, ".json")
}

# The tag, or "" without one. What stands before the last slash may hold a port.
tag(image) := split(name, ":")[1] if {
	parts := split(split(image, "@")[0], "/")
	name := parts[count(parts) - 1]
	contains(name, ":")
}

tag(image) := "" if {
	parts := split(split(image, "@")[0], "/")
	not contains(parts[count(parts) - 1], ":")
}

pinned(image) if regex.match(`@sha256:[0-9a-f]{64}$`, image)

deny contains message if {
	some item in pulled
	tag(item.image) == ""
	not pinned(item.image)
	message := sprintf("%s: image %q has neither tag nor digest", [objects.title(item.resource), item.image])
}

deny contains message if {
	some item in pulled
	tag(item.image) == "latest"
	message := sprintf("%s: image %q is whatever was pushed last: name a version", [objects.title(item.resource), item.image])
}

deny contains message if {
	some item in pulled
	not objects.environment(item.resource) in {"dev", "staging"}
	not pinned(item.image)
	message := sprintf("%s: image %q is not pinned by a digest, as prod demands", [objects.title(item.resource), item.image])
}
