-- Companions read their own tenant's figures, operators all, nobody else any. Only the functions of
-- upkeep.sql and touched_visits.sql write.
CREATE POLICY visit_facts_read ON visit_facts FOR SELECT TO studio_operator, studio_companion
    USING ((SELECT role FROM studio_account()) = 'operator' OR tenant_id = (SELECT a.tenant_id FROM studio_account() a));
CREATE POLICY daily_read ON daily FOR SELECT TO studio_operator, studio_companion
    USING ((SELECT role FROM studio_account()) = 'operator' OR tenant_id = (SELECT a.tenant_id FROM studio_account() a));
CREATE POLICY hourly_read ON hourly FOR SELECT TO studio_operator, studio_companion
    USING ((SELECT role FROM studio_account()) = 'operator' OR tenant_id = (SELECT a.tenant_id FROM studio_account() a));
CREATE POLICY dirty_days_read ON dirty_days FOR SELECT TO studio_operator, studio_companion
    USING ((SELECT role FROM studio_account()) = 'operator' OR tenant_id = (SELECT a.tenant_id FROM studio_account() a));
CREATE POLICY touched_visits_read ON touched_visits FOR SELECT TO studio_operator, studio_companion
    USING ((SELECT role FROM studio_account()) = 'operator' OR tenant_id = (SELECT a.tenant_id FROM studio_account() a));
GRANT SELECT ON visit_facts, daily, hourly, dirty_days, touched_visits, visit_slices, daily_expected, hourly_expected
    TO studio_operator, studio_companion;
GRANT EXECUTE ON FUNCTION experiment_counts(uuid, integer), studio_local_day(uuid, timestamptz), studio_default_zone() TO studio_operator, studio_companion;
GRANT EXECUTE ON FUNCTION analytics_tenants_to_update(interval, interval, interval),
    analytics_update_tenant(uuid, integer, interval, interval, interval) TO studio_renderer, studio_operator;
GRANT EXECUTE ON FUNCTION analytics_rebuild(uuid), analytics_differences(uuid) TO studio_operator;
GRANT SELECT (source_visit_id) ON bookings TO studio_operator, studio_companion;
