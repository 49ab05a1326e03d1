DELETE FROM todo.oauth_clients WHERE owner_id IS NOT NULL OR jwks IS NOT NULL;
DROP INDEX todo.oauth_clients_by_owner;
ALTER TABLE todo.oauth_clients
    DROP CONSTRAINT oauth_clients_scope_if_service,
    DROP COLUMN jwks,
    DROP COLUMN service_scope,
    DROP COLUMN owner_id;
