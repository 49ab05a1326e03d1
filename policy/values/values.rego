# No secret in values: they are in git, in the history of releases and in front of everyone who may render the chart.
#
# The input is the values files.
package values

import data.credentials
import data.files

deny contains message if {
	some file in input
	some document in files.documents(file)
	walk(document, [path, value])
	is_string(value)
	value != ""
	name := path[count(path) - 1]
	is_string(name)
	credentials.named(name)
	message := sprintf("%s: %s is a secret by its name and has a value", [file.path, dotted(path)])
}

deny contains message if {
	some file in input
	some document in files.documents(file)
	walk(document, [path, value])
	credentials.recognised(value)
	message := sprintf("%s: %s looks like a secret", [file.path, dotted(path)])
}

dotted(path) := concat(".", [sprintf("%v", [part]) | some part in path])
