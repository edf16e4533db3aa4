ALTER TABLE confirmations
  ADD COLUMN invited_at DATETIME(3) NULL COMMENT 'sensitive: no - when a clerk last had the invitation sent again',
  ADD COLUMN invited_by CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'sensitive: pseudonym - the request that asked for it'
