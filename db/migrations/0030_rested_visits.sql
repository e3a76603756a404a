-- A visit under way is marked again and again: its facts are made anew once it has rested, not at every posting.

DROP FUNCTION analytics_refresh(integer);

-- Brings the figures up to date for the visits of at most so many marks, of those that were first marked at least `rested`
-- ago; gives how many marks it took, null where another one is at work.
CREATE FUNCTION analytics_refresh(most integer, rested interval DEFAULT '0') RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp
SET plan_cache_mode = force_custom_plan -- the visits are hashed, however many
AS $$
DECLARE
    due uuid[];
    taken integer;
BEGIN
    PERFORM studio_require_analyst();
    IF NOT pg_try_advisory_xact_lock(hashtext('analytics')) THEN
        RETURN NULL;
    END IF;
    due := ARRAY(SELECT DISTINCT session_id FROM (
        SELECT session_id FROM analytics_dirty WHERE marked_at <= clock_timestamp() - rested LIMIT most) marks);
    IF due = '{}' THEN
        RETURN 0;
    END IF;
    DELETE FROM analytics_dirty WHERE session_id = ANY (due);
    GET DIAGNOSTICS taken = ROW_COUNT;
    PERFORM analytics_recount(due);
    RETURN taken;
END
$$;
GRANT EXECUTE ON FUNCTION analytics_refresh(integer, interval) TO studio_renderer, studio_operator;
