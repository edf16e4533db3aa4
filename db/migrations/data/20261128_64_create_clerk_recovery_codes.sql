CREATE TABLE clerk_recovery_codes (
  clerk_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no',
  code_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: pseudonym - HMAC of clerk and code; a code that was used is deleted',
  PRIMARY KEY (clerk_id, code_hash),
  CONSTRAINT clerk_recovery_codes_clerk FOREIGN KEY (clerk_id) REFERENCES clerks (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='Recovery codes of clerks that are still unused'
