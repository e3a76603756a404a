-- A/B tests, their phases, and who saw what.

CREATE TABLE ab_tests (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    name varchar(100) NOT NULL CHECK (btrim(name) <> ''),
    element_type varchar(50) NOT NULL DEFAULT 'hero_photo',
    variants jsonb NOT NULL CONSTRAINT ab_tests_variants_shape CHECK (jsonb_typeof(variants) = 'array'),
    status varchar(20) NOT NULL DEFAULT 'active'
        CONSTRAINT ab_tests_status_value CHECK (status IN ('draft', 'active', 'paused', 'completed')),
    winner_variant_id varchar(50),
    started_at timestamptz,
    phase integer NOT NULL DEFAULT 1 CONSTRAINT ab_tests_phase_value CHECK (phase > 0),
    description varchar(1000) NOT NULL DEFAULT '',
    traffic_share numeric(5, 4) NOT NULL DEFAULT 1
        CONSTRAINT ab_tests_traffic_share_value CHECK (traffic_share > 0 AND traffic_share <= 1),
    auto_winner boolean NOT NULL DEFAULT false,
    planned_visitors integer CONSTRAINT ab_tests_planned_visitors_value CHECK (planned_visitors > 0),
    ended_at timestamptz,
    origin varchar(20) NOT NULL DEFAULT 'manual'
        CONSTRAINT ab_tests_origin_value CHECK (origin IN ('manual', 'photos')), -- photos: made by the photos' weights
    definition_hash text,
    decision jsonb, -- by whom the winner was declared, on which figures, and the revisions of it
    reverted_at timestamptz, -- the winner was reverted
    version integer NOT NULL DEFAULT 1, -- counts the changes: who changes a test says which version was read
    CONSTRAINT ab_tests_in_tenant UNIQUE (tenant_id, id),
    CONSTRAINT ab_tests_element_value CHECK (element_type IN ('hero_photo', 'gallery_order', 'cta', 'layout')),
    CONSTRAINT ab_tests_reverted CHECK (reverted_at IS NULL OR winner_variant_id IS NOT NULL)
);
CREATE UNIQUE INDEX ab_tests_one_active ON ab_tests (tenant_id, element_type) WHERE status = 'active';
ALTER TABLE ab_tests ENABLE ROW LEVEL SECURITY;

CREATE TABLE ab_assignments (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    tenant_id uuid NOT NULL,
    session_id uuid NOT NULL,
    test_id uuid NOT NULL,
    variant_id varchar(50) NOT NULL,
    assigned_at timestamptz NOT NULL DEFAULT now(),
    phase integer NOT NULL DEFAULT 1 CONSTRAINT ab_assignments_phase_value CHECK (phase > 0),
    CONSTRAINT ab_assignments_session FOREIGN KEY (tenant_id, session_id) REFERENCES sessions (tenant_id, id)
        ON DELETE CASCADE,
    CONSTRAINT ab_assignments_test FOREIGN KEY (tenant_id, test_id) REFERENCES ab_tests (tenant_id, id),
    CONSTRAINT ab_assignments_once UNIQUE (session_id, test_id, phase)
);
CREATE INDEX ab_assignments_of_test ON ab_assignments (tenant_id, test_id);
ALTER TABLE ab_assignments ENABLE ROW LEVEL SECURITY;

CREATE TABLE ab_test_phases (
    tenant_id uuid NOT NULL,
    test_id uuid NOT NULL,
    number integer NOT NULL CHECK (number > 0),
    variants jsonb NOT NULL,
    traffic_share numeric(5, 4) NOT NULL,
    started_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    ended_at timestamptz,
    PRIMARY KEY (test_id, number),
    CONSTRAINT ab_test_phases_test FOREIGN KEY (tenant_id, test_id) REFERENCES ab_tests (tenant_id, id)
        ON DELETE CASCADE
);
ALTER TABLE ab_test_phases ENABLE ROW LEVEL SECURITY;
