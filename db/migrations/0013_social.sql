-- Figures of social media, as imported.

CREATE TABLE social_media_metrics (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    platform varchar(50) NOT NULL,
    metric_date date NOT NULL,
    followers integer CHECK (followers >= 0),
    engagement_rate numeric(5, 2) CHECK (engagement_rate BETWEEN 0 AND 100),
    posts_count integer CHECK (posts_count >= 0),
    reach integer CHECK (reach >= 0),
    imported_at timestamptz NOT NULL DEFAULT now(),
    CONSTRAINT social_media_metrics_once UNIQUE (tenant_id, platform, metric_date)
);
ALTER TABLE social_media_metrics ENABLE ROW LEVEL SECURITY;
