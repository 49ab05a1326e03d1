package secrets_test

import data.secrets
import data.sound

refused(name, patches) := found if {
	found := secrets.deny with input as sound.broken(name, patches)
}

test_a_config_map_with_a_secrets_name if {
	refused("config", [sound.put("/data/db_app_password", "x")]) == {"ConfigMap/todo holds a secret by its name: db_app_password"}
}

test_a_config_map_with_a_secrets_look if {
	refused("config", [sound.put("/data/address", "postgres://owner:hunter2@db/todo")]) == {"ConfigMap/todo holds what looks like a secret in address"}
	count(refused("config", [sound.put("/data/pem", "-----BEGIN PRIVATE KEY-----\nMC4C")])) == 1
}

test_plain_environment if {
	every name in ["SPIN_VARIABLE_BETTER_AUTH_SECRET", "SPIN_VARIABLE_OPENAI_API_KEY", "PGPASSWORD", "SPIN_VARIABLE_BETTER_AUTH_SECRET_PREVIOUS"] {
		count(refused("deployment", [sound.put(sprintf("%s/env/-", [sound.app]), {"name": name, "value": "x"})])) == 1
	}
}

test_environment_from_a_config_map if {
	variable := {"name": "PGPASSWORD", "valueFrom": {"configMapKeyRef": {"name": "c", "key": "k"}}}
	count(refused("deployment", [sound.put(sprintf("%s/env/-", [sound.app]), variable)])) == 1
}

# A URL whose password is a reference holds none.
test_a_reference_in_a_url if {
	every value in ["postgres://owner:$(PASSWORD)@db/todo", "postgres://owner@db/todo"] {
		count(refused("deployment", [sound.put(sprintf("%s/env/-", [sound.app]), {"name": "ADDRESS", "value": value})])) == 0
	}
	count(refused("deployment", [sound.put(sprintf("%s/env/-", [sound.app]), {"name": "ADDRESS", "value": "postgres://owner:x@db/todo"})])) == 1
}

test_arguments if {
	count(refused("deployment", [sound.put(sprintf("%s/args/-", [sound.app]), "--database-url=postgres://owner:x@db/todo")])) == 1
}

test_spin_variables if {
	count(refused("spin", [sound.put("/spec/variables/-", {"name": "better_auth_secret", "value": "x"})])) == 1
}

secret(environment) := [{"path": "s.yaml", "contents": {
	"kind": "Secret",
	"metadata": object.union(sound.metadata, {"labels": {"environment": environment}}),
	"stringData": {"better-auth-secret": "x"},
}}]

test_a_secret_with_values_outside_dev if {
	every environment in ["staging", "prod", ""] {
		count(secrets.deny) == 1 with input as secret(environment)
	}
	count(secrets.deny) == 0 with input as secret("dev")
}

config(field, text) := json.patch(secret("prod"), [
	{"op": "remove", "path": "/0/contents/stringData"},
	{"op": "add", "path": sprintf("/0/contents/%s", [field]), "value": {"runtime-config.toml": text}},
])

# SpinKube wants this file in a Secret.
test_a_runtime_config_file if {
	count(secrets.deny) == 0 with input as config("stringData", "[outbound_pg]\nmax_connections = 8")
	count(secrets.deny) == 0 with input as config("data", base64.encode("[outbound_pg]\nmax_connections = 8"))
	count(secrets.deny) == 1 with input as config("stringData", "url = \"postgres://owner:hunter2@db/todo\"")
	count(secrets.deny) == 1 with input as config("data", base64.encode("postgres://owner:hunter2@db/todo"))
}
