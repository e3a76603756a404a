-- Tenants, and the accounts that say what a PostgreSQL login may do.

CREATE TABLE platform_settings (
    name text PRIMARY KEY CHECK (name ~ '^[a-z][a-z0-9_]{0,49}$'),
    value text NOT NULL CHECK (char_length(value) <= 1000),
    updated_at timestamptz NOT NULL DEFAULT now()
);
INSERT INTO platform_settings (name, value) VALUES ('platform_domain', 'companionconnect.app');

CREATE TABLE tenants (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    subdomain varchar(50) NOT NULL CONSTRAINT tenants_subdomain_taken UNIQUE,
    name varchar(100) NOT NULL CONSTRAINT tenants_name_shape CHECK (btrim(name) <> '' AND name !~ '[[:cntrl:]]'),
    custom_domain varchar(100),
    status varchar(20) NOT NULL DEFAULT 'preview'
        CONSTRAINT tenants_status_value CHECK (status IN ('active', 'inactive', 'preview')),
    theme_config jsonb NOT NULL DEFAULT '{}',
    content_config jsonb NOT NULL DEFAULT '{}',
    photos_config jsonb NOT NULL DEFAULT '{}',
    published_revision integer,
    created_at timestamptz NOT NULL DEFAULT now(),
    updated_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT tenants_subdomain_shape CHECK (
        subdomain ~ '^[a-z0-9]([a-z0-9-]*[a-z0-9])?$' AND subdomain !~ '^preview-'),
    CONSTRAINT tenants_subdomain_reserved CHECK (subdomain NOT IN (
        'www', 'api', 'admin', 'administrator', 'app', 'assets', 'static', 'media', 'cdn', 'mail', 'email', 'smtp',
        'imap', 'ftp', 'ns1', 'ns2', 'status', 'support', 'help', 'blog', 'docs', 'dev', 'test', 'staging',
        'preview', 'platform', 'companionconnect', 'dashboard', 'login', 'account', 'accounts', 'billing', 'metrics',
        'health', 'localhost', 'root', 'security', 'studio')),
    CONSTRAINT tenants_custom_domain_shape CHECK (
        custom_domain ~ '^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])$')
);
CREATE UNIQUE INDEX tenants_custom_domain_taken ON tenants (lower(custom_domain));

CREATE TABLE accounts (
    login name PRIMARY KEY CONSTRAINT accounts_login_shape CHECK (login ~ '^[a-z][a-z0-9_]{1,39}$'
        AND login !~ '^(pg|studio)_' AND login NOT IN ('postgres', 'public', 'none')),
    display_name varchar(100) NOT NULL
        CONSTRAINT accounts_display_name_shape CHECK (btrim(display_name) <> '' AND display_name !~ '[[:cntrl:]]'),
    role varchar(20) NOT NULL CONSTRAINT accounts_role_value CHECK (role IN ('operator', 'staff', 'companion')),
    tenant_id uuid REFERENCES tenants (id),
    may_edit boolean NOT NULL DEFAULT false,
    disabled boolean NOT NULL DEFAULT false,
    created_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT accounts_tenant_of_companion CHECK ((role = 'companion') = (tenant_id IS NOT NULL)),
    CONSTRAINT accounts_may_edit_of_companion CHECK (NOT may_edit OR role = 'companion')
);

-- Who is signed in: at most one row, none for a disabled account. Every policy asks here and nowhere else.
CREATE FUNCTION studio_account(OUT login name, OUT role varchar, OUT tenant_id uuid, OUT may_edit boolean)
RETURNS SETOF record LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT a.login, a.role, a.tenant_id, a.may_edit FROM accounts a
    WHERE a.login = session_user AND NOT a.disabled AND pg_has_role(session_user, 'studio_' || a.role, 'MEMBER')
$$;
GRANT EXECUTE ON FUNCTION studio_account() TO studio_operator, studio_staff, studio_companion;

-- As studio_account(), and tells a disabled account from one that never was.
CREATE FUNCTION studio_whoami(OUT login name, OUT display_name varchar, OUT role varchar, OUT tenant_id uuid,
                              OUT may_edit boolean, OUT disabled boolean)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT session_user, a.display_name, a.role, a.tenant_id, a.may_edit,
           a.disabled OR NOT pg_has_role(session_user, 'studio_' || a.role, 'MEMBER')
    FROM (SELECT) one LEFT JOIN accounts a ON a.login = session_user
$$;
GRANT EXECUTE ON FUNCTION studio_whoami() TO studio_operator, studio_staff, studio_companion, studio_renderer;

ALTER TABLE platform_settings ENABLE ROW LEVEL SECURITY;
GRANT SELECT, UPDATE (value) ON platform_settings TO studio_operator;
GRANT SELECT ON platform_settings TO studio_staff, studio_companion;
CREATE POLICY platform_settings_read ON platform_settings FOR SELECT TO studio_operator, studio_staff, studio_companion
    USING (EXISTS (SELECT FROM studio_account()));
CREATE POLICY platform_settings_change ON platform_settings FOR UPDATE TO studio_operator
    USING ((SELECT role FROM studio_account()) = 'operator');

ALTER TABLE tenants ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT (subdomain, name), UPDATE (subdomain, name, custom_domain, status, published_revision)
    ON tenants TO studio_operator;
GRANT SELECT ON tenants TO studio_staff, studio_companion;
CREATE POLICY tenants_read ON tenants FOR SELECT TO studio_operator, studio_staff, studio_companion
    USING ((SELECT role FROM studio_account()) IN ('operator', 'staff')
           OR id = (SELECT tenant_id FROM studio_account()));
CREATE POLICY tenants_add ON tenants FOR INSERT TO studio_operator
    WITH CHECK ((SELECT role FROM studio_account()) = 'operator');
CREATE POLICY tenants_change ON tenants FOR UPDATE TO studio_operator
    USING ((SELECT role FROM studio_account()) = 'operator');

ALTER TABLE accounts ENABLE ROW LEVEL SECURITY;
GRANT SELECT, UPDATE (display_name, may_edit) ON accounts TO studio_operator;
GRANT SELECT ON accounts TO studio_staff, studio_companion;
CREATE POLICY accounts_read ON accounts FOR SELECT TO studio_operator, studio_staff, studio_companion
    USING ((SELECT role FROM studio_account()) = 'operator' OR login = (SELECT a.login FROM studio_account() a));
CREATE POLICY accounts_change ON accounts FOR UPDATE TO studio_operator
    USING ((SELECT role FROM studio_account()) = 'operator');

-- True for an operator, and for the owner of the schema, who makes the first operator.
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
        RAISE EXCEPTION 'The login name "%" is taken.', login_name USING ERRCODE = 'unique_violation';
    END IF;
    EXECUTE format('CREATE ROLE %I LOGIN PASSWORD %L CONNECTION LIMIT 40 IN ROLE %I', login_name, verifier, group_name);
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

CREATE FUNCTION account_add_renderer(login_name text, verifier text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM studio_require_administrator();
    IF login_name !~ '^[a-z][a-z0-9_]{1,39}$' OR login_name ~ '^(pg|studio)_' THEN
        RAISE EXCEPTION 'A login name is 2 to 40 lower-case letters, digits and "_", and begins with a letter.'
            USING ERRCODE = 'check_violation';
    END IF;
    PERFORM studio_make_login(login_name, 'studio_renderer', verifier);
END
$$;

CREATE FUNCTION account_set_disabled(login_name text, off boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM studio_require_administrator();
    PERFORM FROM accounts WHERE role = 'operator' ORDER BY login FOR UPDATE; -- two operators disabling each other
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

GRANT EXECUTE ON FUNCTION account_add(text, text, text, uuid, boolean, text), account_add_renderer(text, text),
    account_set_disabled(text, boolean), account_set_password(text, text), account_end_sessions(text)
    TO studio_operator;

-- A custom domain is never the platform's own domain nor a name below it.
CREATE FUNCTION studio_is_platform_name(host text) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (
        SELECT FROM (SELECT value FROM platform_settings WHERE name = 'platform_domain'
                     UNION VALUES ('localhost'), ('companionconnect.app')) platform (domain)
        WHERE lower(host) = lower(domain) OR right(lower(host), char_length(domain) + 1) = '.' || lower(domain))
$$;

CREATE FUNCTION tenants_check_domain() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF studio_is_platform_name(NEW.custom_domain) THEN
        RAISE EXCEPTION 'The domain % belongs to the platform: a custom domain must be the companion''s own.',
            NEW.custom_domain USING ERRCODE = 'check_violation', CONSTRAINT = 'tenants_custom_domain_platform';
    END IF;
    NEW.updated_at := clock_timestamp();
    RETURN NEW;
END
$$;
CREATE TRIGGER tenants_1_domain BEFORE INSERT OR UPDATE ON tenants
    FOR EACH ROW EXECUTE FUNCTION tenants_check_domain();

CREATE FUNCTION platform_settings_check() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    clash text;
BEGIN
    NEW.updated_at := clock_timestamp();
    IF NEW.name = 'platform_domain' THEN
        IF NEW.value !~ '^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)*$' THEN
            RAISE EXCEPTION 'The platform domain must be a lower-case host name.' USING ERRCODE = 'check_violation';
        END IF;
        SELECT custom_domain INTO clash FROM tenants
            WHERE custom_domain = NEW.value OR right(custom_domain, char_length(NEW.value) + 1) = '.' || NEW.value;
        IF FOUND THEN
            RAISE EXCEPTION 'The platform domain cannot be %: the custom domain % is at or below it.', NEW.value, clash
                USING ERRCODE = 'check_violation';
        END IF;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER platform_settings_check BEFORE INSERT OR UPDATE ON platform_settings
    FOR EACH ROW EXECUTE FUNCTION platform_settings_check();
