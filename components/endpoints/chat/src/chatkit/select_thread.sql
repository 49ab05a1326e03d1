-- A conversation with a page of its items in the order asked for.
WITH acting AS MATERIALIZED (
    SELECT set_config('todo.user_id', :user_id, true)::uuid AS user_id
),
last AS MATERIALIZED (
    SELECT sequence, 0 AS place
    FROM todo.messages
    WHERE user_id = (SELECT user_id FROM acting) AND conversation_id = :conversation_id::uuid AND id = :after::uuid
    UNION ALL
    SELECT sequence, place
    FROM todo.thread_items
    WHERE user_id = (SELECT user_id FROM acting) AND conversation_id = :conversation_id::uuid AND id = :after::uuid
),
page AS MATERIALIZED (
    SELECT sequence, place, row_number() OVER () AS position
    FROM (
        SELECT sequence, place
        FROM (
            SELECT sequence, 0 AS place
            FROM todo.messages
            WHERE user_id = (SELECT user_id FROM acting) AND conversation_id = :conversation_id::uuid AND NOT is_hidden
            UNION ALL
            SELECT sequence, place
            FROM todo.thread_items
            WHERE user_id = (SELECT user_id FROM acting) AND conversation_id = :conversation_id::uuid
              AND kind NOT IN ('hidden_context_item', 'sdk_hidden_context')
        ) AS listed
        WHERE :after::uuid IS NULL
           OR CASE WHEN :descending::boolean THEN (sequence, place) < (SELECT sequence, place FROM last)
                   ELSE (sequence, place) > (SELECT sequence, place FROM last) END
        ORDER BY CASE WHEN :descending::boolean THEN -sequence ELSE sequence END,
                 CASE WHEN :descending::boolean THEN -place ELSE place END
        LIMIT :limit::bigint
    ) AS ordered
)
SELECT thread.id AS id,
       thread.title AS title,
       to_char(thread.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS created_at,
       thread.status AS status,
       thread.status_reason AS status_reason,
       thread.last_sequence AS last_sequence,
       CASE WHEN thread.turn_expires_at <= now() THEN thread.turn_id END AS lost_turn,
       :after::uuid IS NULL OR EXISTS (SELECT FROM last) AS is_after_known,
       (SELECT json_agg(json_build_object(
                    'id', coalesce(message.id, item.id),
                    'created_at', to_char(coalesce(message.created_at, item.created_at) AT TIME ZONE 'UTC',
                                          'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'),
                    'kind', coalesce(item.kind, message.role),
                    'text', message.text,
                    'input', message.input,
                    'content', item.content,
                    'is_open', EXISTS (
                        SELECT FROM todo.pending_confirmations
                        WHERE user_id = (SELECT user_id FROM acting) AND conversation_id = :conversation_id::uuid
                          AND message_id = item.message_id AND expires_at > now() AND taken_by IS NULL
                    ),
                    'answer', (
                        SELECT json_build_object('kind', answer.kind, 'text', answer.text)
                        FROM todo.messages AS answer
                        WHERE answer.user_id = (SELECT user_id FROM acting)
                          AND answer.conversation_id = :conversation_id::uuid
                          AND answer.sequence > item.sequence AND answer.role = 'user'
                        ORDER BY answer.sequence
                        LIMIT 1
                    )
                ) ORDER BY page.position)::text
        FROM page
        LEFT JOIN todo.messages AS message
            ON page.place = 0 AND message.user_id = (SELECT user_id FROM acting)
            AND message.conversation_id = :conversation_id::uuid AND message.sequence = page.sequence
        LEFT JOIN todo.thread_items AS item
            ON item.place = page.place AND item.user_id = (SELECT user_id FROM acting)
            AND item.conversation_id = :conversation_id::uuid AND item.sequence = page.sequence) AS items
FROM todo.conversations AS thread
WHERE thread.user_id = (SELECT user_id FROM acting) AND thread.id = :conversation_id::uuid
