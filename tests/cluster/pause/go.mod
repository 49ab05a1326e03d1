module todo-assistant.example/pause

go 1.26.0
