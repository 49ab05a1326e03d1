-- Takes one of the places in which passwords are hashed: one that is free or whose holder is overdue, else one that was never used. No row
-- when all are taken. $1 how many there are, $2 holder, $3 for how many seconds it is held at most.
WITH free AS MATERIALIZED (
    SELECT place
    FROM todo.password_hash_slots
    WHERE place <= $1::integer AND held_until <= now()
    ORDER BY place
    LIMIT 1
    FOR UPDATE SKIP LOCKED
), taken AS (
    UPDATE todo.password_hash_slots AS slots
    SET holder = $2::uuid, held_until = now() + $3::integer * interval '1 second'
    FROM free
    WHERE slots.place = free.place
    RETURNING slots.place
), added AS (
    INSERT INTO todo.password_hash_slots (place, holder, held_until)
    SELECT unused.place, $2::uuid, now() + $3::integer * interval '1 second'
    FROM generate_series(1, $1::integer) AS unused (place)
    WHERE NOT EXISTS (SELECT FROM free)
        AND NOT EXISTS (SELECT FROM todo.password_hash_slots AS slots WHERE slots.place = unused.place)
    ORDER BY unused.place
    LIMIT 1
    -- Somebody else was faster: the next try finds another one.
    ON CONFLICT (place) DO NOTHING
    RETURNING place
)
SELECT place FROM taken
UNION ALL
SELECT place FROM added
