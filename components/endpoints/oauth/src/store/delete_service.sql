-- Removes a service of a person. $1 owner, $2 id.
DELETE FROM todo.oauth_clients WHERE owner_id = $1::uuid AND id = $2::text RETURNING id
