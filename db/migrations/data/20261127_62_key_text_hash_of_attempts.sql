ALTER TABLE attempts MODIFY COLUMN text_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'sensitive: pseudonym - HMAC of what was shown'
