package credentials_test

import data.credentials

test_looks if {
	every text in [
		concat("", ["-----BEGIN ", "PRIVATE KEY-----"]),
		concat("", ["eyJ", "hbGciOiJIUzI1NiJ9", ".eyJ", "zdWIiOiJ4In0AA", ".c2ln"]),
		concat("", ["AKIA", "ABCDEFGHIJKLMNOP"]),
		concat("", ["sk-", "abcdefghijklmnopqrstuvwx"]),
	] {
		credentials.recognised(text)
	}
}

test_plain_text_is_none if {
	every text in ["postgres://db:5432/todo", "https://todo.example", "task-list", "", "postgres://owner:{{ password }}@db/todo"] {
		not credentials.recognised(text)
	}
}

test_numbers_are_none if not credentials.recognised(7)
