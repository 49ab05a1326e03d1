package files_test

import data.files

documents(contents) := files.documents({"path": "some.yaml", "contents": contents})

test_a_text_of_many_documents if {
	documents("# first\n---\nkind: A\n---\n# nothing but a comment\n--- # third\nkind: B\ntext: |\n  ---\n") == [
		{"kind": "A"}, {"kind": "B", "text": "---\n"},
	]
}

test_json if documents(`[{"kind": "A"}, {"kind": "B"}]`) == [{"kind": "A"}, {"kind": "B"}]

test_what_is_parsed_already if {
	documents({"kind": "A"}) == [{"kind": "A"}]
	documents([{"kind": "A"}]) == [{"kind": "A"}]
}
