CREATE TABLE daily_checks (
  day DATE NOT NULL COMMENT 'sensitive: no - in Asia/Shanghai',
  authority VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no - GB/T 2260, or national',
  document_type VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no - empty if it was not recorded',
  purpose VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no',
  state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no - as it was an hour after the day',
  codes VARCHAR(512) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no - JSON array: why they failed',
  is_signed TINYINT(1) NOT NULL COMMENT 'sensitive: no - whether a signature used up what they proved',
  count INT UNSIGNED NOT NULL COMMENT 'sensitive: no',
  PRIMARY KEY (day, authority, document_type, purpose, state, codes, is_signed)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='How many attempts each past day had'
