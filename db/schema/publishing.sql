-- Publishing, the go-live gate, share links, and what the public service may read.

-- What is wrong with the shape of documents that are to go live, as a sentence; null for nothing. The programs validate
-- fully; these checks hold even for someone with psql.
CREATE FUNCTION studio_documents_problem(theme jsonb, content jsonb, photos jsonb) RETURNS text
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    field record;
    place text;
    weight jsonb;
    total numeric := 0;
BEGIN
    FOR field IN SELECT * FROM (VALUES ('theme', theme), ('content', content), ('photos', photos)) AS d (name, body)
    LOOP
        IF jsonb_typeof(field.body) IS DISTINCT FROM 'object' THEN
            RETURN format('/%s: The %s document must be an object: fields between braces.', field.name, field.name);
        END IF;
    END LOOP;
    IF jsonb_typeof(COALESCE(theme -> 'colors', 'null')) = 'null' THEN
        RETURN '/theme/colors: The colours are missing: enter an object with at least primary, background and text.';
    END IF;
    FOR field IN SELECT * FROM (VALUES
        ('/theme/colors', theme -> 'colors', 'object', 'The colours'),
        ('/theme/fonts', theme -> 'fonts', 'object', 'The fonts'),
        ('/theme/customCss', theme -> 'customCss', 'string', 'The custom CSS must be text of at most 50000 characters.'),
        ('/content/name', content -> 'name', 'string', 'The name must be text of at most 100 characters.'),
        ('/content/tagline', content -> 'tagline', 'string', 'The tagline must be text of at most 160 characters.'),
        ('/content/bio', content -> 'bio', 'string', 'The bio must be text of at most 20000 characters.'),
        ('/content/services', content -> 'services', 'array', 'The services'),
        ('/content/pricing', content -> 'pricing', 'object', 'The pricing'),
        ('/content/contact', content -> 'contact', 'object', 'The contact details'),
        ('/content/socialMedia', content -> 'socialMedia', 'object', 'The social media'),
        ('/content/testimonials', content -> 'testimonials', 'array', 'The testimonials'),
        ('/content/location', content -> 'location', 'object', 'The location'),
        ('/content/cta', content -> 'cta', 'object', 'The call to action'),
        ('/content/consent', content -> 'consent', 'object', 'The consent banner'),
        ('/content/ageGate', content -> 'ageGate', 'object', 'The 18+ gate'),
        ('/content/seo', content -> 'seo', 'object', 'The search engine details'),
        ('/photos/hero', photos -> 'hero', 'object', 'The hero'),
        ('/photos/hero/variants', photos #> '{hero,variants}', 'array', 'The hero variants'),
        ('/photos/gallery', photos -> 'gallery', 'array', 'The gallery'),
        ('/photos/testimonials', photos -> 'testimonials', 'array', 'The testimonial photos'))
        AS fields (pointer, found, wanted, words)
    LOOP
        IF jsonb_typeof(field.found) NOT IN ('null', field.wanted) THEN
            RETURN field.pointer || ': ' || field.words || CASE field.wanted
                WHEN 'object' THEN ' must be an object: fields between braces.'
                WHEN 'array' THEN ' must be a list.'
                ELSE '' END;
        END IF;
    END LOOP;
    IF btrim(COALESCE(content ->> 'name', ''), E' \t\r\n') = '' THEN
        RETURN '/content/name: The name is missing: enter 1 to 100 characters.';
    END IF;
    FOR field IN SELECT * FROM (VALUES
        ('primary', 'primary'), ('secondary', 'secondary'), ('accent', 'accent'), ('background', 'background'),
        ('text', 'text'), ('textLight', 'light text'), ('success', 'success'), ('error', 'error'),
        ('warning', 'warning')) AS colors (key, words)
    LOOP
        IF jsonb_typeof(theme #> ARRAY['colors', field.key]) <> 'string'
           OR theme #>> ARRAY['colors', field.key] !~ '^#[0-9A-Fa-f]{6}$' THEN
            RETURN format('/theme/colors/%s: The %s colour must be a colour such as #8B4789.', field.key, field.words);
        END IF;
    END LOOP;
    FOR field IN SELECT * FROM (VALUES
        ('layout', ARRAY['elegant', 'modern', 'minimal']), ('spacing', ARRAY['compact', 'comfortable', 'spacious']),
        ('shadow', ARRAY['light', 'medium', 'strong'])) AS choices (key, allowed)
    LOOP
        IF jsonb_typeof(theme -> field.key) NOT IN ('null', 'string')
           OR theme ->> field.key <> ALL (field.allowed) THEN
            RETURN format('/theme/%s: The %s must be one of %s.', field.key, field.key,
                          array_to_string(field.allowed, ', '));
        END IF;
    END LOOP;
    IF jsonb_typeof(photos #> '{hero,variants}') = 'array' THEN
        FOR field IN SELECT ordinality - 1 AS number, value
                     FROM jsonb_array_elements(photos #> '{hero,variants}') WITH ORDINALITY LOOP
            place := '/photos/hero/variants/' || field.number;
            weight := field.value -> 'weight';
            IF jsonb_typeof(field.value) <> 'object' THEN
                RETURN place || ': A hero variant must be an object: fields between braces.';
            END IF;
            IF jsonb_typeof(COALESCE(weight, 'null')) = 'null' THEN
                RETURN place || '/weight: The weight is missing: enter the share of visitors as a number from 0 to 1.';
            END IF;
            IF jsonb_typeof(weight) <> 'number' OR NOT (weight #>> '{}')::numeric BETWEEN 0 AND 1 THEN
                RETURN place || '/weight: The weight must be a number from 0 to 1.';
            END IF;
            total := total + (weight #>> '{}')::numeric;
        END LOOP;
        IF total > 1.005 THEN -- three times 0.333 means a third each
            RETURN format('/photos/hero/variants: The weights add up to %s: they must add up to at most 1, and the '
                          'control photo is shown to the rest.', trim_scale(round(total, 6)));
        END IF;
    END IF;
    RETURN NULL;
END
$$;

-- Copies the published revision to the live columns, for every login, whatever else the statement sets.
CREATE FUNCTION tenants_publish() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    problem text;
BEGIN
    IF TG_OP = 'UPDATE' AND NEW.published_revision IS NOT DISTINCT FROM OLD.published_revision THEN
        NEW.theme_config := OLD.theme_config;
        NEW.content_config := OLD.content_config;
        NEW.photos_config := OLD.photos_config;
        NEW.published_at := OLD.published_at;
    ELSIF NEW.published_revision IS NULL THEN
        NEW.theme_config := '{}';
        NEW.content_config := '{}';
        NEW.photos_config := '{}';
        NEW.published_at := NULL;
    ELSE
        SELECT r.theme_config, r.content_config, r.photos_config
        INTO NEW.theme_config, NEW.content_config, NEW.photos_config
        FROM revisions r WHERE r.tenant_id = NEW.id AND r.number = NEW.published_revision;
        IF NOT FOUND THEN
            RAISE EXCEPTION 'There is no revision % of %.', NEW.published_revision, NEW.subdomain
                USING ERRCODE = 'no_data_found';
        END IF;
        problem := studio_documents_problem(NEW.theme_config, NEW.content_config, NEW.photos_config);
        IF problem IS NOT NULL THEN
            RAISE EXCEPTION 'Revision % of % cannot be published. %', NEW.published_revision, NEW.subdomain, problem
                USING ERRCODE = 'check_violation', CONSTRAINT = 'tenants_published_documents';
        END IF;
        NEW.published_at := clock_timestamp();
    END IF;
    RETURN NEW;
END
$$;

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

-- What all sizes of one picture have in common: an imported one's name ends in its hash and its width. picture_of() in
-- models/tenant/photo_releases.h says the same.
CREATE FUNCTION studio_picture_of(url text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT regexp_replace(url, '(-[0-9a-f]{8}|/[0-9a-f]{32})-[0-9]+\.[^./-]+$', '\1')
$$;

-- The addresses of the photos in an experiment's variants.
CREATE FUNCTION studio_test_photo_urls(arms jsonb) RETURNS SETOF text
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT DISTINCT url FROM (
        SELECT CASE jsonb_typeof(photo) WHEN 'string' THEN photo #>> '{}' WHEN 'object' THEN photo ->> 'url' END
        FROM jsonb_path_query(arms, 'strict $[*]', '{}', true) arm, LATERAL (SELECT arm #> '{config,photo}') config (photo)
    ) found (url)
    WHERE url <> ''
$$;

-- Each companion's pictures are in her media folder, older ones in a folder named by her subdomain. After a change of the
-- subdomain the earlier folder remains hers until another tenant gets that subdomain.
CREATE FUNCTION studio_is_of_another(tenant uuid, url text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT url LIKE '/media/%' AND EXISTS (
        SELECT FROM tenants t WHERE split_part(url, '/', 3) IN (t.subdomain, t.media_folder) AND t.id <> tenant)
$$;

-- Files that the tenant may add, or may have taken out of the store: nothing else that a bucket has.
CREATE FUNCTION studio_is_in_own_folder(tenant uuid, url text) RETURNS boolean
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT url LIKE '/media/%' AND EXISTS (
        SELECT FROM tenants t WHERE t.id = tenant AND split_part(url, '/', 3) IN (t.subdomain, t.media_folder))
$$;

-- What is missing before the tenant may be active with these documents, in words; null for nothing.
CREATE FUNCTION studio_missing_for_live(tenant uuid, published integer, content jsonb, photos jsonb) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT string_agg(missing, '; ' ORDER BY place, missing) FROM (
        SELECT 1 AS place, 'no revision is published' AS missing WHERE published IS NULL
        UNION ALL
        SELECT 2, 'no identity check that confirms an adult is recorded' WHERE NOT EXISTS (
            SELECT FROM identity_verifications v WHERE v.tenant_id = tenant AND v.adult_confirmed)
        UNION ALL
        SELECT 3, p.problem FROM studio_photo_problems(tenant, ARRAY(
            SELECT studio_photo_urls(photos)
            UNION SELECT content #>> '{seo,ogImage}'
            UNION SELECT studio_test_photo_urls(t.variants) FROM ab_tests t
                  WHERE t.tenant_id = tenant AND t.status = 'active' AND t.element_type = 'hero_photo')) p
    ) gaps
$$;

CREATE FUNCTION tenants_go_live_gate() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    missing text;
BEGIN
    IF NEW.status = 'active' AND (TG_OP = 'INSERT' OR OLD.status <> 'active'
            OR NEW.published_revision IS DISTINCT FROM OLD.published_revision) THEN
        missing := studio_missing_for_live(NEW.id, NEW.published_revision, NEW.content_config, NEW.photos_config);
        IF missing IS NOT NULL THEN
            RAISE EXCEPTION '% cannot be public: %.', NEW.name, missing
                USING ERRCODE = 'check_violation', CONSTRAINT = 'tenants_go_live_gate';
        END IF;
    END IF;
    RETURN NEW;
END
$$;

-- Refuses to remove what an active tenant needs.
CREATE FUNCTION go_live_evidence_kept() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    tenant tenants;
    missing text;
BEGIN
    SELECT * INTO tenant FROM tenants WHERE id = OLD.tenant_id FOR UPDATE;
    IF tenant.status = 'active' THEN
        missing := studio_missing_for_live(tenant.id, tenant.published_revision, tenant.content_config, tenant.photos_config);
        IF missing IS NOT NULL THEN
            RAISE EXCEPTION '% is live and would no longer meet the requirements: %. First publish without it, or set % to inactive.',
                tenant.name, missing, tenant.name
                USING ERRCODE = 'check_violation', CONSTRAINT = 'tenants_go_live_gate';
        END IF;
    END IF;
    RETURN NULL;
END
$$;

CREATE FUNCTION studio_require_operator() RETURNS void
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NOT EXISTS (SELECT FROM studio_account() WHERE role = 'operator') THEN
        RAISE EXCEPTION 'Only operators may do that.' USING ERRCODE = 'insufficient_privilege';
    END IF;
END
$$;

CREATE FUNCTION photo_releases_of_own_folder() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF studio_is_of_another(NEW.tenant_id, NEW.photo_url) THEN
        RAISE EXCEPTION 'The photo % belongs to another companion. Add the picture again for this one.', NEW.photo_url
            USING ERRCODE = 'check_violation', CONSTRAINT = 'photo_releases_own_folder';
    END IF;
    RETURN NEW;
END
$$;

CREATE FUNCTION photo_releases_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM tenant_changed(coalesce(NEW.tenant_id, OLD.tenant_id));
    RETURN NULL;
END
$$;

CREATE FUNCTION public_platform_domain() RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT value FROM platform_settings WHERE name = 'platform_domain'
$$;
GRANT EXECUTE ON FUNCTION public_platform_domain() TO studio_renderer;

-- Checks releases when an experiment starts, because it then shows its photos to the public.
CREATE FUNCTION ab_tests_photos_released() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    missing text;
BEGIN
    IF NEW.status = 'active' AND NEW.element_type = 'hero_photo' THEN
        SELECT string_agg(p.problem, '; ' ORDER BY p.problem) INTO missing
        FROM studio_photo_problems(NEW.tenant_id, ARRAY(SELECT studio_test_photo_urls(NEW.variants))) p;
        IF missing IS NOT NULL THEN
            RAISE EXCEPTION 'The test "%" cannot run: %.', NEW.name, missing
                USING ERRCODE = 'check_violation', CONSTRAINT = 'ab_tests_photos_released';
        END IF;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER ab_tests_photos_released BEFORE INSERT OR UPDATE OF status, variants ON ab_tests
    FOR EACH ROW EXECUTE FUNCTION ab_tests_photos_released();

CREATE FUNCTION public_draft(wanted_subdomain text, token text)
RETURNS TABLE (id uuid, subdomain varchar, status varchar, name varchar, custom_domain varchar, revision integer,
               theme_config json, content_config json, photos_config json, withdrawn_photos json, availability jsonb,
               tours jsonb)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT t.id, t.subdomain, t.status, t.name, t.custom_domain, r.number,
           r.theme_config, r.content_config, r.photos_config,
           (SELECT json_agg(s.picture) FROM studio_picture_states(t.id) s WHERE s.hidden),
           (SELECT s.availability FROM booking_settings s WHERE s.tenant_id = t.id),
           studio_tours(t.id, (clock_timestamp() - interval '2 days')::date)
    FROM tenants t JOIN revisions r ON r.tenant_id = t.id
    WHERE t.subdomain = wanted_subdomain AND EXISTS (
        SELECT FROM share_links l WHERE l.tenant_id = t.id AND l.expires_at > now()
            AND l.token_hash = sha256(convert_to(token, 'UTF8')))
    ORDER BY r.number DESC LIMIT 1
$$;
GRANT EXECUTE ON FUNCTION public_draft(text, text) TO studio_renderer;

-- Limits the number of links, so that nobody can fill the disk with them.
CREATE FUNCTION share_links_limit() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF (SELECT count(*) FROM share_links WHERE tenant_id = NEW.tenant_id AND expires_at > now()) >= 100 THEN
        RAISE EXCEPTION 'A companion can have at most 100 open share links. Revoke some first.'
            USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER share_links_limit BEFORE INSERT ON share_links FOR EACH ROW EXECUTE FUNCTION share_links_limit();

-- True if the caller could revoke the link. No grant lets companions delete from the table: with it they could lock the
-- whole table, which every visit to a draft reads.
CREATE FUNCTION share_link_revoke(link uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    DELETE FROM share_links l USING studio_account() a
    WHERE l.id = link AND (a.role = 'operator' OR l.tenant_id = a.tenant_id AND a.may_edit);
    RETURN FOUND;
END
$$;
GRANT EXECUTE ON FUNCTION share_link_revoke(uuid) TO studio_operator, studio_companion;

-- A view with the owner's rights: it shows that a tenant exists, and of active ones the public part, the running experiments
-- and the version.
CREATE VIEW public_tenants WITH (security_barrier) AS
SELECT t.id, t.subdomain, t.status,
       CASE WHEN t.status = 'active' THEN t.name END AS name,
       CASE WHEN t.status = 'active' THEN t.custom_domain END AS custom_domain,
       CASE WHEN t.status = 'active' THEN t.published_revision END AS revision,
       r.theme_config, r.content_config, r.photos_config, x.experiments,
       v.version + 10000000000 * coalesce((
           SELECT max(greatest(CASE WHEN p.valid_from <= d.today THEN p.valid_from END,
                               CASE WHEN p.valid_until < d.today THEN p.valid_until + 1 END, date '2000-01-01') - date '2000-01-01')
           FROM photo_releases p, (SELECT (clock_timestamp() AT TIME ZONE 'UTC')::date) d (today)
           WHERE p.tenant_id = t.id AND (p.valid_from IS NOT NULL OR p.valid_until IS NOT NULL)), 0) AS version,
       CASE WHEN t.status = 'active' THEN public_released_pictures(t.id) END AS released_photos,
       CASE WHEN t.status = 'active' THEN (SELECT s.availability FROM booking_settings s WHERE s.tenant_id = t.id) END AS availability,
       CASE WHEN t.status = 'active' THEN (
           SELECT json_agg(json_build_object('id', o.id, 'city', o.city, 'timezone', o.time_zone, 'firstDay', o.first_day,
                                             'lastDay', o.last_day, 'visibility', o.visibility, 'visibleFrom', o.visible_from,
                                             'weekly', o.weekly, 'incall', o.incall, 'outcall', o.outcall) ORDER BY o.first_day)
           FROM tours o WHERE o.tenant_id = t.id AND o.last_day >= (clock_timestamp() - interval '2 days')::date) END AS tours
FROM tenants t
JOIN tenant_versions v ON v.tenant_id = t.id
LEFT JOIN revisions r ON r.tenant_id = t.id AND r.number = t.published_revision AND t.status = 'active'
LEFT JOIN LATERAL (
    SELECT json_agg(json_build_object('id', a.id, 'name', a.name, 'element', a.element_type, 'variants', a.variants,
                                      'trafficShare', a.traffic_share, 'phase', a.phase, 'origin', a.origin)
                    ORDER BY a.element_type) AS experiments
    FROM ab_tests a WHERE a.tenant_id = t.id AND a.status = 'active') x ON t.status = 'active';
GRANT SELECT ON public_tenants TO studio_renderer;

-- What a replica compares with what it shows, without the documents: the active tenants, each with its version. A version
-- also changes on the day on which a release begins or has ended, which nobody notes: the last such day counts in it.
CREATE VIEW public_versions WITH (security_barrier) AS
SELECT t.id, t.subdomain, t.name, t.custom_domain, t.published_revision AS revision,
       v.version + 10000000000 * coalesce((
           SELECT max(greatest(CASE WHEN p.valid_from <= d.today THEN p.valid_from END,
                               CASE WHEN p.valid_until < d.today THEN p.valid_until + 1 END, date '2000-01-01') - date '2000-01-01')
           FROM photo_releases p, (SELECT (clock_timestamp() AT TIME ZONE 'UTC')::date) d (today)
           WHERE p.tenant_id = t.id AND (p.valid_from IS NOT NULL OR p.valid_until IS NOT NULL)), 0) AS version
FROM tenants t JOIN tenant_versions v ON v.tenant_id = t.id
WHERE t.status = 'active';
GRANT SELECT ON public_versions TO studio_renderer;

-- True where there was such a check.
CREATE FUNCTION identity_verification_remove(verification uuid) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM studio_require_operator();
    DELETE FROM identity_verifications v WHERE v.id = verification;
    RETURN FOUND;
END
$$;
GRANT EXECUTE ON FUNCTION identity_verification_remove(uuid) TO studio_operator;

GRANT SELECT, INSERT (tenant_id, document_kind, adult_confirmed) ON identity_verifications TO studio_operator;
CREATE POLICY identity_verifications_of_operators ON identity_verifications TO studio_operator
    USING ((SELECT role FROM studio_account()) = 'operator');

GRANT SELECT, INSERT (tenant_id, photo_url) ON photo_releases TO studio_operator;
GRANT SELECT ON photo_releases TO studio_companion;
CREATE POLICY photo_releases_of_operators ON photo_releases TO studio_operator
    USING ((SELECT role FROM studio_account()) = 'operator');
CREATE POLICY photo_releases_read ON photo_releases FOR SELECT TO studio_companion
    USING (tenant_id = (SELECT a.tenant_id FROM studio_account() a));

GRANT SELECT (id, tenant_id, expires_at, created_by, created_at), INSERT (tenant_id, token_hash, expires_at)
    ON share_links TO studio_operator, studio_companion;
CREATE POLICY share_links_of_operators ON share_links TO studio_operator
    USING ((SELECT role FROM studio_account()) = 'operator');
CREATE POLICY share_links_of_companion ON share_links TO studio_companion
    USING (tenant_id = (SELECT a.tenant_id FROM studio_account() a WHERE a.may_edit));

CREATE TRIGGER tenants_2_publish BEFORE INSERT OR UPDATE ON tenants
    FOR EACH ROW EXECUTE FUNCTION tenants_publish();
CREATE TRIGGER tenants_3_go_live_gate BEFORE INSERT OR UPDATE ON tenants
    FOR EACH ROW EXECUTE FUNCTION tenants_go_live_gate();

CREATE TRIGGER identity_verifications_kept AFTER UPDATE OR DELETE ON identity_verifications
    FOR EACH ROW EXECUTE FUNCTION go_live_evidence_kept();

CREATE TRIGGER photo_releases_own_folder BEFORE INSERT OR UPDATE OF photo_url, tenant_id ON photo_releases
    FOR EACH ROW EXECUTE FUNCTION photo_releases_of_own_folder();
CREATE TRIGGER photo_releases_changed AFTER INSERT OR UPDATE OR DELETE ON photo_releases
    FOR EACH ROW EXECUTE FUNCTION photo_releases_changed();
