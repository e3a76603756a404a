-- A booking's whole life: states, the time that stands, place, deposit, notes, history, and what is known of a client.

-- In a schema of its own: what is in public is ours.
CREATE SCHEMA IF NOT EXISTS extensions;
CREATE EXTENSION IF NOT EXISTS btree_gist SCHEMA extensions;

ALTER TABLE bookings DROP CONSTRAINT bookings_status_value;
-- Somebody has to look at these again: which time was meant stands nowhere.
UPDATE bookings SET status = 'pending' WHERE status = 'rescheduled';
ALTER TABLE bookings
    ADD CONSTRAINT bookings_status_value CHECK (status IN (
        'pending', 'waiting', 'proposed', 'accepted', 'confirmed', 'declined', 'expired', 'cancelled', 'released', 'completed',
        'no_show', 'spam')),
    ALTER COLUMN client_email DROP NOT NULL,
    ADD COLUMN version integer NOT NULL DEFAULT 1, -- counts the changes; whoever decides names the one that they saw
    ADD COLUMN changed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    ADD COLUMN source varchar(20) NOT NULL DEFAULT 'site' CONSTRAINT bookings_source_value CHECK (
        source IN ('site', 'phone', 'message', 'in_person')),
    -- The time that stands now: as asked, as proposed, as agreed. What the client asked for stays in preferred_date.
    ADD COLUMN starts_at timestamptz,
    ADD COLUMN ends_at timestamptz,
    ADD COLUMN buffer_minutes smallint NOT NULL DEFAULT 0 CONSTRAINT bookings_buffer_range CHECK (
        buffer_minutes BETWEEN 0 AND 1440), -- after the end; of the companion's setting when it was accepted
    ADD COLUMN holds boolean NOT NULL DEFAULT false, -- nobody else gets the time
    ADD COLUMN held_until timestamptz,               -- of a request that is not decided; null where it ends with the booking
    ADD COLUMN answer_by timestamptz,                -- whoever must answer next should have answered by then
    ADD COLUMN place_kind varchar(10) CONSTRAINT bookings_place_kind_value CHECK (
        place_kind IN ('incall', 'outcall', 'travel')),
    ADD COLUMN place varchar(800),     -- area or address, as the client or staff wrote it
    ADD COLUMN screening jsonb CONSTRAINT bookings_screening_size CHECK (octet_length(screening::text) <= 32000),
    ADD COLUMN consent_at timestamptz, -- when the client agreed to what is kept for the booking
    ADD COLUMN consent_version varchar(64), -- SHA-256 of the text that was agreed to
    ADD COLUMN reason_code varchar(30) CONSTRAINT bookings_reason_code_value CHECK (reason_code IN (
        'not_available', 'outside_area', 'not_offered', 'too_short_notice', 'no_answer', 'screening', 'conduct', 'no_deposit',
        'client_wish', 'companion_wish', 'other')),
    ADD COLUMN move_asked_at timestamptz, -- the client asks for another time; null once somebody answered
    ADD COLUMN calendar_sequence integer NOT NULL DEFAULT 0, -- SEQUENCE of its calendar file: time changed, cancelled
    ADD COLUMN words_gone boolean NOT NULL DEFAULT false, -- what people wrote was deleted after its time
    ADD COLUMN reminded_at timestamptz,
    ADD COLUMN deposit_reminded_at timestamptz,
    ADD COLUMN deposit_state varchar(10) CONSTRAINT bookings_deposit_state_value CHECK (
        deposit_state IN ('asked', 'received', 'overdue', 'returned', 'kept')),
    ADD COLUMN deposit_minor bigint CONSTRAINT bookings_deposit_range CHECK (deposit_minor > 0),
    ADD COLUMN deposit_due_at timestamptz,
    ADD COLUMN deposit_reference varchar(10),
    ADD COLUMN deposit_received_at timestamptz,
    ADD COLUMN deposit_method varchar(160),
    -- Whoever asks on the site gets an answer there; people who call may have no address.
    ADD CONSTRAINT bookings_site_email CHECK (client_email IS NOT NULL OR source <> 'site'),
    ADD CONSTRAINT bookings_time_order CHECK (ends_at > starts_at),
    ADD CONSTRAINT bookings_held_time CHECK (NOT holds OR (starts_at IS NOT NULL AND ends_at IS NOT NULL)),
    -- Erased ones have no time, nor have some from before times were kept.
    ADD CONSTRAINT bookings_accepted_hold CHECK (
        status NOT IN ('accepted', 'confirmed') OR holds OR starts_at IS NULL),
    ADD CONSTRAINT bookings_deposit_whole CHECK (
        deposit_state IS NULL OR (deposit_minor IS NOT NULL AND deposit_reference IS NOT NULL)),
    -- Through UTC, because a timestamptz and an interval make no immutable expression.
    ADD CONSTRAINT bookings_no_overlap EXCLUDE USING gist (
        tenant_id WITH =,
        tsrange(starts_at AT TIME ZONE 'UTC', (ends_at AT TIME ZONE 'UTC') + make_interval(mins => buffer_minutes)) WITH &&)
        WHERE (holds);
CREATE INDEX bookings_held ON bookings (tenant_id, held_until) WHERE holds AND held_until IS NOT NULL;
CREATE INDEX bookings_queue ON bookings ((status <> 'pending'), created_at, id);
CREATE INDEX bookings_with_words ON bookings (created_at)
    WHERE NOT words_gone AND status::text <> ALL (ARRAY['pending'::text, 'waiting'::text, 'proposed'::text]);
CREATE INDEX bookings_by_start ON bookings (tenant_id, starts_at) WHERE starts_at IS NOT NULL;
CREATE INDEX bookings_by_phone ON bookings (client_phone_normal) WHERE client_phone_normal IS NOT NULL;
CREATE INDEX bookings_to_answer ON bookings (answer_by)
    WHERE status::text = ANY (ARRAY['pending'::text, 'waiting'::text, 'proposed'::text]);
CREATE INDEX bookings_ahead ON bookings (starts_at)
    WHERE status::text = ANY (ARRAY['accepted'::text, 'confirmed'::text]);
CREATE UNIQUE INDEX bookings_deposit_once ON bookings (deposit_reference) WHERE deposit_reference IS NOT NULL;

-- Older ones take the time that was asked for; of two accepted ones at the same time the later request stays without.
DO $$
DECLARE
    old bookings;
BEGIN
    UPDATE bookings SET starts_at = preferred_date,
        ends_at = coalesce(preferred_date_end, preferred_date + interval '1 hour')
    WHERE status NOT IN ('accepted', 'spam') AND erased_at IS NULL AND preferred_date IS NOT NULL;
    FOR old IN SELECT * FROM bookings WHERE status = 'accepted' AND erased_at IS NULL AND preferred_date IS NOT NULL
               ORDER BY created_at, id LOOP
        BEGIN
            UPDATE bookings SET starts_at = old.preferred_date,
                ends_at = coalesce(old.preferred_date_end, old.preferred_date + interval '1 hour'), holds = true
            WHERE id = old.id;
        EXCEPTION WHEN exclusion_violation THEN
            CONTINUE;
        END;
    END LOOP;
END
$$;

-- One change: who, when, from, to. Never what a client wrote.
CREATE TABLE booking_history (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    booking_id uuid NOT NULL,
    tenant_id uuid NOT NULL,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    actor_kind varchar(10) NOT NULL CONSTRAINT booking_history_actor_kind_value CHECK (
        actor_kind IN ('person', 'client', 'companion', 'service')), -- 'companion': by a link in her mail
    actor name NOT NULL DEFAULT session_user,
    action varchar(20) NOT NULL,
    from_status varchar(20),
    to_status varchar(20) NOT NULL,
    version integer NOT NULL, -- of the booking after it
    details jsonb NOT NULL DEFAULT '{}', -- times, amounts and the code of a reason
    before jsonb,             -- what an undo puts back
    CONSTRAINT booking_history_booking FOREIGN KEY (booking_id, tenant_id) REFERENCES bookings (id, tenant_id)
        ON DELETE CASCADE
);
CREATE INDEX booking_history_of_booking ON booking_history (booking_id, id);
CREATE INDEX booking_history_undoable ON booking_history (at) WHERE before IS NOT NULL;
ALTER TABLE booking_history ENABLE ROW LEVEL SECURITY;

CREATE TABLE booking_notes (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    booking_id uuid NOT NULL,
    tenant_id uuid NOT NULL,
    -- 'question' and 'message' go to the client, 'answer' comes from the client; 'note' and 'reason' stay inside.
    kind varchar(10) NOT NULL CONSTRAINT booking_notes_kind_value CHECK (kind IN ('note', 'question', 'answer', 'reason', 'message')),
    text text NOT NULL CONSTRAINT booking_notes_size CHECK (btrim(text) <> '' AND char_length(text) <= 16000),
    history_id bigint, -- the change with which it was written; undoing that takes it back
    author_kind varchar(10) NOT NULL DEFAULT 'person' CONSTRAINT booking_notes_author_kind_value CHECK (
        author_kind IN ('person', 'client', 'companion')),
    author name NOT NULL DEFAULT session_user,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT booking_notes_booking FOREIGN KEY (booking_id, tenant_id) REFERENCES bookings (id, tenant_id)
        ON DELETE CASCADE
);
CREATE INDEX booking_notes_of_booking ON booking_notes (booking_id, created_at);
ALTER TABLE booking_notes ENABLE ROW LEVEL SECURITY;

-- What staff know of a client, under the keyed hash of an email address or a number: "verified", "trusted".
CREATE TABLE client_marks (
    id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    tenant_id uuid NOT NULL REFERENCES tenants (id),
    kind varchar(10) NOT NULL CONSTRAINT client_marks_kind_value CHECK (kind IN ('email', 'phone')),
    value_hash bytea NOT NULL CONSTRAINT client_marks_hash_size CHECK (octet_length(value_hash) = 32),
    mark varchar(10) NOT NULL CONSTRAINT client_marks_mark_value CHECK (mark IN ('verified', 'trusted')),
    created_by name NOT NULL DEFAULT session_user,
    created_at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT client_marks_once UNIQUE (value_hash, tenant_id, mark)
);
ALTER TABLE client_marks ENABLE ROW LEVEL SECURITY;

-- Who opened a client's card, and when.
CREATE TABLE client_card_reads (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    booking_id uuid NOT NULL,
    tenant_id uuid NOT NULL,
    login name NOT NULL DEFAULT session_user,
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    CONSTRAINT client_card_reads_booking FOREIGN KEY (booking_id, tenant_id) REFERENCES bookings (id, tenant_id)
        ON DELETE CASCADE
);
CREATE INDEX client_card_reads_of_booking ON client_card_reads (booking_id, at);
ALTER TABLE client_card_reads ENABLE ROW LEVEL SECURITY;

-- A message belongs to one change of the booking, so that undoing the change takes it back.
ALTER TABLE outbox DROP CONSTRAINT outbox_kind_value;
ALTER TABLE outbox
    ALTER COLUMN kind TYPE varchar(30),
    ADD CONSTRAINT outbox_kind_value CHECK (kind IN (
        'visitor_email', 'companion_email', 'webhook',
        'client_accepted', 'client_declined', 'client_proposed', 'client_question', 'client_moved', 'client_cancelled',
        'client_confirmed', 'client_released', 'client_reminder', 'client_deposit_reminder',
        'companion_answer', 'companion_cancelled', 'companion_released', 'companion_agenda')),
    ADD COLUMN history_id bigint;
CREATE INDEX outbox_of_history ON outbox (history_id) WHERE history_id IS NOT NULL;
