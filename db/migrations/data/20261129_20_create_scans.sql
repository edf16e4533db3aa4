CREATE TABLE scans (
  id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no',
  journey_id CHAR(40) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: pseudonym',
  to_do_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'sensitive: no - within a matter, where the journey waited',
  sha256 CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no - of the file',
  media_type VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no - by its first bytes',
  size INT UNSIGNED NOT NULL COMMENT 'sensitive: no - in bytes',
  clerk_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no - who uploaded it',
  uploaded_at DATETIME(3) NOT NULL COMMENT 'sensitive: no',
  PRIMARY KEY (id),
  KEY scans_journey (journey_id, sha256),
  KEY scans_uploaded (uploaded_at),
  CONSTRAINT scans_clerk FOREIGN KEY (clerk_id) REFERENCES clerks (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='Scans of papers that clerks have seen'
