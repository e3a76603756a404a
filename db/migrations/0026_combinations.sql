-- Filters that combine are read from sums of the combinations that exist; two dimensions at once are kept by day and
-- month, not by hour; visitors who never were there before are no returns; the figures of a whole tenant are made in bulk.

-- Which combination of source, medium, campaign, device, browser, country and variants a visit is of.
CREATE FUNCTION analytics_combination(source text, medium text, campaign text, device text, browser text, country text,
                                      variants text[]) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT hashtextextended(source || E'\n' || medium || E'\n' || campaign || E'\n' || device || E'\n' || browser || E'\n'
                            || country, hash_array_extended(variants, 0))
$$;

-- What an event is in the order of a visit: a letter for the funnel, a step for the journey.
CREATE FUNCTION analytics_code(event_type text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE event_type WHEN 'page_view' THEN 'a' WHEN 'photo_click' THEN 'b' WHEN 'pricing_view' THEN 'c'
        WHEN 'form_start' THEN 'd' WHEN 'form_submit' THEN 'e' WHEN 'email_click' THEN 'x' WHEN 'phone_click' THEN 'x'
        WHEN 'social_click' THEN 'x' ELSE '' END
$$;
CREATE FUNCTION analytics_step(event_type text, page_url text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE event_type WHEN 'page_view' THEN analytics_page(page_url) WHEN 'photo_click' THEN 'photo_engagement'
        WHEN 'form_submit' THEN 'booking_submit' WHEN 'hero_photo_viewed' THEN NULL WHEN 'ab_test_assigned' THEN NULL
        ELSE event_type END
$$;
CREATE FUNCTION analytics_stage(codes text, booked boolean) RETURNS smallint
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN booked AND codes LIKE '%a%b%c%d%e%' THEN 4 WHEN codes LIKE '%a%b%c%d%' THEN 3
        WHEN codes LIKE '%a%b%c%' THEN 2 WHEN codes LIKE '%a%b%' THEN 1 WHEN codes LIKE '%a%' THEN 0 ELSE -1 END::smallint
$$;

ALTER TABLE visit_facts ADD COLUMN combination bigint NOT NULL DEFAULT 0;
ALTER TABLE visit_facts ALTER COLUMN combination DROP DEFAULT;
CREATE INDEX visit_facts_by_combination ON visit_facts (tenant_id, combination, day, started_at)
    INCLUDE (session_id, visits, local_hour, bookings);
CREATE INDEX visit_facts_known ON visit_facts (tenant_id, combination, day) INCLUDE (visitor) WHERE known;

-- Visitors whom no day before has seen stand with the days and months that they came on, not with the returns.
ALTER TABLE rollup_days ADD COLUMN new_visitors integer NOT NULL DEFAULT 0;
ALTER TABLE rollup_months ADD COLUMN new_visitors integer NOT NULL DEFAULT 0;
DELETE FROM rollup_returns WHERE before = '-infinity';

-- Of every companion together, without touching the other sums.
CREATE INDEX rollup_days_of_everything ON rollup_days (tenant_id, day)
    INCLUDE (visits, visitors, new_visitors, page_views, seconds, timed, engaged, bounced, bookings, value_minor, step0,
             step1, step2, step3, step4) WHERE dimension = 0;

CREATE TABLE rollup_combinations (
    tenant_id uuid NOT NULL,
    combination bigint NOT NULL,
    source text NOT NULL,
    medium text NOT NULL,
    campaign text NOT NULL,
    device text NOT NULL,
    browser text NOT NULL,
    country text NOT NULL,
    variants text[] NOT NULL,
    visits integer NOT NULL,
    bookings integer NOT NULL,
    PRIMARY KEY (tenant_id, combination)
) WITH (fillfactor = 80);
CREATE TABLE rollup_combined (
    tenant_id uuid NOT NULL,
    combination bigint NOT NULL,
    whole_month boolean NOT NULL, -- the day is the first of a month and stands for all of it
    day date NOT NULL,
    visits integer NOT NULL,
    known integer NOT NULL,       -- visits of visitors who may be in others, too
    page_views integer NOT NULL,
    seconds bigint NOT NULL,
    timed integer NOT NULL,
    engaged integer NOT NULL,
    bounced integer NOT NULL,
    bookings integer NOT NULL,
    value_minor bigint NOT NULL,
    step0 integer NOT NULL,
    step1 integer NOT NULL,
    step2 integer NOT NULL,
    step3 integer NOT NULL,
    step4 integer NOT NULL,
    PRIMARY KEY (tenant_id, combination, whole_month, day)
) WITH (fillfactor = 80);

ALTER TABLE rollup_combinations ENABLE ROW LEVEL SECURITY;
ALTER TABLE rollup_combined ENABLE ROW LEVEL SECURITY;
GRANT SELECT ON rollup_combinations, rollup_combined TO studio_operator, studio_companion;
CREATE POLICY rollup_combinations_read ON rollup_combinations FOR SELECT TO studio_operator, studio_companion
    USING ((SELECT role FROM studio_account()) = 'operator'
           OR tenant_id = (SELECT a.tenant_id FROM studio_account() a));
CREATE POLICY rollup_combined_read ON rollup_combined FOR SELECT TO studio_operator, studio_companion
    USING ((SELECT role FROM studio_account()) = 'operator'
           OR tenant_id = (SELECT a.tenant_id FROM studio_account() a));

CREATE VIEW rollup_combinations_wanted WITH (security_invoker = true) AS
SELECT tenant_id, combination, source, medium, campaign, device, browser, country, variants,
       sum(visits)::integer AS visits, sum(bookings)::integer AS bookings
FROM visit_facts
GROUP BY tenant_id, combination, source, medium, campaign, device, browser, country, variants;

CREATE VIEW rollup_combined_wanted WITH (security_invoker = true) AS
SELECT f.tenant_id, f.combination, each.whole_month, each.day, sum(f.visits)::integer AS visits,
       (count(*) FILTER (WHERE f.known))::integer AS known, sum(f.page_views)::integer AS page_views,
       sum(f.seconds)::bigint AS seconds, (count(*) FILTER (WHERE f.events > 1))::integer AS timed,
       sum(f.engaged)::integer AS engaged, sum(f.bounced)::integer AS bounced, sum(f.bookings)::integer AS bookings,
       sum(f.value_minor)::bigint AS value_minor, (count(*) FILTER (WHERE f.stage >= 0))::integer AS step0,
       (count(*) FILTER (WHERE f.stage >= 1))::integer AS step1, (count(*) FILTER (WHERE f.stage >= 2))::integer AS step2,
       (count(*) FILTER (WHERE f.stage >= 3))::integer AS step3, (count(*) FILTER (WHERE f.stage >= 4))::integer AS step4
FROM visit_facts f CROSS JOIN LATERAL (VALUES (false, f.day), (true, date_trunc('month', f.day)::date)) AS each (whole_month, day)
GROUP BY f.tenant_id, f.combination, each.whole_month, each.day;

-- As before, without the pairs.

CREATE OR REPLACE VIEW rollup_hours_wanted WITH (security_invoker = true) AS
SELECT tenant_id, dimension, value, day, hour, local_hour, sum(visits)::integer AS visits,
       sum(visitors)::integer AS visitors, sum(page_views)::integer AS page_views, sum(seconds)::bigint AS seconds,
       sum(timed)::integer AS timed, sum(engaged)::integer AS engaged, sum(bounced)::integer AS bounced,
       sum(bookings)::integer AS bookings, sum(value_minor)::bigint AS value_minor, sum(step0)::integer AS step0,
       sum(step1)::integer AS step1, sum(step2)::integer AS step2, sum(step3)::integer AS step3,
       sum(step4)::integer AS step4
FROM (SELECT tenant_id, dimension, value, day, hour, local_hour, visits::integer,
             CASE WHEN known THEN 0 ELSE visits END::integer AS visitors, page_views, seconds, timed, engaged::integer,
             bounced::integer, bookings, value_minor, step0, step1, step2, step3, step4
      FROM visit_slices WHERE dimension <= 8
      UNION ALL
      SELECT tenant_id, dimension, value, day, hour, local_hour, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
      FROM (SELECT DISTINCT tenant_id, dimension, value, day, hour, local_hour, visitor
            FROM visit_slices WHERE known AND dimension <= 8) seen) each
GROUP BY tenant_id, dimension, value, day, hour, local_hour;

CREATE OR REPLACE VIEW rollup_returns_wanted WITH (security_invoker = true) AS
SELECT r.tenant_id, r.dimension, r.value, each.whole_seen, each.whole_before, each.seen, each.before,
       sum(r.visitors)::integer AS visitors
FROM visit_returns r CROSS JOIN LATERAL (
    VALUES (false, false, r.seen, r.before), (false, true, r.seen, date_trunc('month', r.before)::date),
           (true, false, date_trunc('month', r.seen)::date, r.before),
           (true, true, date_trunc('month', r.seen)::date, date_trunc('month', r.before)::date))
    AS each (whole_seen, whole_before, seen, before)
WHERE r.before > '-infinity'
GROUP BY r.tenant_id, r.dimension, r.value, each.whole_seen, each.whole_before, each.seen, each.before;

CREATE OR REPLACE VIEW rollup_days_wanted WITH (security_invoker = true) AS
SELECT tenant_id, dimension, value, day, sum(visits)::integer AS visits, sum(visitors)::integer AS visitors,
       sum(page_views)::integer AS page_views, sum(seconds)::bigint AS seconds, sum(timed)::integer AS timed,
       sum(engaged)::integer AS engaged, sum(bounced)::integer AS bounced, sum(bookings)::integer AS bookings,
       sum(value_minor)::bigint AS value_minor, sum(step0)::integer AS step0, sum(step1)::integer AS step1,
       sum(step2)::integer AS step2, sum(step3)::integer AS step3, sum(step4)::integer AS step4,
       sum(new_visitors)::integer AS new_visitors
FROM (SELECT tenant_id, dimension, value, day, visits::integer, 0 AS visitors, page_views, seconds, timed,
             engaged::integer, bounced::integer, bookings, value_minor, step0, step1, step2, step3, step4, 0 AS new_visitors
      FROM visit_slices
      UNION ALL
      SELECT tenant_id, dimension, value, seen, 0, visitors, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
             CASE before WHEN '-infinity' THEN visitors ELSE 0 END
      FROM visit_returns) each
GROUP BY tenant_id, dimension, value, day;

CREATE OR REPLACE VIEW rollup_months_wanted WITH (security_invoker = true) AS
SELECT tenant_id, dimension, value, month AS day, sum(visits)::integer AS visits, sum(visitors)::integer AS visitors,
       sum(page_views)::integer AS page_views, sum(seconds)::bigint AS seconds, sum(timed)::integer AS timed,
       sum(engaged)::integer AS engaged, sum(bounced)::integer AS bounced, sum(bookings)::integer AS bookings,
       sum(value_minor)::bigint AS value_minor, sum(step0)::integer AS step0, sum(step1)::integer AS step1,
       sum(step2)::integer AS step2, sum(step3)::integer AS step3, sum(step4)::integer AS step4,
       sum(new_visitors)::integer AS new_visitors
FROM (SELECT tenant_id, dimension, value, date_trunc('month', day)::date AS month, visits::integer, 0 AS visitors,
             page_views, seconds, timed, engaged::integer, bounced::integer, bookings, value_minor, step0, step1, step2,
             step3, step4, 0 AS new_visitors
      FROM visit_slices
      UNION ALL
      SELECT tenant_id, dimension, value, date_trunc('month', seen)::date, 0, visitors, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
             CASE before WHEN '-infinity' THEN visitors ELSE 0 END
      FROM visit_returns WHERE before < date_trunc('month', seen)) each
GROUP BY tenant_id, dimension, value, month;

CREATE OR REPLACE FUNCTION analytics_hour_visitors_of(wanted uuid[]) RETURNS rollup_hours[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT array_agg(ROW(s.*)::rollup_hours) FROM (
        SELECT tenant_id, dimension, value, day, hour, local_hour, 0, count(DISTINCT visitor)::integer,
               0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
        FROM visit_slices WHERE visitor = ANY (wanted) AND known AND dimension <= 8
        GROUP BY tenant_id, dimension, value, day, hour, local_hour) s
$$;

CREATE OR REPLACE FUNCTION analytics_apply_sums(taken rollup_hours[], added rollup_hours[], returns rollup_returns[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
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
    SELECT * FROM unnest(changes) WHERE dimension <= 8 ORDER BY tenant_id, dimension, value, day, hour
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
           sum(step4), sum(new_visitors)
    FROM (SELECT tenant_id, dimension, value, day, visits, 0 AS visitors, page_views, seconds, timed, engaged, bounced,
                 bookings, value_minor, step0, step1, step2, step3, step4, 0 AS new_visitors FROM unnest(changes)
          UNION ALL
          SELECT tenant_id, dimension, value, seen, 0, visitors, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                 CASE before WHEN '-infinity' THEN visitors ELSE 0 END FROM unnest(returns)) c
    GROUP BY tenant_id, dimension, value, day ORDER BY tenant_id, dimension, value, day
    ON CONFLICT (tenant_id, dimension, value, day) DO UPDATE SET
        visits = r.visits + excluded.visits, visitors = r.visitors + excluded.visitors,
        page_views = r.page_views + excluded.page_views, seconds = r.seconds + excluded.seconds,
        timed = r.timed + excluded.timed, engaged = r.engaged + excluded.engaged, bounced = r.bounced + excluded.bounced,
        bookings = r.bookings + excluded.bookings, value_minor = r.value_minor + excluded.value_minor,
        step0 = r.step0 + excluded.step0, step1 = r.step1 + excluded.step1, step2 = r.step2 + excluded.step2,
        step3 = r.step3 + excluded.step3, step4 = r.step4 + excluded.step4,
        new_visitors = r.new_visitors + excluded.new_visitors;
    INSERT INTO rollup_months AS r
    SELECT tenant_id, dimension, value, date_trunc('month', day)::date, sum(visits), sum(visitors), sum(page_views),
           sum(seconds), sum(timed), sum(engaged), sum(bounced), sum(bookings), sum(value_minor), sum(step0), sum(step1),
           sum(step2), sum(step3), sum(step4), sum(new_visitors)
    FROM (SELECT tenant_id, dimension, value, day, visits, 0 AS visitors, page_views, seconds, timed, engaged, bounced,
                 bookings, value_minor, step0, step1, step2, step3, step4, 0 AS new_visitors FROM unnest(changes)
          UNION ALL
          SELECT tenant_id, dimension, value, seen, 0, visitors, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                 CASE before WHEN '-infinity' THEN visitors ELSE 0 END FROM unnest(returns)
          WHERE before < date_trunc('month', seen)) c
    GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
    ON CONFLICT (tenant_id, dimension, value, day) DO UPDATE SET
        visits = r.visits + excluded.visits, visitors = r.visitors + excluded.visitors,
        page_views = r.page_views + excluded.page_views, seconds = r.seconds + excluded.seconds,
        timed = r.timed + excluded.timed, engaged = r.engaged + excluded.engaged, bounced = r.bounced + excluded.bounced,
        bookings = r.bookings + excluded.bookings, value_minor = r.value_minor + excluded.value_minor,
        step0 = r.step0 + excluded.step0, step1 = r.step1 + excluded.step1, step2 = r.step2 + excluded.step2,
        step3 = r.step3 + excluded.step3, step4 = r.step4 + excluded.step4,
        new_visitors = r.new_visitors + excluded.new_visitors;

    DELETE FROM rollup_hours r USING unnest(changes) c
    WHERE (r.tenant_id, r.dimension, r.value, r.day, r.hour) = (c.tenant_id, c.dimension, c.value, c.day, c.hour)
        AND c.visits <= 0 AND r.visits = 0 AND r.bookings = 0;
    DELETE FROM rollup_days r USING (SELECT DISTINCT tenant_id, dimension, value, day FROM unnest(changes)
                                     WHERE visits < 0 OR bookings < 0) c
    WHERE (r.tenant_id, r.dimension, r.value, r.day) = (c.tenant_id, c.dimension, c.value, c.day)
        AND r.visits = 0 AND r.bookings = 0;
    DELETE FROM rollup_months r
    USING (SELECT DISTINCT tenant_id, dimension, value, date_trunc('month', day)::date AS day FROM unnest(changes)
           WHERE visits < 0 OR bookings < 0) c
    WHERE (r.tenant_id, r.dimension, r.value, r.day) = (c.tenant_id, c.dimension, c.value, c.day)
        AND r.visits = 0 AND r.bookings = 0;
END
$$;

CREATE OR REPLACE FUNCTION analytics_apply_returns(returns rollup_returns[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    INSERT INTO rollup_returns AS r
    SELECT c.tenant_id, c.dimension, c.value, each.whole_seen, each.whole_before, each.seen, each.before, sum(c.visitors)
    FROM unnest(returns) c CROSS JOIN LATERAL (
        VALUES (false, false, c.seen, c.before), (false, true, c.seen, date_trunc('month', c.before)::date),
               (true, false, date_trunc('month', c.seen)::date, c.before),
               (true, true, date_trunc('month', c.seen)::date, date_trunc('month', c.before)::date))
        AS each (whole_seen, whole_before, seen, before)
    WHERE c.before > '-infinity'
    GROUP BY 1, 2, 3, 4, 5, 6, 7 HAVING sum(c.visitors) <> 0 ORDER BY 1, 2, 3, 4, 5, 6, 7
    ON CONFLICT (tenant_id, dimension, value, whole_seen, whole_before, seen, before) DO UPDATE
        SET visitors = r.visitors + excluded.visitors;
    DELETE FROM rollup_returns r USING (
        SELECT DISTINCT c.tenant_id, c.dimension, c.value, each.whole_seen, each.whole_before, each.seen, each.before
        FROM unnest(returns) c CROSS JOIN LATERAL (
            VALUES (false, false, c.seen, c.before), (false, true, c.seen, date_trunc('month', c.before)::date),
                   (true, false, date_trunc('month', c.seen)::date, c.before),
                   (true, true, date_trunc('month', c.seen)::date, date_trunc('month', c.before)::date))
            AS each (whole_seen, whole_before, seen, before)
        WHERE c.visitors < 0 AND c.before > '-infinity') c
    WHERE (r.tenant_id, r.dimension, r.value, r.whole_seen, r.whole_before, r.seen, r.before)
            = (c.tenant_id, c.dimension, c.value, c.whole_seen, c.whole_before, c.seen, c.before)
        AND r.visitors = 0;
END
$$;

CREATE FUNCTION analytics_combinations_of(ids uuid[]) RETURNS rollup_combinations[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT array_agg(ROW(c.*)::rollup_combinations) FROM (
        SELECT tenant_id, combination, source, medium, campaign, device, browser, country, variants,
               sum(visits)::integer, sum(bookings)::integer
        FROM visit_facts WHERE session_id = ANY (ids)
        GROUP BY tenant_id, combination, source, medium, campaign, device, browser, country, variants) c
$$;

-- By day only; whoever applies them makes the months.
CREATE FUNCTION analytics_combined_of(ids uuid[]) RETURNS rollup_combined[]
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    SELECT array_agg(ROW(c.*)::rollup_combined) FROM (
        SELECT tenant_id, combination, false, day, sum(visits)::integer, (count(*) FILTER (WHERE known))::integer,
               sum(page_views)::integer, sum(seconds)::bigint, (count(*) FILTER (WHERE events > 1))::integer,
               sum(engaged)::integer, sum(bounced)::integer, sum(bookings)::integer, sum(value_minor)::bigint,
               (count(*) FILTER (WHERE stage >= 0))::integer, (count(*) FILTER (WHERE stage >= 1))::integer,
               (count(*) FILTER (WHERE stage >= 2))::integer, (count(*) FILTER (WHERE stage >= 3))::integer,
               (count(*) FILTER (WHERE stage >= 4))::integer
        FROM visit_facts WHERE session_id = ANY (ids) GROUP BY tenant_id, combination, day) c
$$;

CREATE FUNCTION analytics_apply_combinations(taken rollup_combinations[], added rollup_combinations[],
                                             taken_sums rollup_combined[], added_sums rollup_combined[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
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

    INSERT INTO rollup_combined AS r
    SELECT c.tenant_id, c.combination, each.whole_month, each.day, sum(sign * visits), sum(sign * known),
           sum(sign * page_views), sum(sign * seconds), sum(sign * timed), sum(sign * engaged), sum(sign * bounced),
           sum(sign * bookings), sum(sign * value_minor), sum(sign * step0), sum(sign * step1), sum(sign * step2),
           sum(sign * step3), sum(sign * step4)
    FROM (SELECT -1 AS sign, t.* FROM unnest(taken_sums) t UNION ALL SELECT 1, a.* FROM unnest(added_sums) a) c
        CROSS JOIN LATERAL (VALUES (false, c.day), (true, date_trunc('month', c.day)::date)) AS each (whole_month, day)
    GROUP BY 1, 2, 3, 4
    HAVING (sum(sign * visits), sum(sign * known), sum(sign * page_views), sum(sign * seconds), sum(sign * timed),
            sum(sign * engaged), sum(sign * bounced), sum(sign * bookings), sum(sign * value_minor), sum(sign * step0),
            sum(sign * step1), sum(sign * step2), sum(sign * step3), sum(sign * step4))
        <> (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)
    ORDER BY 1, 2, 3, 4
    ON CONFLICT (tenant_id, combination, whole_month, day) DO UPDATE SET
        visits = r.visits + excluded.visits, known = r.known + excluded.known,
        page_views = r.page_views + excluded.page_views, seconds = r.seconds + excluded.seconds,
        timed = r.timed + excluded.timed, engaged = r.engaged + excluded.engaged, bounced = r.bounced + excluded.bounced,
        bookings = r.bookings + excluded.bookings, value_minor = r.value_minor + excluded.value_minor,
        step0 = r.step0 + excluded.step0, step1 = r.step1 + excluded.step1, step2 = r.step2 + excluded.step2,
        step3 = r.step3 + excluded.step3, step4 = r.step4 + excluded.step4;
    DELETE FROM rollup_combined r
    USING (SELECT DISTINCT t.tenant_id, t.combination, each.whole_month, each.day
           FROM unnest(taken_sums) t
               CROSS JOIN LATERAL (VALUES (false, t.day), (true, date_trunc('month', t.day)::date)) AS each (whole_month, day)) c
    WHERE (r.tenant_id, r.combination, r.whole_month, r.day) = (c.tenant_id, c.combination, c.whole_month, c.day)
        AND r.visits = 0 AND r.bookings = 0;
END
$$;

CREATE OR REPLACE FUNCTION analytics_recount(ids uuid[]) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp SET plan_cache_mode = force_custom_plan
AS $$
DECLARE
    persons uuid[];
    taken rollup_hours[];
    taken_hours rollup_hours[];
    taken_returns rollup_returns[];
    taken_paths rollup_paths[];
    taken_combinations rollup_combinations[];
    taken_combined rollup_combined[];
    returns rollup_returns[];
BEGIN
    persons := ARRAY(SELECT visitor FROM visit_facts WHERE session_id = ANY (ids) AND known
                     UNION SELECT visitor_id FROM sessions WHERE id = ANY (ids) AND visitor_id IS NOT NULL);
    taken := analytics_sums_of(ids);
    taken_paths := analytics_paths_of(ids);
    taken_combinations := analytics_combinations_of(ids);
    taken_combined := analytics_combined_of(ids);
    taken_hours := analytics_hour_visitors_of(persons);
    taken_returns := analytics_returns_of(persons) || analytics_new_visitors_of(ids);
    DELETE FROM visit_facts WHERE session_id = ANY (ids);
    INSERT INTO visit_facts SELECT * FROM analytics_facts_of(ids);
    SELECT array_agg(ROW(c.*)::rollup_returns) INTO returns FROM (
        SELECT tenant_id, dimension, value, false, false, seen, before, sum(sign * visitors)::integer AS visitors
        FROM (SELECT -1 AS sign, t.* FROM unnest(taken_returns) t
              UNION ALL SELECT 1, a.* FROM unnest(analytics_returns_of(persons)) a
              UNION ALL SELECT 1, a.* FROM unnest(analytics_new_visitors_of(ids)) a) both_sides
        GROUP BY tenant_id, dimension, value, seen, before HAVING sum(sign * visitors) <> 0) c;
    PERFORM analytics_apply_sums(taken || taken_hours, analytics_sums_of(ids) || analytics_hour_visitors_of(persons), returns);
    PERFORM analytics_apply_returns(returns);
    PERFORM analytics_apply_paths(taken_paths, analytics_paths_of(ids));
    PERFORM analytics_apply_combinations(taken_combinations, analytics_combinations_of(ids), taken_combined,
                                         analytics_combined_of(ids));
    PERFORM arm_visitors_renew(persons, ids);
    PERFORM booking_facts_renew(ids);
END
$$;

CREATE OR REPLACE FUNCTION analytics_facts_of(ids uuid[]) RETURNS SETOF visit_facts
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off SET enable_bitmapscan = off SET jit = off
AS $$
    SELECT s.id, s.tenant_id, 1::smallint, coalesce(s.visitor_id, s.id), s.visitor_id IS NOT NULL, s.created_at,
           date_trunc('hour', s.created_at, h.zone), (s.created_at AT TIME ZONE h.zone)::date,
           extract(hour FROM s.created_at AT TIME ZONE h.zone)::smallint, place.source,
           analytics_medium(s.utm_medium, place.source),
           d.campaign, d.device, d.browser, d.country, coalesce(p.pages, '{}'), coalesce(p.views, '{}'),
           coalesce(x.variants, '{}'), e.page_views::integer, e.events::integer, e.seconds::integer,
           (e.codes LIKE '%b%')::integer::smallint, (e.codes IN ('', 'a'))::integer::smallint,
           analytics_stage(e.codes, b.bookings > 0),
           b.bookings::integer, b.value_minor::bigint, coalesce(e.path, '{}'),
           analytics_combination(place.source, analytics_medium(s.utm_medium, place.source), d.campaign, d.device, d.browser,
                                 d.country, coalesce(x.variants, '{}'))
    FROM (SELECT DISTINCT unnest(ids)) AS wanted (id)
    JOIN sessions s ON s.id = wanted.id AND s.bot_class IS NULL
    CROSS JOIN LATERAL (SELECT * FROM tenant_settings_history t
                        WHERE t.tenant_id = s.tenant_id AND t.since <= s.created_at
                        ORDER BY t.since DESC LIMIT 1) h
    CROSS JOIN LATERAL (SELECT analytics_source(s.utm_source, s.referrer, h.hosts) OFFSET 0) place (source)
    CROSS JOIN LATERAL (
        SELECT CASE WHEN btrim(s.utm_campaign) <> '' THEN btrim(s.utm_campaign)::text ELSE '(none)' END AS campaign,
               coalesce(nullif(s.device_type, ''), 'unknown')::text AS device,
               coalesce(nullif(s.browser, ''), 'unknown')::text AS browser, coalesce(s.country, 'unknown')::text AS country) d
    CROSS JOIN LATERAL (
        SELECT count(*) AS events, coalesce(string_agg(code, '' ORDER BY place), '') AS codes,
               count(*) FILTER (WHERE code = 'a') AS page_views,
               array_agg(step) FILTER (WHERE code = 'a') AS viewed,
               round(coalesce(sum(pause) FILTER (WHERE pause <= 1800), 0)) AS seconds,
               (array_agg(step ORDER BY place) FILTER (WHERE step IS DISTINCT FROM step_before))[1:7] AS path
        FROM (
            SELECT code, step, row_number() OVER in_order AS place,
                   extract(epoch FROM created_at - lag(created_at) OVER in_order) AS pause,
                   lag(step) OVER (PARTITION BY step IS NULL ORDER BY created_at, code, step) AS step_before
            FROM (
                SELECT e.created_at,
                       analytics_code(e.event_type) COLLATE "C" AS code,
                       analytics_step(e.event_type, e.page_url) COLLATE "C" AS step
                FROM events e
                WHERE e.session_id = s.id AND (e.tenant_id = s.tenant_id) IS TRUE
                    AND e.created_at >= s.created_at - interval '3 days'
                    AND e.created_at < s.created_at + interval '32 days'
                ORDER BY e.created_at LIMIT 1000) raw
            WINDOW in_order AS (ORDER BY created_at, code, step)) ordered) e
    CROSS JOIN LATERAL (
        SELECT array_agg(page ORDER BY page) AS pages, array_agg(views ORDER BY page) AS views
        FROM (SELECT page COLLATE "C" AS page, count(*)::integer AS views FROM unnest(e.viewed) AS v (page) GROUP BY 1) v) p
    CROSS JOIN LATERAL (
        SELECT array_agg(DISTINCT a.test_id || ':' || a.variant_id) AS variants
        FROM ab_assignments a WHERE a.session_id = s.id AND (a.tenant_id = s.tenant_id) IS TRUE) x
    CROSS JOIN LATERAL (
        SELECT count(*) AS bookings, coalesce(sum(b.value_minor), 0) AS value_minor
        FROM bookings b WHERE b.session_id = s.id AND (b.tenant_id = s.tenant_id) IS TRUE
            AND b.status NOT IN ('cancelled', 'spam')) b
    UNION ALL
    SELECT b.id, b.tenant_id, 0::smallint, b.id, false, b.created_at, date_trunc('hour', b.created_at, h.zone),
           (b.created_at AT TIME ZONE h.zone)::date, extract(hour FROM b.created_at AT TIME ZONE h.zone)::smallint,
           'unknown', 'unknown', '(none)', 'unknown', 'unknown', 'unknown', '{}', '{}', '{}', 0, 0, 0,
           0::smallint, 0::smallint, (-1)::smallint, 1, coalesce(b.value_minor, 0), '{}',
           analytics_combination('unknown', 'unknown', '(none)', 'unknown', 'unknown', 'unknown', '{}')
    FROM (SELECT DISTINCT unnest(ids)) AS wanted (id)
    JOIN bookings b ON b.id = wanted.id AND b.session_id IS NULL AND b.status NOT IN ('cancelled', 'spam')
    CROSS JOIN LATERAL (SELECT * FROM tenant_settings_history t
                        WHERE t.tenant_id = b.tenant_id AND t.since <= b.created_at
                        ORDER BY t.since DESC LIMIT 1) h
$$;
-- The same of all visits of a tenant at once: sorted, not looked up one by one. analytics_differences compares the two.
CREATE FUNCTION analytics_fill_facts(wanted uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_custom_plan SET work_mem = '256MB' SET enable_nestloop = off SET enable_hashagg = off
SET enable_memoize = off SET jit = off
AS $$
BEGIN
    INSERT INTO visit_facts
    SELECT v.id, v.tenant_id, 1, coalesce(v.visitor_id, v.id), v.visitor_id IS NOT NULL, v.created_at,
           date_trunc('hour', v.created_at, v.zone), (v.created_at AT TIME ZONE v.zone)::date,
           extract(hour FROM v.created_at AT TIME ZONE v.zone)::smallint, v.source, v.medium, v.campaign, v.device,
           v.browser, v.country, coalesce(e.pages, '{}'), coalesce(e.views, '{}'), coalesce(x.variants, '{}'),
           coalesce(e.page_views, 0), coalesce(e.events, 0), coalesce(e.seconds, 0),
           (coalesce(e.codes, '') LIKE '%b%')::integer, (coalesce(e.codes, '') IN ('', 'a'))::integer,
           analytics_stage(coalesce(e.codes, ''), coalesce(b.bookings, 0) > 0), coalesce(b.bookings, 0),
           coalesce(b.value_minor, 0), coalesce(e.path, '{}'),
           analytics_combination(v.source, v.medium, v.campaign, v.device, v.browser, v.country, coalesce(x.variants, '{}'))
    FROM (
        SELECT s.id, s.tenant_id, s.visitor_id, s.created_at, h.zone, place.source,
               analytics_medium(s.utm_medium, place.source) AS medium,
               CASE WHEN btrim(s.utm_campaign) <> '' THEN btrim(s.utm_campaign)::text ELSE '(none)' END AS campaign,
               coalesce(nullif(s.device_type, ''), 'unknown')::text AS device,
               coalesce(nullif(s.browser, ''), 'unknown')::text AS browser, coalesce(s.country, 'unknown')::text AS country
        FROM sessions s
        JOIN (SELECT since, lead(since, 1, 'infinity') OVER (ORDER BY since) AS until, zone, hosts
              FROM tenant_settings_history WHERE tenant_id = wanted) h ON s.created_at >= h.since AND s.created_at < h.until
        CROSS JOIN LATERAL (SELECT analytics_source(s.utm_source, s.referrer, h.hosts) OFFSET 0) place (source)
        WHERE s.tenant_id = wanted AND s.bot_class IS NULL OFFSET 0) v
    LEFT JOIN (
        SELECT session_id, page_views, events, seconds, codes, path,
               CASE WHEN first_page = last_page THEN ARRAY[first_page]
                    ELSE (SELECT array_agg(DISTINCT page COLLATE "C" ORDER BY page COLLATE "C")
                          FROM unnest(viewed) AS each (page)) END AS pages,
               CASE WHEN first_page = last_page THEN ARRAY[page_views]
                    ELSE (SELECT array_agg(views ORDER BY page)
                          FROM (SELECT page COLLATE "C" AS page, count(*)::integer AS views
                                FROM unnest(viewed) AS each (page) GROUP BY 1) v)
                    END AS views
        FROM (
            SELECT session_id, count(*)::integer AS events, string_agg(code, '') AS codes,
                   (count(*) FILTER (WHERE code = 'a'))::integer AS page_views,
                   min(step) FILTER (WHERE code = 'a') AS first_page, max(step) FILTER (WHERE code = 'a') AS last_page,
                   array_agg(step) FILTER (WHERE code = 'a') AS viewed,
                   round(coalesce(sum(pause) FILTER (WHERE pause <= 1800), 0))::integer AS seconds,
                   (array_agg(step) FILTER (WHERE step IS DISTINCT FROM step_before))[1:7] AS path
            FROM (
                SELECT session_id, code, step, step_before, row_number() OVER in_order AS place,
                       extract(epoch FROM created_at - lag(created_at) OVER in_order) AS pause
                FROM (
                    SELECT session_id, created_at, code, step,
                           lag(step) OVER (PARTITION BY session_id, step IS NULL ORDER BY created_at, code, step) AS step_before
                    FROM (
                        SELECT e.session_id, e.created_at, analytics_code(e.event_type) COLLATE "C" AS code,
                               analytics_step(e.event_type, e.page_url) COLLATE "C" AS step
                        FROM events e JOIN sessions s ON s.id = e.session_id
                        WHERE e.tenant_id = wanted AND s.tenant_id = wanted AND s.bot_class IS NULL
                            AND e.created_at >= s.created_at - interval '3 days'
                            AND e.created_at < s.created_at + interval '32 days') raw) stepped
                WINDOW in_order AS (PARTITION BY session_id ORDER BY created_at, code, step)) ordered
            WHERE place <= 1000
            GROUP BY session_id) g) e ON e.session_id = v.id
    LEFT JOIN (SELECT session_id, array_agg(variant ORDER BY variant) AS variants
               FROM (SELECT DISTINCT session_id, test_id || ':' || variant_id AS variant
                     FROM ab_assignments WHERE tenant_id = wanted) a GROUP BY 1) x ON x.session_id = v.id
    LEFT JOIN (SELECT session_id, count(*)::integer AS bookings, coalesce(sum(value_minor), 0)::bigint AS value_minor
               FROM bookings WHERE tenant_id = wanted AND session_id IS NOT NULL AND status NOT IN ('cancelled', 'spam')
               GROUP BY 1) b ON b.session_id = v.id
    ORDER BY v.created_at;
    INSERT INTO visit_facts SELECT * FROM analytics_facts_of(ARRAY(
        SELECT id FROM bookings WHERE tenant_id = wanted AND session_id IS NULL));
END
$$;

-- The same of all of a tenant's visits at once as arm_visitors_of.
CREATE FUNCTION analytics_fill_arms(wanted uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_custom_plan SET work_mem = '256MB' SET enable_memoize = off SET jit = off
AS $$
BEGIN
    WITH zones AS MATERIALIZED (
        SELECT since, lead(since, 1, 'infinity') OVER (ORDER BY since) AS until, zone
        FROM tenant_settings_history WHERE tenant_id = wanted
    ), shown AS (
        SELECT DISTINCT ON (a.test_id, a.phase, v.visitor) a.test_id, a.phase, v.visitor, a.variant_id, a.assigned_at
        FROM visit_facts v JOIN ab_assignments a ON a.session_id = v.session_id
        WHERE v.tenant_id = wanted AND a.tenant_id = wanted AND v.variants <> '{}'
        ORDER BY a.test_id, a.phase, v.visitor, a.assigned_at, a.variant_id
    ), booked AS (
        SELECT v.visitor, b.created_at FROM visit_facts v JOIN bookings b ON b.session_id = v.session_id
        WHERE v.tenant_id = wanted AND b.tenant_id = wanted AND v.bookings > 0 AND b.status NOT IN ('cancelled', 'spam')
    ), converted AS (
        SELECT s.test_id, s.phase, s.visitor, min(b.created_at) AS at
        FROM shown s JOIN booked b ON b.visitor = s.visitor AND b.created_at >= s.assigned_at GROUP BY 1, 2, 3
    ), filled AS (
    INSERT INTO arm_visitors
    SELECT wanted, s.test_id, s.phase, s.visitor, s.variant_id,
           (s.assigned_at AT TIME ZONE coalesce((
               SELECT zone FROM zones z WHERE s.assigned_at >= z.since AND s.assigned_at < z.until), 'UTC'))::date,
           (c.at AT TIME ZONE coalesce((SELECT zone FROM zones z WHERE c.at >= z.since AND c.at < z.until), 'UTC'))::date
    FROM shown s LEFT JOIN converted c USING (test_id, phase, visitor)
    RETURNING *)
    INSERT INTO rollup_arms
    SELECT wanted, test_id, phase, each.day, variant_id, sum(each.visitors), sum(each.conversions)
    FROM filled f CROSS JOIN LATERAL (VALUES (f.day, 1, 0), (f.converted, 0, 1)) AS each (day, visitors, conversions)
    WHERE each.day IS NOT NULL GROUP BY 2, 3, 4, 5;
END
$$;

CREATE OR REPLACE FUNCTION analytics_sum_up(wanted uuid) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_custom_plan SET work_mem = '256MB' SET hash_mem_multiplier = 2 SET enable_memoize = off
SET jit = off
AS $$
BEGIN
    INSERT INTO rollup_hours SELECT * FROM rollup_hours_wanted WHERE tenant_id = wanted
    ORDER BY hour;
    -- A visitor's visits in the order of days: where the one before was on the same day, nothing is new.
    WITH chain AS MATERIALIZED (
        SELECT dimension, value, day, before, count(*) AS visitors FROM (
            SELECT dimension, value, day, lag(day) OVER (PARTITION BY dimension, value, visitor ORDER BY day) AS before
            FROM visit_slices WHERE tenant_id = wanted AND known AND visits > 0) seen
        WHERE before IS DISTINCT FROM day
        GROUP BY dimension, value, day, before
    ), returned AS (
        INSERT INTO rollup_returns
        SELECT wanted, c.dimension, c.value, each.whole_seen, each.whole_before, each.seen, each.before, sum(c.visitors)
        FROM chain c CROSS JOIN LATERAL (
            VALUES (false, false, c.day, c.before), (false, true, c.day, date_trunc('month', c.before)::date),
                   (true, false, date_trunc('month', c.day)::date, c.before),
                   (true, true, date_trunc('month', c.day)::date, date_trunc('month', c.before)::date))
            AS each (whole_seen, whole_before, seen, before)
        WHERE c.before IS NOT NULL
        GROUP BY 2, 3, 4, 5, 6, 7 ORDER BY 6
    ), days AS (
    INSERT INTO rollup_days
    SELECT wanted, dimension, value, day, sum(visits), sum(visitors), sum(page_views), sum(seconds), sum(timed),
           sum(engaged), sum(bounced), sum(bookings), sum(value_minor), sum(step0), sum(step1), sum(step2), sum(step3),
           sum(step4), sum(new_visitors)
    FROM (SELECT dimension, value, day, visits::integer, CASE WHEN known THEN 0 ELSE visits END::bigint AS visitors,
                 page_views, seconds, timed, engaged::integer, bounced::integer, bookings, value_minor, step0, step1,
                 step2, step3, step4, CASE WHEN known THEN 0 ELSE visits END::bigint AS new_visitors
          FROM visit_slices WHERE tenant_id = wanted
          UNION ALL
          SELECT dimension, value, day, 0, visitors, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                 CASE WHEN before IS NULL THEN visitors ELSE 0 END FROM chain) c
    GROUP BY dimension, value, day ORDER BY day
    RETURNING *)
    INSERT INTO rollup_months
    SELECT wanted, dimension, value, month, sum(visits), sum(visitors), sum(page_views), sum(seconds), sum(timed),
           sum(engaged), sum(bounced), sum(bookings), sum(value_minor), sum(step0), sum(step1), sum(step2), sum(step3),
           sum(step4), sum(new_visitors)
    FROM (SELECT dimension, value, date_trunc('month', day)::date AS month, visits, new_visitors AS visitors, page_views,
                 seconds, timed, engaged, bounced, bookings, value_minor, step0, step1, step2, step3, step4, new_visitors
          FROM days
          UNION ALL
          SELECT dimension, value, date_trunc('month', day)::date, 0, visitors, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
          FROM chain WHERE before < date_trunc('month', day)) c
    GROUP BY dimension, value, month;
    INSERT INTO rollup_paths SELECT * FROM rollup_paths_wanted WHERE tenant_id = wanted
    ORDER BY day;
    INSERT INTO rollup_combinations SELECT * FROM rollup_combinations_wanted WHERE tenant_id = wanted;
    INSERT INTO rollup_combined SELECT * FROM rollup_combined_wanted WHERE tenant_id = wanted
    ORDER BY day;
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

CREATE OR REPLACE FUNCTION analytics_rebuild(wanted uuid) RETURNS bigint
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_custom_plan SET work_mem = '256MB'
AS $$
BEGIN
    PERFORM studio_require_administrator();
    PERFORM pg_advisory_xact_lock(hashtext('analytics'));
    DELETE FROM analytics_dirty WHERE tenant_id = wanted;
    DELETE FROM visit_facts WHERE tenant_id = wanted;
    DELETE FROM rollup_hours WHERE tenant_id = wanted;
    DELETE FROM rollup_days WHERE tenant_id = wanted;
    DELETE FROM rollup_months WHERE tenant_id = wanted;
    DELETE FROM rollup_returns WHERE tenant_id = wanted;
    DELETE FROM rollup_paths WHERE tenant_id = wanted;
    DELETE FROM rollup_combinations WHERE tenant_id = wanted;
    DELETE FROM rollup_combined WHERE tenant_id = wanted;
    DELETE FROM arm_visitors WHERE tenant_id = wanted;
    DELETE FROM rollup_arms WHERE tenant_id = wanted;
    DELETE FROM booking_facts WHERE tenant_id = wanted;
    DELETE FROM rollup_services WHERE tenant_id = wanted;
    PERFORM analytics_fill_facts(wanted);
    RETURN analytics_sum_up(wanted);
END
$$;

CREATE OR REPLACE FUNCTION analytics_differences(wanted uuid)
RETURNS TABLE (table_name text, key text, stored text, recomputed text)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_custom_plan SET work_mem = '256MB' SET jit = off
AS $$
DECLARE
    pair record;
BEGIN
    PERFORM studio_require_administrator();
    FOR pair IN SELECT * FROM (VALUES
        ('visit_facts', 'session_id', $q$SELECT * FROM analytics_facts_of(ARRAY(
             SELECT id FROM sessions WHERE tenant_id = $1
             UNION ALL SELECT id FROM bookings WHERE tenant_id = $1 AND session_id IS NULL))$q$),
        ('rollup_hours', 'dimension, value, day, hour', 'SELECT * FROM rollup_hours_wanted WHERE tenant_id = $1'),
        ('rollup_days', 'dimension, value, day', 'SELECT * FROM rollup_days_wanted WHERE tenant_id = $1'),
        ('rollup_months', 'dimension, value, day', 'SELECT * FROM rollup_months_wanted WHERE tenant_id = $1'),
        ('rollup_returns', 'dimension, value, whole_seen, whole_before, seen, before',
         'SELECT * FROM rollup_returns_wanted WHERE tenant_id = $1'),
        ('rollup_paths', 'dimension, value, whole_month, day, path',
         'SELECT * FROM rollup_paths_wanted WHERE tenant_id = $1'),
        ('rollup_combinations', 'combination', 'SELECT * FROM rollup_combinations_wanted WHERE tenant_id = $1'),
        ('rollup_combined', 'combination, whole_month, day', 'SELECT * FROM rollup_combined_wanted WHERE tenant_id = $1'),
        ('arm_visitors', 'test_id, phase, visitor', $q$SELECT * FROM arm_visitors_of(
             ARRAY(SELECT DISTINCT visitor FROM visit_facts WHERE tenant_id = $1 AND known AND variants <> '{}'),
             ARRAY(SELECT session_id FROM visit_facts WHERE tenant_id = $1 AND NOT known AND variants <> '{}'))
             WHERE tenant_id = $1$q$),
        ('rollup_arms', 'test_id, phase, day, variant_id', 'SELECT * FROM rollup_arms_wanted WHERE tenant_id = $1'),
        ('booking_facts', 'booking_id, visit', $q$SELECT * FROM booking_facts_of(ARRAY(
             SELECT session_id FROM bookings WHERE tenant_id = $1 AND session_id IS NOT NULL
             UNION SELECT id FROM bookings WHERE tenant_id = $1 AND session_id IS NULL))$q$),
        ('rollup_services', 'day, service', 'SELECT * FROM rollup_services_wanted WHERE tenant_id = $1'))
        AS pairs (name, keys, recount)
    LOOP
        RETURN QUERY EXECUTE format(
            'SELECT %1$L, concat_ws('' '', %2$s), s.content::text, w.content::text
             FROM (SELECT %2$s, t AS content FROM %1$I t WHERE tenant_id = $1) s
             FULL JOIN (SELECT %2$s, t AS content FROM (%3$s) t) w USING (%2$s)
             WHERE s.content::text IS DISTINCT FROM w.content::text ORDER BY 2',
            pair.name, pair.keys, pair.recount) USING wanted;
    END LOOP;
END
$$;

-- Along the keys, as before.
DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['analytics_apply_sums', 'analytics_apply_returns', 'analytics_apply_combinations', 'analytics_recount',
                                'analytics_hour_visitors_of', 'analytics_combinations_of', 'analytics_combined_of'] LOOP
        EXECUTE format('ALTER FUNCTION %I SET enable_seqscan = off', name);
        EXECUTE format('ALTER FUNCTION %I SET enable_hashjoin = off', name);
        EXECUTE format('ALTER FUNCTION %I SET enable_mergejoin = off', name);
        EXECUTE format('ALTER FUNCTION %I SET enable_memoize = off', name);
        EXECUTE format('ALTER FUNCTION %I SET jit = off', name);
        EXECUTE format('ALTER FUNCTION %I SET work_mem = %L', name, '32MB');
    END LOOP;
END
$$;

-- What was there before this migration.
SELECT analytics_rebuild(id) FROM tenants;
