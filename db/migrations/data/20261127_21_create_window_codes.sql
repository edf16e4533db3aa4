CREATE TABLE window_codes (
  journey_id CHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: pseudonym',
  code VARBINARY(255) NOT NULL COMMENT 'sensitive: sealed - what the phone shows, key journey:<id>',
  tries TINYINT UNSIGNED NOT NULL COMMENT 'sensitive: no - how often a clerk typed another one',
  last_try CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'sensitive: pseudonym - the last command with another one, which is counted once',
  expires_at DATETIME(3) NOT NULL COMMENT 'sensitive: no',
  PRIMARY KEY (journey_id),
  KEY window_codes_expiry (expires_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='One-time codes by which clerks know which phone stands before them, while its journey waits'
