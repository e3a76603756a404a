-- Experiments: their definition in phases, the test that the photos' weights make, and what the renderer reads of them.

ALTER TABLE ab_tests
    ADD COLUMN description varchar(1000) NOT NULL DEFAULT '',
    ADD COLUMN traffic_share numeric(5, 4) NOT NULL DEFAULT 1
        CONSTRAINT ab_tests_traffic_share_value CHECK (traffic_share > 0 AND traffic_share <= 1),
    ADD COLUMN auto_winner boolean NOT NULL DEFAULT false,
    ADD COLUMN planned_visitors integer CONSTRAINT ab_tests_planned_visitors_value CHECK (planned_visitors > 0),
    ADD COLUMN ended_at timestamptz,
    ADD COLUMN origin varchar(20) NOT NULL DEFAULT 'manual'
        CONSTRAINT ab_tests_origin_value CHECK (origin IN ('manual', 'photos')), -- photos: made by the photos' weights
    ADD COLUMN definition_hash text,
    ALTER COLUMN started_at DROP NOT NULL,
    ALTER COLUMN started_at DROP DEFAULT,
    ADD CONSTRAINT ab_tests_element_value CHECK (element_type IN ('hero_photo', 'gallery_order', 'cta', 'layout'));
CREATE UNIQUE INDEX ab_tests_one_active ON ab_tests (tenant_id, element_type) WHERE status = 'active';

CREATE TABLE ab_test_phases (
    tenant_id uuid NOT NULL,
    test_id uuid NOT NULL,
    number integer NOT NULL CHECK (number > 0),
    variants jsonb NOT NULL,
    traffic_share numeric(5, 4) NOT NULL,
    started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    ended_at timestamptz,
    PRIMARY KEY (test_id, number),
    CONSTRAINT ab_test_phases_test FOREIGN KEY (tenant_id, test_id) REFERENCES ab_tests (tenant_id, id)
        ON DELETE CASCADE
);
ALTER TABLE ab_test_phases ENABLE ROW LEVEL SECURITY;
GRANT SELECT ON ab_test_phases TO studio_operator, studio_companion;
CREATE POLICY ab_test_phases_read ON ab_test_phases FOR SELECT TO studio_operator, studio_companion
    USING ((SELECT role FROM studio_account()) = 'operator'
           OR tenant_id = (SELECT a.tenant_id FROM studio_account() a));

-- What is wrong with the arms of a test, as a sentence; null for nothing.
CREATE FUNCTION studio_arms_problem(arms jsonb) RETURNS text
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    arm jsonb;
    total numeric := 0;
    seen text[] := '{}';
BEGIN
    IF jsonb_typeof(arms) <> 'array' OR jsonb_array_length(arms) NOT BETWEEN 1 AND 21 THEN
        RETURN 'A test has 1 to 21 arms.';
    END IF;
    FOR arm IN SELECT value FROM jsonb_array_elements(arms) LOOP
        IF jsonb_typeof(arm -> 'id') IS DISTINCT FROM 'string' OR arm ->> 'id' = '' OR char_length(arm ->> 'id') > 50
           OR arm ->> 'id' = ANY (seen) THEN
            RETURN 'Every arm needs an id of its own with 1 to 50 characters.';
        END IF;
        seen := seen || (arm ->> 'id');
        IF jsonb_typeof(arm -> 'weight') IS DISTINCT FROM 'number' OR (arm ->> 'weight')::numeric <= 0 THEN
            RETURN 'Every arm needs a weight above 0.';
        END IF;
        total := total + (arm ->> 'weight')::numeric;
        IF arm ? 'config' AND jsonb_typeof(arm -> 'config') <> 'object' THEN
            RETURN 'The config of an arm must be an object.';
        END IF;
    END LOOP;
    IF abs(total - 1) > 0.000001 THEN
        RETURN format('The weights of the arms add up to %s: 1 is right.', total);
    END IF;
    RETURN NULL;
END
$$;

CREATE FUNCTION ab_tests_check() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    before text := CASE WHEN TG_OP = 'UPDATE' THEN OLD.status ELSE 'draft' END;
    problem text;
    combinations numeric;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF (NEW.id, NEW.tenant_id, NEW.element_type, NEW.origin)
                IS DISTINCT FROM (OLD.id, OLD.tenant_id, OLD.element_type, OLD.origin) THEN
            RAISE EXCEPTION 'A test keeps its companion and its element.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'ab_tests_identity';
        END IF;
        IF NEW.status <> before AND NOT (before, NEW.status::text) IN (
            ('draft', 'active'), ('draft', 'completed'), ('active', 'paused'), ('active', 'completed'),
            ('paused', 'active'), ('paused', 'completed')) THEN
            RAISE EXCEPTION 'A test that is % cannot become %.', before, NEW.status
                USING ERRCODE = 'check_violation', CONSTRAINT = 'ab_tests_status_change';
        END IF;
        NEW.phase := OLD.phase;
        NEW.started_at := OLD.started_at;
        NEW.ended_at := OLD.ended_at;
        IF (NEW.variants, NEW.traffic_share) IS DISTINCT FROM (OLD.variants, OLD.traffic_share) THEN
            IF before = 'completed' THEN
                RAISE EXCEPTION 'A test that is over keeps its arms.'
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'ab_tests_status_change';
            END IF;
            IF OLD.started_at IS NOT NULL THEN
                NEW.phase := OLD.phase + 1;
            END IF;
        END IF;
        IF OLD.winner_variant_id IS NOT NULL AND NEW.winner_variant_id IS DISTINCT FROM OLD.winner_variant_id THEN
            RAISE EXCEPTION 'The winner of a test is declared once.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'ab_tests_winner';
        END IF;
    ELSE
        NEW.phase := 1;
        NEW.ended_at := NULL;
        NEW.started_at := NULL;
    END IF;
    IF NEW.winner_variant_id IS NOT NULL AND (NEW.status <> 'completed'
            OR NOT NEW.variants @> jsonb_build_array(jsonb_build_object('id', NEW.winner_variant_id))) THEN
        RAISE EXCEPTION 'The winner of a test is one of its arms, and the test is over.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ab_tests_winner';
    END IF;
    NEW.definition_hash := md5(NEW.variants::text || ' ' || NEW.traffic_share::text);
    IF NEW.status IN ('active', 'paused') THEN
        NEW.started_at := coalesce(NEW.started_at, clock_timestamp());
        problem := studio_arms_problem(NEW.variants);
        IF problem IS NOT NULL THEN
            RAISE EXCEPTION 'The test "%" cannot run. %', NEW.name, problem
                USING ERRCODE = 'check_violation', CONSTRAINT = 'ab_tests_arms';
        END IF;
    END IF;
    IF NEW.status = 'completed' AND before <> 'completed' THEN
        NEW.ended_at := clock_timestamp();
    END IF;
    IF NEW.status = 'active' THEN
        PERFORM FROM tenants WHERE id = NEW.tenant_id FOR NO KEY UPDATE; -- two starts at once
        SELECT round(exp(sum(ln(jsonb_array_length(variants))))) * jsonb_array_length(NEW.variants) INTO combinations
        FROM ab_tests WHERE tenant_id = NEW.tenant_id AND status = 'active' AND id <> NEW.id;
        IF combinations > 64 THEN
            RAISE EXCEPTION 'The running tests of this companion would make % different pages: at most 64 are right. Stop one first, or use fewer arms.',
                combinations USING ERRCODE = 'check_violation', CONSTRAINT = 'ab_tests_combinations';
        END IF;
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER ab_tests_check BEFORE INSERT OR UPDATE ON ab_tests
    FOR EACH ROW EXECUTE FUNCTION ab_tests_check();

-- The phase's row, and word to the public service.
CREATE FUNCTION ab_tests_follow() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.started_at IS NOT NULL
            AND NOT EXISTS (SELECT FROM ab_test_phases WHERE test_id = NEW.id AND number = NEW.phase) THEN
        UPDATE ab_test_phases SET ended_at = clock_timestamp() WHERE test_id = NEW.id AND ended_at IS NULL;
        INSERT INTO ab_test_phases (tenant_id, test_id, number, variants, traffic_share)
        VALUES (NEW.tenant_id, NEW.id, NEW.phase, NEW.variants, NEW.traffic_share);
    END IF;
    IF NEW.status = 'completed' THEN
        UPDATE ab_test_phases SET ended_at = NEW.ended_at WHERE test_id = NEW.id AND ended_at IS NULL;
    END IF;
    IF NEW.status = 'active' OR TG_OP = 'UPDATE' AND OLD.status = 'active' THEN
        PERFORM pg_notify('tenant_changed', NEW.tenant_id::text);
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER ab_tests_follow AFTER INSERT OR UPDATE ON ab_tests
    FOR EACH ROW EXECUTE FUNCTION ab_tests_follow();

-- The arms that a photos document asks for: the control with what the variants leave, and the variants. Null where it
-- has none. The address is kept beside each, so that another photo is another definition.
CREATE FUNCTION studio_photo_arms(photos jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
    WITH variants AS (
        SELECT value ->> 'id' AS id, (value ->> 'weight')::numeric AS weight, place,
               CASE jsonb_typeof(value -> 'url') WHEN 'object' THEN value #>> '{url,url}' ELSE value ->> 'url' END AS url
        FROM jsonb_array_elements(CASE jsonb_typeof(photos #> '{hero,variants}') WHEN 'array'
                                  THEN photos #> '{hero,variants}' ELSE '[]' END) WITH ORDINALITY AS element (value, place)
        WHERE jsonb_typeof(value -> 'weight') = 'number'
            AND coalesce(value ->> 'id', '') <> '' AND (value ->> 'weight')::numeric > 0
    ), control AS (
        SELECT 1 - sum(weight) AS weight FROM variants HAVING count(*) > 0
    )
    SELECT jsonb_agg(arm ORDER BY place) FROM (
        SELECT 0 AS place, jsonb_build_object('id', 'control', 'name', 'Control', 'weight', weight, 'config',
            jsonb_strip_nulls(jsonb_build_object('url', CASE jsonb_typeof(photos #> '{hero,control}')
                WHEN 'object' THEN photos #>> '{hero,control,url}' ELSE photos #>> '{hero,control}' END))) AS arm
        FROM control WHERE weight > 0.000001
        UNION ALL
        SELECT place, jsonb_build_object('id', id, 'name', id, 'weight', weight,
            'config', jsonb_strip_nulls(jsonb_build_object('variant', id, 'url', url)))
        FROM variants
    ) arms
$$;

-- Makes, changes or completes the test that the published photos ask for. A test of the hero photo that somebody made
-- by hand goes first.
CREATE FUNCTION studio_follow_photos(tenant uuid, photos jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    arms jsonb := studio_photo_arms(photos);
BEGIN
    IF arms IS NULL OR EXISTS (SELECT FROM ab_tests WHERE tenant_id = tenant AND element_type = 'hero_photo'
                               AND status = 'active' AND origin = 'manual') THEN
        UPDATE ab_tests SET status = 'completed'
        WHERE tenant_id = tenant AND origin = 'photos' AND status <> 'completed';
        RETURN;
    END IF;
    UPDATE ab_tests SET variants = arms
    WHERE tenant_id = tenant AND origin = 'photos' AND status <> 'completed' AND variants IS DISTINCT FROM arms;
    IF NOT EXISTS (SELECT FROM ab_tests WHERE tenant_id = tenant AND origin = 'photos' AND status <> 'completed') THEN
        INSERT INTO ab_tests (tenant_id, name, element_type, variants, status, origin)
        VALUES (tenant, 'Hero photo', 'hero_photo', arms, 'active', 'photos');
    END IF;
END
$$;

CREATE FUNCTION tenants_follow_photos() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF studio_photo_arms(NEW.photos_config) IS DISTINCT FROM studio_photo_arms(OLD.photos_config) THEN
        PERFORM studio_follow_photos(NEW.id, NEW.photos_config);
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER tenants_follow_photos AFTER UPDATE OF published_revision ON tenants
    FOR EACH ROW WHEN (NEW.published_revision IS DISTINCT FROM OLD.published_revision)
    EXECUTE FUNCTION tenants_follow_photos();

-- A test by hand takes the hero photo from the photos' own test, and gives it back.
CREATE FUNCTION ab_tests_give_way() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM studio_follow_photos(t.id, t.photos_config) FROM tenants t WHERE t.id = NEW.tenant_id;
    RETURN NULL;
END
$$;
CREATE TRIGGER ab_tests_give_way AFTER UPDATE OF status ON ab_tests FOR EACH ROW
    WHEN (NEW.origin = 'manual' AND NEW.element_type = 'hero_photo' AND OLD.status = 'active' AND NEW.status <> 'active')
    EXECUTE FUNCTION ab_tests_give_way();

CREATE FUNCTION ab_tests_make_way() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    UPDATE ab_tests SET status = 'completed' WHERE tenant_id = NEW.tenant_id AND origin = 'photos'
        AND element_type = NEW.element_type AND status <> 'completed' AND id <> NEW.id;
    RETURN NEW;
END
$$;
CREATE TRIGGER ab_tests_2_make_way BEFORE INSERT OR UPDATE OF status ON ab_tests FOR EACH ROW
    WHEN (NEW.origin = 'manual' AND NEW.element_type = 'hero_photo' AND NEW.status = 'active')
    EXECUTE FUNCTION ab_tests_make_way();

SELECT studio_follow_photos(id, photos_config) FROM tenants WHERE published_revision IS NOT NULL;

CREATE FUNCTION tracking_add_exposures(visits uuid[], tenants uuid[], tests uuid[], arms text[], phases integer[],
                                       times bigint[]) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
AS $$
DECLARE
    added integer;
BEGIN
    INSERT INTO ab_assignments (tenant_id, session_id, test_id, variant_id, phase, assigned_at)
    SELECT s.tenant_id, s.id, p.test_id, x.variant_id, p.number, studio_time(x.at)
    FROM unnest(visits, tenants, tests, arms, phases, times) AS x (session_id, tenant_id, test_id, variant_id, phase, at)
        JOIN sessions s ON s.id = x.session_id
        JOIN ab_tests t ON t.id = x.test_id
        JOIN ab_test_phases p ON p.test_id = t.id AND p.number = x.phase
    WHERE (s.tenant_id = x.tenant_id) IS TRUE AND (t.tenant_id = x.tenant_id) IS TRUE AND (t.status = 'active') IS TRUE
        AND p.variants @> jsonb_build_array(jsonb_build_object('id', x.variant_id))
        AND (SELECT o.status = 'active' FROM public.tenants o WHERE o.id = x.tenant_id)
    ORDER BY s.id, p.test_id, p.number, x.at
    ON CONFLICT DO NOTHING;
    GET DIAGNOSTICS added = ROW_COUNT;
    RETURN added;
END
$$;
GRANT EXECUTE ON FUNCTION tracking_add_exposures(uuid[], uuid[], uuid[], text[], integer[], bigint[])
    TO studio_renderer;

-- As before, and the running tests of active tenants with a mark that changes whenever one of them does.
CREATE OR REPLACE VIEW public_tenants WITH (security_barrier) AS
SELECT t.id, t.subdomain, t.status,
       CASE WHEN t.status = 'active' THEN t.name END AS name,
       CASE WHEN t.status = 'active' THEN t.custom_domain END AS custom_domain,
       CASE WHEN t.status = 'active' THEN t.published_revision END AS revision,
       r.theme_config, r.content_config, r.photos_config, x.experiments, x.experiments_version
FROM tenants t
LEFT JOIN revisions r ON r.tenant_id = t.id AND r.number = t.published_revision AND t.status = 'active'
LEFT JOIN LATERAL (
    SELECT json_agg(json_build_object('id', a.id, 'name', a.name, 'element', a.element_type, 'arms', a.variants,
                                      'trafficShare', a.traffic_share, 'phase', a.phase, 'origin', a.origin)
                    ORDER BY a.element_type) AS experiments,
           md5(string_agg(a.id || ' ' || a.phase || ' ' || a.definition_hash, ',' ORDER BY a.element_type))
               AS experiments_version
    FROM ab_tests a WHERE a.tenant_id = t.id AND a.status = 'active') x ON t.status = 'active';
