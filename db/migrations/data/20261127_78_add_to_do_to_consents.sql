ALTER TABLE consents
  ADD COLUMN to_do_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'sensitive: pseudonym - NULL: given before a matter was opened'
