CREATE TABLE clerk_totps (
  clerk_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no',
  secret VARBINARY(200) NOT NULL COMMENT 'sensitive: sealed - shared with the clerk''s authenticator app',
  last_counter BIGINT UNSIGNED NOT NULL COMMENT 'sensitive: no - the period of the last code that was accepted: it and earlier ones are used up',
  added_at DATETIME(3) NOT NULL COMMENT 'sensitive: no',
  PRIMARY KEY (clerk_id),
  CONSTRAINT clerk_totps_clerk FOREIGN KEY (clerk_id) REFERENCES clerks (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='Authenticator apps of clerks, one each'
