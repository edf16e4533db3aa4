ALTER TABLE confirmations
  ADD COLUMN reissue_requested_at DATETIME(3) NULL COMMENT 'sensitive: no - when the person last asked for it to be pushed anew',
  ADD COLUMN reissue_requested_by CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'sensitive: pseudonym - the command that asked'
