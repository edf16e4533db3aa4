CREATE TABLE matter_heads (
  registry VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no - id of the registration system',
  external_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no - its id of the matter',
  latest_version INT UNSIGNED NOT NULL COMMENT 'sensitive: no',
  PRIMARY KEY (registry, external_id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='Locked while a version is pushed'
