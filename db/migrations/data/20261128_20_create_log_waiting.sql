CREATE TABLE log_waiting (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT COMMENT 'sensitive: no - the order in which entries become leaves',
  entry VARCHAR(100) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no - kind and salted commitment, see domain/log-entries.ts',
  added_at DATETIME(3) NOT NULL COMMENT 'sensitive: no',
  PRIMARY KEY (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='Entries of the log that have no leaf yet'
