ALTER TABLE confirmations MODIFY COLUMN text_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: pseudonym - HMAC of exactly what this person is shown'
