-- Who may read the figures, and what marks visits whose figures are to be made anew.

CREATE AGGREGATE analytics_joined(bigint[]) (SFUNC = array_cat, STYPE = bigint[], PARALLEL = SAFE);

GRANT SELECT ON visit_facts TO studio_operator, studio_companion;
CREATE POLICY visit_facts_read ON visit_facts FOR SELECT TO studio_operator, studio_companion
    USING ((SELECT role FROM studio_account()) = 'operator'
           OR tenant_id = (SELECT a.tenant_id FROM studio_account() a));

GRANT SELECT ON rollup_hours TO studio_operator, studio_companion;
CREATE POLICY rollup_hours_read ON rollup_hours FOR SELECT TO studio_operator, studio_companion
    USING ((SELECT role FROM studio_account()) = 'operator'
           OR tenant_id = (SELECT a.tenant_id FROM studio_account() a));

GRANT SELECT ON arm_visitors TO studio_operator, studio_companion;
CREATE POLICY arm_visitors_read ON arm_visitors FOR SELECT TO studio_operator, studio_companion
    USING ((SELECT role FROM studio_account()) = 'operator'
           OR tenant_id = (SELECT a.tenant_id FROM studio_account() a));

GRANT SELECT ON rollup_arms TO studio_operator, studio_companion;
CREATE POLICY rollup_arms_read ON rollup_arms FOR SELECT TO studio_operator, studio_companion
    USING ((SELECT role FROM studio_account()) = 'operator'
           OR tenant_id = (SELECT a.tenant_id FROM studio_account() a));

GRANT SELECT ON analytics_dirty TO studio_operator, studio_companion;
CREATE POLICY analytics_dirty_read ON analytics_dirty FOR SELECT TO studio_operator, studio_companion
    USING ((SELECT role FROM studio_account()) = 'operator'
           OR tenant_id = (SELECT a.tenant_id FROM studio_account() a));

GRANT SELECT ON booking_facts TO studio_operator, studio_companion;
CREATE POLICY booking_facts_read ON booking_facts FOR SELECT TO studio_operator, studio_companion
    USING ((SELECT role FROM studio_account()) = 'operator'
           OR tenant_id = (SELECT a.tenant_id FROM studio_account() a));

GRANT SELECT ON rollup_services TO studio_operator, studio_companion;
CREATE POLICY rollup_services_read ON rollup_services FOR SELECT TO studio_operator, studio_companion
    USING ((SELECT role FROM studio_account()) = 'operator'
           OR tenant_id = (SELECT a.tenant_id FROM studio_account() a));

GRANT SELECT ON rollup_combinations TO studio_operator, studio_companion;
CREATE POLICY rollup_combinations_read ON rollup_combinations FOR SELECT TO studio_operator, studio_companion
    USING ((SELECT role FROM studio_account()) = 'operator'
           OR tenant_id = (SELECT a.tenant_id FROM studio_account() a));

GRANT SELECT ON rollup_combined TO studio_operator, studio_companion;
CREATE POLICY rollup_combined_read ON rollup_combined FOR SELECT TO studio_operator, studio_companion
    USING ((SELECT role FROM studio_account()) = 'operator'
           OR tenant_id = (SELECT a.tenant_id FROM studio_account() a));

GRANT SELECT ON visit_lists TO studio_operator, studio_companion;
CREATE POLICY visit_lists_read ON visit_lists FOR SELECT TO studio_operator, studio_companion
    USING ((SELECT role FROM studio_account()) = 'operator'
           OR tenant_id = (SELECT a.tenant_id FROM studio_account() a));

GRANT SELECT ON rollup_days TO studio_operator, studio_companion;
CREATE POLICY rollup_days_read ON rollup_days FOR SELECT TO studio_operator, studio_companion
    USING ((SELECT role FROM studio_account()) = 'operator'
           OR tenant_id = (SELECT a.tenant_id FROM studio_account() a));

GRANT SELECT ON rollup_months TO studio_operator, studio_companion;
CREATE POLICY rollup_months_read ON rollup_months FOR SELECT TO studio_operator, studio_companion
    USING ((SELECT role FROM studio_account()) = 'operator'
           OR tenant_id = (SELECT a.tenant_id FROM studio_account() a));

GRANT SELECT ON analytics_filters TO studio_operator, studio_companion;
CREATE POLICY analytics_filters_read ON analytics_filters FOR SELECT TO studio_operator, studio_companion
    USING ((SELECT role FROM studio_account()) = 'operator'
           OR tenant_id = (SELECT a.tenant_id FROM studio_account() a));

CREATE TRIGGER analytics_removed AFTER DELETE ON sessions REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION analytics_mark();
CREATE TRIGGER analytics_changed AFTER UPDATE ON sessions REFERENCING OLD TABLE AS former NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION analytics_mark_both();
CREATE TRIGGER analytics_added AFTER INSERT ON sessions
    FOR EACH ROW WHEN ((current_setting('studio.marked'::text, true) IS DISTINCT FROM 'yes'::text)) EXECUTE FUNCTION analytics_mark();

CREATE TRIGGER analytics_removed AFTER DELETE ON ab_assignments REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION analytics_mark();
CREATE TRIGGER analytics_changed AFTER UPDATE ON ab_assignments REFERENCING OLD TABLE AS former NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION analytics_mark_both();
CREATE TRIGGER analytics_added AFTER INSERT ON ab_assignments
    FOR EACH ROW WHEN ((current_setting('studio.marked'::text, true) IS DISTINCT FROM 'yes'::text)) EXECUTE FUNCTION analytics_mark();

CREATE TRIGGER analytics_removed AFTER DELETE ON events REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION analytics_mark();
CREATE TRIGGER analytics_changed AFTER UPDATE ON events REFERENCING OLD TABLE AS former NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION analytics_mark_both();
CREATE TRIGGER analytics_added AFTER INSERT ON events
    FOR EACH ROW WHEN ((current_setting('studio.marked'::text, true) IS DISTINCT FROM 'yes'::text)) EXECUTE FUNCTION analytics_mark();

CREATE TRIGGER analytics_removed AFTER DELETE ON bookings REFERENCING OLD TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION analytics_mark();
CREATE TRIGGER analytics_changed AFTER UPDATE ON bookings REFERENCING OLD TABLE AS former NEW TABLE AS changed
    FOR EACH STATEMENT EXECUTE FUNCTION analytics_mark_both();
CREATE TRIGGER analytics_added AFTER INSERT ON bookings
    FOR EACH ROW WHEN ((current_setting('studio.marked'::text, true) IS DISTINCT FROM 'yes'::text)) EXECUTE FUNCTION analytics_mark();
