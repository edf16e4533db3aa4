ALTER TABLE clerk_actions
  ADD COLUMN nonce VARBINARY(32) NOT NULL COMMENT 'sensitive: no - 256 random bits; the log holds the SHA-256 of nonce and row'
