ALTER TABLE sessions ADD COLUMN device CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'sensitive: pseudonym - of the phone, where the mini-program names it'
