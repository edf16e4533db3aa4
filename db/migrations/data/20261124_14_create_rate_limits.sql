CREATE TABLE rate_limits (
  `key` VARCHAR(255) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: pseudonym',
  points INT NOT NULL DEFAULT 0 COMMENT 'sensitive: no',
  expire BIGINT UNSIGNED NULL COMMENT 'sensitive: no - ms since 1970',
  PRIMARY KEY (`key`)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='Counters of rate-limiter-flexible'
