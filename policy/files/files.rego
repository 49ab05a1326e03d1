# What is judged: the input is a list of `{path, contents}`. Everything is judged together, because some promises (a default
# deny, a disruption budget) are about two objects at once.
package files

# The documents of a file: its contents are its text, as YAML or JSON, or what someone made of it already.
documents(file) := listed(file.contents) if not is_string(file.contents)

documents(file) := [document |
	some text in regex.split(`(?m)^---([ \t].*)?$`, file.contents)
	some document in listed(yaml.unmarshal(text))
] if {
	is_string(file.contents)
}

# A list of documents is as good as each of them.
listed(contents) := contents if is_array(contents)

listed(contents) := [contents] if is_object(contents)

# Nothing but comments.
listed(contents) := [] if is_null(contents)
