DROP TABLE todo.mcp_call_windows;
DROP TABLE todo.mcp_tasks;
DROP TABLE todo.mcp_used_states;
DROP TABLE todo.mcp_questions;
DROP TABLE todo.mcp_stream_events;
DROP TABLE todo.mcp_streams;
DROP TABLE todo.mcp_sessions;
