-- The upkeep of the figures, part 3.

-- Adds `added` to the sums and takes `taken` off. Rows that nothing is left in go.
CREATE FUNCTION analytics_apply_sums(taken rollup_hours[], added rollup_hours[], returns analytics_return[],
                                     parts analytics_part[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET enable_memoize = off SET jit = off
    SET work_mem = '32MB' AS $$
DECLARE
    changes rollup_hours[];
BEGIN
    SELECT array_agg(ROW(c.*)::rollup_hours) INTO changes FROM (
        SELECT tenant_id, dimension, value, day, hour, local_hour, sum(sign * visits)::integer AS visits,
               sum(sign * visitors)::integer AS visitors, sum(sign * page_views)::integer AS page_views,
               sum(sign * seconds)::bigint AS seconds, sum(sign * timed)::integer AS timed,
               sum(sign * engaged)::integer AS engaged, sum(sign * bounced)::integer AS bounced,
               sum(sign * bookings)::integer AS bookings, sum(sign * value_minor)::bigint AS value_minor,
               sum(sign * step0)::integer AS step0, sum(sign * step1)::integer AS step1,
               sum(sign * step2)::integer AS step2, sum(sign * step3)::integer AS step3,
               sum(sign * step4)::integer AS step4
        FROM (SELECT -1 AS sign, t.* FROM unnest(taken) t UNION ALL SELECT 1, a.* FROM unnest(added) a) both_sides
        GROUP BY tenant_id, dimension, value, day, hour, local_hour) c
    WHERE (c.visits, c.visitors, c.page_views, c.seconds, c.timed, c.engaged, c.bounced, c.bookings, c.value_minor,
           c.step0, c.step1, c.step2, c.step3, c.step4) <> (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    INSERT INTO rollup_hours AS r
    SELECT * FROM unnest(changes) WHERE dimension = 0 ORDER BY tenant_id, day, hour
    ON CONFLICT (tenant_id, dimension, value, day, hour) DO UPDATE SET
        visits = r.visits + excluded.visits, visitors = r.visitors + excluded.visitors,
        page_views = r.page_views + excluded.page_views, seconds = r.seconds + excluded.seconds,
        timed = r.timed + excluded.timed, engaged = r.engaged + excluded.engaged, bounced = r.bounced + excluded.bounced,
        bookings = r.bookings + excluded.bookings, value_minor = r.value_minor + excluded.value_minor,
        step0 = r.step0 + excluded.step0, step1 = r.step1 + excluded.step1, step2 = r.step2 + excluded.step2,
        step3 = r.step3 + excluded.step3, step4 = r.step4 + excluded.step4;
    INSERT INTO rollup_days AS r
    SELECT tenant_id, dimension, value, day, sum(visits), sum(visitors), sum(page_views), sum(seconds), sum(timed),
           sum(engaged), sum(bounced), sum(bookings), sum(value_minor), sum(step0), sum(step1), sum(step2), sum(step3),
           sum(step4), sum(new_visitors), NULL, array_agg(entry ORDER BY entry) FILTER (WHERE kind = 'h'),
           array_agg(entry ORDER BY entry) FILTER (WHERE kind = 'w')
    FROM (SELECT tenant_id, dimension, value, day, visits, visits AS visitors, page_views, seconds, timed, engaged, bounced,
                 bookings, value_minor, step0, step1, step2, step3, step4, visits AS new_visitors, NULL::"char" AS kind,
                 NULL::bigint AS entry FROM unnest(changes)
          UNION ALL
          SELECT tenant_id, dimension, value, seen, 0, CASE WHEN before < seen THEN 0 ELSE -visitors END, 0, 0, 0, 0, 0, 0,
                 0, 0, 0, 0, 0, 0, -visitors, NULL, NULL FROM unnest(returns)
          UNION ALL
          SELECT tenant_id, dimension, value, day, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, kind, key * 4294967296 + number
          FROM unnest(parts)) c
    GROUP BY tenant_id, dimension, value, day ORDER BY tenant_id, dimension, value, day
    ON CONFLICT (tenant_id, dimension, value, day) DO UPDATE SET
        visits = r.visits + excluded.visits, visitors = r.visitors + excluded.visitors,
        page_views = r.page_views + excluded.page_views, seconds = r.seconds + excluded.seconds,
        timed = r.timed + excluded.timed, engaged = r.engaged + excluded.engaged, bounced = r.bounced + excluded.bounced,
        bookings = r.bookings + excluded.bookings, value_minor = r.value_minor + excluded.value_minor,
        step0 = r.step0 + excluded.step0, step1 = r.step1 + excluded.step1, step2 = r.step2 + excluded.step2,
        step3 = r.step3 + excluded.step3, step4 = r.step4 + excluded.step4,
        new_visitors = r.new_visitors + excluded.new_visitors,
        hours = CASE WHEN excluded.hours IS NULL THEN r.hours ELSE analytics_added(r.hours, excluded.hours) END,
        ways = CASE WHEN excluded.ways IS NULL THEN r.ways ELSE analytics_added(r.ways, excluded.ways) END;
    INSERT INTO rollup_months AS r
    SELECT tenant_id, dimension, value, month, sum(visits), sum(visitors), sum(page_views), sum(seconds), sum(timed),
           sum(engaged), sum(bounced), sum(bookings), sum(value_minor), sum(step0), sum(step1), sum(step2), sum(step3),
           sum(step4), sum(new_visitors), NULL, array_agg(entry ORDER BY entry) FILTER (WHERE kind = 'h'),
           array_agg(entry ORDER BY entry) FILTER (WHERE kind = 'w')
    FROM (SELECT tenant_id, dimension, value, date_trunc('month', day)::date AS month, visits, visits AS visitors,
                 page_views, seconds, timed, engaged, bounced, bookings, value_minor, step0, step1, step2, step3, step4,
                 visits AS new_visitors, NULL::"char" AS kind, NULL::bigint AS entry FROM unnest(changes)
          UNION ALL
          SELECT tenant_id, dimension, value, date_trunc('month', seen)::date, 0,
                 CASE WHEN before < date_trunc('month', seen) THEN 0 ELSE -visitors END, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                 -visitors, NULL, NULL FROM unnest(returns)
          UNION ALL
          SELECT tenant_id, dimension, value, date_trunc('month', day)::date, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, kind,
                 key * 4294967296 + sum(number)
          FROM unnest(parts) GROUP BY tenant_id, dimension, value, date_trunc('month', day)::date, kind, key
          HAVING sum(number) <> 0) c
    GROUP BY tenant_id, dimension, value, month ORDER BY tenant_id, dimension, value, month
    ON CONFLICT (tenant_id, dimension, value, day) DO UPDATE SET
        visits = r.visits + excluded.visits, visitors = r.visitors + excluded.visitors,
        page_views = r.page_views + excluded.page_views, seconds = r.seconds + excluded.seconds,
        timed = r.timed + excluded.timed, engaged = r.engaged + excluded.engaged, bounced = r.bounced + excluded.bounced,
        bookings = r.bookings + excluded.bookings, value_minor = r.value_minor + excluded.value_minor,
        step0 = r.step0 + excluded.step0, step1 = r.step1 + excluded.step1, step2 = r.step2 + excluded.step2,
        step3 = r.step3 + excluded.step3, step4 = r.step4 + excluded.step4,
        new_visitors = r.new_visitors + excluded.new_visitors,
        hours = CASE WHEN excluded.hours IS NULL THEN r.hours ELSE analytics_added(r.hours, excluded.hours) END,
        ways = CASE WHEN excluded.ways IS NULL THEN r.ways ELSE analytics_added(r.ways, excluded.ways) END;

    DELETE FROM rollup_hours WHERE ctid = ANY (ARRAY(
        SELECT r.place FROM unnest(changes) c CROSS JOIN LATERAL (
            SELECT h.ctid FROM rollup_hours h
            WHERE (h.tenant_id, h.dimension, h.value, h.day, h.hour) = (c.tenant_id, 0, '', c.day, c.hour)
                AND h.visits = 0 AND h.bookings = 0 OFFSET 0) AS r (place)
        WHERE c.dimension = 0 AND c.visits <= 0));
    DELETE FROM rollup_days_of_everything WHERE ctid = ANY (ARRAY(
        SELECT r.place FROM (
            SELECT DISTINCT tenant_id, dimension, value, day FROM unnest(changes)
            WHERE dimension = 0 AND (visits < 0 OR bookings < 0)) c
        CROSS JOIN LATERAL (
            SELECT s.ctid FROM rollup_days_of_everything s
            WHERE (s.tenant_id, s.dimension, s.value, s.day) = (c.tenant_id, c.dimension, c.value, c.day)
                AND s.visits = 0 AND s.bookings = 0 OFFSET 0) AS r (place)));
    DELETE FROM rollup_days_of_values WHERE ctid = ANY (ARRAY(
        SELECT r.place FROM (
            SELECT DISTINCT tenant_id, dimension, value, day FROM unnest(changes)
            WHERE dimension <> 0 AND (visits < 0 OR bookings < 0)) c
        CROSS JOIN LATERAL (
            SELECT s.ctid FROM rollup_days_of_values s
            WHERE (s.tenant_id, s.dimension, s.value, s.day) = (c.tenant_id, c.dimension, c.value, c.day)
                AND s.visits = 0 AND s.bookings = 0 OFFSET 0) AS r (place)));
    DELETE FROM rollup_months_of_everything WHERE ctid = ANY (ARRAY(
        SELECT r.place FROM (
            SELECT DISTINCT tenant_id, dimension, value, date_trunc('month', day)::date AS day FROM unnest(changes)
            WHERE dimension = 0 AND (visits < 0 OR bookings < 0)) c
        CROSS JOIN LATERAL (
            SELECT s.ctid FROM rollup_months_of_everything s
            WHERE (s.tenant_id, s.dimension, s.value, s.day) = (c.tenant_id, c.dimension, c.value, c.day)
                AND s.visits = 0 AND s.bookings = 0 OFFSET 0) AS r (place)));
    DELETE FROM rollup_months_of_values WHERE ctid = ANY (ARRAY(
        SELECT r.place FROM (
            SELECT DISTINCT tenant_id, dimension, value, date_trunc('month', day)::date AS day FROM unnest(changes)
            WHERE dimension <> 0 AND (visits < 0 OR bookings < 0)) c
        CROSS JOIN LATERAL (
            SELECT s.ctid FROM rollup_months_of_values s
            WHERE (s.tenant_id, s.dimension, s.value, s.day) = (c.tenant_id, c.dimension, c.value, c.day)
                AND s.visits = 0 AND s.bookings = 0 OFFSET 0) AS r (place)));
END
$$;

-- After analytics_apply_sums, which makes the rows.
CREATE FUNCTION analytics_apply_returns(returns analytics_return[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET enable_memoize = off SET jit = off
    SET work_mem = '32MB' AS $$
BEGIN
    UPDATE rollup_days r SET returns = analytics_returned(r.returns, c.changes)
    FROM (SELECT tenant_id, dimension, value, seen,
                 array_agg((before - '2000-01-01')::bigint * 4294967296 + visitors) AS changes
          FROM unnest(returns) WHERE before < seen GROUP BY 1, 2, 3, 4) c
    WHERE (r.tenant_id, r.dimension, r.value, r.day) = (c.tenant_id, c.dimension, c.value, c.seen);
    UPDATE rollup_months r SET returns = analytics_returned(r.returns, c.changes)
    FROM (SELECT tenant_id, dimension, value, date_trunc('month', seen)::date AS month,
                 array_agg((before - '2000-01-01')::bigint * 4294967296 + visitors) AS changes
          FROM unnest(returns) WHERE before < date_trunc('month', seen) GROUP BY 1, 2, 3, 4) c
    WHERE (r.tenant_id, r.dimension, r.value, r.day) = (c.tenant_id, c.dimension, c.value, c.month);
END
$$;

-- Days come from the hours, months from the days, and visitors of both from the days on which each was seen before.
CREATE FUNCTION analytics_sum_up(wanted uuid) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_custom_plan SET work_mem = '256MB' SET hash_mem_multiplier = 2 SET enable_memoize = off
SET jit = off
AS $$
BEGIN
    INSERT INTO visit_lists (tenant_id, hash, list)
    SELECT wanted, hash_array_extended(list, 0), list
    FROM (SELECT pages AS list FROM visit_facts WHERE tenant_id = wanted GROUP BY pages
          UNION SELECT path FROM visit_facts WHERE tenant_id = wanted GROUP BY path) lists
    WHERE NOT EXISTS (SELECT FROM visit_lists v WHERE v.tenant_id = wanted AND v.hash = hash_array_extended(list, 0));
    INSERT INTO rollup_hours SELECT * FROM rollup_hours_wanted WHERE tenant_id = wanted ORDER BY hour;
    INSERT INTO rollup_combinations SELECT * FROM rollup_combinations_wanted WHERE tenant_id = wanted;
    PERFORM analytics_sum_days(wanted);
    PERFORM analytics_fill_arms(wanted);
    WITH facts AS (
        INSERT INTO booking_facts
        SELECT b.id, f.session_id, f.tenant_id, f.day, coalesce(b.service_type, '')::text,
               (b.status <> 'cancelled')::integer, (b.status = 'cancelled')::integer,
               CASE WHEN b.status = 'cancelled' THEN 0 ELSE coalesce(b.value_minor, 0) END
        FROM visit_facts f JOIN bookings b ON b.session_id = f.session_id
        WHERE f.tenant_id = wanted AND f.visits = 1 AND b.tenant_id = wanted AND b.status <> 'spam'
        UNION ALL
        SELECT * FROM booking_facts_of(ARRAY(SELECT id FROM bookings WHERE tenant_id = wanted AND session_id IS NULL))
        RETURNING *)
    INSERT INTO rollup_services
    SELECT wanted, day, service, sum(bookings), sum(cancelled), sum(value_minor) FROM facts GROUP BY day, service;
    RETURN (SELECT count(*) FROM visit_facts WHERE tenant_id = wanted);
END
$$;

-- Takes each of `gone` out once.
CREATE FUNCTION analytics_people_without(people bytea, gone bytea) RETURNS bytea
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    person bytea;
    place integer;
    found integer;
BEGIN
    FOR nth IN 0 .. length(gone) / 16 - 1 LOOP
        person := substring(gone FROM nth * 16 + 1 FOR 16);
        place := 1;
        LOOP
            found := position(person IN substring(people FROM place));
            EXIT WHEN coalesce(found, 0) = 0 OR (place + found - 2) % 16 = 0;
            place := place + found; -- the end of one and the beginning of the next
        END LOOP;
        IF found > 0 THEN
            people := overlay(people PLACING '' FROM place + found - 1 FOR 16);
        END IF;
    END LOOP;
    RETURN nullif(people, '');
END
$$;

-- By how many visits of a person each row has more, or less.
CREATE FUNCTION analytics_people_changes(taken rollup_combined[], added rollup_combined[])
RETURNS TABLE (tenant_id uuid, combination bigint, whole_month boolean, day date, pages integer, person bytea, number integer)
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT c.tenant_id, c.combination, each.whole_month, each.day, each.pages, substring(c.people FROM place FOR 16) AS person,
           sum(c.sign)::integer
    FROM (SELECT -1 AS sign, t.* FROM unnest(taken) t WHERE t.people IS NOT NULL
          UNION ALL SELECT 1, a.* FROM unnest(added) a WHERE a.people IS NOT NULL) c
        CROSS JOIN LATERAL generate_series(1, length(c.people), 16) AS place
        CROSS JOIN LATERAL analytics_rows_of(c.day, c.pages) AS each
    GROUP BY 1, 2, 3, 4, 5, 6 HAVING sum(c.sign) <> 0
$$;

-- By day only, and the entries of packed sums one by one; whoever applies them adds them up and makes the months.
CREATE FUNCTION analytics_combined_of(ids uuid[]) RETURNS rollup_combined[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET enable_memoize = off SET jit = off
    SET work_mem = '32MB' AS $$
    SELECT array_agg(ROW(c.*)::rollup_combined) FROM (
        SELECT f.tenant_id, f.combination, false, f.day, sum(f.visits)::integer, (count(*) FILTER (WHERE f.known))::integer,
               sum(f.page_views)::integer, sum(f.seconds)::bigint, (count(*) FILTER (WHERE f.events > 1))::integer,
               sum(f.engaged)::integer, sum(f.bounced)::integer, sum(f.bookings)::integer, sum(f.value_minor)::bigint,
               (count(*) FILTER (WHERE f.stage >= 0))::integer, (count(*) FILTER (WHERE f.stage >= 1))::integer,
               (count(*) FILTER (WHERE f.stage >= 2))::integer, (count(*) FILTER (WHERE f.stage >= 3))::integer,
               (count(*) FILTER (WHERE f.stage >= 4))::integer, l.number,
               analytics_joined((SELECT array_agg(place * 4294967296 + views)
                                 FROM unnest(f.page_counts) WITH ORDINALITY AS v (views, place))),
               array_agg(((extract(isodow FROM f.day)::bigint * 24 - 24 + f.local_hour) * 2) * 4294967296 + f.visits)
                   FILTER (WHERE f.visits > 0)
               || array_agg(((extract(isodow FROM f.day)::bigint * 24 - 24 + f.local_hour) * 2 + 1) * 4294967296 + f.bookings)
                   FILTER (WHERE f.bookings > 0),
               array_agg(w.number * 2 * 4294967296 + 1) FILTER (WHERE f.path <> '{}' AND f.visits > 0)
               || array_agg((w.number * 2 + 1) * 4294967296 + f.bookings)
                   FILTER (WHERE f.path <> '{}' AND f.visits > 0 AND f.bookings > 0),
               string_agg(uuid_send(f.visitor), '') FILTER (WHERE f.known)
        FROM visit_facts f
        JOIN visit_lists l ON l.tenant_id = f.tenant_id AND l.hash = hash_array_extended(f.pages, 0) AND l.list = f.pages
        JOIN visit_lists w ON w.tenant_id = f.tenant_id AND w.hash = hash_array_extended(f.path, 0) AND w.list = f.path
        WHERE f.session_id = ANY (ids) GROUP BY f.tenant_id, f.combination, f.day, l.number) c
$$;
