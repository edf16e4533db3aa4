ALTER TABLE clerk_sessions
  ADD COLUMN second_factor_at DATETIME(3) NULL COMMENT 'sensitive: no - when a second factor was last shown; until then the session is half open',
  ADD COLUMN challenge CHAR(43) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'sensitive: no - what a passkey is to sign next, once',
  ADD COLUMN challenge_expires_at DATETIME(3) NULL COMMENT 'sensitive: no',
  ADD COLUMN totp_offered VARBINARY(200) NULL COMMENT 'sensitive: sealed - the secret of an authenticator app that is being enrolled'
