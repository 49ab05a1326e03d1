# Outside dev, nothing runs that was not signed by us. Two gates, because two programs pull:
#
# - The node pulls images. Sigstore's policy controller checks them in namespaces that are labelled for it.
# - `runtime-shim up -f <reference>` pulls the app by itself, past that gate: it must be given the key to verify it by.
package signatures

import data.images
import data.objects

gate := "policy.sigstore.dev/include"

guarded contains namespace.metadata.name if {
	some namespace in objects.all
	namespace.kind == "Namespace"
	namespace.metadata.labels[gate] == "true"
}

deny contains message if {
	some resource in objects.all
	runs(resource)
	objects.serves_people(resource)
	not verified(resource)
	message := sprintf("%s: its namespace is not labelled %s: true, so nobody verifies its images", [objects.title(resource), gate])
}

verified(resource) if resource.metadata.namespace in guarded

# A rendered chart may leave the namespace to whoever applies it: then it goes where the environment's own one is.
verified(resource) if {
	not resource.metadata.namespace
	count(guarded) > 0
	every namespace in spaces { namespace in guarded }
}

spaces contains resource.metadata.name if {
	some resource in objects.all
	resource.kind == "Namespace"
}

runs(resource) if objects.pod(resource)

runs(resource) if resource.kind == "SpinApp"

deny contains message if {
	some item in objects.containers
	objects.serves_people(item.resource)
	count(images.artifacts(item.container)) > 0
	not has_key(item.container)
	message := sprintf("%s pulls the app without RUNTIME_SHIM_VERIFY_KEY", [objects.place(item)])
}

# A SpinApp has no field for the key: where its executor runs the runtime's image, something in the environment must put it into
# the pods as they are admitted.
deny contains message if {
	some app in objects.spin_apps
	objects.serves_people(app)
	some executor in objects.all
	executor.kind == "SpinAppExecutor"
	executor.metadata.name == app.spec.executor
	executor.spec.deploymentConfig.spinImage
	not admitted_with_key
	message := sprintf("%s: nothing gives its pods RUNTIME_SHIM_VERIFY_KEY", [objects.title(app)])
}

admitted_with_key if {
	some resource in objects.all
	resource.kind == "MutatingAdmissionPolicy"
	some mutation in resource.spec.mutations
	contains(json.marshal(mutation), "RUNTIME_SHIM_VERIFY_KEY")
}

has_key(container) if {
	some variable in container.env
	variable.name == "RUNTIME_SHIM_VERIFY_KEY"
	given(variable)
}

given(variable) if object.get(variable, "value", "") != ""

given(variable) if variable.valueFrom
