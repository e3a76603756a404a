-- Filters that combine find their hours, journeys and pages in sums, too; and the sums need less room: many small figures
-- stand in one row, as a packed sum. That is an array of entries in the order of their keys, each key * 2^32 + number,
-- without zeros; null where it would be empty.

-- The pages or the journey of a visit, which packed sums know by number.
CREATE TABLE visit_lists (
    tenant_id uuid NOT NULL,
    hash bigint NOT NULL,  -- hash_array_extended(list, 0)
    list text[] NOT NULL,
    number integer NOT NULL GENERATED ALWAYS AS IDENTITY,
    PRIMARY KEY (tenant_id, hash)
);
CREATE UNIQUE INDEX visit_lists_by_number ON visit_lists (number);
ALTER TABLE visit_lists ENABLE ROW LEVEL SECURITY;
GRANT SELECT ON visit_lists TO studio_operator, studio_companion;
CREATE POLICY visit_lists_read ON visit_lists FOR SELECT TO studio_operator, studio_companion
    USING ((SELECT role FROM studio_account()) = 'operator'
           OR tenant_id = (SELECT a.tenant_id FROM studio_account() a));

-- Two packed sums together; the second may hold negative numbers and a key several times.
CREATE FUNCTION analytics_added(one bigint[], other bigint[]) RETURNS bigint[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT array_agg(key * 4294967296 + number ORDER BY key)
    FROM (SELECT key, sum((entry - key * 4294967296)::integer) AS number
          FROM (SELECT entry, (entry + 2147483648) >> 32 AS key FROM unnest(one || other) AS each (entry)) entries
          GROUP BY key) sums
    WHERE number <> 0
$$;
CREATE AGGREGATE analytics_joined(bigint[]) (SFUNC = array_cat, STYPE = bigint[], PARALLEL = SAFE);

-- The numbers of `returns` are running totals, so that one look finds how many were last seen before a day.
CREATE FUNCTION analytics_returned(totals bigint[], changes bigint[]) RETURNS bigint[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT array_agg(key * 4294967296 + total ORDER BY key)
    FROM (SELECT key, (sum(number) OVER (ORDER BY key))::bigint AS total
          FROM (SELECT key, sum(number) AS number
                FROM (SELECT entry >> 32 AS key,
                             ((entry & 4294967295) - lag(entry & 4294967295, 1, 0::bigint) OVER (ORDER BY entry))::integer AS number
                      FROM unnest(totals) AS before (entry)
                      UNION ALL
                      SELECT (entry + 2147483648) >> 32, (entry - ((entry + 2147483648) >> 32) * 4294967296)::integer
                      FROM unnest(changes) AS change (entry)) entries
                GROUP BY key) sums
          WHERE number <> 0) running
$$;

DROP VIEW rollup_returns_wanted, rollup_paths_wanted;
DROP FUNCTION analytics_returns_of(uuid[]);
DROP FUNCTION analytics_new_visitors_of(uuid[]);
DROP FUNCTION analytics_paths_of(uuid[]);
DROP FUNCTION analytics_apply_paths(rollup_paths[], rollup_paths[]);
DROP FUNCTION analytics_apply_returns(rollup_returns[]);
DROP FUNCTION analytics_apply_sums(rollup_hours[], rollup_hours[], rollup_returns[]);
DROP TABLE rollup_returns, rollup_paths;

TRUNCATE rollup_hours, rollup_combinations, rollup_combined;
DROP INDEX rollup_hours_of_everything;

-- returns: of visitors who were last seen on an earlier day (of the months: before the month), how many up to and with
-- each such day, by its distance from 2000-01-01. hours and ways, for the dimensions up to 8: how many visits began in an
-- hour of the week (Monday's first is 0), and how many made a journey, by its number in visit_lists; twice the key holds the
-- visits, the key after that the bookings.
-- Everything stands apart from the values of dimensions: all companions' days and months together are a few pages.
DROP TABLE rollup_days, rollup_months;
CREATE TABLE rollup_days (
    tenant_id uuid NOT NULL,
    dimension smallint NOT NULL,
    value text NOT NULL,
    day date NOT NULL,
    visits integer NOT NULL,
    visitors integer NOT NULL,
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
    new_visitors integer NOT NULL,
    returns bigint[],
    hours bigint[],
    ways bigint[],
    PRIMARY KEY (tenant_id, dimension, value, day)
) PARTITION BY LIST (dimension);
CREATE INDEX rollup_days_by_day ON rollup_days (tenant_id, dimension, day);
CREATE TABLE rollup_months (LIKE rollup_days, PRIMARY KEY (tenant_id, dimension, value, day)) PARTITION BY LIST (dimension);
CREATE INDEX rollup_months_by_day ON rollup_months (tenant_id, dimension, day);
CREATE TABLE rollup_days_of_everything PARTITION OF rollup_days FOR VALUES IN (0) WITH (fillfactor = 80);
CREATE TABLE rollup_days_of_values PARTITION OF rollup_days DEFAULT WITH (fillfactor = 80);
CREATE TABLE rollup_months_of_everything PARTITION OF rollup_months FOR VALUES IN (0) WITH (fillfactor = 80);
CREATE TABLE rollup_months_of_values PARTITION OF rollup_months DEFAULT WITH (fillfactor = 80);
ALTER TABLE rollup_days ENABLE ROW LEVEL SECURITY;
ALTER TABLE rollup_months ENABLE ROW LEVEL SECURITY;
ALTER TABLE rollup_days_of_everything ENABLE ROW LEVEL SECURITY; -- reached through the whole only
ALTER TABLE rollup_days_of_values ENABLE ROW LEVEL SECURITY;
ALTER TABLE rollup_months_of_everything ENABLE ROW LEVEL SECURITY;
ALTER TABLE rollup_months_of_values ENABLE ROW LEVEL SECURITY;
GRANT SELECT ON rollup_days, rollup_months TO studio_operator, studio_companion;
CREATE POLICY rollup_days_read ON rollup_days FOR SELECT TO studio_operator, studio_companion
    USING ((SELECT role FROM studio_account()) = 'operator'
           OR tenant_id = (SELECT a.tenant_id FROM studio_account() a));
CREATE POLICY rollup_months_read ON rollup_months FOR SELECT TO studio_operator, studio_companion
    USING ((SELECT role FROM studio_account()) = 'operator'
           OR tenant_id = (SELECT a.tenant_id FROM studio_account() a));

-- pages: those of the visits, by number in visit_lists; views: how often each of them was viewed, by its place there.
ALTER TABLE rollup_combined
    DROP CONSTRAINT rollup_combined_pkey,
    ADD COLUMN pages integer NOT NULL,
    ADD COLUMN views bigint[],
    ADD COLUMN hours bigint[],
    ADD COLUMN ways bigint[],
    ADD PRIMARY KEY (tenant_id, combination, whole_month, day, pages);

DROP INDEX visit_facts_by_combination, visit_facts_known;
CREATE INDEX visit_facts_by_combination ON visit_facts (tenant_id, combination, day, started_at, session_id);
CREATE INDEX visit_facts_known ON visit_facts (tenant_id, combination, day) INCLUDE (visitor, pages) WHERE known;

-- A page together with a value of another dimension is kept by day and month: 14 source and page, 15 medium and page,
-- 16 campaign and page, 17 device and page, 18 browser and page, 19 country and page, 20 page and variant.
CREATE OR REPLACE VIEW visit_slices WITH (security_invoker = true) AS
SELECT f.session_id, f.tenant_id, f.visitor, f.known, f.day, f.hour, f.local_hour, slice.dimension::smallint AS dimension,
       slice.value, f.visits, slice.page_views, f.seconds, (f.events > 1)::integer AS timed, f.engaged, f.bounced,
       f.bookings, f.value_minor, (f.stage >= 0)::integer AS step0, (f.stage >= 1)::integer AS step1,
       (f.stage >= 2)::integer AS step2, (f.stage >= 3)::integer AS step3, (f.stage >= 4)::integer AS step4
FROM visit_facts f
CROSS JOIN LATERAL (
    VALUES (0, '', f.page_views), (1, f.source, f.page_views), (2, f.medium, f.page_views),
           (3, f.campaign, f.page_views), (4, f.device, f.page_views), (5, f.browser, f.page_views),
           (6, f.country, f.page_views), (9, f.source || E'\n' || f.device, f.page_views),
           (10, f.source || E'\n' || f.country, f.page_views), (11, f.device || E'\n' || f.country, f.page_views)
    UNION ALL
    SELECT each.dimension, each.value, p.views
    FROM unnest(f.pages, f.page_counts) AS p (page, views)
        CROSS JOIN LATERAL (
            VALUES (7, p.page), (14, f.source || E'\n' || p.page), (15, f.medium || E'\n' || p.page),
                   (16, f.campaign || E'\n' || p.page), (17, f.device || E'\n' || p.page),
                   (18, f.browser || E'\n' || p.page), (19, f.country || E'\n' || p.page)
            UNION ALL
            SELECT 20, p.page || E'\n' || x.variant FROM unnest(f.variants) AS x (variant)) AS each (dimension, value)
    UNION ALL
    SELECT each.dimension, each.value, f.page_views
    FROM unnest(f.variants) AS x (variant)
        CROSS JOIN LATERAL (VALUES (8, x.variant), (12, f.source || E'\n' || x.variant),
                                   (13, f.device || E'\n' || x.variant)) AS each (dimension, value)
) AS slice (dimension, value, page_views);

-- The entries of packed sums that a visit makes: h of hours, w of ways, v of views.
CREATE VIEW visit_entries WITH (security_invoker = true) AS
SELECT f.session_id, f.tenant_id, f.combination, p.number AS pages, f.day, f.source, f.medium, f.campaign, f.device,
       f.browser, f.country, f.pages AS page_list, f.variants, entry.kind, entry.key::bigint AS key, entry.number
FROM visit_facts f
LEFT JOIN visit_lists p ON p.tenant_id = f.tenant_id AND p.hash = hash_array_extended(f.pages, 0) AND p.list = f.pages
LEFT JOIN visit_lists w ON w.tenant_id = f.tenant_id AND w.hash = hash_array_extended(f.path, 0) AND w.list = f.path
CROSS JOIN LATERAL (
    VALUES ('h'::"char", (extract(isodow FROM f.day)::integer * 24 - 24 + f.local_hour) * 2, f.visits::integer),
           ('h', (extract(isodow FROM f.day)::integer * 24 - 24 + f.local_hour) * 2 + 1, f.bookings),
           ('w', w.number * 2, CASE WHEN f.path <> '{}' THEN f.visits::integer END),
           ('w', w.number * 2 + 1, CASE WHEN f.path <> '{}' AND f.visits > 0 THEN f.bookings END)
    UNION ALL
    SELECT 'v', v.place::integer, v.views FROM unnest(f.page_counts) WITH ORDINALITY AS v (views, place)
) AS entry (kind, key, number)
WHERE entry.number > 0;

-- Of the dimensions whose days and months have them.
CREATE VIEW visit_parts WITH (security_invoker = true) AS
SELECT e.session_id, e.tenant_id, slice.dimension::smallint AS dimension, slice.value, e.day, e.kind, e.key, e.number
FROM visit_entries e
CROSS JOIN LATERAL (
    VALUES (0, ''), (1, e.source), (2, e.medium), (3, e.campaign), (4, e.device), (5, e.browser), (6, e.country)
    UNION ALL SELECT 7, unnest(e.page_list)
    UNION ALL SELECT 8, unnest(e.variants)) AS slice (dimension, value)
WHERE e.kind <> 'v';

CREATE OR REPLACE VIEW rollup_hours_wanted WITH (security_invoker = true) AS
SELECT tenant_id, 0::smallint AS dimension, ''::text AS value, day, hour, local_hour, sum(visits)::integer AS visits,
       (coalesce(sum(visits) FILTER (WHERE NOT known), 0) + count(DISTINCT visitor) FILTER (WHERE known))::integer AS visitors,
       sum(page_views)::integer AS page_views, sum(seconds)::bigint AS seconds,
       (count(*) FILTER (WHERE events > 1))::integer AS timed, sum(engaged)::integer AS engaged,
       sum(bounced)::integer AS bounced, sum(bookings)::integer AS bookings, sum(value_minor)::bigint AS value_minor,
       (count(*) FILTER (WHERE stage >= 0))::integer AS step0, (count(*) FILTER (WHERE stage >= 1))::integer AS step1,
       (count(*) FILTER (WHERE stage >= 2))::integer AS step2, (count(*) FILTER (WHERE stage >= 3))::integer AS step3,
       (count(*) FILTER (WHERE stage >= 4))::integer AS step4
FROM visit_facts
GROUP BY tenant_id, day, hour, local_hour;

DROP VIEW rollup_days_wanted, rollup_months_wanted, rollup_combined_wanted;

CREATE VIEW rollup_days_wanted WITH (security_invoker = true) AS
SELECT c.*, r.returns, p.hours, p.ways
FROM (
    SELECT tenant_id, dimension, value, day, sum(visits)::integer AS visits, sum(visitors)::integer AS visitors,
           sum(page_views)::integer AS page_views, sum(seconds)::bigint AS seconds, sum(timed)::integer AS timed,
           sum(engaged)::integer AS engaged, sum(bounced)::integer AS bounced, sum(bookings)::integer AS bookings,
           sum(value_minor)::bigint AS value_minor, sum(step0)::integer AS step0, sum(step1)::integer AS step1,
           sum(step2)::integer AS step2, sum(step3)::integer AS step3, sum(step4)::integer AS step4,
           sum(new_visitors)::integer AS new_visitors
    FROM (SELECT tenant_id, dimension, value, day, visits::integer, 0 AS visitors, page_views, seconds, timed,
                 engaged::integer, bounced::integer, bookings, value_minor, step0, step1, step2, step3, step4,
                 0 AS new_visitors
          FROM visit_slices
          UNION ALL
          SELECT tenant_id, dimension, value, seen, 0, visitors, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                 CASE before WHEN '-infinity' THEN visitors ELSE 0 END
          FROM visit_returns) each
    GROUP BY tenant_id, dimension, value, day) c
LEFT JOIN (
    SELECT tenant_id, dimension, value, seen AS day, array_agg(key * 4294967296 + total ORDER BY key) AS returns
    FROM (SELECT tenant_id, dimension, value, seen, (before - '2000-01-01')::bigint AS key,
                 sum(visitors) OVER (PARTITION BY tenant_id, dimension, value, seen ORDER BY before) AS total
          FROM visit_returns WHERE before > '-infinity') running
    GROUP BY tenant_id, dimension, value, seen) r USING (tenant_id, dimension, value, day)
LEFT JOIN (
    SELECT tenant_id, dimension, value, day,
           array_agg(key * 4294967296 + number ORDER BY key) FILTER (WHERE kind = 'h') AS hours,
           array_agg(key * 4294967296 + number ORDER BY key) FILTER (WHERE kind = 'w') AS ways
    FROM (SELECT tenant_id, dimension, value, day, kind, key, sum(number) AS number FROM visit_parts
          GROUP BY tenant_id, dimension, value, day, kind, key) parts
    GROUP BY tenant_id, dimension, value, day) p USING (tenant_id, dimension, value, day);

CREATE VIEW rollup_months_wanted WITH (security_invoker = true) AS
SELECT c.*, r.returns, p.hours, p.ways
FROM (
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
          SELECT tenant_id, dimension, value, date_trunc('month', seen)::date, 0, visitors, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                 0, CASE before WHEN '-infinity' THEN visitors ELSE 0 END
          FROM visit_returns WHERE before < date_trunc('month', seen)) each
    GROUP BY tenant_id, dimension, value, month) c
LEFT JOIN (
    SELECT tenant_id, dimension, value, month AS day, array_agg(key * 4294967296 + total ORDER BY key) AS returns
    FROM (SELECT tenant_id, dimension, value, month, (before - '2000-01-01')::bigint AS key,
                 (sum(sum(visitors)) OVER (PARTITION BY tenant_id, dimension, value, month ORDER BY before))::bigint AS total
          FROM (SELECT *, date_trunc('month', seen)::date AS month FROM visit_returns) seen
          WHERE before > '-infinity' AND before < month
          GROUP BY tenant_id, dimension, value, month, before) running
    GROUP BY tenant_id, dimension, value, month) r USING (tenant_id, dimension, value, day)
LEFT JOIN (
    SELECT tenant_id, dimension, value, month AS day,
           array_agg(key * 4294967296 + number ORDER BY key) FILTER (WHERE kind = 'h') AS hours,
           array_agg(key * 4294967296 + number ORDER BY key) FILTER (WHERE kind = 'w') AS ways
    FROM (SELECT tenant_id, dimension, value, date_trunc('month', day)::date AS month, kind, key, sum(number) AS number
          FROM visit_parts GROUP BY 1, 2, 3, 4, 5, 6) parts
    GROUP BY tenant_id, dimension, value, month) p USING (tenant_id, dimension, value, day);

CREATE VIEW rollup_combined_wanted WITH (security_invoker = true) AS
SELECT c.*, e.views, e.hours, e.ways
FROM (
    SELECT f.tenant_id, f.combination, each.whole_month, each.day, sum(f.visits)::integer AS visits,
           (count(*) FILTER (WHERE f.known))::integer AS known, sum(f.page_views)::integer AS page_views,
           sum(f.seconds)::bigint AS seconds, (count(*) FILTER (WHERE f.events > 1))::integer AS timed,
           sum(f.engaged)::integer AS engaged, sum(f.bounced)::integer AS bounced, sum(f.bookings)::integer AS bookings,
           sum(f.value_minor)::bigint AS value_minor, (count(*) FILTER (WHERE f.stage >= 0))::integer AS step0,
           (count(*) FILTER (WHERE f.stage >= 1))::integer AS step1, (count(*) FILTER (WHERE f.stage >= 2))::integer AS step2,
           (count(*) FILTER (WHERE f.stage >= 3))::integer AS step3, (count(*) FILTER (WHERE f.stage >= 4))::integer AS step4,
           l.number AS pages
    FROM visit_facts f
    LEFT JOIN visit_lists l ON l.tenant_id = f.tenant_id AND l.hash = hash_array_extended(f.pages, 0) AND l.list = f.pages
    CROSS JOIN LATERAL (VALUES (false, f.day), (true, date_trunc('month', f.day)::date)) AS each (whole_month, day)
    GROUP BY f.tenant_id, f.combination, each.whole_month, each.day, l.number) c
LEFT JOIN (
    SELECT tenant_id, combination, whole_month, day, pages,
           array_agg(key * 4294967296 + number ORDER BY key) FILTER (WHERE kind = 'v') AS views,
           array_agg(key * 4294967296 + number ORDER BY key) FILTER (WHERE kind = 'h') AS hours,
           array_agg(key * 4294967296 + number ORDER BY key) FILTER (WHERE kind = 'w') AS ways
    FROM (SELECT e.tenant_id, e.combination, each.whole_month, each.day, e.pages, e.kind, e.key, sum(e.number) AS number
          FROM visit_entries e
              CROSS JOIN LATERAL (VALUES (false, e.day), (true, date_trunc('month', e.day)::date)) AS each (whole_month, day)
          GROUP BY 1, 2, 3, 4, 5, 6, 7) entries
    GROUP BY tenant_id, combination, whole_month, day, pages) e USING (tenant_id, combination, whole_month, day, pages);
