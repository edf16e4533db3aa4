CREATE TABLE clerk_passkeys (
  id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no',
  clerk_id CHAR(36) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no',
  credential_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: pseudonym - SHA-256 of the credential id',
  credential_id VARBINARY(1023) NOT NULL COMMENT 'sensitive: staff - names the key to the authenticator',
  public_key VARBINARY(1024) NOT NULL COMMENT 'sensitive: staff - COSE',
  counter BIGINT UNSIGNED NOT NULL COMMENT 'sensitive: no - of signatures, as the authenticator counts; 0 if it does not',
  transports VARCHAR(100) NOT NULL COMMENT 'sensitive: no - JSON: how a browser reaches the authenticator',
  name VARCHAR(60) NOT NULL COMMENT 'sensitive: staff - as the clerk named it',
  added_at DATETIME(3) NOT NULL COMMENT 'sensitive: no',
  used_at DATETIME(3) NULL COMMENT 'sensitive: no',
  PRIMARY KEY (id),
  UNIQUE KEY clerk_passkeys_credential (credential_hash),
  KEY clerk_passkeys_clerk (clerk_id, added_at),
  CONSTRAINT clerk_passkeys_clerk FOREIGN KEY (clerk_id) REFERENCES clerks (id)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='Passkeys of clerks'
