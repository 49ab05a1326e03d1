-- Follows a link to set a password: sets it, ends every session of the user, what programs were allowed, tokens that were made, trust in browsers and the other links, and confirms
-- the address that the link was sent to. No row when the link was followed before or is over.
-- $1 hash of the token, $2 password hash.
WITH followed AS (
    DELETE FROM todo.account_links
    WHERE token_hash = $1::bytea AND purpose = 'reset-password' AND expires_at > now()
    RETURNING user_id, email
), changed AS (
    INSERT INTO todo.accounts AS known (user_id, provider_id, account_id, password_hash, created_at, updated_at)
    SELECT user_id, 'credential', user_id::text, $2::text, now(), now() FROM followed
    ON CONFLICT (user_id, provider_id) DO UPDATE SET
        password_hash = excluded.password_hash,
        updated_at = excluded.updated_at
), ended AS (
    DELETE FROM todo.sessions WHERE user_id = (SELECT user_id FROM followed)
), ended_grants AS (
    -- Whoever had the account may have allowed a program of theirs.
    DELETE FROM todo.oauth_grants WHERE user_id = (SELECT user_id FROM followed)
), ended_tokens AS (
    -- Or made a token.
    DELETE FROM todo.personal_tokens WHERE user_id = (SELECT user_id FROM followed)
), ended_trust AS (
    -- Or had a browser trusted.
    DELETE FROM todo.two_factor_tokens WHERE user_id = (SELECT user_id FROM followed)
), ended_links AS (
    DELETE FROM todo.account_links
    WHERE user_id = (SELECT user_id FROM followed) AND token_hash <> $1::bytea
), confirmed AS (
    UPDATE todo.users SET email_verified = true, updated_at = now()
    FROM followed
    WHERE users.id = followed.user_id AND users.email = followed.email AND NOT users.email_verified
)
SELECT user_id FROM followed
