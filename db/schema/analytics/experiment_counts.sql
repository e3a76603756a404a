-- Visitors of an experiment's phase, counted for the first variant that they were shown, on the day of that visit; and those
-- of them who booked afterwards, on the day of the booking. Days are those of the tenant's clock.
CREATE FUNCTION experiment_counts(experiment uuid, wanted_phase integer)
RETURNS TABLE (day date, variant_id text, visitors bigint, conversions bigint)
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp SET jit = off SET work_mem = '64MB' AS $$
    WITH happened AS (
        SELECT coalesce(s.visitor_id, s.id) AS visitor, a.assigned_at AS at, a.variant_id
        FROM ab_assignments a JOIN sessions s ON s.id = a.session_id AND s.bot_class IS NULL
        WHERE a.test_id = experiment AND a.phase = wanted_phase
        UNION ALL
        SELECT coalesce(s.visitor_id, s.id), b.created_at, NULL
        FROM bookings b
            CROSS JOIN LATERAL (VALUES (b.session_id), (b.source_visit_id)) AS v (id) JOIN sessions s ON s.id = v.id
        WHERE b.tenant_id = (SELECT t.tenant_id FROM ab_tests t WHERE t.id = experiment)
            AND b.status NOT IN ('cancelled', 'spam')),
    each_visitor AS (
        SELECT (array_agg(variant_id ORDER BY at, variant_id) FILTER (WHERE variant_id IS NOT NULL))[1] AS variant_id,
               min(at) FILTER (WHERE variant_id IS NOT NULL) AS shown_at,
               array_agg(at) FILTER (WHERE variant_id IS NULL) AS booked_at
        FROM happened GROUP BY visitor)
    SELECT (c.at AT TIME ZONE h.zone)::date, v.variant_id, sum(c.visitors), sum(c.conversions)
    FROM each_visitor v
        CROSS JOIN LATERAL (VALUES (v.shown_at, 1, 0),
            ((SELECT min(at) FROM unnest(v.booked_at) AS at WHERE at >= v.shown_at), 0, 1)) AS c (at, visitors, conversions)
        JOIN (SELECT zone, since, lead(since, 1, 'infinity') OVER (ORDER BY since) AS until FROM tenant_settings_history
              WHERE tenant_id = (SELECT t.tenant_id FROM ab_tests t WHERE t.id = experiment)) h
            ON c.at >= h.since AND c.at < h.until
    WHERE v.shown_at IS NOT NULL
    GROUP BY 1, 2
$$;
