-- The group roles, which belong to the whole cluster. What they may do is granted in db/schema: nothing that is made
-- later is granted to PUBLIC automatically.

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
    -- Lets the owner see how long the sessions of persons last and end them. Without it the sessions of a disabled account
    -- stay open and read nothing, and end_long_work_of_persons() ends nothing.
    FOREACH group_name IN ARRAY ARRAY['pg_signal_backend', 'pg_read_all_stats'] LOOP
        IF NOT pg_has_role(current_user, group_name, 'MEMBER') THEN
            BEGIN
                EXECUTE format('GRANT %I TO %I', group_name, current_user);
            EXCEPTION WHEN insufficient_privilege OR unique_violation THEN
                RAISE NOTICE '% is no member of %: sessions of persons cannot be ended', current_user, group_name;
            END;
        END IF;
    END LOOP;
END
$$;

ALTER DEFAULT PRIVILEGES REVOKE ALL ON TABLES FROM PUBLIC;
ALTER DEFAULT PRIVILEGES REVOKE ALL ON SEQUENCES FROM PUBLIC;
ALTER DEFAULT PRIVILEGES REVOKE ALL ON FUNCTIONS FROM PUBLIC;
ALTER DEFAULT PRIVILEGES REVOKE ALL ON TYPES FROM PUBLIC;
