-- A new address for a user whose address was never confirmed, where no mail is sent. No row when somebody has it.
-- $1 user, $2 e-mail address, $3 now in microseconds.
UPDATE todo.users
SET email = $2::text, updated_at = 'epoch'::timestamptz + $3::bigint * interval '1 microsecond'
WHERE id = $1::uuid
    AND NOT email_verified
    AND NOT EXISTS (SELECT FROM todo.users AS others WHERE others.email = $2::text)
RETURNING id AS user_id
