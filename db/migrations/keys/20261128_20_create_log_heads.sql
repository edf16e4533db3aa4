CREATE TABLE log_heads (
  origin VARCHAR(200) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no - TLOG_ORIGIN',
  note VARCHAR(2000) NULL COMMENT 'sensitive: no - the newest checkpoint that was published; null before the first',
  PRIMARY KEY (origin)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='Which checkpoint was published last; here, so that it outlives the restore of a backup of the data'
