-- Takes away every default grant: only files of db/schema grant anything.

DO $$
BEGIN
    EXECUTE format('REVOKE ALL ON DATABASE %I FROM PUBLIC', current_database());
    EXECUTE format('GRANT CONNECT ON DATABASE %I TO studio_operator, studio_staff, studio_companion, studio_renderer',
                   current_database());
END
$$;

REVOKE ALL ON SCHEMA public FROM PUBLIC;
GRANT USAGE ON SCHEMA public TO studio_operator, studio_staff, studio_companion, studio_renderer;
