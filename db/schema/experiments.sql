-- Experiments: their rules, and those that weights of hero photos create.

-- What is wrong with the variants of a test, as a sentence; null for nothing.
CREATE FUNCTION studio_variants_problem(arms jsonb) RETURNS text
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    arm jsonb;
    total numeric := 0;
    seen text[] := '{}';
BEGIN
    IF jsonb_typeof(arms) <> 'array' OR jsonb_array_length(arms) NOT BETWEEN 1 AND 21 THEN
        RETURN 'A test needs 1 to 21 variants.';
    END IF;
    FOR arm IN SELECT value FROM jsonb_array_elements(arms) LOOP
        IF jsonb_typeof(arm -> 'id') IS DISTINCT FROM 'string' OR arm ->> 'id' = '' OR char_length(arm ->> 'id') > 50
           OR arm ->> 'id' = ANY (seen) THEN
            RETURN 'Every variant needs a unique id of 1 to 50 characters.';
        END IF;
        seen := seen || (arm ->> 'id');
        IF jsonb_typeof(arm -> 'weight') IS DISTINCT FROM 'number' OR (arm ->> 'weight')::numeric <= 0 THEN
            RETURN 'Every variant needs a weight above 0.';
        END IF;
        total := total + (arm ->> 'weight')::numeric;
        IF arm ? 'config' AND jsonb_typeof(arm -> 'config') <> 'object' THEN
            RETURN 'The config of a variant must be an object.';
        END IF;
    END LOOP;
    IF abs(total - 1) > 0.005 THEN -- 0.333 three times is meant as a third each; shares are relative to the sum
        RETURN format('The weights of the variants add up to %s: they must add up to 1.', total);
    END IF;
    RETURN NULL;
END
$$;

-- The variants of a photos document: the control, whose weight is what the others leave, and the others. Null if there are
-- none. Each holds its photo's address, so that another photo begins another phase.
CREATE FUNCTION studio_photo_variants(photos jsonb) RETURNS jsonb
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

-- Creates, changes or completes the test that is described by newly published weights of hero photos. While a person's own
-- test of the hero photo runs or is paused, there is none; when it ends, none begins before other weights are published.
CREATE FUNCTION studio_follow_photos(tenant uuid, photos jsonb) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    arms jsonb := studio_photo_variants(photos);
BEGIN
    IF arms IS NULL OR EXISTS (SELECT FROM ab_tests WHERE tenant_id = tenant AND element_type = 'hero_photo'
                               AND status IN ('active', 'paused') AND origin = 'manual') THEN
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
    IF studio_photo_variants(NEW.photos_config) IS DISTINCT FROM studio_photo_variants(OLD.photos_config) THEN
        PERFORM studio_follow_photos(NEW.id, NEW.photos_config);
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
    other text;
BEGIN
    IF TG_OP = 'UPDATE' THEN
        IF (NEW.id, NEW.tenant_id, NEW.element_type, NEW.origin)
                IS DISTINCT FROM (OLD.id, OLD.tenant_id, OLD.element_type, OLD.origin) THEN
            RAISE EXCEPTION 'The companion and element of a test cannot change.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'ab_tests_identity';
        END IF;
        IF NEW.status <> before AND NOT (before, NEW.status::text) IN (
            ('draft', 'active'), ('draft', 'completed'), ('active', 'paused'), ('active', 'completed'),
            ('paused', 'active'), ('paused', 'completed')) THEN
            RAISE EXCEPTION 'A test that is % cannot become %.', before, NEW.status
                USING ERRCODE = 'check_violation', CONSTRAINT = 'ab_tests_status_change';
        END IF;
        NEW.version := OLD.version + 1;
        NEW.phase := OLD.phase;
        NEW.started_at := OLD.started_at;
        NEW.ended_at := OLD.ended_at;
        IF (NEW.variants, NEW.traffic_share) IS DISTINCT FROM (OLD.variants, OLD.traffic_share) THEN
            IF before = 'completed' THEN
                RAISE EXCEPTION 'The variants of an ended test cannot change.'
                    USING ERRCODE = 'check_violation', CONSTRAINT = 'ab_tests_status_change';
            END IF;
            IF OLD.started_at IS NOT NULL THEN
                NEW.phase := OLD.phase + 1;
            END IF;
        END IF;
        IF OLD.winner_variant_id IS NOT NULL AND NEW.winner_variant_id IS DISTINCT FROM OLD.winner_variant_id THEN
            RAISE EXCEPTION 'The winner of a test can be declared only once.'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'ab_tests_winner';
        END IF;
    ELSE
        NEW.version := 1;
        NEW.phase := 1;
        NEW.ended_at := NULL;
        NEW.started_at := NULL;
    END IF;
    IF NEW.winner_variant_id IS NOT NULL AND (NEW.status <> 'completed'
            OR NOT NEW.variants @> jsonb_build_array(jsonb_build_object('id', NEW.winner_variant_id))) THEN
        RAISE EXCEPTION 'The winner of a test must be one of its variants, and the test must have ended.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ab_tests_winner';
    END IF;
    NEW.definition_hash := md5(NEW.variants::text || ' ' || NEW.traffic_share::text);
    IF NEW.status IN ('active', 'paused') THEN
        NEW.started_at := coalesce(NEW.started_at, clock_timestamp());
        problem := studio_variants_problem(NEW.variants);
        IF problem IS NOT NULL THEN
            RAISE EXCEPTION 'The test "%" cannot run. %', NEW.name, problem
                USING ERRCODE = 'check_violation', CONSTRAINT = 'ab_tests_variants';
        END IF;
    END IF;
    IF NEW.status = 'completed' AND before <> 'completed' THEN
        NEW.ended_at := clock_timestamp();
    END IF;
    IF NEW.status = 'active' THEN
        PERFORM FROM tenants WHERE id = NEW.tenant_id FOR NO KEY UPDATE; -- in case two are started at once
        SELECT name INTO other FROM ab_tests WHERE tenant_id = NEW.tenant_id AND element_type = NEW.element_type
            AND status IN ('active', 'paused') AND id <> NEW.id LIMIT 1;
        IF FOUND THEN
            RAISE EXCEPTION 'The test "%" uses the same element: end it first.', other
                USING ERRCODE = 'unique_violation', CONSTRAINT = 'ab_tests_one_of_element';
        END IF;
        SELECT round(exp(sum(ln(jsonb_array_length(variants))))) * jsonb_array_length(NEW.variants) INTO combinations
        FROM ab_tests WHERE tenant_id = NEW.tenant_id AND status = 'active' AND id <> NEW.id;
        IF combinations > 64 THEN
            RAISE EXCEPTION 'The running tests of this companion would make % different pages; at most 64 are allowed. Stop one first, or use fewer variants.',
                combinations USING ERRCODE = 'check_violation', CONSTRAINT = 'ab_tests_combinations';
        END IF;
    END IF;
    RETURN NEW;
END
$$;

-- Writes the phase's row and tells the public service.
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
    IF TG_OP = 'INSERT' AND NEW.status = 'active'
            OR TG_OP = 'UPDATE' AND 'active' IN (OLD.status, NEW.status)
                AND (NEW.status, NEW.variants, NEW.traffic_share, NEW.phase)
                    IS DISTINCT FROM (OLD.status, OLD.variants, OLD.traffic_share, OLD.phase) THEN
        PERFORM tenant_changed(NEW.tenant_id);
    END IF;
    RETURN NULL;
END
$$;

-- Keeps the figures on which a winner was declared unchanged.
CREATE FUNCTION ab_tests_keep_decision() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF OLD.winner_variant_id IS NOT NULL AND (NEW.decision IS DISTINCT FROM OLD.decision
            OR OLD.reverted_at IS NOT NULL AND NEW.reverted_at IS DISTINCT FROM OLD.reverted_at) THEN
        RAISE EXCEPTION 'The evidence for a declared winner and a reverted winner cannot be changed.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ab_tests_winner';
    END IF;
    RETURN NEW;
END
$$;


GRANT SELECT, INSERT, UPDATE (name, description, variants, traffic_share, planned_visitors, auto_winner, status,
    winner_variant_id, decision, reverted_at) ON ab_tests TO studio_operator;
GRANT SELECT ON ab_tests TO studio_companion;
GRANT SELECT (id, tenant_id, name, element_type, variants, status, started_at) ON ab_tests TO studio_renderer;
CREATE POLICY ab_tests_read ON ab_tests FOR SELECT TO studio_operator, studio_companion
    USING ((SELECT role FROM studio_account()) = 'operator'
           OR tenant_id = (SELECT a.tenant_id FROM studio_account() a));
CREATE POLICY ab_tests_add ON ab_tests FOR INSERT TO studio_operator
    WITH CHECK ((SELECT role FROM studio_account()) = 'operator');
CREATE POLICY ab_tests_change ON ab_tests FOR UPDATE TO studio_operator
    USING ((SELECT role FROM studio_account()) = 'operator');
CREATE POLICY ab_tests_running ON ab_tests FOR SELECT TO studio_renderer
    USING (status = 'active' AND studio_is_public(tenant_id));

GRANT SELECT ON ab_assignments TO studio_operator, studio_companion;
GRANT INSERT ON ab_assignments TO studio_renderer;
CREATE POLICY ab_assignments_read ON ab_assignments FOR SELECT TO studio_operator, studio_companion
    USING ((SELECT role FROM studio_account()) = 'operator'
           OR tenant_id = (SELECT a.tenant_id FROM studio_account() a));
CREATE POLICY ab_assignments_add ON ab_assignments FOR INSERT TO studio_renderer WITH CHECK (true); -- foreign keys check the row

GRANT SELECT ON ab_test_phases TO studio_operator, studio_companion;
CREATE POLICY ab_test_phases_read ON ab_test_phases FOR SELECT TO studio_operator, studio_companion
    USING ((SELECT role FROM studio_account()) = 'operator'
           OR tenant_id = (SELECT a.tenant_id FROM studio_account() a));

CREATE TRIGGER tenants_follow_photos AFTER UPDATE OF published_revision ON tenants
    FOR EACH ROW WHEN (NEW.published_revision IS DISTINCT FROM OLD.published_revision)
    EXECUTE FUNCTION tenants_follow_photos();

CREATE TRIGGER ab_tests_check BEFORE INSERT OR UPDATE ON ab_tests
    FOR EACH ROW EXECUTE FUNCTION ab_tests_check();
CREATE TRIGGER ab_tests_follow AFTER INSERT OR UPDATE ON ab_tests
    FOR EACH ROW EXECUTE FUNCTION ab_tests_follow();
CREATE TRIGGER ab_tests_keep_decision BEFORE UPDATE ON ab_tests
    FOR EACH ROW EXECUTE FUNCTION ab_tests_keep_decision();
