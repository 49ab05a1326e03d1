-- Whether the app's tables are there. Reads no row.
SELECT to_regclass('todo.tasks') IS NOT NULL AS has_schema
