-- The upkeep of the figures, part 4.

CREATE FUNCTION analytics_apply_combinations(taken rollup_combinations[], added rollup_combinations[],
                                                        taken_sums rollup_combined[], added_sums rollup_combined[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET enable_memoize = off SET jit = off
    SET work_mem = '32MB' AS $$
BEGIN
    INSERT INTO rollup_combinations AS r
    SELECT tenant_id, combination, source, medium, campaign, device, browser, country, variants, sum(sign * visits),
           sum(sign * bookings)
    FROM (SELECT -1 AS sign, t.* FROM unnest(taken) t UNION ALL SELECT 1, a.* FROM unnest(added) a) c
    GROUP BY 1, 2, 3, 4, 5, 6, 7, 8, 9 HAVING sum(sign * visits) <> 0 OR sum(sign * bookings) <> 0 ORDER BY 1, 2
    ON CONFLICT (tenant_id, combination) DO UPDATE
        SET visits = r.visits + excluded.visits, bookings = r.bookings + excluded.bookings;
    DELETE FROM rollup_combinations r USING unnest(taken) t
    WHERE (r.tenant_id, r.combination) = (t.tenant_id, t.combination) AND r.visits = 0 AND r.bookings = 0;

    -- Who is not of a row any more; who is new to one comes with the rest, below.
    UPDATE rollup_combined r SET people = analytics_people_without(r.people, g.gone)
    FROM (SELECT tenant_id, combination, whole_month, day, pages, string_agg(person, '') AS gone
          FROM analytics_people_changes(taken_sums, added_sums) CROSS JOIN LATERAL generate_series(1, -number)
          WHERE number < 0 GROUP BY 1, 2, 3, 4, 5) g
    WHERE (r.tenant_id, r.combination, r.whole_month, r.day, r.pages)
        = (g.tenant_id, g.combination, g.whole_month, g.day, g.pages);

    WITH changed AS MATERIALIZED (
        SELECT -1 AS sign, t.* FROM unnest(taken_sums) t UNION ALL SELECT 1, a.* FROM unnest(added_sums) a
    ), entries AS (
        SELECT c.tenant_id, c.combination, each.whole_month, each.day, each.pages, e.kind,
               e.key * 4294967296 + sum(c.sign * (e.entry - e.key * 4294967296)::integer) AS entry
        FROM changed c
            CROSS JOIN LATERAL (
                SELECT packed.kind, packed.entry, (packed.entry + 2147483648) >> 32
                FROM (SELECT 'v'::"char", unnest(c.views) UNION ALL SELECT 'h', unnest(c.hours)
                      UNION ALL SELECT 'w', unnest(c.ways)) AS packed (kind, entry)) AS e (kind, entry, key)
            CROSS JOIN LATERAL analytics_rows_of(c.day, c.pages) AS each
        WHERE each.pages > 0 OR e.kind <> 'v'
        GROUP BY 1, 2, 3, 4, 5, 6, e.key HAVING sum(c.sign * (e.entry - e.key * 4294967296)::integer) <> 0
    )
    INSERT INTO rollup_combined AS r
    SELECT tenant_id, combination, whole_month, day, sum(visits), sum(known), sum(page_views), sum(seconds), sum(timed),
           sum(engaged), sum(bounced), sum(bookings), sum(value_minor), sum(step0), sum(step1), sum(step2), sum(step3),
           sum(step4), pages, array_agg(entry ORDER BY entry) FILTER (WHERE kind = 'v'),
           array_agg(entry ORDER BY entry) FILTER (WHERE kind = 'h'), array_agg(entry ORDER BY entry) FILTER (WHERE kind = 'w'),
           string_agg(person, '')
    FROM (SELECT c.tenant_id, c.combination, each.whole_month, each.day, each.pages, sum(sign * visits) AS visits,
                 sum(sign * known) AS known, sum(sign * page_views) AS page_views, sum(sign * seconds) AS seconds,
                 sum(sign * timed) AS timed, sum(sign * engaged) AS engaged, sum(sign * bounced) AS bounced,
                 sum(sign * bookings) AS bookings, sum(sign * value_minor) AS value_minor, sum(sign * step0) AS step0,
                 sum(sign * step1) AS step1, sum(sign * step2) AS step2, sum(sign * step3) AS step3,
                 sum(sign * step4) AS step4, NULL::"char" AS kind, NULL::bigint AS entry, NULL::bytea AS person
          FROM changed c CROSS JOIN LATERAL analytics_rows_of(c.day, c.pages) AS each
          GROUP BY 1, 2, 3, 4, 5
          HAVING (sum(sign * visits), sum(sign * known), sum(sign * page_views), sum(sign * seconds), sum(sign * timed),
                  sum(sign * engaged), sum(sign * bounced), sum(sign * bookings), sum(sign * value_minor), sum(sign * step0),
                  sum(sign * step1), sum(sign * step2), sum(sign * step3), sum(sign * step4))
              <> (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
          UNION ALL
          SELECT tenant_id, combination, whole_month, day, pages, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, kind, entry, NULL
          FROM entries
          UNION ALL
          SELECT tenant_id, combination, whole_month, day, pages, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, NULL, NULL, person
          FROM analytics_people_changes(taken_sums, added_sums) CROSS JOIN LATERAL generate_series(1, number)) c
    GROUP BY tenant_id, combination, whole_month, day, pages ORDER BY tenant_id, combination, whole_month, day, pages
    ON CONFLICT (tenant_id, combination, whole_month, day, pages) DO UPDATE SET
        visits = r.visits + excluded.visits, known = r.known + excluded.known,
        page_views = r.page_views + excluded.page_views, seconds = r.seconds + excluded.seconds,
        timed = r.timed + excluded.timed, engaged = r.engaged + excluded.engaged, bounced = r.bounced + excluded.bounced,
        bookings = r.bookings + excluded.bookings, value_minor = r.value_minor + excluded.value_minor,
        step0 = r.step0 + excluded.step0, step1 = r.step1 + excluded.step1, step2 = r.step2 + excluded.step2,
        step3 = r.step3 + excluded.step3, step4 = r.step4 + excluded.step4,
        views = CASE WHEN excluded.views IS NULL THEN r.views ELSE analytics_added(r.views, excluded.views) END,
        hours = CASE WHEN excluded.hours IS NULL THEN r.hours ELSE analytics_added(r.hours, excluded.hours) END,
        ways = CASE WHEN excluded.ways IS NULL THEN r.ways ELSE analytics_added(r.ways, excluded.ways) END,
        people = CASE WHEN excluded.people IS NULL THEN r.people ELSE coalesce(r.people, '') || excluded.people END;
    DELETE FROM rollup_combined r
    USING (SELECT DISTINCT t.tenant_id, t.combination, each.whole_month, each.day, each.pages
           FROM unnest(taken_sums) t CROSS JOIN LATERAL analytics_rows_of(t.day, t.pages) AS each) c
    WHERE (r.tenant_id, r.combination, r.whole_month, r.day, r.pages)
            = (c.tenant_id, c.combination, c.whole_month, c.day, c.pages)
        AND r.visits = 0 AND r.bookings = 0;
END
$$;
