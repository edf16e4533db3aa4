CREATE TABLE nonces (
  key_id VARCHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no',
  nonce_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NOT NULL COMMENT 'sensitive: no',
  expires_at DATETIME(3) NOT NULL COMMENT 'sensitive: no',
  PRIMARY KEY (key_id, nonce_hash),
  KEY nonces_expiry (expires_at)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_bin COMMENT='Signed requests seen'
