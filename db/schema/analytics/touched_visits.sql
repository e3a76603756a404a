-- Whatever writes raw rows adds their visits to the queue, in the same transaction: a function that adds events calls
-- analytics_touch() (a trigger would copy each event), and triggers see every other change.

CREATE FUNCTION analytics_touch(tenants uuid[], visits uuid[]) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    INSERT INTO touched_visits (tenant_id, visit_id, started_at)
    SELECT DISTINCT s.tenant_id, s.id, s.created_at
    FROM unnest(tenants, visits) AS v (tenant_id, id) JOIN sessions s ON s.id = v.id AND (s.tenant_id = v.tenant_id) IS TRUE
$$;

-- `changed` holds the statement's rows, either before or after the change. A booking touches its visit and itself; a changed
-- visit touches its bookings, which have rows of their own while the visit is not counted. A visit that was deleted is
-- touched by its own deletion, with the moment at which it began.
CREATE FUNCTION analytics_touch_changed() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_TABLE_NAME = 'sessions' THEN
        INSERT INTO touched_visits (tenant_id, visit_id, started_at) SELECT tenant_id, id, created_at FROM changed;
        IF TG_OP = 'UPDATE' THEN
            INSERT INTO touched_visits (tenant_id, visit_id, started_at)
            SELECT b.tenant_id, b.id, b.created_at
            FROM changed c JOIN bookings b ON coalesce(b.source_visit_id, b.session_id) = c.id;
        END IF;
    ELSIF TG_TABLE_NAME = 'bookings' THEN
        INSERT INTO touched_visits (tenant_id, visit_id, started_at)
        SELECT tenant_id, id, created_at FROM changed
        UNION
        SELECT s.tenant_id, s.id, s.created_at
        FROM changed c CROSS JOIN LATERAL (VALUES (c.session_id), (c.source_visit_id)) AS v (id)
            JOIN sessions s ON s.id = v.id AND (s.tenant_id = c.tenant_id) IS TRUE;
    ELSE
        INSERT INTO touched_visits (tenant_id, visit_id, started_at)
        SELECT DISTINCT s.tenant_id, s.id, s.created_at
        FROM changed c JOIN sessions s ON s.id = c.session_id AND (s.tenant_id = c.tenant_id) IS TRUE;
    END IF;
    RETURN NULL;
END
$$;

CREATE TRIGGER analytics_removed AFTER DELETE ON sessions REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION analytics_touch_changed();
CREATE TRIGGER analytics_changed AFTER UPDATE ON sessions REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION analytics_touch_changed();
CREATE TRIGGER analytics_added AFTER INSERT ON sessions REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION analytics_touch_changed();
CREATE TRIGGER analytics_removed AFTER DELETE ON events REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION analytics_touch_changed();
CREATE TRIGGER analytics_former AFTER UPDATE ON events REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION analytics_touch_changed();
CREATE TRIGGER analytics_changed AFTER UPDATE ON events REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION analytics_touch_changed();
CREATE TRIGGER analytics_removed AFTER DELETE ON ab_assignments REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION analytics_touch_changed();
CREATE TRIGGER analytics_former AFTER UPDATE ON ab_assignments REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION analytics_touch_changed();
CREATE TRIGGER analytics_changed AFTER UPDATE ON ab_assignments REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION analytics_touch_changed();
CREATE TRIGGER analytics_added AFTER INSERT ON ab_assignments REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION analytics_touch_changed();
CREATE TRIGGER analytics_removed AFTER DELETE ON bookings REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION analytics_touch_changed();
CREATE TRIGGER analytics_former AFTER UPDATE ON bookings REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION analytics_touch_changed();
CREATE TRIGGER analytics_changed AFTER UPDATE ON bookings REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION analytics_touch_changed();
CREATE TRIGGER analytics_added AFTER INSERT ON bookings REFERENCING NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION analytics_touch_changed();
