-- What the dashboards read: sums by hour, day and month of every visit's facts, kept exact by adding what its facts
-- are now and taking off what they were, in one transaction with the facts themselves.

-- dimension: 0 everything, 1 source, 2 medium, 3 campaign, 4 device, 5 browser, 6 country, 7 page, 8 variant
-- (test:variant), and of two at once, the values parted by a line feed: 9 source and device, 10 source and country,
-- 11 device and country, 12 source and variant, 13 device and variant. A visit is in 7, 8, 12 and 13 once for each page and
-- variant; page views of a page are its own.
CREATE VIEW visit_slices WITH (security_invoker = true) AS
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
    SELECT 7, p.page, p.views FROM unnest(f.pages, f.page_counts) AS p (page, views)
    UNION ALL
    SELECT each.dimension, each.value, f.page_views
    FROM unnest(f.variants) AS x (variant)
        CROSS JOIN LATERAL (VALUES (8, x.variant), (12, f.source || E'\n' || x.variant),
                                   (13, f.device || E'\n' || x.variant)) AS each (dimension, value)
) AS slice (dimension, value, page_views);

CREATE TABLE rollup_hours (
    tenant_id uuid NOT NULL,
    dimension smallint NOT NULL,
    value text NOT NULL,
    day date NOT NULL,            -- of the tenant's clock, as is local_hour
    hour timestamptz NOT NULL,    -- the instant at which the hour began
    local_hour smallint NOT NULL,
    visits integer NOT NULL,
    visitors integer NOT NULL,    -- different ones in the hour
    page_views integer NOT NULL,
    seconds bigint NOT NULL,
    timed integer NOT NULL,       -- visits with more than one event
    engaged integer NOT NULL,
    bounced integer NOT NULL,
    bookings integer NOT NULL,
    value_minor bigint NOT NULL,
    step0 integer NOT NULL,       -- visits that came at least this far in the funnel
    step1 integer NOT NULL,
    step2 integer NOT NULL,
    step3 integer NOT NULL,
    step4 integer NOT NULL,
    PRIMARY KEY (tenant_id, dimension, value, day, hour)
) WITH (fillfactor = 80);
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
    PRIMARY KEY (tenant_id, dimension, value, day)
) WITH (fillfactor = 80);
CREATE INDEX rollup_days_by_day ON rollup_days (tenant_id, dimension, day);
CREATE TABLE rollup_months (LIKE rollup_days, PRIMARY KEY (tenant_id, dimension, value, day)) WITH (fillfactor = 80);
CREATE INDEX rollup_months_by_day ON rollup_months (tenant_id, dimension, day);

-- How many visitors were seen on a day who were last seen before on another, in the same slice: with it the different
-- visitors of any range [a, b] are the sum over its days of those last seen before a. `before` is -infinity for never.
-- Whole months stand beside the days on either side, so that two years are a few hundred rows: whole_seen and
-- whole_before say that the date is the first of a month and stands for all of it.
CREATE TABLE rollup_returns (
    tenant_id uuid NOT NULL,
    dimension smallint NOT NULL,
    value text NOT NULL,
    whole_seen boolean NOT NULL,
    whole_before boolean NOT NULL,
    seen date NOT NULL,
    before date NOT NULL,
    visitors integer NOT NULL,
    PRIMARY KEY (tenant_id, dimension, value, whole_seen, whole_before, seen, before)
) WITH (fillfactor = 80);

-- Commonest ways through a site: by day, for dimensions 0, 1, 4 and 8.
CREATE TABLE rollup_paths (
    tenant_id uuid NOT NULL,
    dimension smallint NOT NULL,
    value text NOT NULL,
    whole_month boolean NOT NULL,
    day date NOT NULL,
    path text[] NOT NULL,
    visits integer NOT NULL,
    bookings integer NOT NULL,
    PRIMARY KEY (tenant_id, dimension, value, whole_month, day, path)
) WITH (fillfactor = 80);

-- Which variant a visitor counts for, and whether she booked afterwards: one row for each test, phase and visitor.
CREATE TABLE arm_visitors (
    tenant_id uuid NOT NULL,
    test_id uuid NOT NULL,
    phase integer NOT NULL,
    visitor uuid NOT NULL,
    variant_id text NOT NULL, -- the first that she was shown
    day date NOT NULL,        -- when, by the tenant's clock
    converted date,           -- the day of her first booking after that, by the same clock
    PRIMARY KEY (test_id, phase, visitor)
);
CREATE INDEX arm_visitors_of_visitor ON arm_visitors (visitor);
CREATE TABLE rollup_arms (
    tenant_id uuid NOT NULL,
    test_id uuid NOT NULL,
    phase integer NOT NULL,
    day date NOT NULL,
    variant_id text NOT NULL,
    visitors integer NOT NULL,    -- first shown on that day
    conversions integer NOT NULL, -- of whichever day's visitors, on that day
    PRIMARY KEY (test_id, phase, day, variant_id)
) WITH (fillfactor = 80);
CREATE INDEX rollup_arms_of_tenant ON rollup_arms (tenant_id);

-- Visits (and bookings without one) whose facts are to be made anew; a visit may stand here several times.
CREATE TABLE analytics_dirty (
    session_id uuid NOT NULL,
    tenant_id uuid NOT NULL,
    marked_at timestamptz NOT NULL DEFAULT now()
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000);

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['rollup_hours', 'rollup_days', 'rollup_months', 'rollup_returns', 'rollup_paths',
                                'arm_visitors', 'rollup_arms', 'analytics_dirty'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', name);
        EXECUTE format('GRANT SELECT ON %I TO studio_operator, studio_companion', name);
        EXECUTE format('CREATE POLICY %I ON %I FOR SELECT TO studio_operator, studio_companion
                        USING ((SELECT role FROM studio_account()) = ''operator''
                               OR tenant_id = (SELECT a.tenant_id FROM studio_account() a))', name || '_read', name);
    END LOOP;
END
$$;

CREATE FUNCTION analytics_mark() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_TABLE_NAME = 'sessions' THEN
        INSERT INTO analytics_dirty (session_id, tenant_id) SELECT DISTINCT id, tenant_id FROM changed;
    ELSIF TG_TABLE_NAME = 'bookings' THEN
        INSERT INTO analytics_dirty (session_id, tenant_id)
        SELECT each.id, c.tenant_id FROM changed c CROSS JOIN LATERAL (VALUES (c.session_id), (c.id)) each (id)
        WHERE each.id IS NOT NULL;
    ELSE
        INSERT INTO analytics_dirty (session_id, tenant_id)
        SELECT DISTINCT session_id, tenant_id FROM changed WHERE session_id IS NOT NULL;
    END IF;
    RETURN NULL;
END
$$;

CREATE FUNCTION analytics_mark_both() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_TABLE_NAME = 'sessions' THEN
        INSERT INTO analytics_dirty (session_id, tenant_id)
        SELECT id, tenant_id FROM changed UNION SELECT id, tenant_id FROM former;
    ELSIF TG_TABLE_NAME = 'bookings' THEN
        INSERT INTO analytics_dirty (session_id, tenant_id)
        SELECT each.id, c.tenant_id
        FROM (SELECT * FROM changed UNION ALL SELECT * FROM former) c
            CROSS JOIN LATERAL (VALUES (c.session_id), (c.id)) each (id)
        WHERE each.id IS NOT NULL
        GROUP BY 1, 2;
    ELSE
        INSERT INTO analytics_dirty (session_id, tenant_id)
        SELECT session_id, tenant_id FROM changed WHERE session_id IS NOT NULL
        UNION SELECT session_id, tenant_id FROM former WHERE session_id IS NOT NULL;
    END IF;
    RETURN NULL;
END
$$;

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['sessions', 'events', 'ab_assignments', 'bookings'] LOOP
        EXECUTE format('CREATE TRIGGER analytics_added AFTER INSERT ON %I REFERENCING NEW TABLE AS changed
                        FOR EACH STATEMENT EXECUTE FUNCTION analytics_mark()', name);
        EXECUTE format('CREATE TRIGGER analytics_removed AFTER DELETE ON %I REFERENCING OLD TABLE AS changed
                        FOR EACH STATEMENT EXECUTE FUNCTION analytics_mark()', name);
        EXECUTE format('CREATE TRIGGER analytics_changed AFTER UPDATE ON %I
                        REFERENCING NEW TABLE AS changed OLD TABLE AS former
                        FOR EACH STATEMENT EXECUTE FUNCTION analytics_mark_both()', name);
    END LOOP;
END
$$;

-- What the sums should be by the facts: for rebuilding and for verifying.
CREATE VIEW rollup_hours_wanted WITH (security_invoker = true) AS
SELECT tenant_id, dimension, value, day, hour, local_hour, sum(visits)::integer AS visits,
       sum(visitors)::integer AS visitors, sum(page_views)::integer AS page_views, sum(seconds)::bigint AS seconds,
       sum(timed)::integer AS timed, sum(engaged)::integer AS engaged, sum(bounced)::integer AS bounced,
       sum(bookings)::integer AS bookings, sum(value_minor)::bigint AS value_minor, sum(step0)::integer AS step0,
       sum(step1)::integer AS step1, sum(step2)::integer AS step2, sum(step3)::integer AS step3,
       sum(step4)::integer AS step4
FROM (SELECT tenant_id, dimension, value, day, hour, local_hour, visits::integer,
             CASE WHEN known THEN 0 ELSE visits END::integer AS visitors, page_views, seconds, timed, engaged::integer,
             bounced::integer, bookings, value_minor, step0, step1, step2, step3, step4
      FROM visit_slices
      UNION ALL
      SELECT tenant_id, dimension, value, day, hour, local_hour, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
      FROM (SELECT DISTINCT tenant_id, dimension, value, day, hour, local_hour, visitor
            FROM visit_slices WHERE known) seen) each
GROUP BY tenant_id, dimension, value, day, hour, local_hour;

CREATE VIEW visit_returns WITH (security_invoker = true) AS
SELECT tenant_id, dimension, value, day AS seen, before, count(*)::integer AS visitors FROM (
    SELECT tenant_id, dimension, value, day, coalesce(lag(day) OVER (
               PARTITION BY tenant_id, dimension, value, visitor ORDER BY day), '-infinity') AS before
    FROM (SELECT DISTINCT tenant_id, dimension, value, visitor, day FROM visit_slices WHERE visits > 0) seen) chain
GROUP BY tenant_id, dimension, value, day, before;

CREATE VIEW rollup_returns_wanted WITH (security_invoker = true) AS
SELECT r.tenant_id, r.dimension, r.value, each.whole_seen, each.whole_before, each.seen, each.before,
       sum(r.visitors)::integer AS visitors
FROM visit_returns r CROSS JOIN LATERAL (
    VALUES (false, false, r.seen, r.before), (false, true, r.seen, date_trunc('month', r.before)::date),
           (true, false, date_trunc('month', r.seen)::date, r.before),
           (true, true, date_trunc('month', r.seen)::date, date_trunc('month', r.before)::date))
    AS each (whole_seen, whole_before, seen, before)
GROUP BY r.tenant_id, r.dimension, r.value, each.whole_seen, each.whole_before, each.seen, each.before;

CREATE VIEW rollup_days_wanted WITH (security_invoker = true) AS
SELECT tenant_id, dimension, value, day, sum(visits)::integer AS visits, sum(visitors)::integer AS visitors,
       sum(page_views)::integer AS page_views, sum(seconds)::bigint AS seconds, sum(timed)::integer AS timed,
       sum(engaged)::integer AS engaged, sum(bounced)::integer AS bounced, sum(bookings)::integer AS bookings,
       sum(value_minor)::bigint AS value_minor, sum(step0)::integer AS step0, sum(step1)::integer AS step1,
       sum(step2)::integer AS step2, sum(step3)::integer AS step3, sum(step4)::integer AS step4
FROM (SELECT tenant_id, dimension, value, day, visits::integer, 0 AS visitors, page_views, seconds, timed,
             engaged::integer, bounced::integer, bookings, value_minor, step0, step1, step2, step3, step4
      FROM visit_slices
      UNION ALL
      SELECT tenant_id, dimension, value, seen, 0, visitors, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 FROM visit_returns) each
GROUP BY tenant_id, dimension, value, day;

CREATE VIEW rollup_months_wanted WITH (security_invoker = true) AS
SELECT tenant_id, dimension, value, month AS day, sum(visits)::integer AS visits, sum(visitors)::integer AS visitors,
       sum(page_views)::integer AS page_views, sum(seconds)::bigint AS seconds, sum(timed)::integer AS timed,
       sum(engaged)::integer AS engaged, sum(bounced)::integer AS bounced, sum(bookings)::integer AS bookings,
       sum(value_minor)::bigint AS value_minor, sum(step0)::integer AS step0, sum(step1)::integer AS step1,
       sum(step2)::integer AS step2, sum(step3)::integer AS step3, sum(step4)::integer AS step4
FROM (SELECT tenant_id, dimension, value, date_trunc('month', day)::date AS month, visits::integer, 0 AS visitors,
             page_views, seconds, timed, engaged::integer, bounced::integer, bookings, value_minor, step0, step1, step2,
             step3, step4
      FROM visit_slices
      UNION ALL
      SELECT tenant_id, dimension, value, date_trunc('month', seen)::date, 0, visitors, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0
      FROM visit_returns WHERE before < date_trunc('month', seen)) each
GROUP BY tenant_id, dimension, value, month;

CREATE VIEW rollup_paths_wanted WITH (security_invoker = true) AS
SELECT f.tenant_id, slice.dimension, slice.value, each.whole_month, each.day, f.path, count(*)::integer AS visits,
       sum(f.bookings)::integer AS bookings
FROM visit_facts f
CROSS JOIN LATERAL (VALUES (0::smallint, ''), (1::smallint, f.source), (4::smallint, f.device)
                    UNION ALL SELECT 8::smallint, unnest(f.variants)) AS slice (dimension, value)
CROSS JOIN LATERAL (VALUES (false, f.day), (true, date_trunc('month', f.day)::date)) AS each (whole_month, day)
WHERE f.visits = 1 AND f.path <> '{}'
GROUP BY f.tenant_id, slice.dimension, slice.value, each.whole_month, each.day, f.path;

CREATE VIEW rollup_arms_wanted WITH (security_invoker = true) AS
SELECT tenant_id, test_id, phase, day, variant_id, sum(visitors)::integer AS visitors,
       sum(conversions)::integer AS conversions
FROM (SELECT tenant_id, test_id, phase, day, variant_id, 1 AS visitors, 0 AS conversions FROM arm_visitors
      UNION ALL
      SELECT tenant_id, test_id, phase, converted, variant_id, 0, 1 FROM arm_visitors WHERE converted IS NOT NULL) each
GROUP BY tenant_id, test_id, phase, day, variant_id;
