# Secrets come from a store at run time: none is in values, in a ConfigMap, in an argument or in plain environment.
package secrets

import data.credentials
import data.objects

deny contains message if {
	some resource in objects.all
	resource.kind == "ConfigMap"
	some key, value in object.get(resource, "data", {})
	credentials.named(key)
	value != ""
	message := sprintf("%s holds a secret by its name: %s", [objects.title(resource), key])
}

deny contains message if {
	some resource in objects.all
	resource.kind == "ConfigMap"
	some key, value in object.get(resource, "data", {})
	credentials.recognised(value)
	message := sprintf("%s holds what looks like a secret in %s", [objects.title(resource), key])
}

deny contains message if {
	some item in objects.containers
	some variable in object.get(item.container, "env", [])
	reason := exposed(variable)
	message := sprintf("%s: %s %s", [objects.place(item), variable.name, reason])
}

deny contains message if {
	some app in objects.spin_apps
	some variable in object.get(app.spec, "variables", [])
	reason := exposed(variable)
	message := sprintf("%s: %s %s", [objects.title(app), variable.name, reason])
}

deny contains message if {
	some item in objects.containers
	some list in ["command", "args"]
	some argument in object.get(item.container, list, [])
	credentials.recognised(argument)
	message := sprintf("%s has what looks like a secret among its arguments", [objects.place(item)])
}

# In dev a generated secret may live in the release; elsewhere it would live in the history of every release.
deny contains message if {
	some resource in objects.all
	resource.kind == "Secret"
	objects.serves_people(resource)
	some field in ["data", "stringData"]
	some key, value in object.get(resource, field, {})
	not harmless(field, key, value)
	message := sprintf("%s carries its values: bring it from a secret store", [objects.title(resource)])
}

# SpinKube takes a runtime config file from nowhere but a Secret, also when there is nothing secret in it.
harmless(field, "runtime-config.toml", value) if not credentials.recognised(plain(field, value))

plain("data", value) := base64.decode(value)

plain("stringData", value) := value

exposed(variable) := "is a secret by its name and stands here in plain text" if {
	credentials.named(variable.name)
	object.get(variable, "value", "") != ""
}

exposed(variable) := "is a secret by its name and comes from a ConfigMap" if {
	credentials.named(variable.name)
	variable.valueFrom.configMapKeyRef
}

exposed(variable) := "looks like a secret in plain text" if {
	not credentials.named(variable.name)
	credentials.recognised(object.get(variable, "value", ""))
}
