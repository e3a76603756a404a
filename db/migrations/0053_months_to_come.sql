-- A month that is yet to come holds nothing: ids are not looked up in it one by one.

CREATE OR REPLACE FUNCTION tracking_ids_of_the_other_month(ids uuid[], times bigint[], month_end timestamptz) RETURNS uuid[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_generic_plan SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off
SET enable_bitmapscan = off SET enable_memoize = off
AS $$
DECLARE
    found_after uuid[] := '{}';
    found_before uuid[];
BEGIN
    IF EXISTS (SELECT FROM events e WHERE e.created_at >= month_end AND e.created_at < month_end + interval '1 month') THEN
        SELECT coalesce(array_agg(n.id), '{}') INTO found_after
        FROM unnest(ids, times) AS n (id, at) CROSS JOIN LATERAL (
            SELECT FROM events e WHERE e.id = n.id AND e.created_at >= month_end
                AND e.created_at < month_end + interval '1 month' LIMIT 1) there
        WHERE studio_time(n.at) < month_end;
    END IF;
    SELECT coalesce(array_agg(n.id), '{}') INTO found_before
    FROM unnest(ids, times) AS n (id, at) CROSS JOIN LATERAL (
        SELECT FROM events e WHERE e.id = n.id AND e.created_at < month_end
            AND e.created_at >= month_end - interval '1 month' LIMIT 1) there
    WHERE studio_time(n.at) >= month_end;
    RETURN found_after || found_before;
END
$$;
