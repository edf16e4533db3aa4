CREATE TABLE portraits (
  attempt_id CHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no',
  image MEDIUMBLOB NOT NULL COMMENT 'sensitive: sealed - key portrait:<attempt>',
  sha256 CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no - of the picture',
  media_type VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no',
  captured_at DATETIME(3) NOT NULL COMMENT 'sensitive: no',
  expires_at DATETIME(3) NOT NULL COMMENT 'sensitive: no',
  PRIMARY KEY (attempt_id),
  KEY portraits_expiry (expires_at),
  CONSTRAINT portraits_attempt FOREIGN KEY (attempt_id) REFERENCES attempts (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='Face pictures of passed checks'
