-- Names and texts that people type: four code points for each character that the forms allow, as base/text.h counts them.

ALTER TABLE tenants ALTER COLUMN name TYPE varchar(400);
ALTER TABLE accounts ALTER COLUMN display_name TYPE varchar(400);
ALTER TABLE ab_tests ALTER COLUMN name TYPE varchar(400), ALTER COLUMN description TYPE varchar(4000);
ALTER TABLE social_media_metrics ALTER COLUMN platform TYPE varchar(200);
