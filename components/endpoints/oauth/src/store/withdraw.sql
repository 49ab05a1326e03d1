-- Ends everything that a person allowed a program. $1 user, $2 client.
DELETE FROM todo.oauth_grants WHERE user_id = $1::uuid AND client_id = $2::text RETURNING id
