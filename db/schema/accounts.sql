-- Who is signed in, and what an operator does with accounts. Every policy asks studio_account() only.

-- Who is signed in: at most one row, none for a disabled account. Every policy asks here and nowhere else.
CREATE FUNCTION studio_account(OUT login name, OUT role varchar, OUT tenant_id uuid, OUT may_edit boolean)
RETURNS SETOF record LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT a.login, a.role, a.tenant_id, a.may_edit FROM accounts a
    WHERE a.login = session_user AND NOT a.disabled AND pg_has_role(session_user, 'studio_' || a.role, 'MEMBER')
$$;
GRANT EXECUTE ON FUNCTION studio_account() TO studio_operator, studio_staff, studio_companion;

-- Like studio_account(), but always one row: it shows a disabled account as such, and nulls where the login has no account.
CREATE FUNCTION studio_whoami(OUT login name, OUT display_name varchar, OUT role varchar, OUT tenant_id uuid,
                              OUT may_edit boolean, OUT disabled boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT session_user, a.display_name, a.role, a.tenant_id, a.may_edit,
           a.disabled OR NOT pg_has_role(session_user, 'studio_' || a.role, 'MEMBER')
    FROM (SELECT) one LEFT JOIN accounts a ON a.login = session_user
$$;
GRANT EXECUTE ON FUNCTION studio_whoami() TO studio_operator, studio_staff, studio_companion, studio_renderer;

-- The name of a login's person, since the login itself is random. A companion learns the names of the platform's people and
-- of her own site's; for others, and for logins without an account, the login itself is returned ("renderer" for the public
-- service's).
CREATE FUNCTION account_name(wanted name) RETURNS text
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    known accounts;
    reader record;
BEGIN
    SELECT * INTO known FROM accounts WHERE login = wanted;
    IF FOUND THEN
        SELECT role, tenant_id INTO reader FROM studio_account();
        IF reader.role IN ('operator', 'staff') OR reader.role = 'companion' AND known.role <> 'companion'
           OR reader.tenant_id = known.tenant_id OR studio_administers() THEN
            RETURN known.display_name;
        END IF;
    ELSIF EXISTS (SELECT FROM pg_auth_members m JOIN pg_roles r ON r.oid = m.member
                  WHERE m.roleid = 'studio_renderer'::regrole AND r.rolname = wanted) THEN
        RETURN 'renderer';
    END IF;
    RETURN wanted;
END
$$;
GRANT EXECUTE ON FUNCTION account_name(name) TO studio_operator, studio_staff, studio_companion;

-- True for an operator, and for the owner of the schema, who adds the first operator.
CREATE FUNCTION studio_administers() RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM studio_account() WHERE role = 'operator')
        OR pg_has_role(session_user, (SELECT relowner FROM pg_class WHERE oid = 'public.accounts'::regclass), 'MEMBER')
$$;

CREATE FUNCTION studio_require_administrator() RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT studio_administers() THEN
        RAISE EXCEPTION 'Only an operator may manage accounts.' USING ERRCODE = 'insufficient_privilege';
    END IF;
END
$$;

-- A SCRAM verifier comes in place of a password: the password itself never reaches the server.
CREATE FUNCTION studio_make_login(login_name text, group_name text, verifier text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF verifier !~ '^SCRAM-SHA-256\$[0-9]+:[A-Za-z0-9+/=]+\$[A-Za-z0-9+/=]+:[A-Za-z0-9+/=]+$' THEN
        RAISE EXCEPTION 'A login needs a SCRAM-SHA-256 verifier.' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    IF EXISTS (SELECT FROM pg_roles WHERE rolname = login_name) THEN
        RAISE EXCEPTION 'The login name "%" is already taken.', login_name USING ERRCODE = 'unique_violation';
    END IF;
    EXECUTE format('CREATE ROLE %I LOGIN PASSWORD %L CONNECTION LIMIT %s IN ROLE %I', login_name, verifier,
                   CASE group_name WHEN 'studio_renderer' THEN 40 ELSE 16 END, group_name); -- one studio uses up to twelve
    IF group_name <> 'studio_renderer' AND has_parameter_privilege('temp_file_limit', 'SET') THEN
        EXECUTE format('ALTER ROLE %I SET temp_file_limit = %L', login_name, '1GB'); -- a person cannot set it back
    END IF;
END
$$;

CREATE FUNCTION account_add(login_name text, shown_name text, role_name text, tenant uuid, editing boolean,
                            verifier text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM studio_require_administrator();
    INSERT INTO accounts (login, display_name, role, tenant_id, may_edit)
    VALUES (login_name, shown_name, role_name, tenant, editing);
    PERFORM studio_make_login(login_name, 'studio_' || role_name, verifier);
END
$$;
GRANT EXECUTE ON FUNCTION account_add(text, text, text, uuid, boolean, text) TO studio_operator;

CREATE FUNCTION account_add_renderer(login_name text, verifier text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM studio_require_administrator();
    IF login_name !~ '^[a-z][a-z0-9_]{1,39}$' OR login_name ~ '^(pg|studio)_' THEN
        RAISE EXCEPTION 'A login name must be 2 to 40 lower-case letters, digits and "_", and begin with a letter.'
            USING ERRCODE = 'check_violation';
    END IF;
    PERFORM studio_make_login(login_name, 'studio_renderer', verifier);
END
$$;
GRANT EXECUTE ON FUNCTION account_add_renderer(text, text) TO studio_operator;

CREATE FUNCTION account_set_disabled(login_name text, off boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM studio_require_administrator();
    PERFORM FROM accounts WHERE role = 'operator' ORDER BY login FOR UPDATE; -- in case two operators disable each other
    IF off AND NOT EXISTS (SELECT FROM accounts WHERE role = 'operator' AND NOT disabled AND login <> login_name) THEN
        RAISE EXCEPTION 'The last operator cannot be disabled.' USING ERRCODE = 'check_violation';
    END IF;
    UPDATE accounts SET disabled = off WHERE login = login_name;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'There is no account "%".', login_name USING ERRCODE = 'no_data_found';
    END IF;
    EXECUTE format('ALTER ROLE %I %s', login_name, CASE WHEN off THEN 'NOLOGIN' ELSE 'LOGIN' END);
END
$$;
GRANT EXECUTE ON FUNCTION account_set_disabled(text, boolean) TO studio_operator;

CREATE FUNCTION account_set_password(login_name text, verifier text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM studio_require_administrator();
    IF NOT EXISTS (SELECT FROM accounts WHERE login = login_name) AND NOT EXISTS (
        SELECT FROM pg_auth_members m WHERE m.roleid = 'studio_renderer'::regrole
            AND m.member = (SELECT oid FROM pg_roles WHERE rolname = login_name)) THEN
        RAISE EXCEPTION 'There is no account "%".', login_name USING ERRCODE = 'no_data_found';
    END IF;
    IF verifier !~ '^SCRAM-SHA-256\$' THEN
        RAISE EXCEPTION 'A login needs a SCRAM-SHA-256 verifier.' USING ERRCODE = 'invalid_parameter_value';
    END IF;
    EXECUTE format('ALTER ROLE %I PASSWORD %L', login_name, verifier);
END
$$;
GRANT EXECUTE ON FUNCTION account_set_password(text, text) TO studio_operator;

-- Ends the running sessions of a disabled account; called after the disabling is committed.
CREATE FUNCTION account_end_sessions(login_name text) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM studio_require_administrator();
    IF NOT EXISTS (SELECT FROM accounts WHERE login = login_name AND disabled) THEN
        RETURN 0;
    END IF;
    RETURN (SELECT count(*) FILTER (WHERE pg_terminate_backend(pid)) FROM pg_stat_activity
            WHERE usename = login_name AND pid <> pg_backend_pid());
EXCEPTION WHEN insufficient_privilege THEN
    RETURN 0;
END
$$;
GRANT EXECUTE ON FUNCTION account_end_sessions(text) TO studio_operator;

GRANT SELECT, UPDATE (display_name, may_edit) ON accounts TO studio_operator;
GRANT SELECT ON accounts TO studio_staff, studio_companion;
CREATE POLICY accounts_read ON accounts FOR SELECT TO studio_operator, studio_staff, studio_companion
    USING ((SELECT role FROM studio_account()) = 'operator' OR login = (SELECT a.login FROM studio_account() a));
CREATE POLICY accounts_change ON accounts FOR UPDATE TO studio_operator
    USING ((SELECT role FROM studio_account()) = 'operator');

-- Ends sessions of people's logins whose statement or transaction lasts too long: others may wait for its locks, and a
-- person can undo any setting of a role by SET. The limits are in platform_settings; operators, who rebuild figures and
-- export all bookings, have fifteen minutes for a statement and a transaction. A session that has locked a job's row, for
-- which the service waits, may idle for two seconds and last as long as a statement may; the schema's owner is exempt.
-- Sessions that take advisory locks, which fill the server's table of locks, are ended as well: the product takes none.
-- Returns how many sessions were ended.
CREATE FUNCTION end_long_work_of_persons() RETURNS integer
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    WITH longest AS (
        SELECT max(value::integer) FILTER (WHERE name = 'longest_idle_transaction_s') * interval '1 second' AS idle,
               max(value::integer) FILTER (WHERE name = 'longest_statement_s') * interval '1 second' AS statement,
               max(value::integer) FILTER (WHERE name = 'longest_transaction_s') * interval '1 second' AS transaction
        FROM platform_settings WHERE name LIKE 'longest\_%\_s'
    )
    SELECT count(*) FILTER (WHERE pg_terminate_backend(s.pid))::integer
    FROM pg_stat_activity s JOIN accounts a ON a.login = s.usename CROSS JOIN longest,
        LATERAL (SELECT CASE a.role WHEN 'operator' THEN interval '15 minutes' ELSE interval '0' END) AS allowed (more)
    WHERE s.pid <> pg_backend_pid() AND s.datname = current_database() AND (
        s.state LIKE 'idle in transaction%' AND s.state_change < clock_timestamp() - longest.idle
        OR (s.state LIKE 'idle in transaction%' AND s.state_change < clock_timestamp() - interval '2 seconds'
                OR s.xact_start < clock_timestamp() - longest.statement)
            AND EXISTS (SELECT FROM pg_locks l WHERE l.pid = s.pid AND l.relation = 'public.job_locks'::regclass)
        OR s.state = 'active' AND s.query_start < clock_timestamp() - greatest(longest.statement, allowed.more)
        OR s.xact_start < clock_timestamp() - greatest(longest.transaction, allowed.more)
        OR EXISTS (SELECT FROM pg_locks l WHERE l.pid = s.pid AND l.locktype = 'advisory'))
$$;
GRANT EXECUTE ON FUNCTION end_long_work_of_persons() TO studio_renderer;
