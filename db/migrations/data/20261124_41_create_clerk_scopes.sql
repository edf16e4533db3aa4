CREATE TABLE clerk_scopes (
  clerk_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no',
  prefix VARCHAR(8) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no - of the codes of authorities, or national',
  PRIMARY KEY (clerk_id, prefix),
  KEY clerk_scopes_prefix (prefix),
  CONSTRAINT clerk_scopes_clerk FOREIGN KEY (clerk_id) REFERENCES clerks (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='Which authorities a clerk serves'
