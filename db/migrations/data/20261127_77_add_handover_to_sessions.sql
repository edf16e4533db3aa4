ALTER TABLE sessions
  ADD COLUMN handover_hash CHAR(64) CHARACTER SET ascii COLLATE ascii_bin NULL COMMENT 'sensitive: pseudonym - SHA-256 of the one-time code with which a phone takes the session over',
  ADD COLUMN handover_ends_at DATETIME(3) NULL COMMENT 'sensitive: no',
  ADD UNIQUE KEY sessions_handover (handover_hash)
