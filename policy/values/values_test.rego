package values_test

import data.values

refused(contents) := found if {
	found := values.deny with input as [{"path": "values.yaml", "contents": contents}]
}

test_a_secret_by_its_name if {
	refused({"database": {"password": "x"}}) == {"values.yaml: database.password is a secret by its name and has a value"}
	count(refused({"variables": {"openai_api_key": "x"}})) == 1
}

test_a_secret_by_its_look if {
	count(refused({"database": {"url": "postgres://owner:hunter2@db/todo"}})) == 1
	count(refused({"list": [{"pem": "-----BEGIN EC PRIVATE KEY-----"}]})) == 1
}

# The name of a secret, an empty default and a switch tell nothing.
test_names_of_secrets_are_none if {
	count(refused({
		"existingSecret": "todo", "imagePullSecrets": ["registry"], "password": "", "secret": {"create": true},
		"automountServiceAccountToken": false, "secretName": "todo-tls",
	})) == 0
}
