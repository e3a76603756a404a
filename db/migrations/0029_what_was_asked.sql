-- The end of what the client asked for, to which a refused proposal goes back. In preferred_date_end stands only what a client
-- named; the length may also be that of the service.
ALTER TABLE bookings ADD COLUMN asked_ends_at timestamptz;

-- Whether the client is written to, as somebody chose; null: nobody did, and only who asked on the site is.
ALTER TABLE bookings
    ALTER COLUMN mail_wanted DROP NOT NULL,
    ALTER COLUMN mail_wanted DROP DEFAULT;
UPDATE bookings SET mail_wanted = NULL WHERE NOT mail_wanted;

-- Of a client with several telephone numbers all of them in E.164, by which a person is found, blocked and erased.
ALTER TABLE bookings ADD COLUMN client_phones text[];
CREATE INDEX bookings_by_phones ON bookings USING gin (client_phones) WHERE client_phones IS NOT NULL;
