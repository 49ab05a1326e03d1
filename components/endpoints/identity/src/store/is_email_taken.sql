-- Whether somebody has an e-mail address. $1 e-mail address.
SELECT EXISTS (SELECT FROM todo.users WHERE email = $1::text) AS is_taken
