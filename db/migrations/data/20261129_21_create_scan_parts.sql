CREATE TABLE scan_parts (
  document_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no - the scan',
  part TINYINT UNSIGNED NOT NULL COMMENT 'sensitive: no - from 0',
  content MEDIUMBLOB NOT NULL COMMENT 'sensitive: sealed - at most 1 MiB of the file, key journey:<id>',
  PRIMARY KEY (document_id, part),
  CONSTRAINT scan_parts_scan FOREIGN KEY (document_id) REFERENCES scans (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='Their content, in parts that every server takes as one packet'
