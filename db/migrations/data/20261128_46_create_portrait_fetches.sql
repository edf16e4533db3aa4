CREATE TABLE portrait_fetches (
  id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no - the request',
  attempt_id CHAR(32) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no - the portrait',
  registry VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no - who got it',
  key_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no - the key that signed the request',
  at DATETIME(3) NOT NULL COMMENT 'sensitive: no',
  PRIMARY KEY (id),
  KEY portrait_fetches_portrait (attempt_id, at),
  CONSTRAINT portrait_fetches_portrait FOREIGN KEY (attempt_id) REFERENCES portraits (attempt_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='Which registration system was given which portrait; rows are only added'
