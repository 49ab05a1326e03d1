-- Who somebody is, if they still have an account. $1 user.
SELECT id AS user_id, email, email_verified, name, image, time_zone
FROM todo.users
WHERE id = $1::uuid
