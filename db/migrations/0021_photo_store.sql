-- Where the platform keeps its photos: the folder that the public service serves, or a bucket. Keys of a bucket are in no table.

INSERT INTO platform_settings (name, value) VALUES ('photo_store', '{"kind":"folder"}');
