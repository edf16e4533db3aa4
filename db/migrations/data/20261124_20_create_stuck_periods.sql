CREATE TABLE stuck_periods (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT COMMENT 'sensitive: no',
  journey_id CHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: pseudonym',
  to_do_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'sensitive: no - the one that is stuck; NULL before the to-dos',
  cause VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no',
  entered_at DATETIME(3) NOT NULL COMMENT 'sensitive: no',
  left_at DATETIME(3) NULL COMMENT 'sensitive: no',
  left_by VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'sensitive: no - the command that ended it, or time',
  PRIMARY KEY (id),
  KEY stuck_periods_journey (journey_id, entered_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='When each journey was stuck, and why'
