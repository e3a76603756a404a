-- Group roles of the cluster, and a database in which nothing is granted unless a migration says so.

DO $$
DECLARE
    group_name text;
BEGIN
    FOREACH group_name IN ARRAY ARRAY['studio_operator', 'studio_staff', 'studio_companion', 'studio_renderer'] LOOP
        IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = group_name) THEN
            BEGIN
                EXECUTE format('CREATE ROLE %I NOLOGIN', group_name);
            EXCEPTION WHEN duplicate_object OR unique_violation THEN
                NULL; -- made at this moment by the migration of another database in the same cluster
            END;
        END IF;
    END LOOP;
    -- Lets the owner end the sessions of a disabled account; without it the account still reads nothing.
    IF NOT pg_has_role(current_user, 'pg_signal_backend', 'MEMBER') THEN
        BEGIN
            EXECUTE format('GRANT pg_signal_backend TO %I', current_user);
        EXCEPTION WHEN insufficient_privilege OR unique_violation THEN
            RAISE NOTICE 'sessions of disabled accounts cannot be ended by %', current_user;
        END;
    END IF;
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO studio_operator, studio_staff, studio_companion, studio_renderer',
                   current_database());
END
$$;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO studio_operator, studio_staff, studio_companion, studio_renderer;
ALTER DEFAULT PRIVILEGES REVOKE ALL ON TABLES FROM PUBLIC;
ALTER DEFAULT PRIVILEGES REVOKE ALL ON SEQUENCES FROM PUBLIC;
ALTER DEFAULT PRIVILEGES REVOKE ALL ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES REVOKE ALL ON TYPES FROM PUBLIC;

ALTER TABLE schema_migrations ENABLE ROW LEVEL SECURITY;
