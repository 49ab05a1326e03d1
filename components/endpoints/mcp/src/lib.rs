//! Tasks for agents, over MCP.
