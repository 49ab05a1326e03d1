-- What the program asks for that shows this code, if nobody answered it yet and there is time. $1 hash of the person's code.
SELECT
    encode(device.user_code_hash, 'hex') AS user_code,
    device.client_id,
    oauth_clients.name AS client_name,
    device.scope,
    device.resource
FROM todo.oauth_device_codes AS device
JOIN todo.oauth_clients ON oauth_clients.id = device.client_id
WHERE device.user_code_hash = $1::bytea AND device.is_allowed IS NULL AND device.expires_at > now()
