-- Tenants and the settings of the platform: their rules, and who may see and change them.

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

-- {"kind":"folder"}, or what models/values/photo_store.h writes for a bucket. It decides how the photos' addresses in pages
-- begin.
CREATE FUNCTION studio_is_photo_store(setting text) RETURNS boolean
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    store jsonb;
BEGIN
    store := setting::jsonb;
    RETURN coalesce(store ->> 'kind' = 'folder' OR (store ->> 'kind' = 's3'
        AND store ->> 'endpoint' ~ '^https?://[a-z0-9.-]+(:[0-9]{1,5})?$'
        AND store ->> 'region' ~ '^[a-z0-9-]{1,40}$'
        AND store ->> 'bucket' ~ '^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$'
        AND store ->> 'public' ~ '^(https?://[^[:space:][:cntrl:]"<>?#]*[^[:space:][:cntrl:]"<>?#/])?$'), false);
EXCEPTION WHEN invalid_text_representation THEN
    RETURN false;
END
$$;

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
    IF NEW.name = 'photo_store' AND NOT studio_is_photo_store(NEW.value) THEN
        RAISE EXCEPTION 'The photo store must be the folder, or a bucket with endpoint, region and name.'
            USING ERRCODE = 'check_violation';
    END IF;
    IF NEW.name ~ '^longest_.*_s$' AND (NEW.value !~ '^[0-9]{1,4}$' OR NEW.value::integer NOT BETWEEN 5 AND 3600) THEN
        RAISE EXCEPTION 'The setting % must be a number of seconds from 5 to 3600.', NEW.name USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;

CREATE FUNCTION tenant_settings_note(wanted uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    now_zone text;
    now_hosts text[];
    last tenant_settings_history;
BEGIN
    SELECT studio_zone_of(t.content_config), array_remove(ARRAY[
               lower(t.custom_domain), 'www.' || lower(t.custom_domain), t.subdomain || '.localhost',
               t.subdomain || '.' || (SELECT value FROM platform_settings WHERE name = 'platform_domain')], NULL)
    INTO now_zone, now_hosts FROM tenants t WHERE t.id = wanted;
    SELECT * INTO last FROM tenant_settings_history h WHERE h.tenant_id = wanted ORDER BY since DESC LIMIT 1;
    IF (last.zone, last.hosts) IS NOT DISTINCT FROM (now_zone, now_hosts) THEN
        RETURN;
    END IF;
    IF last.since = '-infinity' AND NOT EXISTS (SELECT FROM sessions WHERE tenant_id = wanted) THEN
        UPDATE tenant_settings_history SET zone = now_zone, hosts = now_hosts WHERE tenant_id = wanted;
    ELSE
        INSERT INTO tenant_settings_history
        VALUES (wanted, CASE WHEN last.since IS NULL THEN '-infinity' ELSE clock_timestamp() END, now_zone, now_hosts);
    END IF;
END
$$;

CREATE FUNCTION tenants_note_settings() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_TABLE_NAME = 'tenants' THEN
        PERFORM tenant_settings_note(NEW.id);
    ELSE
        PERFORM tenant_settings_note(id) FROM tenants;
    END IF;
    RETURN NULL;
END
$$;

-- The default zone if the document names none or one that the server does not know.
CREATE FUNCTION studio_zone_of(content jsonb) RETURNS text
LANGUAGE plpgsql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    wanted text := content #>> '{location,timezone}';
BEGIN
    IF coalesce(wanted, '') = '' THEN
        RETURN studio_default_zone();
    END IF;
    PERFORM now() AT TIME ZONE wanted;
    RETURN wanted;
EXCEPTION WHEN invalid_parameter_value THEN
    RETURN studio_default_zone();
END
$$;

CREATE FUNCTION studio_local_day(tenant uuid, at timestamptz) RETURNS date
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT (at AT TIME ZONE coalesce((SELECT h.zone FROM tenant_settings_history h WHERE h.tenant_id = tenant
                                      AND h.since <= at ORDER BY h.since DESC LIMIT 1), studio_default_zone()))::date
$$;

-- Made of immutable functions, so that PostgreSQL can inline it. Exact to the microsecond until the year 2255.
CREATE FUNCTION studio_time(microseconds bigint) RETURNS timestamptz
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT to_timestamp(microseconds / 1000000.0::float8)
$$;

CREATE FUNCTION studio_iso_time(at timestamptz) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')
$$;

-- Called when the public part of the tenant has changed. Replicas get a notification without payload, since every login may
-- send and receive notifications, and compare versions.
CREATE FUNCTION tenant_changed(tenant uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE tenant_versions SET version = version + 1 WHERE tenant_id = tenant;
    PERFORM pg_notify('tenant_changed', '');
END
$$;

CREATE FUNCTION tenants_notify() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        INSERT INTO tenant_versions (tenant_id) VALUES (NEW.id);
        PERFORM pg_notify('tenant_changed', '');
    ELSIF TG_OP = 'DELETE' THEN
        PERFORM pg_notify('tenant_changed', '');
    ELSIF (NEW.subdomain, NEW.name, NEW.custom_domain, NEW.status, NEW.published_revision)
            IS DISTINCT FROM (OLD.subdomain, OLD.name, OLD.custom_domain, OLD.status, OLD.published_revision) THEN
        PERFORM tenant_changed(NEW.id);
    END IF;
    RETURN NULL;
END
$$;

-- True if visitors may see the tenant.
CREATE FUNCTION studio_is_public(tenant uuid) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT EXISTS (SELECT FROM tenants WHERE id = tenant AND status = 'active')
$$;
GRANT EXECUTE ON FUNCTION studio_is_public(uuid) TO studio_renderer;

GRANT SELECT, UPDATE (value) ON platform_settings TO studio_operator;
GRANT SELECT ON platform_settings TO studio_staff, studio_companion;
CREATE POLICY platform_settings_read ON platform_settings FOR SELECT TO studio_operator, studio_staff, studio_companion
    USING (EXISTS (SELECT FROM studio_account()));
CREATE POLICY platform_settings_change ON platform_settings FOR UPDATE TO studio_operator
    USING ((SELECT role FROM studio_account()) = 'operator' AND name NOT IN ('installation_id', 'photo_store_confirmed'));

GRANT SELECT, INSERT (subdomain, name, media_folder), UPDATE (subdomain, name, custom_domain, status, published_revision) ON tenants
    TO studio_operator;
GRANT SELECT ON tenants TO studio_staff, studio_companion;
CREATE POLICY tenants_read ON tenants FOR SELECT TO studio_operator, studio_staff, studio_companion
    USING ((SELECT role FROM studio_account()) IN ('operator', 'staff')
           OR id = (SELECT tenant_id FROM studio_account()));
CREATE POLICY tenants_add ON tenants FOR INSERT TO studio_operator
    WITH CHECK ((SELECT role FROM studio_account()) = 'operator');
CREATE POLICY tenants_change ON tenants FOR UPDATE TO studio_operator
    USING ((SELECT role FROM studio_account()) = 'operator');

GRANT SELECT ON tenant_settings_history TO studio_operator, studio_companion;
CREATE POLICY tenant_settings_history_read ON tenant_settings_history FOR SELECT TO studio_operator, studio_companion
    USING ((SELECT role FROM studio_account()) = 'operator'
           OR tenant_id = (SELECT a.tenant_id FROM studio_account() a));

CREATE TRIGGER platform_settings_check BEFORE INSERT OR UPDATE ON platform_settings
    FOR EACH ROW EXECUTE FUNCTION platform_settings_check();
CREATE TRIGGER tenants_note_settings AFTER UPDATE ON platform_settings
    FOR EACH ROW EXECUTE FUNCTION tenants_note_settings();

CREATE TRIGGER tenants_1_domain BEFORE INSERT OR UPDATE ON tenants
    FOR EACH ROW EXECUTE FUNCTION tenants_check_domain();
CREATE TRIGGER tenants_notify AFTER INSERT OR UPDATE OR DELETE ON tenants
    FOR EACH ROW EXECUTE FUNCTION tenants_notify();
CREATE TRIGGER tenants_note_settings AFTER INSERT OR UPDATE ON tenants
    FOR EACH ROW EXECUTE FUNCTION tenants_note_settings();
