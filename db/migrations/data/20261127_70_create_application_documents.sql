CREATE TABLE application_documents (
  id CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: pseudonym - of registry and SHA-256',
  registry VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no',
  media_type VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no - by its first bytes',
  size INT UNSIGNED NOT NULL COMMENT 'sensitive: no - in bytes',
  uploaded_at DATETIME(3) NOT NULL COMMENT 'sensitive: no - the last time, or when a version named it last',
  PRIMARY KEY (id),
  KEY application_documents_uploaded (uploaded_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='Files that registration systems uploaded for their matters'
