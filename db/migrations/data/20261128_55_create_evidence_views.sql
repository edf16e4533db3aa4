CREATE TABLE evidence_views (
  id BIGINT UNSIGNED NOT NULL AUTO_INCREMENT COMMENT 'sensitive: no',
  evidence_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no',
  viewer VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no - person, registration-system, verifier',
  registry VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'sensitive: no - which registration system',
  part VARCHAR(24) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no - bundle, portrait, confirmation-letter, summary',
  at DATETIME(3) NOT NULL COMMENT 'sensitive: no',
  nonce VARBINARY(32) NOT NULL COMMENT 'sensitive: no - 256 random bits; the log holds the SHA-256 of nonce and row',
  PRIMARY KEY (id),
  KEY evidence_views_evidence (evidence_id, at),
  CONSTRAINT evidence_views_evidence FOREIGN KEY (evidence_id) REFERENCES evidence (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='Who saw evidence, other than clerks; rows are only added'
