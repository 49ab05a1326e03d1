# How a secret is recognised, by its name or by its look.
package credentials

# Names that end in what a secret is called. A key's or a Secret's *name* is no secret.
named(name) if {
	regex.match(`(?i)(password|passwd|passphrase|secret|token|api_?key|private_?key|credentials?|secret_previous)$`, name)
	not regex.match(`(?i)(existing_?secret|(pull|verify|tls|ca)_?secrets?|automount.*token)$`, name)
}

recognised(text) if {
	is_string(text)
	some pattern in patterns
	regex.match(pattern, text)
}

patterns := [
	`-----BEGIN [A-Z ]*PRIVATE KEY-----`,
	# A URL with a password in it. One made of references, `$(NAME)` or `{{ name }}`, has none yet.
	`[a-z][a-z0-9+.-]*://[^/\s:@]+:[^/\s:@$\{][^/\s:@]*@`,
	# A signed token
	`eyJ[A-Za-z0-9_-]{8,}\.eyJ[A-Za-z0-9_-]{8,}\.`,
	# Keys of providers, by the letters they begin with
	`\b(sk-[A-Za-z0-9_-]{20,}|AKIA[0-9A-Z]{16}|gh[pousr]_[A-Za-z0-9]{30,}|xox[abpr]-[A-Za-z0-9-]{10,})`,
]
