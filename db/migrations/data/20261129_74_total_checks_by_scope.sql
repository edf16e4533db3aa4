ALTER TABLE daily_checks
  CHANGE COLUMN authority scope VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no - an entry of a scope that covers the authority of these attempts'
