CREATE TABLE log_checkpoints (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT COMMENT 'sensitive: no',
  origin VARCHAR(200) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no - TLOG_ORIGIN',
  tree_size BIGINT UNSIGNED NOT NULL COMMENT 'sensitive: no',
  note VARCHAR(2000) NOT NULL COMMENT 'sensitive: no - as it was signed',
  published_at DATETIME(3) NOT NULL COMMENT 'sensitive: no',
  PRIMARY KEY (id),
  UNIQUE KEY log_checkpoints_size (origin, tree_size)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='The published checkpoints of the log; rows are only added'
