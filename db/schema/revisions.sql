-- Who may see and add revisions.

GRANT SELECT, INSERT (tenant_id, number, base_number, theme_config, content_config, photos_config, note,
    idempotency_key) ON revisions TO studio_operator, studio_companion;
GRANT SELECT ON revisions TO studio_staff;
CREATE POLICY revisions_read ON revisions FOR SELECT TO studio_operator, studio_companion
    USING ((SELECT role FROM studio_account()) = 'operator'
           OR tenant_id = (SELECT a.tenant_id FROM studio_account() a));
CREATE POLICY revisions_read_by_staff ON revisions FOR SELECT TO studio_staff USING (false); -- staff cannot read drafts
CREATE POLICY revisions_add ON revisions FOR INSERT TO studio_operator, studio_companion
    WITH CHECK ((SELECT role FROM studio_account()) = 'operator'
                OR tenant_id = (SELECT a.tenant_id FROM studio_account() a WHERE a.may_edit));

-- Limits what a companion can add in a day, so that nobody fills the disk. Numbers are consecutive, so the tenant's latest
-- 500 revisions contain all of the day that count.
CREATE FUNCTION revisions_limit_of_day() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    many integer;
    bytes bigint;
BEGIN
    IF NOT EXISTS (SELECT FROM studio_account() WHERE role = 'companion') THEN
        RETURN NEW;
    END IF;
    SELECT count(*), coalesce(sum(pg_column_size(theme_config) + pg_column_size(content_config) + pg_column_size(photos_config)), 0)
    INTO many, bytes
    FROM (SELECT * FROM revisions WHERE tenant_id = NEW.tenant_id ORDER BY number DESC LIMIT 500) latest
    WHERE author = session_user AND created_at > now() - interval '1 day';
    IF many >= 500 OR bytes > 100000000 THEN
        RAISE EXCEPTION 'An account can save at most 500 revisions and 100 MB in a day. Try again tomorrow.'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER revisions_limit_of_day BEFORE INSERT ON revisions FOR EACH ROW
    EXECUTE FUNCTION revisions_limit_of_day();
