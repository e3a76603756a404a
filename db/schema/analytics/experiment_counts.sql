-- Visitors of an experiment's phase by the first variant that they were shown, on the day of it, and those of them who booked
-- afterwards, on the day of the booking. Days by the tenant's clock.
CREATE FUNCTION experiment_counts(experiment uuid, wanted_phase integer)
RETURNS TABLE (day date, variant_id text, visitors bigint, conversions bigint)
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp SET jit = off SET work_mem = '64MB' AS $$
    WITH shown AS (
        SELECT DISTINCT ON (visitor) coalesce(s.visitor_id, s.id) AS visitor, a.tenant_id, a.variant_id, a.assigned_at
        FROM ab_assignments a JOIN sessions s ON s.id = a.session_id AND s.bot_class IS NULL
        WHERE a.test_id = experiment AND a.phase = wanted_phase
        ORDER BY visitor, a.assigned_at, a.variant_id),
    booked AS (
        SELECT coalesce(s.visitor_id, s.id) AS visitor, b.created_at
        FROM bookings b
            CROSS JOIN LATERAL (VALUES (b.session_id), (b.source_visit_id)) AS v (id) JOIN sessions s ON s.id = v.id
        WHERE b.tenant_id = (SELECT t.tenant_id FROM ab_tests t WHERE t.id = experiment)
            AND b.status NOT IN ('cancelled', 'spam')),
    counted AS (
        SELECT tenant_id, variant_id, assigned_at AS at, 1 AS visitors, 0 AS conversions FROM shown
        UNION ALL
        SELECT s.tenant_id, s.variant_id, min(b.created_at), 0, 1 FROM shown s
            JOIN booked b ON b.visitor = s.visitor AND b.created_at >= s.assigned_at
        GROUP BY s.visitor, s.tenant_id, s.variant_id)
    SELECT (c.at AT TIME ZONE h.zone)::date, c.variant_id, sum(c.visitors), sum(c.conversions)
    FROM counted c JOIN (
        SELECT tenant_id, zone, since, lead(since, 1, 'infinity') OVER (PARTITION BY tenant_id ORDER BY since) AS until
        FROM tenant_settings_history) h ON h.tenant_id = c.tenant_id AND c.at >= h.since AND c.at < h.until
    GROUP BY 1, 2
$$;
