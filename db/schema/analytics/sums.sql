-- From facts to the sums of each day and hour.

-- Each visit once in the total of all visits and once under each of its values. Under a page only its own page views count,
-- under a service only its own bookings and their value. Requests without a counted visit stand under 11 and, cancelled, under
-- 12, and nowhere else.
CREATE VIEW visit_slices WITH (security_invoker = true) AS
SELECT d.dimension, d.value, f.tenant_id, f.day, f.minute_of_day, f.visitor, f.visits, d.page_views, f.seconds, f.timed,
       f.engaged, f.bounced, d.bookings, d.value_minor, f.stage, f.source, f.medium, f.campaign, f.device, f.browser,
       f.country, f.pages, f.page_counts, f.variants
FROM visit_facts f CROSS JOIN LATERAL (
    SELECT 0::smallint AS dimension, '' COLLATE "C" AS value, f.page_views, f.bookings, f.value_minor
    UNION ALL SELECT 1::smallint, f.source, f.page_views, f.bookings, f.value_minor
    UNION ALL SELECT 2::smallint, f.medium, f.page_views, f.bookings, f.value_minor
    UNION ALL SELECT 3::smallint, f.campaign, f.page_views, f.bookings, f.value_minor
    UNION ALL SELECT 4::smallint, f.device, f.page_views, f.bookings, f.value_minor
    UNION ALL SELECT 5::smallint, f.browser, f.page_views, f.bookings, f.value_minor
    UNION ALL SELECT 6::smallint, f.country, f.page_views, f.bookings, f.value_minor
    UNION ALL SELECT 7::smallint, p.page, p.views::integer, f.bookings, f.value_minor
              FROM unnest(f.pages, f.page_counts) AS p (page, views)
    UNION ALL SELECT 8::smallint, v.variant, f.page_views, f.bookings, f.value_minor FROM unnest(f.variants) AS v (variant)
    UNION ALL SELECT 9::smallint, s.service, 0, 1::smallint, s.worth
              FROM unnest(f.services, f.service_values) AS s (service, worth)
    UNION ALL SELECT 10::smallint, c.service, 0, 1::smallint, 0::bigint FROM unnest(f.cancelled) AS c (service)
    UNION ALL SELECT 11::smallint, '', 0, f.bookings, f.value_minor WHERE f.bookings > 0
    UNION ALL SELECT 12::smallint, '', 0, 1::smallint, 0::bigint FROM unnest(f.cancelled)) d
WHERE (f.visits > 0) = (d.dimension < 11);

-- The sums of a day as they should be. The hundred most frequent values of a day and dimension keep their names: a visitor
-- can invent campaigns and addresses. The others are counted together; a visitor with two of them counts twice there.
CREATE VIEW daily_expected WITH (security_invoker = true) AS
SELECT tenant_id, dimension, day, CASE WHEN place <= 100 THEN value ELSE '(other)' END COLLATE "C" AS value,
       sum(visits)::integer AS visits, sum(visitors)::integer AS visitors, sum(page_views)::integer AS page_views,
       sum(seconds)::bigint AS seconds, sum(timed)::integer AS timed, sum(engaged)::integer AS engaged,
       sum(bounced)::integer AS bounced, sum(bookings)::integer AS bookings, sum(value_minor)::bigint AS value_minor,
       sum(step0)::integer AS step0, sum(step1)::integer AS step1, sum(step2)::integer AS step2,
       sum(step3)::integer AS step3, sum(step4)::integer AS step4
FROM (
    SELECT tenant_id, dimension, day, value, sum(visits) AS visits,
           count(*) FILTER (WHERE visitor IS NULL AND visits > 0) + count(DISTINCT visitor) AS visitors,
           sum(page_views) AS page_views, sum(seconds) AS seconds, count(*) FILTER (WHERE timed) AS timed,
           count(*) FILTER (WHERE engaged) AS engaged, count(*) FILTER (WHERE bounced) AS bounced,
           sum(bookings) AS bookings, sum(value_minor) AS value_minor, count(*) FILTER (WHERE stage >= 0) AS step0,
           count(*) FILTER (WHERE stage >= 1) AS step1, count(*) FILTER (WHERE stage >= 2) AS step2,
           count(*) FILTER (WHERE stage >= 3) AS step3, count(*) FILTER (WHERE stage >= 4) AS step4,
           row_number() OVER (PARTITION BY tenant_id, dimension, day ORDER BY sum(visits) DESC, value) AS place
    FROM visit_slices GROUP BY tenant_id, dimension, day, value) each_value
GROUP BY 1, 2, 3, 4;

CREATE VIEW hourly_expected WITH (security_invoker = true) AS
SELECT tenant_id, day, date_trunc('minute', started_at) - (minute_of_day % 60) * interval '1 minute' AS starts_at,
       (min(minute_of_day) / 60)::smallint AS hour, sum(visits)::integer AS visits,
       (count(*) FILTER (WHERE visitor IS NULL) + count(DISTINCT visitor))::integer AS visitors,
       sum(page_views)::integer AS page_views, sum(seconds)::bigint AS seconds,
       (count(*) FILTER (WHERE timed))::integer AS timed, (count(*) FILTER (WHERE engaged))::integer AS engaged,
       (count(*) FILTER (WHERE bounced))::integer AS bounced, sum(bookings)::integer AS bookings,
       sum(value_minor)::bigint AS value_minor
FROM visit_facts WHERE visits > 0 GROUP BY 1, 2, 3;
