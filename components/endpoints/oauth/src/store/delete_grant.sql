-- Ends what a person allowed. $1 grant, $2 client.
DELETE FROM todo.oauth_grants WHERE id = $1::uuid AND client_id = $2::text RETURNING id
