ALTER TABLE decisions
  MODIFY COLUMN clerk CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'sensitive: pseudonym - the clerk who decided or proposed; null where an operator did',
  ADD COLUMN operator VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'sensitive: no - the login of the operator who decided where no clerk could be reached'
