CREATE TABLE evidence (
  id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no',
  number VARCHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no - the one that people are shown',
  matter_id CHAR(39) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: pseudonym',
  to_do_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no',
  person_key CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: pseudonym',
  content MEDIUMBLOB NOT NULL COMMENT 'sensitive: sealed - canonical JSON, key evidence:<id>',
  sha256 CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no - of the canonical JSON',
  created_at DATETIME(3) NOT NULL COMMENT 'sensitive: no',
  PRIMARY KEY (id),
  UNIQUE KEY evidence_number (number),
  KEY evidence_matter (matter_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='What proves a confirmation'
