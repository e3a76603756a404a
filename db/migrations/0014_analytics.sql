-- The figures of the dashboards.

CREATE TYPE analytics_return AS (
    tenant_id uuid, dimension smallint, value text, seen date, before date, visitors integer);

CREATE TYPE analytics_part AS (
    tenant_id uuid, dimension smallint, value text, day date, kind "char", key bigint, number integer);

-- A booking whose visit is not known (erased) has facts of its own with visits = 0, so that bookings stay counted.
CREATE TABLE visit_facts (
    session_id uuid PRIMARY KEY, -- of such a booking: the booking's id
    tenant_id uuid NOT NULL,
    visits smallint NOT NULL,
    visitor uuid NOT NULL, -- the visit itself where there is no consent
    known boolean NOT NULL, -- the visitor consented, and may be there in other visits, too
    started_at timestamptz NOT NULL,
    hour timestamptz NOT NULL, -- the instant at which the tenant's hour began
    day date NOT NULL, -- by the tenant's clock
    local_hour smallint NOT NULL,
    source text NOT NULL,
    medium text NOT NULL,
    campaign text NOT NULL,
    device text NOT NULL,
    browser text NOT NULL,
    country text NOT NULL,
    pages text[] NOT NULL, -- each page once, and how often it was viewed
    page_counts integer[] NOT NULL,
    variants text[] NOT NULL, -- test:variant
    page_views integer NOT NULL,
    events integer NOT NULL,
    seconds integer NOT NULL, -- between events, without pauses of more than 30 minutes
    engaged smallint NOT NULL,
    bounced smallint NOT NULL,
    stage smallint NOT NULL, -- the furthest of the five, reached in their order; -1 for none
    bookings integer NOT NULL,
    value_minor bigint NOT NULL,
    path text[] NOT NULL, -- at most 7 steps, repeats folded
    combination bigint NOT NULL
);
CREATE INDEX visit_facts_by_day ON visit_facts (tenant_id, day, started_at);
CREATE INDEX visit_facts_of_visitor ON visit_facts (visitor) WHERE known;
CREATE INDEX visit_facts_booked ON visit_facts (tenant_id, day) WHERE bookings > 0;
CREATE INDEX visit_facts_by_combination ON visit_facts (tenant_id, combination, day, started_at, session_id);
ALTER TABLE visit_facts ENABLE ROW LEVEL SECURITY;

CREATE TABLE rollup_hours (
    tenant_id uuid NOT NULL,
    dimension smallint NOT NULL,
    value text NOT NULL,
    day date NOT NULL, -- of the tenant's clock, as is local_hour
    hour timestamptz NOT NULL, -- the instant at which the hour began
    local_hour smallint NOT NULL,
    visits integer NOT NULL,
    visitors integer NOT NULL, -- different ones in the hour
    page_views integer NOT NULL,
    seconds bigint NOT NULL,
    timed integer NOT NULL, -- visits with more than one event
    engaged integer NOT NULL,
    bounced integer NOT NULL,
    bookings integer NOT NULL,
    value_minor bigint NOT NULL,
    step0 integer NOT NULL, -- visits that came at least this far in the funnel
    step1 integer NOT NULL,
    step2 integer NOT NULL,
    step3 integer NOT NULL,
    step4 integer NOT NULL,
    PRIMARY KEY (tenant_id, dimension, value, day, hour)
) WITH (fillfactor = 80);
ALTER TABLE rollup_hours ENABLE ROW LEVEL SECURITY;

-- Which variant a visitor counts for, and whether she booked afterwards: one row for each test, phase and visitor.
CREATE TABLE arm_visitors (
    tenant_id uuid NOT NULL,
    test_id uuid NOT NULL,
    phase integer NOT NULL,
    visitor uuid NOT NULL,
    variant_id text NOT NULL, -- the first that she was shown
    day date NOT NULL, -- when, by the tenant's clock
    converted date, -- the day of her first booking after that, by the same clock
    PRIMARY KEY (test_id, phase, visitor)
);
CREATE INDEX arm_visitors_of_visitor ON arm_visitors (visitor);
ALTER TABLE arm_visitors ENABLE ROW LEVEL SECURITY;

CREATE TABLE rollup_arms (
    tenant_id uuid NOT NULL,
    test_id uuid NOT NULL,
    phase integer NOT NULL,
    day date NOT NULL,
    variant_id text NOT NULL,
    visitors integer NOT NULL, -- first shown on that day
    conversions integer NOT NULL, -- of whichever day's visitors, on that day
    PRIMARY KEY (test_id, phase, day, variant_id)
) WITH (fillfactor = 80);
CREATE INDEX rollup_arms_of_tenant ON rollup_arms (tenant_id);
ALTER TABLE rollup_arms ENABLE ROW LEVEL SECURITY;

-- Visits (and bookings without one) whose facts are to be made anew; a visit may stand here several times.
CREATE TABLE analytics_dirty (
    session_id uuid NOT NULL,
    tenant_id uuid NOT NULL,
    marked_at timestamptz NOT NULL DEFAULT now()
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 20000);
ALTER TABLE analytics_dirty ENABLE ROW LEVEL SECURITY;

-- Every booking that is no spam, at the day of its visit.
CREATE TABLE booking_facts (
    booking_id uuid NOT NULL,
    visit uuid NOT NULL, -- of a booking without one: the booking's id
    tenant_id uuid NOT NULL,
    day date NOT NULL,
    service text NOT NULL, -- '' for none
    bookings integer NOT NULL, -- 1, or 0 where it is cancelled
    cancelled integer NOT NULL,
    value_minor bigint NOT NULL, -- 0 where it is cancelled
    PRIMARY KEY (booking_id, visit)
);
CREATE INDEX booking_facts_of_visit ON booking_facts (visit);
CREATE INDEX booking_facts_of_tenant ON booking_facts (tenant_id, day);
ALTER TABLE booking_facts ENABLE ROW LEVEL SECURITY;

CREATE TABLE rollup_services (
    tenant_id uuid NOT NULL,
    day date NOT NULL,
    service text NOT NULL,
    bookings integer NOT NULL,
    cancelled integer NOT NULL,
    value_minor bigint NOT NULL,
    PRIMARY KEY (tenant_id, day, service)
) WITH (fillfactor = 80);
ALTER TABLE rollup_services ENABLE ROW LEVEL SECURITY;

CREATE TABLE rollup_combinations (
    tenant_id uuid NOT NULL,
    combination bigint NOT NULL,
    source text NOT NULL,
    medium text NOT NULL,
    campaign text NOT NULL,
    device text NOT NULL,
    browser text NOT NULL,
    country text NOT NULL,
    variants text[] NOT NULL,
    visits integer NOT NULL,
    bookings integer NOT NULL,
    PRIMARY KEY (tenant_id, combination)
) WITH (fillfactor = 80);
ALTER TABLE rollup_combinations ENABLE ROW LEVEL SECURITY;

CREATE TABLE rollup_combined (
    tenant_id uuid NOT NULL,
    combination bigint NOT NULL,
    whole_month boolean NOT NULL, -- the day is the first of a month and stands for all of it
    day date NOT NULL,
    visits integer NOT NULL,
    known integer NOT NULL, -- visits of visitors who may be in others, too
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
    pages integer NOT NULL,
    views bigint[],
    hours bigint[],
    ways bigint[],
    people bytea,
    PRIMARY KEY (tenant_id, combination, whole_month, day, pages)
) WITH (fillfactor = 80);
-- Rows whose pages are 0 stand for all sets of pages together; they have no views.
CREATE INDEX rollup_combined_of_any_pages ON rollup_combined (tenant_id, combination, whole_month, day) WHERE pages = 0;
ALTER TABLE rollup_combined ENABLE ROW LEVEL SECURITY;

-- The pages or the journey of a visit, which packed sums know by number.
CREATE TABLE visit_lists (
    tenant_id uuid NOT NULL,
    hash bigint NOT NULL, -- hash_array_extended(list, 0)
    list text[] NOT NULL,
    number integer NOT NULL GENERATED ALWAYS AS IDENTITY,
    PRIMARY KEY (tenant_id, hash)
);
CREATE UNIQUE INDEX visit_lists_by_number ON visit_lists (number);
ALTER TABLE visit_lists ENABLE ROW LEVEL SECURITY;

CREATE TABLE rollup_days (
    tenant_id uuid NOT NULL,
    dimension smallint NOT NULL,
    value text NOT NULL,
    day date NOT NULL,
    visits integer NOT NULL,
    visitors integer NOT NULL,
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
    new_visitors integer NOT NULL,
    returns bigint[],
    hours bigint[],
    ways bigint[],
    PRIMARY KEY (tenant_id, dimension, value, day)
) PARTITION BY LIST (dimension);
CREATE INDEX rollup_days_by_day ON rollup_days (tenant_id, dimension, day);
ALTER TABLE rollup_days ENABLE ROW LEVEL SECURITY;

CREATE TABLE rollup_months (
    LIKE rollup_days,
    PRIMARY KEY (tenant_id, dimension, value, day)
) PARTITION BY LIST (dimension);
CREATE INDEX rollup_months_by_day ON rollup_months (tenant_id, dimension, day);
ALTER TABLE rollup_months ENABLE ROW LEVEL SECURITY;

CREATE TABLE rollup_days_of_everything PARTITION OF rollup_days FOR VALUES IN (0) WITH (fillfactor = 80);
ALTER TABLE rollup_days_of_everything ENABLE ROW LEVEL SECURITY;

CREATE TABLE rollup_days_of_values PARTITION OF rollup_days DEFAULT WITH (fillfactor = 80);
ALTER TABLE rollup_days_of_values ENABLE ROW LEVEL SECURITY;

CREATE TABLE rollup_months_of_everything PARTITION OF rollup_months FOR VALUES IN (0) WITH (fillfactor = 80);
ALTER TABLE rollup_months_of_everything ENABLE ROW LEVEL SECURITY;

CREATE TABLE rollup_months_of_values PARTITION OF rollup_months DEFAULT WITH (fillfactor = 80);
ALTER TABLE rollup_months_of_values ENABLE ROW LEVEL SECURITY;

-- Null is any; a variant that ends in a colon is a whole test. Sums are kept of the days before kept_before: of none, then of
-- more and more, at last of all.
CREATE TABLE analytics_filters (
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    slot smallint NOT NULL CONSTRAINT analytics_filters_slot_value CHECK (slot BETWEEN 0 AND 29),
    source text,
    medium text,
    campaign text,
    device text,
    browser text,
    country text,
    page text,
    variant text,
    asked_on date NOT NULL DEFAULT current_date,
    kept_before date NOT NULL DEFAULT '-infinity',
    PRIMARY KEY (tenant_id, slot),
    CONSTRAINT analytics_filters_once UNIQUE NULLS NOT DISTINCT (
        tenant_id, source, medium, campaign, device, browser, country, page, variant)
);
ALTER TABLE analytics_filters ENABLE ROW LEVEL SECURITY;
