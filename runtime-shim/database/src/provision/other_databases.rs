//! Roles that the app of another database signs in with: they belong to the whole server, and so do their passwords.

use sqlx::PgConnection;

use crate::DatabaseError;
use crate::server::ServerUrl;

/// Whether the role signs in, and which other databases it has rights in or owns things in. What a role has to do with a
/// database is in `pg_shdepend`, by the database itself or, for a right to connect, as the object. Everybody may read that.
const USES: &str = "SELECT rolcanlogin, ARRAY(
        SELECT DISTINCT datname::text
        FROM pg_catalog.pg_shdepend
        JOIN pg_catalog.pg_database ON pg_database.oid = CASE dbid WHEN 0 THEN objid ELSE dbid END
        WHERE refclassid = 'pg_catalog.pg_authid'::regclass AND refobjid = pg_roles.oid
          AND (dbid <> 0 OR classid = 'pg_catalog.pg_database'::regclass)
          AND datname <> current_database()
        ORDER BY 1)
    FROM pg_catalog.pg_roles WHERE rolname = $1";

/// Whether to set the password of `role`. Not where another database's app signs in with it: when it accepts `password` already,
/// there is nothing to set; otherwise that app would be locked out. Changes nothing.
///
/// # Errors
/// [`DatabaseError::RoleInUse`]; when the server cannot be asked.
pub async fn may_set_password(
    server: &ServerUrl,
    owner: &mut PgConnection,
    role: &str,
    password: &str,
) -> Result<bool, DatabaseError> {
    let uses: Option<(bool, Vec<String>)> =
        sqlx::query_as(USES).bind(role).fetch_optional(&mut *owner).await.map_err(|source| {
            DatabaseError::Statement { doing: format!("looking for what else uses role {role}"), source }
        })?;
    match uses {
        Some((true, databases)) if !databases.is_empty() => {
            if server.accepts(role, password).await {
                return Ok(false);
            }
            Err(DatabaseError::RoleInUse { role: role.to_owned(), databases: databases.join(", ") })
        }
        // Nobody signs in with it yet, or only the app of this database.
        _ => Ok(true),
    }
}
