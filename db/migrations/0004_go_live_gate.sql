-- What an operator must have recorded before a tenant is public, and the gate that asks for it.

CREATE TABLE identity_verifications (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    document_kind varchar(40) NOT NULL CONSTRAINT identity_verifications_document_kind CHECK (
        document_kind IN ('passport', 'driver_licence', 'national_id', 'proof_of_age_card')),
    adult_confirmed boolean NOT NULL DEFAULT false,
    verified_by name NOT NULL DEFAULT session_user,
    verified_at timestamptz NOT NULL DEFAULT clock_timestamp()
);
CREATE INDEX identity_verifications_of_tenant ON identity_verifications (tenant_id, verified_at DESC);

CREATE TABLE photo_releases (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    photo_url varchar(2000) NOT NULL CONSTRAINT photo_releases_url CHECK (photo_url <> ''),
    recorded_by name NOT NULL DEFAULT session_user,
    recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT photo_releases_once UNIQUE (tenant_id, photo_url)
);

ALTER TABLE identity_verifications ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT (tenant_id, document_kind, adult_confirmed), DELETE ON identity_verifications TO studio_operator;
CREATE POLICY identity_verifications_of_operators ON identity_verifications TO studio_operator
    USING ((SELECT role FROM studio_account()) = 'operator');

ALTER TABLE photo_releases ENABLE ROW LEVEL SECURITY;
GRANT SELECT, INSERT (tenant_id, photo_url), DELETE ON photo_releases TO studio_operator;
GRANT SELECT ON photo_releases TO studio_companion;
CREATE POLICY photo_releases_of_operators ON photo_releases TO studio_operator
    USING ((SELECT role FROM studio_account()) = 'operator');
CREATE POLICY photo_releases_read ON photo_releases FOR SELECT TO studio_companion
    USING (tenant_id = (SELECT a.tenant_id FROM studio_account() a));

-- The address of every picture in a photos document; each may be a plain URL or an object with "url".
CREATE FUNCTION studio_photo_urls(photos jsonb) RETURNS SETOF text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT DISTINCT url FROM (
        SELECT CASE jsonb_typeof(photo) WHEN 'string' THEN photo #>> '{}' WHEN 'object' THEN photo ->> 'url' END
        FROM (
            SELECT photos #> '{hero,control}'
            UNION ALL SELECT value -> 'url' FROM jsonb_path_query(photos, 'strict $.hero.variants[*]', '{}', true) value
            UNION ALL SELECT value FROM jsonb_path_query(photos, 'strict $.gallery[*]', '{}', true) value
            UNION ALL SELECT value -> 'photo' FROM jsonb_path_query(photos, 'strict $.testimonials[*]', '{}', true) value
        ) places (photo)
    ) found (url) WHERE url <> ''
$$;

-- What is missing before the tenant may be active with these photos, in words; null for nothing.
CREATE FUNCTION studio_missing_for_live(tenant uuid, published integer, photos jsonb) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT string_agg(missing, '; ' ORDER BY place, missing) FROM (
        SELECT 1 AS place, 'no revision is published' AS missing WHERE published IS NULL
        UNION ALL
        SELECT 2, 'no identity check that confirms an adult is recorded' WHERE NOT EXISTS (
            SELECT FROM identity_verifications v WHERE v.tenant_id = tenant AND v.adult_confirmed)
        UNION ALL
        SELECT 3, format('no release is recorded for the photo %s', url) FROM studio_photo_urls(photos) url
        WHERE NOT EXISTS (SELECT FROM photo_releases p WHERE p.tenant_id = tenant AND p.photo_url = url)
    ) gaps
$$;

CREATE FUNCTION tenants_go_live_gate() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    missing text;
BEGIN
    IF NEW.status = 'active' AND (TG_OP = 'INSERT' OR OLD.status <> 'active'
            OR NEW.published_revision IS DISTINCT FROM OLD.published_revision) THEN
        missing := studio_missing_for_live(NEW.id, NEW.published_revision, NEW.photos_config);
        IF missing IS NOT NULL THEN
            RAISE EXCEPTION '% cannot be public: %.', NEW.name, missing
                USING ERRCODE = 'check_violation', CONSTRAINT = 'tenants_go_live_gate';
        END IF;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER tenants_3_go_live_gate BEFORE INSERT OR UPDATE ON tenants
    FOR EACH ROW EXECUTE FUNCTION tenants_go_live_gate();

-- What an active tenant stands on cannot be taken from under it.
CREATE FUNCTION go_live_evidence_kept() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    tenant tenants;
    missing text;
BEGIN
    SELECT * INTO tenant FROM tenants WHERE id = OLD.tenant_id FOR UPDATE;
    IF tenant.status = 'active' THEN
        missing := studio_missing_for_live(tenant.id, tenant.published_revision, tenant.photos_config);
        IF missing IS NOT NULL THEN
            RAISE EXCEPTION '% is public and would lose what that rests on: %. Publish without it, or set % to inactive, first.',
                tenant.name, missing, tenant.name
                USING ERRCODE = 'check_violation', CONSTRAINT = 'tenants_go_live_gate';
        END IF;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER identity_verifications_kept AFTER UPDATE OR DELETE ON identity_verifications
    FOR EACH ROW EXECUTE FUNCTION go_live_evidence_kept();
CREATE TRIGGER photo_releases_kept AFTER UPDATE OR DELETE ON photo_releases
    FOR EACH ROW EXECUTE FUNCTION go_live_evidence_kept();
