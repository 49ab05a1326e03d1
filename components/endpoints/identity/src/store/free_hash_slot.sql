-- Gives a place back, unless it was taken from its holder meanwhile. $1 place, $2 holder.
UPDATE todo.password_hash_slots SET held_until = '-infinity'
WHERE place = $1::integer AND holder = $2::uuid
RETURNING place
