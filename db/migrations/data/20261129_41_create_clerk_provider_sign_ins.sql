CREATE TABLE clerk_provider_sign_ins (
  token_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: pseudonym - SHA-256 of the token in the browser that began it',
  begun_at DATETIME(3) NOT NULL COMMENT 'sensitive: no',
  expires_at DATETIME(3) NOT NULL COMMENT 'sensitive: no',
  PRIMARY KEY (token_hash),
  KEY clerk_provider_sign_ins_expires (expires_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='Sign-ins that clerks have begun at the identity provider; one that was answered is deleted'
