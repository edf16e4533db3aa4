CREATE TABLE saved_views (
  id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no',
  owner CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no - the clerk who made it',
  shared_with VARCHAR(16) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'sensitive: no - the entry of a scope whose clerks may use it; NULL for the owner alone',
  name VARCHAR(60) NOT NULL COMMENT 'sensitive: no - as the clerk named it',
  definition MEDIUMTEXT NOT NULL COMMENT 'sensitive: no - JSON: filter, columns and order',
  saved_at DATETIME(3) NOT NULL COMMENT 'sensitive: no',
  PRIMARY KEY (id),
  KEY saved_views_owner (owner, saved_at),
  KEY saved_views_shared_with (shared_with, saved_at),
  CONSTRAINT saved_views_owner FOREIGN KEY (owner) REFERENCES clerks (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='Saved views of the worklist, own and shared'
