CREATE TABLE clerk_sessions (
  token_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: pseudonym - SHA-256 of the token',
  clerk_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no',
  created_at DATETIME(3) NOT NULL COMMENT 'sensitive: no',
  used_at DATETIME(3) NOT NULL COMMENT 'sensitive: no',
  ends_at DATETIME(3) NOT NULL COMMENT 'sensitive: no',
  PRIMARY KEY (token_hash),
  KEY clerk_sessions_clerk (clerk_id),
  KEY clerk_sessions_ends (ends_at),
  CONSTRAINT clerk_sessions_clerk FOREIGN KEY (clerk_id) REFERENCES clerks (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='Clerks who are signed in'
