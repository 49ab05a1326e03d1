DROP TABLE todo.mcp_listeners;
