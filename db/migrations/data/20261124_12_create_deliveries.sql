CREATE TABLE deliveries (
  id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no',
  sequence BIGINT UNSIGNED NOT NULL AUTO_INCREMENT COMMENT 'sensitive: no',
  matter_id CHAR(39) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: pseudonym',
  event VARCHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no',
  body VARCHAR(4096) NOT NULL COMMENT 'sensitive: no - JSON: references and codes',
  state VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no - waiting, acknowledged',
  created_at DATETIME(3) NOT NULL COMMENT 'sensitive: no',
  acknowledged_at DATETIME(3) NULL COMMENT 'sensitive: no',
  PRIMARY KEY (id),
  UNIQUE KEY deliveries_sequence (sequence),
  KEY deliveries_waiting (matter_id, state, sequence),
  CONSTRAINT deliveries_matter FOREIGN KEY (matter_id) REFERENCES matters (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='Callbacks to the registration system'
