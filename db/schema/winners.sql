-- Winners that are declared automatically: what is applied to the documents, and who may do it.

-- The documents as the variant's visitors see them: the same as models::apply_variant() (tests/db/experiments/experiment_winners_test.cpp).
CREATE FUNCTION studio_apply_variant(element text, config jsonb, INOUT theme json, INOUT content json, INOUT photos json)
LANGUAGE plpgsql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    hero json := photos -> 'hero';
    variant jsonb;
BEGIN
    CASE element
    WHEN 'layout' THEN
        IF config ->> 'layout' IN ('elegant', 'modern', 'minimal') THEN
            theme := studio_json_put(theme, 'layout', to_json(config ->> 'layout'));
        END IF;
    WHEN 'cta' THEN
        IF jsonb_typeof(config -> 'label') = 'string' THEN
            content := studio_json_put(content, 'cta',
                                       studio_json_put(content -> 'cta', 'label', to_json(config ->> 'label')));
        END IF;
    WHEN 'gallery_order' THEN
        IF jsonb_typeof(config -> 'order') = 'array' AND json_typeof(photos -> 'gallery') = 'array' THEN
            photos := studio_json_put(photos, 'gallery', (
                SELECT coalesce(json_agg(photo ORDER BY wanted, place), '[]') FROM (
                    SELECT value AS photo, ordinality AS place,
                           (SELECT min(o.place) FROM jsonb_array_elements_text(config -> 'order') WITH ORDINALITY AS o (id, place)
                            WHERE json_typeof(value) = 'object' AND o.id = value ->> 'id') AS wanted
                    FROM json_array_elements(photos -> 'gallery') WITH ORDINALITY) gallery));
        END IF;
    WHEN 'hero_photo' THEN
        IF coalesce(config #>> '{photo,url}', '') <> '' THEN
            hero := studio_json_put(hero, 'control', (config -> 'photo')::json);
        ELSIF json_typeof(hero -> 'variants') = 'array' THEN
            SELECT value INTO variant FROM jsonb_array_elements((hero -> 'variants')::jsonb)
            WHERE value ->> 'id' = config ->> 'variant' LIMIT 1;
            IF variant IS NOT NULL THEN
                hero := studio_json_put(hero, 'control', (CASE jsonb_typeof(variant -> 'url')
                    WHEN 'object' THEN variant -> 'url' ELSE variant - 'id' - 'weight' END)::json);
            END IF;
        END IF;
        IF json_typeof(hero) = 'object' THEN
            photos := studio_json_put(photos, 'hero', studio_json_put(hero, 'variants', '[]'));
        END IF;
    ELSE
        NULL;
    END CASE;
END
$$;

-- The object with one member set; the other members and their order stay.
CREATE FUNCTION studio_json_put(document json, member text, content json) RETURNS json
LANGUAGE sql IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT json_object_agg(key, value ORDER BY place) FROM (
        SELECT each.key, CASE WHEN each.key = member THEN content ELSE each.value END AS value, each.place
        FROM json_each(CASE json_typeof(document) WHEN 'object' THEN document ELSE '{}' END)
            WITH ORDINALITY AS each (key, value, place)
        UNION ALL
        SELECT member, content, 1e9
        WHERE json_typeof(document) IS DISTINCT FROM 'object'
            OR NOT EXISTS (SELECT FROM json_object_keys(CASE json_typeof(document) WHEN 'object' THEN document ELSE '{}' END)
                               AS key WHERE key = member)) members
$$;

-- Publishes a variant of a running test that asked for it, and ends the test. Returns the number of the published revision,
-- or null if the test has changed since it was evaluated. Only a variant that an operator stored can become public, and not
-- before a week has passed and the test has the minimum numbers of visitors and bookings.
CREATE FUNCTION winner_declare(test uuid, expected_version integer, arm text, figures jsonb) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    running ab_tests;
    live revisions;
    draft revisions;
    applied record;
    latest integer;
    chosen jsonb;
    remark text;
BEGIN
    PERFORM studio_require_analyst();
    PERFORM FROM tenants t JOIN ab_tests a ON a.tenant_id = t.id WHERE a.id = test FOR NO KEY UPDATE OF t;
    SELECT * INTO running FROM ab_tests WHERE id = test FOR UPDATE;
    SELECT value INTO chosen FROM jsonb_array_elements(running.variants) WHERE value ->> 'id' = arm;
    IF running.status IS DISTINCT FROM 'active' OR NOT running.auto_winner OR running.version <> expected_version OR chosen IS NULL
    THEN
        RETURN NULL;
    END IF;
    IF EXISTS (SELECT FROM ab_test_phases p WHERE p.test_id = test AND p.number = running.phase
                   AND studio_local_day(running.tenant_id, p.started_at) -- the first day is no whole day, and neither is today
                       >= studio_local_day(running.tenant_id, now()) - 7)
       OR EXISTS (SELECT FROM jsonb_array_elements(running.variants) one LEFT JOIN (
                      SELECT c.variant_id, sum(c.visitors) AS visitors, sum(c.conversions) AS conversions
                      FROM experiment_counts(test, running.phase) c GROUP BY c.variant_id) r ON r.variant_id = one ->> 'id'
                  WHERE (r.visitors >= 100 AND r.conversions >= 10) IS NOT TRUE) THEN
        RAISE EXCEPTION 'The test "%" has not run long enough for a winner.', running.name
            USING ERRCODE = 'check_violation', CONSTRAINT = 'ab_tests_winner';
    END IF;
    SELECT r.* INTO live FROM revisions r JOIN tenants t ON t.id = r.tenant_id AND t.published_revision = r.number
    WHERE r.tenant_id = running.tenant_id;
    SELECT max(number) INTO latest FROM revisions WHERE tenant_id = running.tenant_id;
    remark := format('Winner of "%s", declared automatically: %s', running.name,
                     coalesce(nullif(chosen ->> 'name', ''), arm));
    SELECT * INTO applied FROM studio_apply_variant(running.element_type, coalesce(chosen -> 'config', '{}'), live.theme_config,
                                                live.content_config, live.photos_config);
    INSERT INTO revisions (tenant_id, number, base_number, theme_config, content_config, photos_config, note)
    VALUES (running.tenant_id, latest + 1, latest, applied.theme, applied.content, applied.photos, left(remark, 500));
    IF latest <> live.number THEN
        SELECT * INTO draft FROM revisions WHERE tenant_id = running.tenant_id AND number = latest;
        SELECT * INTO applied FROM studio_apply_variant(running.element_type, coalesce(chosen -> 'config', '{}'),
                                                    draft.theme_config, draft.content_config, draft.photos_config);
        INSERT INTO revisions (tenant_id, number, base_number, theme_config, content_config, photos_config, note)
        VALUES (running.tenant_id, latest + 2, latest + 1, applied.theme, applied.content, applied.photos,
                left(remark || ', in the unpublished draft', 500));
    END IF;
    UPDATE tenants SET published_revision = latest + 1 WHERE id = running.tenant_id;
    UPDATE ab_tests SET status = 'completed', winner_variant_id = arm, decision = jsonb_strip_nulls(jsonb_build_object(
        'by', 'job winners', 'revisionBefore', live.number, 'revision', latest + 1,
        'draftBefore', CASE WHEN latest <> live.number THEN latest END,
        'draft', CASE WHEN latest <> live.number THEN latest + 2 END, 'figures', figures))
    WHERE id = test;
    RETURN latest + 1;
END
$$;
GRANT EXECUTE ON FUNCTION winner_declare(uuid, integer, text, jsonb) TO studio_operator, studio_renderer;

-- The running tests with an automatic winner, with their current phase's counts by day:
-- [[day, variant, visitors, conversions], …]. Days are counted since 1970, by the tenant's clock.
CREATE FUNCTION winners_to_decide()
RETURNS TABLE (test_id uuid, tenant_id uuid, name text, element_type text, variants jsonb, traffic_share numeric,
               phase integer, version integer, planned_visitors integer, first_day integer, today integer, counts jsonb)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
#variable_conflict use_column
BEGIN
    PERFORM studio_require_analyst();
    RETURN QUERY
    SELECT a.id, a.tenant_id, a.name::text, a.element_type::text, a.variants, a.traffic_share, a.phase, a.version, a.planned_visitors,
           studio_local_day(a.tenant_id, p.started_at) - '1970-01-01'::date,
           studio_local_day(a.tenant_id, now()) - '1970-01-01'::date,
           (SELECT jsonb_agg(jsonb_build_array(r.day - '1970-01-01'::date, r.variant_id, r.visitors, r.conversions)
                             ORDER BY r.day)
            FROM experiment_counts(a.id, a.phase) r)
    FROM ab_tests a
        JOIN ab_test_phases p ON p.test_id = a.id AND p.number = a.phase
        JOIN tenants t ON t.id = a.tenant_id AND t.status = 'active'
    WHERE a.status = 'active' AND a.auto_winner
    ORDER BY a.started_at, a.id;
END
$$;
GRANT EXECUTE ON FUNCTION winners_to_decide() TO studio_operator, studio_renderer;
