ALTER TABLE matters MODIFY COLUMN content_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: pseudonym - HMAC of the canonical JSON as pushed'
