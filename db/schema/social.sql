-- Figures of social media.

GRANT SELECT, INSERT, UPDATE (followers, engagement_rate, posts_count, reach, imported_at) ON social_media_metrics TO studio_operator;
GRANT SELECT ON social_media_metrics TO studio_companion;
CREATE POLICY social_media_metrics_read ON social_media_metrics FOR SELECT TO studio_companion
    USING (tenant_id = (SELECT a.tenant_id FROM studio_account() a));
CREATE POLICY social_media_metrics_of_operators ON social_media_metrics TO studio_operator
    USING ((SELECT role FROM studio_account()) = 'operator');
