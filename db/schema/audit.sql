-- Who changed what: written by trigger in the transaction of the change.

GRANT SELECT ON audit_log TO studio_operator;
CREATE POLICY audit_log_read ON audit_log FOR SELECT TO studio_operator
    USING ((SELECT role FROM studio_account()) = 'operator');

-- Arguments: the column that identifies the row, then the columns that may be recorded. What a visitor wrote, documents and
-- secrets are in no list. Companions and staff make a limited number of changes in a day, so that nobody fills the disk.
CREATE FUNCTION audit_write() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    before jsonb := CASE WHEN TG_OP <> 'INSERT' THEN to_jsonb(OLD) ELSE '{}' END;
    after jsonb := CASE WHEN TG_OP <> 'DELETE' THEN to_jsonb(NEW) ELSE '{}' END;
    tenant text;
    changed jsonb;
BEGIN
    SELECT coalesce(jsonb_object_agg(name, jsonb_build_array(before -> name, after -> name)), '{}') INTO changed
    FROM unnest(TG_ARGV[1:]) AS recorded (name)
    WHERE before -> name IS DISTINCT FROM after -> name
        AND NOT (coalesce(before -> name, 'null') = 'null' AND coalesce(after -> name, 'null') = 'null');
    IF TG_OP = 'UPDATE' AND changed = '{}' THEN
        RETURN NULL;
    END IF;
    IF EXISTS (SELECT FROM studio_account() WHERE role <> 'operator')
        AND (SELECT count(*) FROM audit_log WHERE login = session_user AND at > now() - interval '1 day') >= 5000 THEN
        RAISE EXCEPTION 'An account can make at most 5000 changes in a day. Try again tomorrow.'
            USING ERRCODE = 'check_violation';
    END IF;
    tenant := CASE WHEN TG_TABLE_NAME = 'tenants' THEN coalesce(after ->> 'id', before ->> 'id')
                   ELSE coalesce(after ->> 'tenant_id', before ->> 'tenant_id') END;
    INSERT INTO audit_log (action, table_name, row_id, tenant_id, changes)
    VALUES (lower(TG_OP), TG_TABLE_NAME, coalesce(after ->> TG_ARGV[0], before ->> TG_ARGV[0]), tenant::uuid, changed);
    RETURN NULL;
END
$$;

CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON platform_settings
    FOR EACH ROW EXECUTE FUNCTION audit_write('name', 'name', 'value');
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON tenants
    FOR EACH ROW EXECUTE FUNCTION audit_write('id', 'subdomain', 'name', 'custom_domain', 'status',
                                              'published_revision', 'keeps_originals');
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON accounts
    FOR EACH ROW EXECUTE FUNCTION audit_write('login', 'display_name', 'role', 'tenant_id', 'may_edit', 'disabled');
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON revisions
    FOR EACH ROW EXECUTE FUNCTION audit_write('id', 'number', 'base_number', 'note', 'author');
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON identity_verifications
    FOR EACH ROW EXECUTE FUNCTION audit_write('id', 'document_kind', 'adult_confirmed', 'verified_at', 'verified_by');
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON photo_releases
    FOR EACH ROW EXECUTE FUNCTION audit_write('id', 'photo_url', 'adult', 'valid_from', 'valid_until', 'recorded_by', 'recorded_at',
                                              'withdrawn_at');
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON photos
    FOR EACH ROW EXECUTE FUNCTION audit_write('picture', 'picture', 'people', 'paused_at', 'paused_by', 'added_by', 'added_at');
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON ab_tests
    FOR EACH ROW EXECUTE FUNCTION audit_write('id', 'name', 'description', 'element_type', 'variants', 'traffic_share',
                                              'phase', 'status', 'winner_variant_id', 'auto_winner', 'planned_visitors',
                                              'started_at', 'ended_at', 'origin', 'decision', 'reverted_at');
CREATE TRIGGER audit AFTER UPDATE OR DELETE ON bookings
    FOR EACH ROW EXECUTE FUNCTION audit_write('id', 'status');
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON social_media_metrics
    FOR EACH ROW EXECUTE FUNCTION audit_write('id', 'platform', 'metric_date', 'followers', 'engagement_rate',
                                              'posts_count', 'reach');
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON share_links
    FOR EACH ROW EXECUTE FUNCTION audit_write('id', 'expires_at', 'created_by');
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON blocked_clients
    FOR EACH ROW EXECUTE FUNCTION audit_write('id', 'kind', 'created_by');
CREATE TRIGGER audit AFTER INSERT OR UPDATE OR DELETE ON webhooks
    FOR EACH ROW EXECUTE FUNCTION audit_write('id', 'url', 'active', 'created_by');
