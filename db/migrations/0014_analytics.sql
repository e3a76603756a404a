-- The figures: one row for each visit, the sums of each day and hour, and the queue of what is to be recomputed. They
-- are made from the raw rows and from nothing else; docs/analytics.md follows a visit through them.

CREATE TABLE visit_facts (
    tenant_id uuid NOT NULL,
    visit_id uuid NOT NULL,         -- sessions.id; of a booking whose visit was erased: bookings.id
    started_at timestamptz NOT NULL,
    visitor bigint,                 -- hash of the visitor's id; null without consent: a visitor of its own
    value_minor bigint NOT NULL,    -- of the bookings that count
    day date NOT NULL,              -- by the tenant's clock
    seconds integer NOT NULL,       -- between events, without pauses of more than 30 minutes
    page_views integer NOT NULL,
    minute_of_day smallint NOT NULL, -- 0 to 1439, by the tenant's clock
    visits smallint NOT NULL,       -- 1; 0 for a booking whose visit was erased
    bookings smallint NOT NULL,     -- neither cancelled nor spam
    stage smallint NOT NULL,        -- the furthest of the five steps of the funnel, in their order; -1 for none
    timed boolean NOT NULL,         -- had more than one event
    engaged boolean NOT NULL,
    bounced boolean NOT NULL,
    source text COLLATE "C" NOT NULL,
    medium text COLLATE "C" NOT NULL,
    campaign text COLLATE "C" NOT NULL,
    device text COLLATE "C" NOT NULL,
    browser text COLLATE "C" NOT NULL,
    country text COLLATE "C" NOT NULL,
    pages text[] COLLATE "C",       -- each page once, and how often it was viewed
    page_counts smallint[],
    path text[] COLLATE "C",        -- at most seven steps, repeats folded
    variants text[] COLLATE "C",    -- test:variant
    services text[] COLLATE "C",    -- of each booking that counts, and what it is worth
    service_values bigint[],
    cancelled text[] COLLATE "C",   -- services of cancelled bookings
    PRIMARY KEY (tenant_id, day, started_at, visit_id) -- in the order of the rows: also the list, newest first
) PARTITION BY RANGE (day);

-- Dimension 0 is everything; the others are numbered in the view visit_slices.
CREATE TABLE daily (
    tenant_id uuid NOT NULL,
    dimension smallint NOT NULL,
    day date NOT NULL,
    value text COLLATE "C" NOT NULL,
    visits integer NOT NULL,
    visitors integer NOT NULL, -- different ones of this day: not to be added over days
    page_views integer NOT NULL,
    seconds bigint NOT NULL,
    timed integer NOT NULL,
    engaged integer NOT NULL,
    bounced integer NOT NULL,
    bookings integer NOT NULL,
    value_minor bigint NOT NULL,
    step0 integer NOT NULL,
    step1 integer NOT NULL,
    step2 integer NOT NULL,
    step3 integer NOT NULL,
    step4 integer NOT NULL,
    PRIMARY KEY (tenant_id, dimension, day, value)
);
-- For questions about all tenants together.
CREATE INDEX daily_of_all ON daily (day) INCLUDE (tenant_id, visits, bookings, value_minor) WHERE dimension = 0;

CREATE TABLE hourly (
    tenant_id uuid NOT NULL,
    day date NOT NULL,
    starts_at timestamptz NOT NULL, -- distinguishes the two hours that a clock set back shows the same
    hour smallint NOT NULL,         -- by the tenant's clock
    visits integer NOT NULL,
    visitors integer NOT NULL,
    page_views integer NOT NULL,
    seconds bigint NOT NULL,
    timed integer NOT NULL,
    engaged integer NOT NULL,
    bounced integer NOT NULL,
    bookings integer NOT NULL,
    value_minor bigint NOT NULL,
    PRIMARY KEY (tenant_id, day, starts_at)
);

-- Days whose facts changed since their sums were made. Questions read such a day from its facts.
CREATE TABLE dirty_days (
    tenant_id uuid NOT NULL,
    day date NOT NULL,
    since timestamptz NOT NULL,
    touched_at timestamptz NOT NULL,
    PRIMARY KEY (tenant_id, day)
);

-- Queue of the visits whose facts are to be recomputed; a visit may stand here several times.
CREATE TABLE touched_visits (
    tenant_id uuid NOT NULL,
    visit_id uuid NOT NULL, -- as in visit_facts
    started_at timestamptz NOT NULL,
    marked_at timestamptz NOT NULL DEFAULT clock_timestamp()
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000);
CREATE INDEX touched_visits_of_tenant ON touched_visits (tenant_id, visit_id);

ALTER TABLE visit_facts ENABLE ROW LEVEL SECURITY;
ALTER TABLE daily ENABLE ROW LEVEL SECURITY;
ALTER TABLE hourly ENABLE ROW LEVEL SECURITY;
ALTER TABLE dirty_days ENABLE ROW LEVEL SECURITY;
ALTER TABLE touched_visits ENABLE ROW LEVEL SECURITY;

-- Finds the bookings that count at a visit.
-- Without the tenant: checks of foreign keys are planned while the table is small, and would read all of a tenant's bookings by it.
CREATE INDEX bookings_credited ON bookings ((coalesce(source_visit_id, session_id)));
