-- Changes what a user says of themselves. What is not sent stays as it is.
-- $1 user, $2 name or NULL, $3 whether there is a new picture, $4 picture, $5 whether there is a new time zone, $6 time zone,
-- $7 now in microseconds.
UPDATE todo.users
SET name = coalesce($2::text, name),
    image = CASE WHEN $3::boolean THEN $4::text ELSE image END,
    time_zone = CASE WHEN $5::boolean THEN $6::text ELSE time_zone END,
    updated_at = 'epoch'::timestamptz + $7::bigint * interval '1 microsecond'
WHERE id = $1::uuid
RETURNING id AS user_id
