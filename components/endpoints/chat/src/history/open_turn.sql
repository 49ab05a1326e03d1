-- Takes a message: makes the conversation or finds it, checks that nothing else is being answered there, stores the
-- message, settles a waiting question, and reads what was said before. One round trip.
--
-- $1 user  $2 conversation  $3 make it?  $4 turn (the message's id)  $5 text  $6 title of a new conversation
-- $7 'yes', 'no' or 'other': what the message would mean as an answer  $8 must it be an answer?
-- $9 seconds the turn may take  $10 messages a conversation may hold  $11 characters of history to read
-- $12 conversations a person may have, 0 for any number  $13 tokens a person may use in a day, null for any number
-- $14 the message as a ChatKit client sent it, or null  $15 is it shown as the answer to a question alone?
-- $16 the message whose question it has to answer, or null for any  $17 ids of what is attached
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', $1, true)::uuid AS user_id
),
before AS MATERIALIZED (
    SELECT id, last_sequence, status, turn_expires_at > now() AS busy
    FROM todo.conversations
    WHERE user_id = (SELECT user_id FROM acting) AND id = $2::uuid AND NOT $3::boolean
),
pending AS MATERIALIZED (
    SELECT calls,
           expires_at > now() AND taken_by IS NULL AND coalesce(message_id = $16::uuid, true) AS live
    FROM todo.pending_confirmations
    WHERE user_id = (SELECT user_id FROM acting) AND conversation_id = $2::uuid AND NOT $3::boolean
),
kept AS MATERIALIZED (
    -- No further than to the limit.
    SELECT count(*) >= $12::bigint AS is_full
    FROM (
        SELECT FROM todo.conversations
        WHERE user_id = (SELECT user_id FROM acting) AND $3::boolean
        LIMIT $12::bigint
    ) AS counted
),
spent AS MATERIALIZED (
    -- Since midnight UTC. Rules cost nothing.
    SELECT coalesce(sum(input_tokens + output_tokens), 0) >= $13::bigint AS is_all
    FROM todo.model_usage
    WHERE user_id = (SELECT user_id FROM acting) AND $13::bigint IS NOT NULL
      AND created_at >= date_trunc('day', now(), 'UTC') AND model <> 'builtin'
),
attachable AS MATERIALIZED (
    SELECT count(*) AS found
    FROM todo.attachments
    -- Most messages have nothing attached: then nothing is read.
    WHERE cardinality($17::text[]) > 0
      AND user_id = (SELECT user_id FROM acting) AND id = ANY ($17::text[]::uuid[])
      AND message_id IS NULL AND content IS NOT NULL
),
decided AS MATERIALIZED (
    SELECT
        CASE
            WHEN $3::boolean AND $8::boolean THEN 'nothing-asked'
            WHEN $3::boolean AND $12::bigint > 0 AND (SELECT is_full FROM kept) THEN 'too-many'
            WHEN $3::boolean AND $13::bigint IS NOT NULL AND (SELECT is_all FROM spent) THEN 'spent'
            WHEN cardinality($17::text[]) > (SELECT found FROM attachable) THEN 'not-attachable'
            WHEN $3::boolean THEN 'open'
            WHEN NOT EXISTS (SELECT FROM before) THEN 'not-found'
            WHEN (SELECT status FROM before) <> 'active' THEN 'locked'
            WHEN (SELECT busy FROM before) THEN 'busy'
            WHEN (SELECT last_sequence FROM before) >= $10::integer - 1 THEN 'full'
            WHEN $8::boolean AND NOT coalesce((SELECT live FROM pending), false) THEN 'nothing-asked'
            WHEN $13::bigint IS NOT NULL AND (SELECT is_all FROM spent) THEN 'spent'
            ELSE 'open'
        END AS outcome,
        CASE
            WHEN NOT coalesce((SELECT live FROM pending), false) OR $7::text NOT IN ('yes', 'no') THEN 'message'
            WHEN $7::text = 'yes' THEN 'confirmed'
            ELSE 'declined'
        END AS kind
),
created AS (
    INSERT INTO todo.conversations (id, user_id, title, last_sequence, turn_id, turn_expires_at)
    SELECT $2::uuid, acting.user_id, $6::text, 1, $4::uuid, now() + make_interval(secs => $9::double precision)
    FROM acting, decided
    WHERE $3::boolean AND decided.outcome = 'open'
    RETURNING id, last_sequence
),
taken AS (
    -- A turn that ended or began since this statement started has moved last_sequence or turn_expires_at:
    -- then no row is taken, and nothing below happens.
    UPDATE todo.conversations AS conversation
    SET last_sequence = conversation.last_sequence + 1,
        turn_id = $4::uuid,
        turn_expires_at = now() + make_interval(secs => $9::double precision),
        updated_at = now()
    FROM before, decided
    WHERE conversation.user_id = (SELECT user_id FROM acting)
      AND conversation.id = before.id
      AND conversation.last_sequence = before.last_sequence
      AND coalesce(conversation.turn_expires_at <= now(), true)
      AND decided.outcome = 'open'
    RETURNING conversation.id, conversation.last_sequence
),
opened AS (
    SELECT id, last_sequence FROM created
    UNION ALL
    SELECT id, last_sequence FROM taken
),
stored AS (
    INSERT INTO todo.messages (id, conversation_id, user_id, sequence, role, kind, text, input, is_hidden)
    SELECT $4::uuid, opened.id, acting.user_id, opened.last_sequence, 'user', decided.kind, $5::text, $14::jsonb, $15::boolean
    FROM opened, acting, decided
),
attached AS (
    UPDATE todo.attachments
    SET conversation_id = opened.id, message_id = $4::uuid
    FROM opened
    WHERE cardinality($17::text[]) > 0
      AND attachments.user_id = (SELECT user_id FROM acting) AND attachments.id = ANY ($17::text[]::uuid[])
),
dropped AS (
    DELETE FROM todo.pending_confirmations
    WHERE user_id = (SELECT user_id FROM acting)
      AND conversation_id IN (SELECT id FROM taken)
      AND (SELECT kind FROM decided) <> 'confirmed'
),
answered AS (
    -- Out of reach of a second yes, and given back if nothing comes of this one.
    UPDATE todo.pending_confirmations
    SET taken_by = $4::uuid
    WHERE user_id = (SELECT user_id FROM acting)
      AND conversation_id IN (SELECT id FROM taken)
      AND (SELECT kind FROM decided) = 'confirmed'
),
newest AS (
    SELECT sequence, role, kind, text, steps, question,
           sum(char_length(text) + char_length(steps::text)) OVER (ORDER BY sequence DESC) AS total
    FROM (
        SELECT sequence, role, kind, text, steps, question
        FROM todo.messages
        WHERE user_id = (SELECT user_id FROM acting) AND conversation_id = $2::uuid AND EXISTS (SELECT FROM taken)
        ORDER BY sequence DESC
        LIMIT 200
    ) AS latest
)
SELECT
    CASE WHEN decided.outcome = 'open' AND opened.id IS NULL THEN 'busy' ELSE decided.outcome END AS outcome,
    decided.kind,
    ceil(extract(epoch FROM date_trunc('day', now(), 'UTC') + interval '24 hours' - now()))::integer AS day_left,
    CASE WHEN decided.kind = 'confirmed' THEN (SELECT calls::text FROM pending) END AS confirmed_calls,
    (SELECT json_agg(json_build_object(
                'role', role, 'kind', kind, 'text', text, 'steps', steps, 'question', question
            ) ORDER BY sequence)::text
     FROM newest
     WHERE total <= $11::bigint) AS history,
    to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS opened_at
FROM decided
LEFT JOIN opened ON true
